"""Who may do what to the directory. It belongs to all organisations: who writes and who checks are two people."""

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import Actor, Seat, Where, allow, everything, nothing_yet, same_team
from spean.accounts.enums import EDITORS, KEY_ROLES
from spean.directory.enums import CorrectionState, ListState, VersionState
from spean.directory.models import RecruiterVersion, Version
from spean.directory.models.told import Wording
from spean.kernel.claims import ClaimState


def _of_another(versions: type[Wording], noun: str, state: str) -> Where:
    """Things that have a version in this state by somebody else, or by the file that we began with."""

    def where(actor: Actor, seats: tuple[Seat, ...]) -> Q:
        theirs = Q(written_by=None) | ~Q(written_by=actor.id)
        return Q(Exists(versions.objects.filter(theirs, state=state, **{noun: OuterRef("pk")})))

    return where


def _written_by_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """A number or a claim that somebody else wrote down."""
    return Q(written_by=None) | ~Q(written_by=actor.id)


def _answered_by_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """A request that somebody else has answered."""
    return ~Q(answered_by=actor.id)


def _uploaded_by_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """A list that somebody else has brought in."""
    return ~Q(uploaded_by=actor.id)


NOT_WITHDRAWN = {ClaimState.UNVERIFIED, ClaimState.VERIFIED}
for noun, versions in (("entry", Version), ("recruiter", RecruiterVersion)):
    allow(f"{noun}.see", EDITORS, everything)
    allow(f"{noun}.write", EDITORS, nothing_yet)
    allow(f"{noun}.propose", EDITORS, everything)
    allow(f"{noun}.publish", EDITORS, _of_another(versions, noun, VersionState.PROPOSED))
    allow(f"{noun}.check", EDITORS, _of_another(versions, noun, VersionState.PUBLISHED), {ClaimState.VERIFIED})
    allow(f"{noun}.withdraw", EDITORS, everything, NOT_WITHDRAWN)
# what is told of a day is no words that a second person checks: the desk that runs it, or an editor who asked, tells it alone
allow("entry.name_desk", EDITORS, everything, {ClaimState.VERIFIED})
for roles, which in ((EDITORS, everything), (KEY_ROLES, same_team("desk"))):
    allow("entry.tell_free", roles, which, {ClaimState.VERIFIED})
allow("entry.read_free", (*EDITORS, *KEY_ROLES), everything, {ClaimState.VERIFIED})
allow("phone.see", EDITORS, everything)
allow("phone.test", EDITORS, _written_by_another)
allow("licence.see", EDITORS, everything)
allow("licence.publish", EDITORS, _written_by_another, {ClaimState.UNVERIFIED})
allow("licence.check", EDITORS, _written_by_another, {ClaimState.VERIFIED})
allow("licence.withdraw", EDITORS, everything, NOT_WITHDRAWN)
allow("correction.see", EDITORS, everything)
allow("correction.answer", EDITORS, everything, {CorrectionState.OPEN, CorrectionState.ANSWERED})
allow("correction.publish", EDITORS, _answered_by_another, {CorrectionState.ANSWERED})
allow("list.see", EDITORS, everything)
allow("list.make", EDITORS, nothing_yet)
allow("list.decide", EDITORS, everything, {ListState.PREVIEW})
allow("list.start", EDITORS, everything, {ListState.PREVIEW})
allow("list.part", EDITORS, everything, {ListState.RUNNING})
allow("list.publish", EDITORS, _uploaded_by_another, {ListState.DONE})
allow("list.discard", EDITORS, everything, {ListState.PREVIEW, ListState.RUNNING})
