"""Travel plans as lists and heads: counted facts only. Nothing here opens a seal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.kernel import clock
from spean.kernel.errors import NotYours
from spean.kernel.paging import PAGE, Page, counts, cursor_day, in_language
from spean.library.enums import Destination
from spean.privacy import custody
from spean.voices import plan_enums
from spean.voices.models import Concern, Plan, PlanStep
from spean.voices.operations.plan_rounds import last_round
from spean.voices.plan_enums import CALLING, PlanState, PlanStepKind

VIEWS = {
    "alarm": Q(state__in=CALLING),
    "asked": Q(state=PlanState.ASKED),
    "running": Q(state=PlanState.RUNNING),
    "closed": Q(state=PlanState.CLOSED),
}
LATE = timedelta(hours=3)
ACTS = ("contact", "call", "safe", "ask_open", "agree", "open", "end")


@dataclass(frozen=True)
class PlanRow:
    """One line of the list."""

    id: UUID
    state: str
    state_label: str
    why: str
    destination: str
    province: str
    month: date
    due_on: date | None
    moved_on: date
    by_helper: bool


@dataclass(frozen=True)
class PlanStepView:
    """One step of the course."""

    on: date
    label: str
    by: str
    tone: str
    concern: UUID | None  # that was raised, for who may see it


@dataclass(frozen=True)
class RequestView:
    """A wish to open the plan."""

    id: UUID
    asked_by: str
    agreed_by: str
    reason: str
    until: date
    mine: bool


@dataclass(frozen=True)
class PlanHead:
    """A plan's counted facts, its course, the wishes to open it, and what this actor may do."""

    row: PlanRow
    days: tuple[date, ...]
    steps: tuple[PlanStepView, ...]
    requests: tuple[RequestView, ...]
    may: frozenset[str]
    concern: UUID | None
    erase_on: date | None
    keepers: int  # of those who hold a share
    holds_share: bool
    can_read: bool  # the actor asked, and a second keeper agreed


_TONES = {
    PlanStepKind.MISSED: "due", PlanStepKind.ASKED: "due", PlanStepKind.UNSENT: "due", PlanStepKind.UNREACHED: "due",
    PlanStepKind.RAISED: "due", PlanStepKind.UNSAFE: "due", PlanStepKind.ERASING: "due",
}  # fmt: skip


def _seen(actor: Actor) -> QuerySet[Plan]:
    """Plans of the actor's teams, and those that they helped to make."""
    own = access.visible(actor, "plan.see_own", Plan.objects.all())
    return access.visible(actor, "plan.see", Plan.objects.all()) | own


def plans(actor: Actor, *, view: str = "alarm", after: str = "") -> Page:
    """A page of plans, the longest waiting first."""
    found = _seen(actor).filter(VIEWS.get(view, VIEWS["alarm"])).select_related("province")
    if after:
        day, key = cursor_day(after)
        found = found.filter(Q(moved_on__gt=day) | Q(moved_on=day, pk__gt=key))
    rows = list(found.order_by("moved_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(map(_row, rows[:PAGE])), f"{last.moved_on.isoformat()}.{last.id}" if last else "")


def plan_counts(actor: Actor) -> dict[str, int]:
    """How many stand under each view."""
    return counts({name: _seen(actor).filter(where) for name, where in VIEWS.items()})


def is_timer_late() -> bool:
    """Whether no round was made for hours: then nobody is told of a missed check-in."""
    noted = last_round()
    return not noted or clock.now() - datetime.fromisoformat(noted) > LATE


def plan_head(actor: Actor, plan_id: UUID) -> PlanHead:
    """One plan, without anything sealed."""
    plan = _seen(actor).filter(pk=plan_id).select_related("province").first()
    if plan is None:
        raise NotYours
    steps = list(plan.steps.select_related("by").order_by("position"))
    raised = {pk for pk in (plan.concern_id, *(s.concern_id for s in steps)) if pk}
    concerns = set(access.visible(actor, "concern.see", Concern.objects.filter(pk__in=raised)).values_list("pk", flat=True))
    left = custody.left_with(plan.id)
    holders = left[1] if left else frozenset()
    requests = tuple(_request(actor, r) for r in _live_requests(plan))
    return PlanHead(
        row=_row(plan),
        days=tuple(plan.days.filter(on__gte=clock.today()).order_by("on").values_list("on", flat=True)),
        steps=tuple(_step(s, concerns) for s in steps),
        requests=requests,
        may=access.allowed(actor, "plan", ACTS, plan),
        concern=plan.concern_id if plan.concern_id in concerns else None,
        erase_on=plan.erase_on,
        keepers=len(holders),
        holds_share=actor.id in holders,
        can_read=any(r.mine and r.agreed_by for r in requests),
    )


def _step(s: PlanStep, concerns: set[UUID]) -> PlanStepView:
    kind, concern = PlanStepKind(s.kind), s.concern_id if s.concern_id in concerns else None
    return PlanStepView(s.on, str(kind.label), s.by.name if s.by else "", _TONES.get(kind, "done"), concern)


def plan_behind(actor: Actor, concern_id: UUID) -> UUID | None:
    """The plan whose missed day, or whose rain, raised a concern; for who may see that plan."""
    steps = PlanStep.objects.filter(concern=concern_id).values("plan")
    return _seen(actor).filter(Q(concern=concern_id) | Q(pk__in=steps)).values_list("pk", flat=True).first()


def _live_requests(plan: Plan) -> Any:
    return plan.requests.filter(until__gte=clock.today()).select_related("asked_by", "agreed_by").order_by("asked_on", "id")


def _request(actor: Actor, r: Any) -> RequestView:
    reason, agreed = str(plan_enums.OpenFor(r.reason).label), r.agreed_by.name if r.agreed_by else ""
    return RequestView(r.id, r.asked_by.name, agreed, reason, r.until, r.asked_by_id == actor.id)


def _row(plan: Plan) -> PlanRow:
    province = plan.province
    return PlanRow(
        plan.id,
        plan.state,
        str(PlanState(plan.state).label),
        plan.why,
        str(Destination(plan.destination).label),
        in_language(province.name_km, province.name_en) if province else "",
        plan.month,
        plan.due_on,
        plan.moved_on,
        plan.made_by_id is not None,
    )


def tiles(actor: Actor) -> list[Tile]:
    """Missed check-ins and alarms, for Today."""
    if not (access.may(actor, "plan.see") or access.may(actor, "plan.see_own")):
        return []
    found = counts({"alarm": _seen(actor).filter(VIEWS["alarm"])})
    return [Tile("plans", _("Travel plans: somebody has to call"), found["alarm"], "urgent", "desk:plans", "view=alarm")]
