"""Who may do what to the directory. It belongs to all organisations: who writes and who checks are two people."""

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import Actor, Seat, allow, everything, nothing_yet
from spean.accounts.enums import EDITORS
from spean.directory.enums import VersionState
from spean.directory.models import Version
from spean.kernel.claims import ClaimState


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


allow("entry.see", EDITORS, everything)
allow("entry.write", EDITORS, nothing_yet)
allow("entry.propose", EDITORS, everything)
allow("entry.publish", EDITORS, _waits_for_another)
allow("entry.check", EDITORS, _not_of_mine, {ClaimState.VERIFIED})
allow("entry.withdraw", EDITORS, everything, {ClaimState.UNVERIFIED, ClaimState.VERIFIED})
allow("phone.see", EDITORS, everything)
allow("phone.test", EDITORS, _number_of_another)
