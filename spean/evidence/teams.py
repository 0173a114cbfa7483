"""Telling each team's outcomes of a half-year, once, through the door of all figures; by the system, and audited."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from spean.accounts.access import SYSTEM
from spean.accounts.models import Team
from spean.cases.models import Case
from spean.evidence import disclosure, outcomes, register
from spean.evidence.cohorts import Beside
from spean.evidence.models import Table, TeamRelease
from spean.kernel import clock
from spean.kernel.months import later
from spean.privacy import audit


@transaction.atomic
def release_outcomes() -> int:
    """Tell the latest half-year that has settled, of each team with cases that was not told of yet; of how many. Twice is once.

    What is corrected later is not told again: two tables of the same days, compared, would tell of one person.
    """
    start = half_told_on(clock.today())
    known = TeamRelease.objects.filter(period=start).values("team")
    works = Team.objects.filter(Exists(Case.objects.filter(team=OuterRef("pk")))).exclude(pk__in=known)
    teams = list(works.select_for_update().order_by("pk"))
    for team in teams:
        _release(team, outcomes.Span(team.pk, start, later(start, register.HALF)))
    return len(teams)


def half_told_on(day: date) -> date:
    """The first day of the latest half-year that ended at least so many months before this day."""
    settled = later(day, -register.OUTCOMES_SETTLE_MONTHS)
    return later(settled.replace(day=1, month=1 if settled.month <= register.HALF else register.HALF + 1), -register.HALF)


def _release(team: Team, span: outcomes.Span) -> None:
    beside = Beside()
    for table in outcomes.TABLES:
        lines = _keep(team, table, span, beside if table == Table.SIGNS else Beside())
        if table == Table.FOLLOW_UPS:
            beside = replace(beside, most=_told_as_done(lines))


def _told_as_done(lines: tuple[disclosure.ReleasedLine, ...]) -> int:
    """How many follow-ups a reader knows to have been done."""
    return sum(cell.voices or 0 for line in lines[:1] for cell in line.cells if set(cell.columns) <= register.DONE)


def _keep(team: Team, table: Table, span: outcomes.Span, beside: Beside) -> tuple[disclosure.ReleasedLine, ...]:
    k, lines, verb = register.declared(table).threshold, [], "figures.release"
    try:
        lines = disclosure.release(table, span.start, outcomes.cohort(table, span), beside=beside, k=k).plain()
    except disclosure.Withheld:
        verb = "figures.withhold"
    kept = TeamRelease(team=team, table=table, period=span.start, released_on=clock.today(), threshold=k, cells=lines)
    kept.save(force_insert=True)
    audit.record(SYSTEM, verb, kept, org=team.organisation_id, reason=f"{table}.{span.start.isoformat()}")
    return tuple(disclosure.line_from(line) for line in lines)
