"""Outcomes of a team: what was told of a half-year, and the same as a sheet."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from spean.accounts.access import Actor
from spean.collect.sheetwriter import CSV_TYPE, comma_separated
from spean.evidence import team_figures
from spean.kernel.errors import NotYours
from spean.surfaces.desk.acting import acting
from spean.surfaces.pages import page


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """One team's half-year: the first team and the newest half-year, unless others are asked for."""
    actor = acting(request)
    teams = team_figures.teams(actor)
    team, halves, first = _asked(request, actor, teams)
    found = team_figures.half(actor, team, first) if team and first else None
    return page(request, "desk/outcomes.html", found=found, teams=teams, team=team, halves=halves, first=first)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The same numbers as a sheet; what is hidden is an empty cell."""
    actor = acting(request)
    team, _halves, first = _asked(request, actor, team_figures.teams(actor))
    if team is None or first is None:
        raise NotYours
    made = comma_separated([team_figures.HEAD, *team_figures.rows(actor, team, first)])
    answer = HttpResponse(made, content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="outcomes-{first.isoformat()}.csv"'
    return answer


def _asked(request: HttpRequest, actor: Actor, teams: list[tuple[UUID, str]]) -> tuple[UUID | None, list[date], date | None]:
    """The team and the half-year that are meant, among those that the reader may see."""
    wanted, half = request.GET.get("team", ""), request.GET.get("half", "")
    team = next((pk for pk, _name in teams if str(pk) == wanted), None if wanted else next((pk for pk, _name in teams), None))
    if wanted and team is None:
        raise NotYours
    halves = team_figures.halves(actor, team) if team else []
    return team, halves, next((day for day in halves if day.isoformat() == half), halves[0] if halves else None)
