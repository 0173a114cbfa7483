"""Reactions to what other apps say: cases that are handed over move with the work."""

from typing import Any

from spean.accounts.signals import handed_over
from spean.cases.models import Case


def take_over_cases(*, team: Any, giver: Any, taker: Any, **_: Any) -> None:
    """The cases that the giver looks after in that team are the taker's."""
    Case.objects.filter(team=team, assigned_to=giver).update(assigned_to=taker)


def connect() -> None:
    """Listen."""
    handed_over.connect(take_over_cases, dispatch_uid="cases.take_over_cases")
