"""Lists of programmes and of projects, and one of each, for everybody of the organisation."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import WorkLevel
from spean.accounts.models import Organisation, Team
from spean.kernel.paging import PAGE, Page, cursor_day, in_language
from spean.programme.enums import NETWORK, PROJECT_MOVES, PartnerRole, ProjectState
from spean.programme.models import Programme, Project, ProjectPartner, ProjectPlace

#: a choice among more than these is a search
MOST_TO_CHOOSE = 200
PLANNED = ("code", "name_km", "name_en", "starts_on", "ends_on")
ACTS = ("change", *PROJECT_MOVES)
READS = ("measure", "report")


@dataclass(frozen=True)
class Row:
    """One programme or project of a list. `projects` is of a programme, `programme` of a project."""

    id: UUID
    code: str
    name: str
    starts_on: date
    ends_on: date
    state: str
    state_label: str
    level: str = ""
    projects: int = 0
    programme: str = ""


@dataclass(frozen=True)
class PartnerView:
    """Who takes part, in which role. `row` is its number, to take it away."""

    row: int
    role: str
    role_label: str
    name: str
    identifier: str


@dataclass(frozen=True)
class PlaceView:
    """A place where a project works."""

    row: int
    name: str
    code: str


@dataclass(frozen=True)
class ProgrammePage:
    """One programme: its strategy, and the projects, partners and places that are its projects'."""

    row: Row
    kept: dict[str, Any]  # as it is written down, for its form
    organisation: str
    strategy: str
    projects: tuple[Row, ...]
    donors: tuple[str, ...]
    partners: tuple[str, ...]
    places: tuple[str, ...]
    may: frozenset[str]


@dataclass(frozen=True)
class ProjectPage:
    """One project."""

    row: Row
    kept: dict[str, Any]
    organisation: str
    programme: UUID | None
    about: str
    teams: tuple[str, ...]
    partners: tuple[PartnerView, ...]
    places: tuple[PlaceView, ...]
    may: frozenset[str]


def programmes(actor: Actor, *, state: str = "", after: str = "") -> Page:
    """A page of the organisation's programmes, what began last first. One query."""
    found = access.visible(actor, "programme.see", Programme.objects.all()).annotate(projects_n=Count("projects"))
    return _page(found, state, after)


def projects(actor: Actor, *, state: str = "", programme: UUID | None = None, after: str = "") -> Page:
    """A page of the organisation's projects, what began last first. One query."""
    found = access.visible(actor, "project.see", Project.objects.select_related("programme"))
    return _page(found.filter(programme=programme) if programme else found, state, after)


def _page(found: QuerySet[Any], state: str, after: str) -> Page:
    found = found.filter(state=state) if state in ProjectState else found
    if after:
        day, key = cursor_day(after)
        found = found.filter(Q(starts_on__lt=day) | Q(starts_on=day, pk__gt=key))
    rows = list(found.order_by("-starts_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(map(_row, rows[:PAGE])), f"{last.starts_on.isoformat()}.{last.id}" if last else "")


def _row(one: Any) -> Row:
    level = getattr(one, "level", "")
    of = getattr(one, "programme", None)
    return Row(
        id=one.id,
        code=one.code,
        name=one.name,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        state=one.state,
        state_label=str(ProjectState(one.state).label),
        level=str(WorkLevel(level).label) if level else "",
        projects=getattr(one, "projects_n", 0),
        programme=of.name if of else "",
    )


def programme(actor: Actor, programme_id: UUID, *, to: str | None = None) -> ProgrammePage:
    """One of them, if the actor may do `to` to it. Seven queries."""
    rows = Programme.objects.select_related("organisation").annotate(projects_n=Count("projects"))
    p = access.get(actor, "programme.see", rows, programme_id, to=to)
    inside = Project.objects.filter(programme=p)
    partners = ProjectPartner.objects.filter(project__in=inside).select_related("organisation")
    names: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for partner in partners.order_by("id"):
        names[partner.role == PartnerRole.FUNDING][called(partner)] = None
    places = ProjectPlace.objects.filter(project__in=inside).select_related("place").order_by("path")
    kept = {
        n: getattr(p, n) for n in ("code", "name_km", "name_en", "starts_on", "ends_on", "level", "strategy_km", "strategy_en")
    }
    return ProgrammePage(
        row=_row(p),
        kept=kept,
        organisation=p.organisation.name,
        strategy=in_language(p.strategy_km, p.strategy_en),
        projects=tuple(map(_row, inside.order_by("-starts_on", "id")[:PAGE])),
        donors=tuple(names[True]),
        partners=tuple(names[False]),
        places=tuple(dict.fromkeys(at.place.name for at in places)),
        may=access.allowed(actor, "programme", ACTS, p),
    )


def project(actor: Actor, project_id: UUID, *, to: str | None = None) -> ProjectPage:
    """One of them, if the actor may do `to` to it. Five queries."""
    rows = Project.objects.select_related("organisation", "programme")
    p = access.get(actor, "project.see", rows, project_id, to=to)
    teams = list(Team.objects.filter(pk__in=p.teams.values("team")).order_by("name_en", "id"))
    kept = {name: getattr(p, name) for name in (*PLANNED, "about_km", "about_en")}
    return ProjectPage(
        row=_row(p),
        kept={**kept, "programme": p.programme_id, "teams": [str(team.id) for team in teams]},
        organisation=p.organisation.name,
        programme=p.programme_id,
        about=in_language(p.about_km, p.about_en),
        teams=tuple(team.name for team in teams),
        partners=tuple(map(_partner, p.partners.select_related("organisation").order_by("id"))),
        places=tuple(
            PlaceView(at.pk, at.place.name, at.place.code) for at in p.places.select_related("place").order_by("path", "id")
        ),
        may=access.allowed(actor, "project", (*ACTS, *READS), p),
    )


def called(partner: ProjectPartner) -> str:
    """The partner's name in the reader's language."""
    return partner.organisation.name if partner.organisation else in_language(partner.name_km, partner.name_en)


def _partner(partner: ProjectPartner) -> PartnerView:
    label = str(PartnerRole(partner.role).label)
    return PartnerView(partner.pk, partner.role, label, called(partner), partner.identifier)


def levels(actor: Actor) -> list[tuple[str, Any]]:
    """The levels at which the actor makes programmes: a network coordinator's are those of several countries."""
    every = list(WorkLevel.choices)
    return every if actor.has("programme_manager") else [(code, label) for code, label in every if code in NETWORK]


def programmes_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of those of which a project can be a part."""
    live = access.visible(actor, "programme.change", Programme.objects.all()).order_by("-starts_on", "id")
    return [(str(p.id), p.name) for p in live[:MOST_TO_CHOOSE]]


def teams_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the teams of the actor's organisations."""
    found = Team.objects.filter(organisation__in=actor.orgs).order_by("name_en", "id")[:MOST_TO_CHOOSE]
    return [(str(team.id), team.name) for team in found]


def partners_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the organisations that work here; committees stand in for places and are no partners."""
    found = Organisation.objects.exclude(kind__endswith="_committee").order_by("name_en", "id")
    return [(str(o.id), o.name) for o in found[:MOST_TO_CHOOSE]]
