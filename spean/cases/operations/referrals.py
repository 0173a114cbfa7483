"""What both sides of a referral share: find, move, end, write in both trails. For operations only."""

from typing import Any
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import referral_enums
from spean.cases.models import Case, Referral
from spean.cases.operations.course import after, step
from spean.handed.operations import laying
from spean.kernel import clock
from spean.kernel.errors import Conflict
from spean.privacy import audit, keys

#: what ends a referral from our side -> what ends the packet that somebody without an account may hold
STOPS = {"call_back": "call_back", "end": "end", "unopened": "end"}


def find(actor: Actor, pk: UUID, verb: str) -> Referral:
    """The referral, locked for `verb` after the case that it is from, or the refusal that fits."""
    seen = access.get(actor, "referral.see", Referral.objects.all(), pk)
    locked(seen)
    whole = Referral.objects.select_for_update(of=("self",)).select_related("case", "consent", "desk__organisation")
    return access.get(actor, "referral.see", whole, pk, to=f"referral.{verb}")


def locked(referral: Referral) -> Case:
    """The case that it is from, locked: its course is written on by both sides."""
    return Case.objects.select_for_update(of=("self",)).get(pk=referral.case_id)


def move(referral: Referral, verb: str) -> None:
    """Enter the next state of the table; Conflict where it knows no way, or none for this kind."""
    if referral.kind not in referral_enums.MOVES_OF.get(verb, referral_enums.ReferralKind.values):
        raise Conflict
    referral.state, referral.moved_on = after(referral_enums.REFERRAL_MOVES, verb, referral.state), clock.today()


def done(actor: Any, referral: Referral, verb: str, kind: str, *fields: str) -> None:
    """A move is made: what changed is kept, the step stands on the case's course, a line in both trails."""
    referral.save(update_fields=["state", "moved_on", *fields])
    step(actor, referral.case, kind)
    record(actor, referral, verb)


def record(actor: Any, referral: Referral, verb: str, *, reason: str = "") -> None:
    """A line in the sender's trail, and in that of the desk where it is of another organisation."""
    desk = referral.desk.organisation_id if referral.desk else referral.case.org_id
    for org in dict.fromkeys((referral.case.org_id, desk)):
        audit.record(actor, f"referral.{verb}", referral, org=org, reason=reason)


def end(actor: Any, referral: Referral, verb: str, kind: str, *fields: str) -> None:
    """A move after which the other desk has nothing: the wraps go now, the token with the transaction, and no key comes again."""
    move(referral, verb)
    referral.packet = b""
    keys.erase_subject(referral.id)
    if verb in STOPS:
        laying.stop(referral.id, STOPS[verb])
    done(actor, referral, verb, kind, "packet", *fields)


def fields_of(referral: Referral) -> frozenset[str]:
    """What it tells."""
    return frozenset(referral.fields.values_list("field", flat=True))
