"""Which committee stands on which rung of an issue's ladder, and the first that may be asked. Reads only."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from spean.accounts.enums import COMMITTEE_LEVELS, OrganisationKind
from spean.accounts.models import Organisation
from spean.voices.enums import BEYOND_BORDERS, Level, Why
from spean.voices.models import Issue

#: parts of a path down to the place of a level: KH/14/1411/141104/
_DEPTH = {Level.NATION: 1, Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 4}
_KINDS = {
    **{Level(level): kind for kind, level in COMMITTEE_LEVELS.items()},
    Level.REGIONAL: OrganisationKind.REGIONAL_BODY,
    Level.INTERNATIONAL: OrganisationKind.INTERNATIONAL_BODY,
}
LEVEL_OF_KIND = {kind: level for level, kind in _KINDS.items()}


@dataclass(frozen=True)
class Rung:
    """A level that was tried: its committee, or why there is none to ask."""

    level: Level
    committee: Organisation | None
    why: str = ""


def rungs_from(issue: Issue, first: Level) -> list[Level]:
    """The levels from `first` upwards that this issue may climb to."""
    levels = list(Level)
    above = levels[levels.index(first) :]
    return [level for level in above if issue.crosses_border or level not in BEYOND_BORDERS]


def levels_above(issue: Issue) -> list[Level]:
    """The levels above the one that is asked now; all of them before the first."""
    if not issue.level:
        return rungs_from(issue, Level.COMMUNE)
    return rungs_from(issue, Level(issue.level))[1:]


def climb(issue: Issue, levels: list[Level]) -> list[Rung]:
    """The rungs tried in turn; the last one has a committee, unless none above can be asked."""
    avoided = set(issue.avoided.values_list("level", flat=True))
    tried = []
    for level in levels:
        if level in avoided:
            tried.append(Rung(level, None, Why.COMPLAINED_OF))
            continue
        committee = committees_at(issue, level).first()
        tried.append(Rung(level, committee, "" if committee else Why.NO_COMMITTEE))
        if committee is not None:
            break
    return tried


def committees_at(issue: Issue, level: Level) -> QuerySet[Organisation]:
    """The committees of a level for the issue's places, that of the most of them first."""
    found = Organisation.objects.filter(kind=_KINDS[level]).order_by("name_en", "pk")
    if level in BEYOND_BORDERS:
        return found
    paths = Counter("/".join(p.split("/")[: _DEPTH[level]]) + "/" for p in issue.places.values_list("place__path", flat=True))
    ranked = sorted(paths, key=lambda path: (-paths[path], path))
    present = dict(found.filter(place__path__in=ranked).values_list("place__path", "pk"))
    for path in ranked:
        if path in present:
            return found.filter(pk=present[path])
    return found.none()


def first_committees(issue: Issue) -> QuerySet[Any]:
    """The committees that an approved issue may be raised with: those of the lowest level that can be asked."""
    avoided = set(issue.avoided.values_list("level", flat=True))
    paths = list(issue.places.values_list("place__path", flat=True))
    for level in rungs_from(issue, Level.COMMUNE):
        if level in avoided:
            continue
        found = Organisation.objects.filter(kind=_KINDS[level])
        if level not in BEYOND_BORDERS:
            found = found.filter(place__path__in={"/".join(p.split("/")[: _DEPTH[level]]) + "/" for p in paths})
        if found.exists():
            return found.order_by("name_en", "pk")
    return Organisation.objects.none()
