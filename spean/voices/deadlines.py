"""Deadlines per level, as data: what an organisation set, else what holds for all."""

from typing import Any

from spean.voices.enums import DEADLINES, Days, Level
from spean.voices.models import Deadline


def days_for(organisation: Any, level: str) -> Days:
    """The days that `organisation` (its id) gives to a level."""
    row = Deadline.objects.filter(organisation=organisation, level=level).first()
    return Days(row.answer_days, row.remind_days, row.grace_days) if row else DEADLINES[Level(level)]


def all_days(organisation: Any) -> dict[str, Days]:
    """Level -> days, in the order of the ladder."""
    own = {d.level: Days(d.answer_days, d.remind_days, d.grace_days) for d in Deadline.objects.filter(organisation=organisation)}
    return {level.value: own.get(level.value, DEADLINES[level]) for level in Level}
