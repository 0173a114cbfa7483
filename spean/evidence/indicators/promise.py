"""The promise of each counted indicator, and what several of them ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from spean.cases.enums import GivenBy, Purpose
from spean.cases.models import Consent
from spean.evidence.within import Figures
from spean.kernel import clock
from spean.kernel.small import INSIDE_THRESHOLD
from spean.programme.result_enums import Destination

_DESTINATIONS = frozenset(Destination.values)


@dataclass(frozen=True)
class Scope:
    """Whose work, and in which days."""

    organisation: UUID
    teams: tuple[UUID, ...]
    starts_on: date
    ends_on: date

    def within(self, name: str) -> dict[str, Any]:
        """The filter of a day."""
        return {f"{name}__gte": self.starts_on, f"{name}__lte": self.ends_on}


@dataclass(frozen=True)
class Counted:
    """A figure: what it asks, of what it is made, whom it counts, from how many on it is told."""

    code: str  # of the ready set
    unit: str
    question: Any
    numerator: Any
    denominator: Any  # "" where it is no share and no median
    consent: bool  # only people who agreed to be counted, without a name
    count: Callable[[Scope], Figures]
    threshold: int = INSIDE_THRESHOLD


def agreed(case: str = "case") -> Exists:
    """That the person agreed to be counted, by a consent that holds today."""
    held = Consent.objects.filter(case=OuterRef(case), purpose=Purpose.STATISTICS, withdrawn_on=None, until__gte=clock.today())
    return Exists(held.exclude(by=GivenBy.STAFF, agreed_by=None))


def to(country: str) -> Mapping[str, str]:
    """The part of the breakdown by country; none where it is not known."""
    if country in {"", "not_known"}:
        return {}
    return {"destination": country if country in _DESTINATIONS else Destination.OTHER.value}
