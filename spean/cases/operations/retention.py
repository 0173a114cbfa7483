"""Cases are erased when their time is over: the key goes, what is counted stays."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from spean.accounts.access import SYSTEM
from spean.cases import enums
from spean.cases.models import (
    CarePlan,
    Case,
    Demand,
    Goal,
    Hearing,
    Measure,
    MoneyAmount,
    PlanVersion,
    Reply,
    Support,
    WayStep,
)
from spean.cases.operations import visits
from spean.handed.operations import laying
from spean.kernel import clock
from spean.privacy import audit, keys
from spean.voices.operations import files

KEPT_AFTER_CLOSING = timedelta(days=5 * 365 + 1)


def erase_expired(limit: int = 1000, passed: date | None = None) -> int:
    """Erase cases closed longer ago than they are kept; returns how many. `passed` is the day that has surely passed."""
    passed = passed or clock.today()
    over = Case.objects.filter(state=enums.CaseState.CLOSED, moved_on__lt=passed - KEPT_AFTER_CLOSING).exclude(person=b"")
    erased = 0
    for pk, org in over.order_by("moved_on").values_list("pk", "org_id")[:limit]:
        seen = audit.newest_before(org, pk, ["case.close"])  # a day that a clock gone back gave to a closing is not believed
        if seen is None or seen.astimezone(clock.PHNOM_PENH).date() < passed - KEPT_AFTER_CLOSING:
            _erase(pk)
            erased += 1
    return erased


@transaction.atomic
def _erase(pk: UUID) -> None:
    case = Case.objects.select_for_update(of=("self",)).get(pk=pk)
    case.screenings.update(answers=b"")
    case.notes.update(said=b"")
    case.tasks.update(words=b"")
    case.consents.update(words=b"")
    case.ways.update(words=b"")
    WayStep.objects.filter(way__case=case).update(words=b"")
    case.identifications.update(words=b"")
    _erase_referrals(case)
    case.unasked.update(words=b"")
    case.assessments.update(answers=b"")
    case.documents.update(words=b"")
    Demand.objects.filter(document__case=case).update(words=b"")
    case.letters.update(words=b"")
    case.matters.update(words=b"")
    Hearing.objects.filter(matter__case=case).update(words=b"")
    Measure.objects.filter(matter__case=case).update(words=b"")
    case.money.update(words=b"")
    MoneyAmount.objects.filter(money__case=case).update(said=b"")
    case.follow_ups.update(said=b"")
    case.livelihoods.update(words=b"")
    Support.objects.filter(livelihood__case=case).update(words=b"")
    case.incomes.update(said=b"")
    case.promises.update(words=b"")
    case.enrolments.update(words=b"", number=b"")
    PlanVersion.objects.filter(plan__case=case).update(content=b"")
    Goal.objects.filter(plan__case=case).update(words=b"")
    CarePlan.objects.filter(case=case).update(wish=b"", returned=b"")
    visits.forget(case)
    case.conferences.update(words=b"")
    files.unlink_with(*case.files.values_list("pk", flat=True))
    case.files.update(header=b"")
    case.person = b""
    case.save(update_fields=["person"])
    keys.erase_subject(case.id)
    audit.record(SYSTEM, "case.erase", case, org=case.org_id, day_only=True)


def _erase_referrals(case: Case) -> None:
    replies = Reply.objects.filter(referral__case=case)
    for referral in case.referrals.values_list("pk", flat=True):
        laying.forget(referral)  # its key too
    for reply in replies.values_list("pk", flat=True):
        keys.erase_subject(reply)
    replies.update(said=b"")
    case.referrals.update(needs=b"", packet=b"")
