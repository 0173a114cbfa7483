"""Reads of places, returned as plain values; each function asks the database a small, fixed number of times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.functions import Length
from django.utils.functional import Promise

from spean.kernel.errors import NotYours
from spean.kernel.text import has_lone_surrogate
from spean.places import spelling
from spean.places.enums import CAMBODIA, COUNTRIES, GAZETTEER, Level, Reason
from spean.places.models import ApartRow, Load, Place, PlaceQuerySet, name_for_reader

_LONGEST_CODE = 8
#: a place with all that it lies in, for `select_related`
ABOVE = "parent__parent__parent__parent"
#: a shorter skeleton ("ka" for Koh, Kou, Kea) would find half the country inside other names
_SOUND_INSIDE_FROM = 5
#: levels so few that a name which only sounds the same ranks with the exact ones
_FEW = (Level.PROVINCE, Level.DISTRICT)
#: how many times the wanted number is fetched, to sort by likeness
_WINDOW = 4


@dataclass(frozen=True, slots=True)
class PlaceOption:
    """A place, ready to show."""

    id: int
    code: str
    level: str
    kind: str
    name_km: str
    name_en: str
    path: str
    #: the places around it, nearest first, without the country; `search` and `with_codes` fill it
    above: tuple["PlaceOption", ...] = ()

    @property
    def name(self) -> str:
        """The name in the language of the reader, or the other one."""
        return name_for_reader(self.name_km, self.name_en)

    @property
    def label(self) -> str:
        """The name and what it lies in: "Veal Prov, Pou Rieng, Pur Rieng, Prey Veng"."""
        return ", ".join(place.name for place in (self, *self.above))


@dataclass(frozen=True, slots=True)
class ApartOption:
    """A row that was set apart, ready to show."""

    code: str
    level: str
    name_km: str
    name_en: str
    reason: str
    parent_code: str

    @property
    def why(self) -> Promise | str:
        """The reason in words."""
        return Reason(self.reason).label


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What the last load of a source took in and what it set apart."""

    source: str
    version: str
    loaded_at: datetime
    counts: dict[str, Any]
    apart: tuple[ApartOption, ...]

    def lines(self) -> list[str]:
        """The report as lines to print."""
        out = [f"{self.source} {self.version}, {self.loaded_at:%Y-%m-%d}"]
        for level, rows in self.counts["rows"].items():
            out.append(f"{Level(level).label}: {rows} = {self.counts['placed'].get(level, 0)} + {self._apart(level)}")
        for reason, rows in self.counts["apart"].items():
            out.append(f"{Reason(reason).label}: {rows}")
        out.extend(f"{r.code} | {r.parent_code} | {r.name_km} | {r.name_en} | {r.why}" for r in self.apart)
        return out

    def _apart(self, level: str) -> int:
        return sum(row.level == level for row in self.apart)


def option(place: Place, above: tuple[PlaceOption, ...] = ()) -> PlaceOption:
    """The row as a plain value."""
    return PlaceOption(
        id=place.pk,
        code=place.code,
        level=place.level,
        kind=place.kind,
        name_km=place.name_km,
        name_en=place.name_en,
        path=place.path,
        above=above,
    )


def options(places: Iterable[Place]) -> list[PlaceOption]:
    """The rows as plain values."""
    return [option(place) for place in places]


def children(parent_id: int | None = None) -> list[PlaceOption]:
    """The places right inside one, by code; without one, the provinces of Cambodia."""
    if parent_id is None:
        return options(provinces().order_by("code"))
    return options(Place.objects.current().filter(parent_id=parent_id).order_by("code"))


def provinces() -> PlaceQuerySet:
    """The provinces of Cambodia, as rows."""
    return Place.objects.current().filter(
        parent__source=COUNTRIES, parent__code=CAMBODIA, parent__until=None, level=Level.PROVINCE
    )


def countries() -> list[PlaceOption]:
    """The countries, by name in the language of the reader."""
    found = options(Place.objects.current().filter(source=COUNTRIES))
    return sorted(found, key=lambda place: place.name)


def is_country(code: str) -> bool:
    """Whether a country has this code today."""
    return is_code(code) and Place.objects.current().filter(source=COUNTRIES, code=code).exists()


def get(place_id: int) -> PlaceOption:
    """One place, also one that a later version closed; `NotYours` when there is none."""
    place = Place.objects.filter(pk=place_id).first()
    if place is None:
        raise NotYours
    return option(place)


def by_code(code: str) -> PlaceOption | None:
    """The place that has this code today."""
    if not is_code(code):
        return None
    place = Place.objects.current().filter(code=code).first()
    return option(place) if place else None


