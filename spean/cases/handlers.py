"""Reactions to what is said: cases that are handed over move with the work; what was shared by a consent ends with it."""

from typing import Any

from spean.accounts.signals import handed_over
from spean.cases.models import Case
from spean.cases.operations import referring
from spean.cases.signals import consent_withdrawn


def take_over_cases(*, team: Any, giver: Any, taker: Any, **_: Any) -> None:
    """The cases that the giver looks after in that team are the taker's."""
    Case.objects.filter(team=team, assigned_to=giver).update(assigned_to=taker)


def stop_sharing(*, consent: Any, **_: Any) -> None:
    """What was shared by that consent is called back at once."""
    referring.stop_by(consent)


def connect() -> None:
    """Listen."""
    handed_over.connect(take_over_cases, dispatch_uid="cases.take_over_cases")
    consent_withdrawn.connect(stop_sharing, dispatch_uid="cases.stop_sharing")
