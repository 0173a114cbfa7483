"""Reads of what was released about one recruiter, for its page; it knows what was released and nothing else."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.evidence.disclosure import batch_from
from spean.evidence.models import Release, Table
from spean.evidence.register import SHOWN_MONTHS
from spean.kernel import clock
from spean.kernel.months import last_day
from spean.kernel.small import PUBLIC_THRESHOLD
from spean.voices.enums import Kind

YEARS = SHOWN_MONTHS // 12


@dataclass(frozen=True)
class Reported:
    """What people told of a recruiter. `total` is 0 where no number may be shown, whatever the reason is."""

    total: int
    kinds: tuple[tuple[str, int], ...]  # those that may be told alone, the most first
    others: int  # of all other kinds together
    until: date | None  # the last day of the month whose figures told of it last
    taken_back_on: date | None  # what stood here before that day was wrong
    years: int = YEARS
    threshold: int = PUBLIC_THRESHOLD


def of_recruiter(recruiter: UUID) -> Reported:
    """What has been told of this recruiter in the figures of the last five years. One query."""
    total, until, back = 0, None, None
    kinds: Counter[str] = Counter()
    released = Release.objects.filter(table=Table.RECRUITERS, period__gt=_since()).exclude(cells=[]).order_by("period")
    for release in released:
        for batch in map(batch_from, release.cells):
            if batch.recruiter != str(recruiter):
                continue
            if batch.taken_back:
                total, until, back = 0, None, release.released_on
                kinds.clear()
            else:
                total, until = total + batch.total, last_day(release.period, 1)
                kinds.update({kind.kind: kind.voices for kind in batch.kinds})
    alone = tuple((str(Kind(kind).label), voices) for kind, voices in kinds.most_common())
    return Reported(total, alone, total - kinds.total(), until, back)


def _since() -> date:
    """The month whose batches are shown no more."""
    today = clock.today()
    return date(today.year - YEARS, today.month, 1)