def with_codes(codes: Iterable[str]) -> list[PlaceOption]:
    """The places that have these codes today, each with what it lies in."""
    found = Place.objects.current().select_related(ABOVE).filter(code__in=[code for code in codes if is_code(code)])
    return [_lying(place) for place in found.order_by("code")]


def is_code(text: str) -> bool:
    """Whether it can be the code of a place at all."""
    return text.isascii() and text.isalnum() and len(text) <= _LONGEST_CODE


def lineage(place_id: int) -> list[PlaceOption]:
    """From the country down to the place itself; `NotYours` when there is none."""
    place = Place.objects.select_related(ABOVE).filter(pk=place_id).first()
    if place is None:
        raise NotYours
    return [*reversed(options(_parents(place))), option(place)]


def _parents(place: Place) -> list[Place]:
    found = []
    while place.parent is not None:
        place = place.parent
        found.append(place)
    return found


def counts() -> dict[str, int]:
    """How many places each level has today."""
    found = Place.objects.current().values_list("level").annotate(n=Count("pk")).order_by()
    return {level.value: 0 for level in Level} | dict(found)


def search(
    text: str, level: str | tuple[str, ...] | None = None, within_path: str | None = None, limit: int = 20
) -> list[PlaceOption]:
    """Places whose Khmer or Latin name, or code, is like `text`; the best first, each with what it lies in."""
    rules = _rules(text)
    if not rules:
        return []
    places = Place.objects.current().select_related(ABOVE)
    if level:
        places = places.filter(level__in=(level,) if isinstance(level, str) else level)
    if within_path:
        places = places.filter(path__startswith=within_path)
    anywhere = Q()
    for rule in rules:
        anywhere |= rule
    rank = Case(*(When(rule, then=Value(n)) for n, rule in enumerate(rules)), output_field=IntegerField())
    found = places.filter(anywhere).annotate(rank=rank).order_by("rank", Length("path"), Length("folded"), "code")
    best = _by_likeness(found[: limit * _WINDOW], text)[:limit]
    return [_lying(place) for place in best]


def _lying(place: Place) -> PlaceOption:
    """A row, its places above loaded, as a plain value with what it lies in."""
    return option(place, tuple(option(p) for p in _parents(place) if p.level != Level.COUNTRY))


def _rules(text: str) -> list[Q]:
    """The ways a place can be like `text`, the best first."""
    text = text[: spelling.LONGEST]
    if has_lone_surrogate(text):
        return []
    whole, bare = _rules_for(text), _rules_for(spelling.without_unit(text))
    if whole == bare:
        return whole
    return [rule for pair in zip_longest(whole, bare) for rule in pair if rule]


def _rules_for(text: str) -> list[Q]:
    key, sound, edge = spelling.folded(text), spelling.sound(text), spelling.EDGE
    if not key:
        return []
    same = Q(folded__contains=f"{edge}{key}{edge}")
    spelled = [Q(folded__contains=f"{edge}{key}"), Q(folded__contains=key)]
    if key.isascii() and key.isdigit():
        return [Q(code=key), same, Q(code__startswith=key), *spelled]
    if not sound:
        return [same, *spelled]
    sounds_same = Q(sound=f"{edge}{sound}{edge}")
    sounds = [sounds_same, Q(sound__startswith=f"{edge}{sound}")]
    if len(sound) >= _SOUND_INSIDE_FROM:
        sounds.append(Q(sound__contains=sound))
    return [same | (sounds_same & Q(level__in=_FEW)), *spelled, *sounds]


def _by_likeness(found: Iterable[Place], text: str) -> list[Place]:
    """Within one rank and level, the nearest spelling first; otherwise as the database sorted them."""
    matcher = SequenceMatcher(b=spelling.folded(spelling.without_unit(text[: spelling.LONGEST])))

    def order(place: Place) -> tuple[int, int, float]:
        likeness = 0.0
        for name in (place.name_en, place.name_km):
            matcher.set_seq1(spelling.folded(name))
            likeness = max(likeness, matcher.ratio())
        return place.rank, len(place.path), -likeness  # type: ignore[attr-defined]

    return sorted(found, key=order)


def load_report(source: str = GAZETTEER) -> LoadReport | None:
    """What the last load of the source did, with every row it set apart."""
    load = Load.objects.filter(source=source).order_by("-id").first()
    if load is None:
        return None
    rows = ApartRow.objects.filter(load=load).order_by("code", "id")
    return LoadReport(load.source, load.version, load.loaded_at, load.counts, tuple(_apart(row) for row in rows))


def _apart(row: ApartRow) -> ApartOption:
    return ApartOption(row.code, row.level, row.name_km, row.name_en, row.reason, row.parent_code)
