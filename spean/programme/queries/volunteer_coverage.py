"""Which villages have a volunteer, and which have nobody: commune by commune, in the places of a project or of the teams."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import MembershipState
from spean.accounts.models import Membership, Team
from spean.kernel.paging import PAGE, Page, cursor_position
from spean.places.enums import Level
from spean.places.models import Place
from spean.programme.models import Project, ProjectPlace
from spean.programme.queries.volunteers import away_now

MOST_TO_CHOOSE = 200


@dataclass(frozen=True)
class CommuneRow:
    """One commune. `away`: of `without`, villages whose volunteer is away and nobody stands in."""

    id: int
    name: str
    district: str
    villages: int
    covered: int
    without: tuple[str, ...]
    away: tuple[str, ...]


@dataclass(frozen=True)
class Whole:
    """All of the communes together."""

    communes: int
    villages: int
    covered: int


def projects(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the projects whose places can be looked at."""
    found = access.visible(actor, "project.see", Project.objects.all()).order_by("-starts_on", "id")
    return [(str(p.id), p.name) for p in found[:MOST_TO_CHOOSE]]


def coverage(actor: Actor, *, project: str = "", after: str = "") -> tuple[Whole, Page]:
    """All together, and a page of communes in the order of their codes. Seven queries, however many there are."""
    inside = _inside(_paths(actor, project))
    start = cursor_position(after) if after else 0
    here = Place.objects.current().filter(inside)
    communes = list(here.filter(level=Level.COMMUNE).select_related("parent").order_by("path", "id")[start : start + PAGE + 1])
    covered, away = _covered(actor)
    shown = communes[:PAGE]
    villages: dict[int | None, list[Place]] = defaultdict(list)
    for village in Place.objects.filter(parent__in=shown, level=Level.VILLAGE, until=None).order_by("path", "id"):
        villages[village.parent_id].append(village)
    rows = tuple(_row(one, villages[one.id], covered, away) for one in shown)
    whole = Whole(
        here.filter(level=Level.COMMUNE).count(),
        here.filter(level=Level.VILLAGE).count(),
        here.filter(level=Level.VILLAGE, path__in=covered).count(),
    )
    return whole, Page(rows, str(start + PAGE) if len(communes) > PAGE else "")


def _paths(actor: Actor, project: str) -> set[str]:
    """Where somebody should be: in the places of a project, else of the teams whose volunteers the actor sees."""
    try:
        chosen = UUID(project) if project else None
    except ValueError:
        chosen = None
    if chosen:
        known = access.visible(actor, "project.see", Project.objects.filter(pk=chosen))
        return set(ProjectPlace.objects.filter(project__in=known).values_list("path", flat=True))
    teams = Team.objects.filter(pk__in=access.visible(actor, "volunteer.see", Membership.objects.all()).values("team"))
    return set(teams.exclude(place=None).values_list("place__path", flat=True))


def _inside(paths: set[str]) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(path__startswith=path)
    return found


def _covered(actor: Actor) -> tuple[set[str], set[str]]:
    """The paths of the villages in which somebody works now; and of those whose volunteer is away with nobody in their place."""
    rows = access.visible(actor, "volunteer.see", Membership.objects.filter(state=MembershipState.ACTIVE).exclude(place=None))
    gone = set(away_now(rows.values("pk")).filter(stands_in=None).values_list("membership_id", flat=True))
    covered: set[str] = set()
    away: set[str] = set()
    for pk, path in rows.values_list("pk", "place__path"):
        (away if pk in gone else covered).add(path)
    return covered, away - covered


def _row(commune: Place, villages: list[Place], covered: set[str], away: set[str]) -> CommuneRow:
    without = [v for v in villages if v.path not in covered]
    parent: Any = commune.parent
    return CommuneRow(
        id=commune.id,
        name=commune.name,
        district=parent.name if parent else "",
        villages=len(villages),
        covered=len(villages) - len(without),
        without=tuple(v.name for v in without if v.path not in away),
        away=tuple(v.name for v in without if v.path in away),
    )
