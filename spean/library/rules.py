"""Who may do what to facts and texts. They belong to no organisation: whoever keeps them anywhere sees and checks all."""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, allow, everything, nothing_yet
from spean.accounts.enums import EDITORS
from spean.library.enums import FACT_MOVES, TEXT_MOVES


def _waits_and_is_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Nobody publishes what they wrote."""
    return Q(waiting=True) & ~Q(proposed_by=actor.id)


def _waits(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Whoever wrote it may take it back, and anybody else may refuse it."""
    return Q(waiting=True)


def _is_open(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """There is a draft of it, or something of it waits."""
    return Q(drafted=True) | Q(waiting=True)


def _is_drafted(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """A draft is everybody's: whoever goes on with it may send it."""
    return Q(drafted=True)


allow("fact.see", EDITORS, everything)
allow("fact.write", EDITORS, nothing_yet)
allow("fact.propose", EDITORS, everything)
allow("fact.publish", EDITORS, _waits_and_is_of_another)
allow("fact.refuse", EDITORS, _waits)
allow("fact.withdraw", EDITORS, everything, FACT_MOVES["withdraw"][0])
allow("text.see", EDITORS, everything)
allow("text.write", EDITORS, nothing_yet)
allow("text.change", EDITORS, everything)
allow("text.propose", EDITORS, _is_drafted)
allow("text.publish", EDITORS, _waits_and_is_of_another)
allow("text.refuse", EDITORS, _is_open)
allow("text.withdraw", EDITORS, everything, TEXT_MOVES["withdraw"][0])
