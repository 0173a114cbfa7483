"""Committees that meet regularly: once the day of a meeting has come, the rule plans the next one."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from spean.accounts.access import SYSTEM
from spean.accounts.models import Organisation
from spean.kernel import clock
from spean.kernel.months import later
from spean.privacy import audit
from spean.voices.models import Meeting
from spean.voices.operations.intake import sent_hash


def end(committee: UUID) -> None:
    """The committee meets regularly no more. Inside an operation only."""
    Meeting.objects.filter(committee=committee, repeats_months__gt=0).update(repeats_months=0)


def day() -> int:
    """Plan what comes next; returns how many meetings. Each is a transaction of its own, and twice is once."""
    return sum(1 for committee in _whose_day_has_come() if _plan_next(committee))


def _whose_day_has_come() -> Iterator[UUID]:
    last = Meeting.objects.filter(repeats_months__gt=0).order_by().values("committee").annotate(last=Max("on"))
    yield from list(last.filter(last__lte=clock.today()).values_list("committee", flat=True))


@transaction.atomic
def _plan_next(committee: UUID) -> bool:
    Organisation.objects.select_for_update().get(pk=committee)  # one round at a time
    last = Meeting.objects.filter(committee=committee, repeats_months__gt=0).order_by("-on").first()
    if last is None or last.on > clock.today():
        return False
    on = _next_day(last.on, last.repeats_months)
    sent = sent_hash(uuid5(committee, on.isoformat()))
    if Meeting.objects.filter(sent_hash=sent).exists():
        return False
    made = Meeting.objects.create(committee_id=committee, on=on, repeats_months=last.repeats_months, sent_hash=sent)
    audit.record(SYSTEM, "meeting.plan", made, org=committee)
    return True


def _next_day(last: date, months: int) -> date:
    """The same day of a later month, after today; a month that is too short gives its last day."""
    times = 1
    while later(last, months * times) <= clock.today():
        times += 1
    return later(last, months * times)
