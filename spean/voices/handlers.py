"""Reactions to what other apps say: work that is handed over moves with it."""

from typing import Any

from spean.accounts.signals import handed_over
from spean.voices.models import Concern


def take_over_concerns(*, team: Any, giver: Any, taker: Any, **_: Any) -> None:
    """The concerns assigned to the giver in that team are the taker's."""
    Concern.objects.filter(team=team, assigned_to=giver).update(assigned_to=taker)


def connect() -> None:
    """Listen."""
    handed_over.connect(take_over_concerns, dispatch_uid="voices.take_over_concerns")
