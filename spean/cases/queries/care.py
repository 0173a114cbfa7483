"""The plan of a case: states, days, domains, who pays. What it says is sealed: see `operations.planning.read`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import get_language

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.models import CarePlan, Case, Goal
from spean.kernel import clock


@dataclass(frozen=True)
class PlanBrief:
    """Where the plan of a case stands."""

    state: str
    label: str
    open: int
    reached: int


@dataclass(frozen=True)
class GoalView:
    """One goal, without its words."""

    id: UUID
    domain: str
    domain_code: str
    state: str
    label: str
    payer: str
    payer_code: str
    target_on: date
    ended_on: date | None
    late: bool
    by: str
    tasks: tuple[tuple[UUID, str, bool], ...]  # (id, kind, done)
    service: UUID | None
    service_name: str
    need: str  # with which of its needs that service helps


@dataclass(frozen=True)
class VersionView:
    """A plan as it was approved, without its words."""

    number: int
    on: date
    submitted_by: str
    approved_by: str


@dataclass(frozen=True)
class PlanView:
    """The whole plan, without its words. `goals` stand; `earlier` were changed."""

    state: str
    label: str
    revision: int
    submitted_by: str
    submitted_on: date | None
    goals: tuple[GoalView, ...]
    earlier: tuple[GoalView, ...]
    versions: tuple[VersionView, ...]


NONE_YET = PlanView(enums.CarePlanState.DRAFT, "", 0, "", None, (), (), ())


def _of(actor: Actor, case_id: UUID) -> Q:
    return Q(case__in=access.visible(actor, "case.see", Case.objects.filter(pk=case_id)))


def brief(actor: Actor, case_id: UUID) -> PlanBrief | None:
    """Where it stands; None while nothing is written. Two queries."""
    return brief_of(access.get(actor, "case.see", Case.objects.all(), case_id))


def brief_of(case: Case) -> PlanBrief | None:
    """The same of a case that was found. One query."""
    counted = {name: Count("goals", filter=Q(goals__state=name)) for name in ("open", "reached")}
    plan = CarePlan.objects.filter(case=case).annotate(**{f"n_{k}": v for k, v in counted.items()}).first()
    if plan is None:
        return None
    return PlanBrief(plan.state, str(enums.CarePlanState(plan.state).label), plan.n_open, plan.n_reached)  # type: ignore[attr-defined]


def plan(actor: Actor, case_id: UUID) -> PlanView:
    """For its own page. Four queries."""
    found = CarePlan.objects.select_related("submitted_by").filter(_of(actor, case_id)).first()
    if found is None:
        return NONE_YET
    today = clock.today()
    goals = [
        _goal(g, today)
        for g in found.goals.select_related("made_by", "service").prefetch_related("tasks").order_by("target_on", "id")
    ]
    changed = enums.GoalState.CHANGED
    versions = found.versions.select_related("submitted_by", "approved_by").order_by("-number")
    return PlanView(
        state=found.state,
        label=str(enums.CarePlanState(found.state).label),
        revision=found.revision,
        submitted_by=found.submitted_by.name if found.submitted_by else "",
        submitted_on=found.submitted_on,
        goals=tuple(g for g in goals if g.state != changed),
        earlier=tuple(g for g in goals if g.state == changed),
        versions=tuple(VersionView(v.number, v.on, v.submitted_by.name, v.approved_by.name) for v in versions),
    )


def _goal(g: Goal, today: date) -> GoalView:
    done = enums.TaskState.DONE
    return GoalView(
        id=g.id,
        domain=str(enums.NeedDomain(g.domain).label),
        domain_code=g.domain,
        state=g.state,
        label=str(enums.GoalState(g.state).label),
        payer=str(enums.Payer(g.payer).label),
        payer_code=g.payer,
        target_on=g.target_on,
        ended_on=g.ended_on,
        late=g.state == enums.GoalState.OPEN and g.target_on < today,
        by=g.made_by.name,
        tasks=tuple((t.id, str(enums.TaskKind(t.kind).label), t.state == done) for t in g.tasks.all()),
        service=g.service_id,
        service_name=g.service.called(get_language() or "km") if g.service else "",
        need=g.need,
    )
