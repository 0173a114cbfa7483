"""Counts an indicator for a quarter that is over, once: the number is protected, frozen, and waits for a second person."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.models import Team
from spean.evidence import disclosure
from spean.evidence.indicators import COUNTED
from spean.evidence.indicators.promise import Counted, Scope
from spean.evidence.within import Inside, few
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid
from spean.kernel.months import last_day
from spean.privacy import audit
from spean.programme.models import Indicator, Project, Value
from spean.programme.operations import values
from spean.programme.operations.results import find_indicator
from spean.programme.operations.values import Number

MONTHS = 3


@transaction.atomic
def count(actor: Actor, project_id: UUID, indicator_id: UUID, starts_on: date, sent_id: UUID) -> UUID:
    """Count it for the quarter that begins on this day. What was counted of the same teams before is the same number again."""
    project, found = find_indicator(actor, project_id, indicator_id, "enter")
    counted = counts(found)
    if counted is None:
        raise Conflict(_("This indicator is not counted from what was done. Write its numbers down."))
    if starts_on not in quarters(project):
        raise Invalid({"quarter": _("Choose a quarter of the project that is over.")})
    scope = Scope(project.organisation_id, teams_of(project), starts_on, quarter_end(starts_on))
    known = _kept(counted, scope)
    number = _earlier(known, scope) or _fresh(known, counted, scope)
    audit.record(actor, "indicator.count", found, org=project.organisation_id, reason=counted.code.lower())
    return values.enter(actor, project_id, indicator_id, number, sent_id)


def counts(indicator: Indicator) -> Counted | None:
    """How this indicator is counted; None where it is written down."""
    known = COUNTED.get(indicator.code) if indicator.ready else None
    return known if known is not None and known.unit == indicator.unit else None


def quarters(project: Project) -> list[date]:
    """The first days of the quarters that lie in the project and are over, the newest first."""
    first, found = date(project.starts_on.year, 1, 1), []
    while first <= project.ends_on:
        if project.starts_on <= first and quarter_end(first) <= min(project.ends_on, clock.today() - timedelta(days=1)):
            found.append(first)
        first = quarter_end(first) + timedelta(days=1)
    return found[::-1]


def quarter_end(first: date) -> date:
    """The last day of the quarter that begins on this day."""
    return last_day(first, MONTHS)


def teams_of(project: Project) -> tuple[UUID, ...]:
    """The teams of the project; where it names none, all of the organisation."""
    all_of_it = Team.objects.filter(organisation=project.organisation_id).order_by("id")
    own = all_of_it.filter(pk__in=project.teams.values("team"))
    return tuple((own if own.exists() else all_of_it).values_list("id", flat=True))


def _kept(counted: Counted, scope: Scope) -> list[Value]:
    """What was counted of this for the same quarter in the organisation, in whichever project."""
    same = {"indicator__code": counted.code, "starts_on": scope.starts_on, "ends_on": scope.ends_on}
    rows = Value.objects.filter(indicator__project__organisation=scope.organisation, counted_on__isnull=False, **same)
    return list(rows.prefetch_related("parts").order_by("counted_on", "id"))


def _earlier(known: list[Value], scope: Scope) -> Number | None:
    """The number of the same teams: what is asked twice is answered in the same way, so that no two answers can be compared."""
    for kept in known:
        if kept.counted_of == [str(team) for team in scope.teams]:
            parts = {(part.by, part.code): part.amount for part in kept.parts.all()}
            return _number(scope, Inside(kept.amount, kept.out_of, parts, kept.threshold), kept.counted_on or clock.today())
    return None


def _fresh(known: list[Value], counted: Counted, scope: Scope) -> Number:
    told = disclosure.inside(counted.count(scope), counted.threshold)
    if any(_differs_by_few(counted, scope, kept) for kept in known):
        told = Inside(None, None, {}, counted.threshold)
    return _number(scope, told, clock.today())


def _differs_by_few(counted: Counted, scope: Scope, kept: Value) -> bool:
    """Whether the teams that only one of the two numbers counts have 1 to k-1 people in it: a subtraction would show them."""
    apart = {str(team) for team in scope.teams} ^ set(kept.counted_of)
    figures = counted.count(Scope(scope.organisation, tuple(map(UUID, apart)), scope.starts_on, scope.ends_on))
    return few(figures.items, counted.threshold) or few(figures.of or (), counted.threshold)


def _number(scope: Scope, told: Inside, counted_on: date) -> Number:
    return Number(
        starts_on=scope.starts_on,
        ends_on=scope.ends_on,
        amount=told.amount,
        evidence="",
        out_of=told.out_of,
        parts=told.parts,
        counted_on=counted_on,
        threshold=told.threshold,
        counted_of=tuple(str(team) for team in scope.teams),
    )
