"""Checking in: by the number, the link, or a short code, typed by oneself or read to a volunteer. Sun: well. Rain: not safe.

Whatever is sent, the answer is the same; a link and a short code show nothing of the plan to which they belong.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import PUBLIC, Actor
from spean.kernel import clock, ids
from spean.kernel.errors import Invalid, NotAllowed
from spean.kernel.trouble import told
from spean.voices.models import Plan
from spean.voices.operations import intake, plans
from spean.voices.operations.plan_course import alarm, move, next_day, record, step, wait_for
from spean.voices.operations.plan_owner import open_plan
from spean.voices.plan_enums import PLAN_MOVES, PlanState, PlanStepKind, Sign, Why

NO_LINK = _("This address does not work any more, or it is not complete.")
NO_SIGN = _("We do not know these digits. Look or listen again, digit by digit. There are twelve of them.")


def by_number(typed: str, sign: str) -> None:
    """With the receipt number."""
    with told(intake.UNSURE), transaction.atomic():
        _take(PUBLIC, open_plan(typed).plan, sign)


def by_link(link: str, sign: str) -> None:
    """With the long link, which can do nothing else."""
    with told(intake.UNSURE), transaction.atomic():
        plan = _locked().filter(link_hash=plans.link_hash(link)).first()
        if plan is None:
            raise Invalid({"": NO_LINK})
        _take(PUBLIC, plan, sign)


def by_short_code(actor: Actor, typed: str) -> None:
    """With twelve digits that somebody said or sent to a member of the team; which of the two codes it was stays hidden."""
    if not access.may(actor, "plan.check_in"):
        raise NotAllowed
    with told(intake.UNSURE), transaction.atomic():
        _by_digits(actor, access.visible(actor, "plan.check_in", _locked()), typed)


def by_own_short_code(typed: str) -> None:
    """With the same digits, typed by oneself at the public door, which has let this try through."""
    with told(intake.UNSURE), transaction.atomic():
        _by_digits(PUBLIC, _locked(), typed)


def can_be_short_code(typed: str) -> bool:
    """Whether these digits are as many as a short code has, without a typing error. Nothing is looked up."""
    digits = ids.only_digits(typed)
    return len(digits) == plans.SIGN_DIGITS + 1 and ids.has_good_check_digit(digits)


def _by_digits(actor: Any, among: Any, typed: str) -> None:
    found = None
    if can_be_short_code(typed):
        hashed = plans.sign_hash(ids.only_digits(typed))
        found = among.filter(Q(sun_hash=hashed) | Q(rain_hash=hashed)).first()
    if found is None:
        raise Invalid({"digits": NO_SIGN})
    _take(actor, found, Sign.RAIN if found.rain_hash == hashed else Sign.SUN)


def _locked() -> Any:
    return Plan.objects.select_for_update(of=("self",)).select_related("team__organisation", "province")


def _take(actor: Any, plan: Plan, sign: str) -> None:
    """Rain raises a concern at once, from whatever state. Sun ends the waiting, but never an alarm that was raised."""
    record(actor, "plan.sign", plan)  # the trail does not tell one sign from the other
    if sign == Sign.RAIN:
        alarm(plan, Why.UNSAFE)
        return
    if plan.state == PlanState.CLOSED:
        return
    today = clock.today()
    if plan.state in PLAN_MOVES["check_in"][0]:
        move(plan, "check_in")
        wait_for(plan, next_day(plan, today))
        plan.save()
    last = plan.steps.order_by("-position").first()
    if last is None or (last.kind, last.on) != (
        PlanStepKind.CHECKED_IN,
        today,
    ):  # a finger that presses ten times is one check-in
        step(plan, PlanStepKind.CHECKED_IN)
