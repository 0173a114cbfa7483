"""What becomes of referrals with time: an offer that nobody answers, a packet whose day is over."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from spean.accounts.access import SYSTEM
from spean.cases import referral_enums
from spean.cases.models import Referral
from spean.cases.operations import referrals
from spean.cases.step_enums import StepKind
from spean.handed.enums import PacketState
from spean.handed.models import Packet
from spean.kernel import clock

UNANSWERED = timedelta(days=7)


def day(passed: date | None = None, limit: int = 1000) -> tuple[int, int]:
    """(offers ended, packets destroyed). `passed` is the day that has surely passed."""
    passed = passed or clock.today()
    late = Q(moved_on__lt=passed - UNANSWERED) | Q(until__lt=passed)
    lapsed = _end(late, "lapse", StepKind.LAPSED, limit)
    lapsed += _end(Q(pk__in=unopened(passed)), "unopened", StepKind.LAPSED, limit)
    return lapsed, _end(Q(until__lt=passed), "end", StepKind.LAPSED, limit)


def unopened(passed: date) -> QuerySet[Packet, UUID]:
    """The packets for somebody without an account that nobody opened in time."""
    return Packet.objects.filter(state=PacketState.WAITING, laid_on__lt=passed - UNANSWERED).values_list("pk", flat=True)


def _end(late: Q, verb: str, kind: str, limit: int) -> int:
    found = Referral.objects.filter(late, state__in=referral_enums.REFERRAL_MOVES[verb][0]).order_by("moved_on", "id")
    return sum(_one(pk, verb, kind) for pk in found.values_list("pk", flat=True)[:limit])


@transaction.atomic
def _one(pk: UUID, verb: str, kind: str) -> int:
    referrals.locked(Referral.objects.get(pk=pk))
    referral = Referral.objects.select_for_update(of=("self",)).select_related("case", "desk").get(pk=pk)
    if referral.state not in referral_enums.REFERRAL_MOVES[verb][0]:  # answered meanwhile
        return 0
    referrals.end(SYSTEM, referral, verb, kind)
    return 1
