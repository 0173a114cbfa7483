"""What the desk shows of counting: which quarters are left, and what was counted for a number. The reader was asked before."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from spean.accounts.models import Team
from spean.evidence.indicators import COUNTED
from spean.evidence.indicators.counting import counts, quarters
from spean.evidence.indicators.promise import Counted
from spean.programme.models import Indicator, Value
from spean.programme.result_enums import ValueState


@dataclass(frozen=True)
class Quarters:
    """How an indicator is counted, and the first days of the quarters that are over and have no number yet, the newest first."""

    counted: Counted | None
    left: tuple[date, ...]


@dataclass(frozen=True)
class WhatWasCounted:
    """The promise of a counted number, and the teams whose work it is."""

    question: Any
    numerator: Any
    denominator: Any
    consent: bool
    teams: tuple[str, ...]


def quarters_of(project_id: UUID, indicator_id: UUID) -> Quarters:
    """Of one indicator, which the reader has opened. Two queries."""
    found = Indicator.objects.select_related("project").get(project=project_id, pk=indicator_id)
    counted = counts(found)
    if counted is None:
        return Quarters(None, ())
    stand = found.values.filter(state__in=(ValueState.WAITING, ValueState.CONFIRMED))
    taken = list(stand.values_list("starts_on", "ends_on"))
    left = [first for first in quarters(found.project) if not any(start <= first <= end for start, end in taken)]
    return Quarters(counted, tuple(left))


def what_was_counted(code: str, value_id: UUID) -> WhatWasCounted:
    """Of a number that the reader has opened. Two queries."""
    counted, value = COUNTED[code], Value.objects.get(pk=value_id)
    teams = Team.objects.filter(pk__in=value.counted_of).order_by("name_en", "id")
    return WhatWasCounted(
        counted.question, counted.numerator, counted.denominator, counted.consent, tuple(team.name for team in teams)
    )
