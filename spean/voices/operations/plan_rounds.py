"""Time passes: what the rule does when a check-in does not come, one step at a time. Called every hour; twice is once.

It holds no keys. It reads the counted days, and the one address that a person gave it to write to.
"""

import logging
from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from spean.accounts.access import SYSTEM
from spean.kernel import clock
from spean.kernel.errors import Refusal
from spean.privacy import housed
from spean.privacy.keystore import keystore
from spean.voices.contexts import mail_context
from spean.voices.models import Plan
from spean.voices.operations import plan_owner
from spean.voices.operations.plan_course import alarm, move, now_as_acted, record, step, wait_hours
from spean.voices.plan_enums import PlanState, PlanStepKind, Why

log = logging.getLogger(__name__)
WAITING = (PlanState.RUNNING, PlanState.ASKED, PlanState.MISSED)
_NOTE = "plan-round"
AN_HOUR, LONGEST_PAUSE = timedelta(hours=1), timedelta(days=4)


def hour(limit: int = 5000) -> Counter[str]:
    """Do what is due: ask the trusted person, call for people, raise a concern. Returns how many of each.

    The first round after a leap of the clock does nothing: if it leapt by mistake, it is put right before the next one.
    """
    if _has_leapt():
        return Counter(leap=1)
    done: Counter[str] = Counter()
    for pk in list(Plan.objects.filter(_is_due()).order_by("acts_on", "acts_hour", "id").values_list("pk", flat=True)[:limit]):
        try:
            done[_act(pk)] += 1
        except Refusal:  # a team without a key for the moment: the next hour tries again, the others wait for nobody
            log.exception("plan %s: the rule could not act", pk)
            done["stuck"] += 1
    return done


def _has_leapt() -> bool:
    """Whether this round does not follow the last one; notes this one."""
    known, now = last_round(), clock.now()
    keystore().note(_NOTE, now.isoformat(timespec="minutes"))
    return bool(known) and not -AN_HOUR <= now - datetime.fromisoformat(known) <= LONGEST_PAUSE


def last_round() -> str:
    """When the last round was made, as an ISO moment; nothing if never."""
    return keystore().noted(_NOTE)


def _is_due() -> Q:
    today, at = now_as_acted()
    return Q(state__in=WAITING) & (Q(acts_on__lt=today) | Q(acts_on=today, acts_hour__lte=at))


def _act(pk: UUID) -> str:
    """One step of one plan, if it still is due; what it was."""
    to: list[dict[str, str]] = []
    with transaction.atomic():
        found = Plan.objects.select_for_update(of=("self",)).select_related("team__organisation", "province")
        plan = found.filter(_is_due(), pk=pk).first()
        if plan is None:
            return "nothing"
        did = _next(plan, to)
    if to and not _write_to(to):
        _unsent(pk)
    return did


def _next(plan: Plan, to: list[dict[str, str]]) -> str:
    if plan.state == PlanState.RUNNING and plan.due_on is None:
        plan_owner.end(plan, "finish", PlanStepKind.FINISHED, None)
        record(SYSTEM, "plan.finish", plan)
        return "finished"
    if plan.state == PlanState.RUNNING and plan.mail:
        to += housed.open_by_system(bytes(plan.mail), mail_context(plan))["to"]
        return _enter(plan, "ask", PlanStepKind.ASKED, settings.PLAN_ASK_HOURS)
    if plan.state == PlanState.MISSED:
        alarm(plan, Why.MISSED)
        return "raised"
    return _enter(plan, "miss", PlanStepKind.MISSED, settings.PLAN_CALL_HOURS)


def _enter(plan: Plan, verb: str, kind: PlanStepKind, hours: int) -> str:
    move(plan, verb)
    wait_hours(plan, hours)
    step(plan, kind)
    plan.save()
    record(SYSTEM, f"plan.{verb}", plan)
    return kind.value


def _write_to(to: list[dict[str, str]]) -> bool:
    """One message to each address, without a name, a place or a reason; whether all of them went out."""
    sent = True
    for one in to:
        with translation.override(one["language"]):
            words = _("Somebody who is close to you asked for this message. Please call them today, and ask how they are.")
            try:
                send_mail(_("A reminder"), f"{words}\n", None, [one["email"]])
            except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors; their text may hold the address
                log.warning("a message about a plan could not be sent: %s", type(error).__name__)
                sent = False
    return sent


@transaction.atomic
def _unsent(pk: UUID) -> None:
    """The message did not go out: people are called at once."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=pk)
    step(plan, PlanStepKind.UNSENT)
    if plan.state == PlanState.ASKED:
        _enter(plan, "miss", PlanStepKind.MISSED, settings.PLAN_CALL_HOURS)


def erase_over(passed: date | None = None, limit: int = 1000) -> int:
    """Erase plans whose day has come; returns how many. `passed` as in `retention.erase_expired`."""
    passed = passed or clock.today()
    due = Plan.objects.filter(erase_on__lte=passed).order_by("erase_on", "id")
    return sum(_erase(pk, passed) for pk in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _erase(pk: UUID, passed: date) -> int:
    plan = Plan.objects.select_for_update(of=("self",)).filter(pk=pk, erase_on__lte=passed).first()
    if plan is None:
        return 0
    plan_owner.erase_now(SYSTEM, plan)
    return 1
