"""Texts changed in files after people had written them here: shown, and on an explicit word made drafts, never overwritten."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from spean.kernel import clock
from spean.library import mediafiles, texts
from spean.library.enums import TextState
from spean.library.models import Text, TextVersion
from spean.library.operations import placing
from spean.library.operations.media import note
from spean.library.operations.texts import name_after
from spean.library.seeds import DATA, Seeds, bytes_of, read

ALL = "all"


@dataclass(frozen=True)
class Offer:
    """A text of the files that no version here has ever said."""

    text: Text
    body: texts.Body

    @property
    def name(self) -> str:
        """What it is called on the command line: way/malaysia."""
        return f"{self.text.kind}/{self.text.slug}"

    @property
    def hindrance(self) -> str:
        """Why no draft can be made of it now: somebody's work would be put aside."""
        if self.text.drafted or self.text.waiting:
            return "there is a draft of it on the desk, or a version waits: publish it or put it aside first"
        return ""

    @property
    def note(self) -> str:
        """What one should know of it."""
        return "withdrawn here" if self.text.state == TextState.WITHDRAWN else ""


def offers(folder: Path = DATA) -> list[Offer]:
    """What the files say otherwise than people here. A text that is, or ever was, here as the file has it is no news."""
    return _offers(read(folder))


def _offers(seeds: Seeds) -> list[Offer]:
    found = []
    for text in Text.objects.filter(by_people=True).order_by("-kind", "slug"):
        body = seeds.pages[text.kind].get(text.slug)
        if body is not None and body not in [texts.normal(text.kind, b) for b in text.versions.values_list("body", flat=True)]:
            found.append(Offer(text, body))
    return found


@transaction.atomic
def take(names: Collection[str], folder: Path = DATA) -> list[Offer]:
    """A draft of each that is named, or of ALL, where no other draft is in the way; those of which one was made.

    No trail has an entry of it, as of all that comes with files: the version names no writer. A person sends and publishes it.
    """
    seeds = read(folder)
    list(Text.objects.select_for_update().filter(by_people=True))  # nobody begins a draft now
    wanted = [one for one in _offers(seeds) if not one.hindrance and (ALL in names or one.name in names)]
    for name in Seeds({}, _pages(wanted)).media():
        note(bytes_of(folder, name), mediafiles.mime_of(name))
    subject_of = placing.subjects_by_key()
    return [one for one in wanted if not texts.faults(one.text.kind, one.body, subject_of) and _draft(one)]


def _pages(wanted: list[Offer]) -> dict[str, dict[str, texts.Body]]:
    pages: dict[str, dict[str, texts.Body]] = {}
    for one in wanted:
        pages.setdefault(one.text.kind, {})[one.text.slug] = one.body
    return pages


def _draft(one: Offer) -> TextVersion:
    text = one.text
    number = (text.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    made = sha256(f"seed {text.kind} {text.slug} {number}".encode()).hexdigest()
    name_after(text, one.body)
    text.drafted = True
    text.save(update_fields=["drafted", "title_km", "title_en"])
    return TextVersion.objects.create(text=text, number=number, body=one.body, written_on=clock.today(), sent_hash=made)
