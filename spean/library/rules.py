"""Who may do what to facts. They belong to no organisation: whoever writes facts anywhere sees and checks all of them."""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, allow, everything, nothing_yet
from spean.accounts.enums import EDITORS
from spean.library.enums import FACT_MOVES


def _waits_and_is_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Nobody publishes what they wrote."""
    return Q(waiting=True) & ~Q(proposed_by=actor.id)


def _waits(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Whoever wrote it may take it back, and anybody else may refuse it."""
    return Q(waiting=True)


allow("fact.see", EDITORS, everything)
allow("fact.write", EDITORS, nothing_yet)
allow("fact.propose", EDITORS, everything)
allow("fact.publish", EDITORS, _waits_and_is_of_another)
allow("fact.refuse", EDITORS, _waits)
allow("fact.withdraw", EDITORS, everything, FACT_MOVES["withdraw"][0])
