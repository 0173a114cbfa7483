"""Choosing a place without JavaScript: one list per level, each opened by the choice above it, or a search.

The fields of a form, for the prefix "place": `place-province`, `place-district`, `place-commune`, `place-village`
hold codes; `place-search` holds what is looked for, and `place-pick` the code of a found place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid
from spean.kernel.text import clean
from spean.places import queries
from spean.places.enums import GAZETTEER, Level
from spean.places.models import Place
from spean.places.queries import PlaceOption

LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.VILLAGE)
HITS = 12

_NOT_LISTED = _("This place is not in the list. Choose again.")
_OUTSIDE: dict[str, Promise] = {
    Level.DISTRICT: _("This district is not in the province above. Choose again."),
    Level.COMMUNE: _("This commune is not in the district above. Choose again."),
    Level.VILLAGE: _("This village is not in the commune above. Choose again."),
}
_NEEDED: dict[str, Promise] = {
    Level.PROVINCE: _("Choose a province."),
    Level.DISTRICT: _("Choose a district."),
    Level.COMMUNE: _("Choose a commune."),
    Level.VILLAGE: _("Choose a village."),
}


@dataclass(frozen=True, slots=True)
class PickerLevel:
    """One list: the name of its field, what can be chosen, what is chosen."""

    level: Level
    field: str
    options: tuple[PlaceOption, ...]
    chosen: PlaceOption | None

    @property
    def label(self) -> Promise | str:
        """The word for the level."""
        return self.level.label


@dataclass(frozen=True, slots=True)
class PickerState:
    """All that a form needs to show where the choice stands; a level is open when the one above is chosen."""

    prefix: str
    levels: tuple[PickerLevel, ...]
    lineage: tuple[PlaceOption, ...]
    search_field: str
    pick_field: str
    text: str
    hits: tuple[PlaceOption, ...]
    kept: tuple[tuple[str, str], ...] = ()  # what was chosen, as it came, where nobody can be asked what it is called

    @property
    def chosen(self) -> PlaceOption | None:
        """The deepest place chosen so far."""
        return self.lineage[-1] if self.lineage else None

    @property
    def nothing_found(self) -> bool:
        """Whether something was looked for in vain."""
        return bool(self.text) and not self.hits


def state(data: Mapping[str, Any], prefix: str = "place", deepest: Level = Level.VILLAGE) -> PickerState:
    """Where the choice stands; a choice that no longer fits the one above it is forgotten. At most three queries."""
    levels = _levels(deepest)
    lineage = _fitting(_rows(data, prefix, levels, queries.ABOVE), _given(data, prefix, levels))
    picked = _value(data, f"{prefix}-pick")
    text = "" if picked else clean(_value(data, f"{prefix}-search"))
    return PickerState(
        prefix=prefix,
        levels=_lists(prefix, levels, lineage),
        lineage=tuple(queries.options(lineage)),
        search_field=f"{prefix}-search",
        pick_field=f"{prefix}-pick",
        text=text,
        hits=tuple(queries.search(text, levels, limit=HITS)),
    )


def kept(data: Mapping[str, Any], prefix: str = "place") -> PickerState:
    """Without a database: the choice is carried on unseen, so that the same form sent again means the same place."""
    names = [f"{prefix}-pick", *(_field(prefix, level) for level in LEVELS)]
    carried = tuple((name, value) for name in names if (value := _value(data, name)))
    return PickerState(prefix, (), (), f"{prefix}-search", f"{prefix}-pick", "", (), carried)


def state_for(place: PlaceOption | None, prefix: str = "place", deepest: Level = Level.VILLAGE) -> PickerState:
    """The state of a form that is opened with `place` already chosen."""
    return state({f"{prefix}-pick": place.code} if place else {}, prefix, deepest)


def resolve(
    data: Mapping[str, Any],
    prefix: str = "place",
    deepest: Level = Level.VILLAGE,
    needed: Level | None = None,
    above: str = "parent",
) -> Place | None:
    """The deepest place chosen, with what it lies in up to `above`; `Invalid` if choices contradict or miss `needed`. 1 query."""
    levels = _levels(deepest)
    given = _given(data, prefix, levels)
    rows = _rows(data, prefix, levels, above)
    chosen = _checked(prefix, given, rows)
    if needed and (chosen is None or levels.index(Level(chosen.level)) < levels.index(needed)):
        missing = levels[levels.index(Level(chosen.level)) + 1] if chosen else levels[0]
        raise Invalid({_field(prefix, missing): _NEEDED[missing]})
    return chosen


def _levels(deepest: Level) -> tuple[Level, ...]:
    return LEVELS[: LEVELS.index(deepest) + 1]


def _field(prefix: str, level: str) -> str:
    return f"{prefix}-{level}"


def _value(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value.strip() if isinstance(value, str) else ""


def _given(data: Mapping[str, Any], prefix: str, levels: tuple[Level, ...]) -> dict[str, str]:
    """What the form sends: {"pick": code}, or {level: code}, the uppermost first."""
    picked = _value(data, f"{prefix}-pick")
    if picked:
        return {"pick": picked}
    codes = {level.value: _value(data, _field(prefix, level)) for level in levels}
    return {level: code for level, code in codes.items() if code}


def _rows(data: Mapping[str, Any], prefix: str, levels: tuple[Level, ...], above: str) -> dict[str, Place]:
    """The places given, by code, each with what it lies in loaded as far as `above` says."""
    codes = [code for code in _given(data, prefix, levels).values() if queries.is_code(code)]
    if not codes:
        return {}
    found = Place.objects.current().filter(source=GAZETTEER, code__in=codes, level__in=levels)
    return {place.code: place for place in found.select_related(above)}


def _checked(prefix: str, given: dict[str, str], rows: dict[str, Place]) -> Place | None:
    chosen: Place | None = None
    for level, code in given.items():
        place = rows.get(code)
        if place is None or level not in {"pick", place.level}:
            raise Invalid({_field(prefix, level): _NOT_LISTED})
        if chosen and not place.path.startswith(chosen.path):
            raise Invalid({_field(prefix, level): _OUTSIDE[level]})
        chosen = place
    return chosen


def _fitting(rows: dict[str, Place], given: dict[str, str]) -> list[Place]:
    """The chosen places from the province down, as far as they fit each other."""
    chosen: Place | None = None
    for level, code in given.items():
        place = rows.get(code)
        if place is None or level not in {"pick", place.level}:
            break
        if chosen and not place.path.startswith(chosen.path):
            break
        chosen = place
    lineage: list[Place] = []
    while chosen is not None and chosen.level in LEVELS:
        lineage.insert(0, chosen)
        chosen = chosen.parent
    return lineage


def _lists(prefix: str, levels: tuple[Level, ...], lineage: list[Place]) -> tuple[PickerLevel, ...]:
    """The open lists, in one query: the provinces, and what lies right inside each chosen place."""
    chosen = {place.level: place for place in lineage}
    opened = Q(pk__in=queries.provinces().values("pk")) | Q(parent_id__in=[place.pk for place in lineage])
    inside: dict[str, list[PlaceOption]] = {level.value: [] for level in levels}
    for place in Place.objects.current().filter(opened, level__in=levels).order_by("code"):
        inside[place.level].append(queries.option(place))
    return tuple(
        PickerLevel(
            level=level,
            field=_field(prefix, level),
            options=tuple(inside[level]),
            chosen=queries.option(chosen[level]) if level in chosen else None,
        )
        for level in levels
        if inside[level]
    )
