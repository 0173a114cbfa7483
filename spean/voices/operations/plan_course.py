"""What the operations on travel plans share: find, move, write a step, reckon when the rule acts next. For operations only."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from spean.accounts import access
from spean.accounts.access import PUBLIC, SYSTEM, Actor
from spean.kernel import clock
from spean.kernel.errors import Conflict
from spean.privacy import audit
from spean.voices import enums
from spean.voices.enums import ConcernState
from spean.voices.models import Concern, Plan, PlanStep
from spean.voices.operations import intake
from spean.voices.plan_enums import PLAN_MOVES, PlanState, PlanStepKind, Why

ERASED_AFTER_ALARM = timedelta(days=7)
BEFORE_THE_TEAM = frozenset({ConcernState.NEW, ConcernState.OPEN, ConcernState.WAITING, ConcernState.HELD})


def find(actor: Actor, plan_id: UUID, verb: str) -> Plan:
    """The plan, locked for the change `verb`, or the refusal that fits. Who helped to make it has a door of their own."""
    plans = Plan.objects.select_for_update(of=("self",)).select_related("team__organisation", "province")
    return access.get(actor, "plan.see", plans, plan_id, to=f"plan.{verb}")


def move(plan: Plan, verb: str) -> None:
    """Enter the next state of MOVES; Conflict where the table knows no way."""
    states, to = PLAN_MOVES[verb]
    if plan.state not in states:
        raise Conflict
    plan.state = to
    plan.moved_on = clock.today()


def step(plan: Plan, kind: str, by: UUID | None = None, *, concern: Concern | None = None) -> None:
    """Write what happened on the plan's course, and the concern that it raised."""
    position = plan.steps.count()
    PlanStep.objects.create(
        plan=plan, position=position, kind=kind, state=plan.state, on=clock.today(), by_id=by, concern=concern
    )


def record(actor: Any, verb: str, plan: Plan, reason: str = "") -> None:
    """A line in the trail of the plan's organisation. Of somebody without a name, the day alone is written."""
    audit.record(actor, verb, plan, org=plan.org_id, reason=reason, day_only=actor is PUBLIC)


def wait_for(plan: Plan, due_on: date | None) -> None:
    """The next check-in, and when the rule acts if it does not come: at the end of that day and of the time of grace."""
    plan.due_on = due_on
    if due_on is None:
        _act_at(plan, _local() + timedelta(days=settings.PLAN_KEPT_DAYS))
    else:
        _act_at(plan, datetime.combine(due_on + timedelta(days=1), time.min) + timedelta(hours=int(plan.grace)))


def wait_hours(plan: Plan, hours: int) -> None:
    """The rule acts again after so many hours from now."""
    _act_at(plan, _local() + timedelta(hours=hours))


def wait_for_nothing(plan: Plan) -> None:
    """From now on only people act."""
    plan.acts_on, plan.acts_hour = None, 0


def next_day(plan: Plan, after: date) -> date | None:
    """The first day of the plan after this one."""
    return plan.days.filter(on__gt=after).order_by("on").values_list("on", flat=True).first()


def now_as_acted() -> tuple[date, int]:
    """The present moment as `acts_on` and `acts_hour` are compared with it."""
    moment = _local()
    return moment.date(), moment.hour


def _local() -> datetime:
    """The time of day in Phnom Penh, which knows no summer time."""
    return clock.now().astimezone(clock.PHNOM_PENH).replace(tzinfo=None)


def _act_at(plan: Plan, moment: datetime) -> None:
    whole = moment if not (moment.minute or moment.second or moment.microsecond) else moment + timedelta(hours=1)
    plan.acts_on, plan.acts_hour = whole.date(), whole.hour


def alarm(plan: Plan, why: Why) -> None:
    """Make it a concern of the plan's team, in danger now, by the ordinary intake.

    Once for each alarm: while the team has it before it, the same sign again is a step of the plan's course, no second concern.
    After people said that the person is safe, or were done with the concern, it is a new one, also on the same day. The plan is
    locked by the caller.
    """
    if not _is_seen_to(plan, why):
        sent_id = uuid5(plan.id, f"{why.value}|{plan.steps.count()}")
        plan.concern = intake.receive_from_plan(_report(plan, why), sent_id, plan.team)
        record(SYSTEM, "plan.raise", plan, reason=why.value)
    if plan.state == PlanState.CLOSED:
        plan.erase_on = None  # who ended it may not be its owner: it is kept as long as somebody searches
    move(plan, "raise")
    wait_for_nothing(plan)
    plan.why = why
    step(plan, PlanStepKind.UNSAFE if why == Why.UNSAFE else PlanStepKind.RAISED, concern=plan.concern)
    plan.save()


def _is_seen_to(plan: Plan, why: Why) -> bool:
    """Whether the concern of this very alarm is still before the team."""
    return plan.why == why and plan.concern is not None and plan.concern.state in BEFORE_THE_TEAM


def _report(plan: Plan, why: Why) -> intake.Report:
    lines = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            lines.append(_words(plan, why))
    return intake.Report(
        told="\n\n".join(lines),
        kind=enums.Kind.NO_NEWS,
        danger=enums.Danger.NOW,
        happened=enums.When.NOW,
        place=plan.province,
        answer_wish=enums.AnswerWish.NONE,
        urgent_words=True,
    )


def _words(plan: Plan, why: Why) -> str:
    if why == Why.UNSAFE:
        said = _("Somebody with a travel plan let us know that they are not safe. Nobody who watches them may learn of it.")
    else:
        said = _("Somebody with a travel plan has not said that they are well, and nobody has reached them in time.")
    more = _(
        "Open the plan under Travel plans: it is the one with an alarm and the month %(month)s. Two keepers open it together."
    )
    return f"{said} {more % {'month': plan.month.strftime('%Y-%m')}}"
