"""Pictures and readings on the disk, each under the name of what is in it. Everybody may have them: nothing is sealed here."""

import os
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from spean.kernel import disk
from spean.library import media

#: MIME type -> how its name ends
ENDINGS = {"image/jpeg": "jpg", "audio/ogg": "ogg", "audio/mp4": "m4a", "audio/mpeg": "mp3"}
MIMES = {ending: mime for mime, ending in ENDINGS.items()}
#: how the bytes of each begin; `ftyp` stands after four others
_BEGIN = {"jpg": (0, b"\xff\xd8\xff"), "ogg": (0, b"OggS"), "m4a": (4, b"ftyp")}
_SIZE_MARKS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def name_of(data: bytes, mime: str) -> str:
    """What such a file is called."""
    return f"{sha256(data).hexdigest()}.{ENDINGS[mime]}"


def mime_of(name: str) -> str:
    """What is in a file of this name."""
    return MIMES[name.rpartition(".")[2]]


def is_whole(name: str, data: bytes) -> bool:
    """Whether these are the bytes of this name, and of the kind that it says."""
    stem, _dot, ending = name.rpartition(".")
    at, begin = _BEGIN.get(ending, (0, b""))
    return media.is_name(name) and sha256(data).hexdigest() == stem and data[at : at + len(begin)] == begin


def path_of(name: str) -> Path:
    """Where it is; ValueError for what is no name of ours."""
    if not media.is_name(name):
        raise ValueError(name)
    return Path(settings.MEDIA_DIR) / name[:2] / name


def store(data: bytes, mime: str) -> str:
    """Write it; the file and its folder's entry are on the disk before the row is. Its name."""
    name = name_of(data, mime)
    path = path_of(name)
    if path.exists() and path.stat().st_size == len(data):
        os.utime(path)  # so that nobody sweeps it before its row is there
        return name
    disk.write(path, lambda target: target.write(data), below=Path(settings.MEDIA_DIR))
    return name


def read(name: str) -> bytes | None:
    """The bytes; None where they are gone, as after a backup that was put back without them."""
    try:
        return path_of(name).read_bytes()
    except FileNotFoundError:
        return None


def size_of(picture: bytes) -> tuple[int, int]:
    """(wide, high) of a JPEG as our own worker writes it; (0, 0) where it does not say.

    Read here, for a library that opens pictures is loaded in the worker alone, which has no key and no database.
    """
    at = 2
    while at + 9 <= len(picture) and picture[at] == 0xFF:  # noqa: PLR2004 - each part of a JPEG begins so
        kind, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4])
        if kind in _SIZE_MARKS:
            high, wide = (int.from_bytes(picture[at + n : at + n + 2]) for n in (5, 7))
            return wide, high
        at += 2 + length
    return 0, 0
