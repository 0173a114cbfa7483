"""Pictures and readings: as a public page shows them, as the desk keeps them, and their bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import NotYours
from spean.kernel.paging import in_language
from spean.library import media, mediafiles, texts
from spean.library.models import FileUse, LawQuestion, MediaFile, Step, Way
from spean.library.operations import placing
from spean.library.queries.showing import Shelf, Told
from spean.library.queries.texts import Start, start


@dataclass(frozen=True)
class Reading:
    """What stands in one language to be read aloud, and the reading of it that is kept."""

    code: str
    title: str
    authority: str
    documents: tuple[str, ...]
    told: Told
    name: str  # of the file; "" where nobody has recorded it
    mark: str
    is_old: bool  # what is written has changed since

    @property
    def label(self) -> str:
        """What it is called."""
        return _("Reading in Khmer") if self.code == "km" else _("Reading in English")


@dataclass(frozen=True)
class Part:
    """A page or a step of it on the desk."""

    number: int
    title: str
    media: media.Media
    readings: tuple[Reading, ...]

    @property
    def old(self) -> tuple[Reading, ...]:
        """Readings that nobody hears any more."""
        return tuple(one for one in self.readings if one.is_old)


def parts(actor: Actor, text_id: UUID) -> tuple[Start, tuple[Part, ...]]:
    """The page (0) and its steps as the next draft would have them."""
    begun = start(actor, text_id)
    facts = Shelf.of(texts.subjects_of(begun.kind, begun.body, placing.subjects_by_key())).facts.values()
    shelves = {}
    for code in media.LANGUAGES:
        with translation.override(code):  # who reads Khmer aloud says its facts in Khmer, whatever language the desk speaks
            shelves[code] = Shelf(facts)
    found = enumerate(texts.parts(begun.kind, begun.body))
    return begun, tuple(_part(begun.kind, number, part, shelves) for number, (_begin, part, _pairs) in found)


def part(actor: Actor, text_id: UUID, number: int) -> tuple[Start, tuple[Part, ...], Part]:
    """One of them, with all of them."""
    begun, found = parts(actor, text_id)
    if not 0 <= number < len(found):
        raise NotYours
    return begun, found, found[number]


def _part(kind: str, number: int, part: Mapping[str, Any], shelves: Mapping[str, Shelf]) -> Part:
    name = texts.read_of(kind, number)[0]
    readings = tuple(_reading(kind, number, part, code, shelves[code]) for code in media.LANGUAGES)
    return Part(number, in_language(part[f"{name}_km"], part[f"{name}_en"]), dict(part.get("media") or {}), readings)


def _reading(kind: str, number: int, part: Mapping[str, Any], code: str, shelf: Shelf) -> Reading:
    pairs = texts.read_of(kind, number)
    kept = part.get("media") or {}
    name = kept.get(f"reading_{code}", "")
    told = "\n".join(part[f"{pair}_{code}"] for pair in pairs if pair in texts.TOLD)
    with translation.override(code):
        return Reading(
            code=code,
            title=part[f"{pairs[0]}_{code}"],
            authority=part.get(f"authority_{code}", ""),
            documents=tuple(pair[media.LANGUAGES.index(code)] for pair in part.get("documents") or ()),
            told=shelf.tell(told),
            name=name,
            mark=kept.get(f"heard_{code}", ""),
            is_old=bool(name) and not media.fitting(part, pairs, code, shelf),
        )


def public_file(name: str) -> bytes:
    """The bytes of a file that a public page shows; NotYours for every other. One query."""
    return _bytes(name, known=media.is_name(name) and FileUse.objects.filter(file_id=name).exists())


def desk_file(actor: Actor, name: str) -> bytes:
    """The bytes of any file that is kept, for who reads drafts."""
    return _bytes(name, known=_is_kept(actor, name))


def sizes(language: str) -> dict[str, int]:
    """The pictures of all public texts, and their readings in one language, with their bytes. 4 queries."""
    kept = [
        found for model in (Way, Step, LawQuestion) for found in model.objects.exclude(media={}).values_list("media", flat=True)
    ]
    names = {one[name] for one in kept for name in ("picture", f"reading_{language}") if name in one}
    return dict(MediaFile.objects.filter(name__in=names).order_by("name").values_list("name", "size"))


def counted() -> tuple[int, int]:
    """How many files public pages show, and how many of these are not on the disk."""
    names = FileUse.objects.values_list("file_id", flat=True).distinct()
    found = [mediafiles.path_of(name).exists() for name in names]
    return len(found), found.count(False)


def _is_kept(actor: Actor, name: str) -> bool:
    return media.is_name(name) and access.may(actor, "text.see") and MediaFile.objects.filter(name=name).exists()


def _bytes(name: str, *, known: bool) -> bytes:
    data = mediafiles.read(name) if known else None
    if data is None:
        raise NotYours
    return data
