"""Reactions to what is said: cases that are handed over move with the work; what was shared by a consent ends with it."""

from typing import Any

from spean.accounts.signals import handed_over
from spean.cases.models import Case
from spean.cases.operations import outside, referring, visits
from spean.cases.signals import consent_withdrawn
from spean.handed.signals import packet_moves


def take_over_cases(*, team: Any, giver: Any, taker: Any, **_: Any) -> None:
    """The cases that the giver looks after in that team are the taker's."""
    Case.objects.filter(team=team, assigned_to=giver).update(assigned_to=taker)


def stop_sharing(*, consent: Any, **_: Any) -> None:
    """What was shared by that consent is called back at once."""
    referring.stop_by(consent)
    visits.stop_by(consent)


def hear_from_outside(*, packet: Any, move: str, code: str, **_: Any) -> None:
    """Somebody without an account opens a packet or answers: it is of a referral of ours, or of nothing here."""
    outside.moved(packet, move, code)


def connect() -> None:
    """Listen."""
    handed_over.connect(take_over_cases, dispatch_uid="cases.take_over_cases")
    packet_moves.connect(hear_from_outside, dispatch_uid="cases.hear_from_outside")
    consent_withdrawn.connect(stop_sharing, dispatch_uid="cases.stop_sharing")
