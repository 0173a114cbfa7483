"""Who may do what to facts. They belong to no organisation: whoever writes facts anywhere sees and checks all of them."""

from django.db.models import Q

from spean.accounts.access import NONE, Actor, Seat, allow
from spean.accounts.enums import Role
from spean.library.enums import FACT_MOVES

EDITORS = [Role.PROGRAMME_MANAGER, Role.NETWORK_COORDINATOR]


def _all(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(pk__isnull=False)


def _nothing_yet(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """For what is made: there is no thing to choose."""
    return NONE


def _waits_and_is_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Nobody publishes what they wrote."""
    return Q(waiting=True) & ~Q(proposed_by=actor.id)


def _waits(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Whoever wrote it may take it back, and anybody else may refuse it."""
    return Q(waiting=True)


allow("fact.see", EDITORS, _all)
allow("fact.write", EDITORS, _nothing_yet)
allow("fact.propose", EDITORS, _all)
allow("fact.publish", EDITORS, _waits_and_is_of_another)
allow("fact.refuse", EDITORS, _waits)
allow("fact.withdraw", EDITORS, _all, FACT_MOVES["withdraw"][0])
