"""Who may do what to the directory. It belongs to all organisations: who writes and who checks are two people."""

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import NONE, Actor, Seat, allow
from spean.accounts.enums import Role
from spean.directory.enums import VersionState
from spean.directory.models import Version
from spean.kernel.claims import ClaimState

WRITERS = [Role.PROGRAMME_MANAGER, Role.NETWORK_COORDINATOR]


def _nothing_yet(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """For what is made: there is no thing to choose."""
    return NONE


def _every_one(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(pk__isnull=False)


def _waits_for_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """What waits and was written by somebody else, or by the file that we began with."""
    waits = Version.objects.filter(entry=OuterRef("pk"), state=VersionState.PROPOSED)
    return Q(Exists(waits.filter(Q(written_by=None) | ~Q(written_by=actor.id))))


def _not_of_mine(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """What is public now, unless the actor wrote those words."""
    shown = Version.objects.filter(entry=OuterRef("pk"), state=VersionState.PUBLISHED)
    return Q(Exists(shown.filter(Q(written_by=None) | ~Q(written_by=actor.id))))


def _number_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """A number that somebody else wrote down."""
    return Q(written_by=None) | ~Q(written_by=actor.id)


allow("entry.see", WRITERS, _every_one)
allow("entry.write", WRITERS, _nothing_yet)
allow("entry.propose", WRITERS, _every_one)
allow("entry.publish", WRITERS, _waits_for_another)
allow("entry.check", WRITERS, _not_of_mine, {ClaimState.VERIFIED})
allow("entry.withdraw", WRITERS, _every_one, {ClaimState.UNVERIFIED, ClaimState.VERIFIED})
allow("phone.see", WRITERS, _every_one)
allow("phone.test", WRITERS, _number_of_another)
