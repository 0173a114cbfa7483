"""Photos and PDFs of pages that somebody wants to have read: looked at, and read, in a process of its own, never on a disk."""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.collect import pagereader, tessdata, uploads
from spean.kernel.errors import Invalid

MEGABYTE = uploads.MEGABYTE
LOOK_SECONDS, READ_SECONDS = 15, 300  # of the clock, on a busy machine; of the processor it has 60
_READER = pagereader.__name__
PDF_HEAD = 1024  # bytes within which a PDF says that it is one

#: what the reader answers when it refuses -> what the person is told
REASONS: dict[str, Promise] = {
    "none": _("Choose a photo or a PDF of the contract first."),
    "kind": _(
        "We take photos (JPEG, PNG, WebP) and PDF. This is another kind of file. If your telephone makes HEIC photos, take a "
        "screenshot of the photo and send that."
    ),
    "empty": _("This file is empty. Choose it again."),
    "large": _("This file is too large. Choose a smaller photo, or take a screenshot of it."),
    "pixels": _("This photo has too many pixels. Choose a smaller one, or send a screenshot of it."),
    "locked": _("This PDF is locked with a password. Open it, take a screenshot of each page, and send those."),
    "damaged": _("This file is damaged or not complete. Choose it again, or take a new photo of the page."),
    "slow": _("This file takes too long to open. Take a photo of the page and send that."),
    "cut": _("The machine had no room to open this file. Try again in some minutes, or choose a smaller photo."),
}


@dataclass(frozen=True)
class Sent:
    """A photo or a PDF whose pages can be read."""

    kind: str  # jpeg, png, webp, pdf
    pages: int
    data: bytes


class Word(NamedTuple):
    """A word on a page, its place on the picture, and its line."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: int


@dataclass(frozen=True)
class Page:
    """A page that was read. `trouble` says why there are no words: blank, unclear, or a word of REASONS."""

    wide: int = 0
    high: int = 0
    model: str = ""
    worth: float = 0.0
    turned: int = 0
    words: tuple[Word, ...] = ()
    trouble: str = ""

    @property
    def text(self) -> str:
        """Its words: a line of the page is a line."""
        return "".join(text for text, _word in self.pieces())

    def pieces(self) -> Iterator[tuple[str, Word | None]]:
        """Each word and what stands between two."""
        line = None
        for word in self.words:
            if line is not None:
                yield ("\n" if word.line != line else " "), None
            yield word.text, word
            line = word.line


def look(upload: UploadedFile) -> Sent:
    """The upload, if its pages can be read; Invalid with the reason when not."""
    most = settings.PHOTO_MEGABYTES * MEGABYTE
    data = upload.read(most + 1)
    if not data:
        raise refused("empty")
    if len(data) > most:
        raise refused("large")
    kind = kind_of(data)
    if kind is None:
        raise refused("kind")
    verdict, word, _made = uploads.ask_worker(_READER, f"look:{kind}", data, seconds=LOOK_SECONDS)
    if verdict != "made" or not word.isdigit():
        raise refused(word if word in REASONS else "damaged")
    return Sent(kind, int(word), data)


def kind_of(data: bytes) -> str | None:
    """What the first bytes say it is. The name and the declared type count for nothing."""
    if b"%PDF-" in data[:PDF_HEAD]:
        return "pdf"
    found = uploads.container_of(data)
    return found if found in pagereader.IMAGES else None


def read(data: bytes, kind: str, number: int) -> tuple[Page, bytes]:
    """A page of a photo or PDF, and its picture as JPEG; without words and picture where it cannot be read."""
    folder = tessdata.folder(settings.TESSDATA)
    order = f"read:{kind}:{number}:{folder or '-'}"
    verdict, word, made = uploads.ask_worker(_READER, order, data, seconds=READ_SECONDS)
    if verdict != "made" or len(made) < 4:  # noqa: PLR2004 - the length
        return Page(trouble=word if word in REASONS or word == "nodata" else "damaged"), b""
    (length,) = struct.unpack(">I", made[:4])
    told = json.loads(made[4 : 4 + length])
    words = tuple(Word(*each) for each in told["words"])
    return Page(**{**told, "words": words}), made[4 + length :]


def refused(reason: str) -> Invalid:
    """The refusal for one of REASONS."""
    return Invalid({"photos": REASONS[reason]})


def can_read() -> bool:
    """Whether the machine has what it takes: language data, and processes that read."""
    return bool(settings.READERS) and set(tessdata.NEEDED) <= tessdata.present(settings.TESSDATA)
