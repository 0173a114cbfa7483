"""Ways back for who lost password and sheet: opened by who met them, taken up in their browser, helped by two custodians.

open (a code is spoken to the person) -> take up (their browser gets a one-time key; its digits are spoken to custodians)
-> released by two custodians -> a new password, the same keys. Without custodians: new keys that open nothing yet.
"""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import LIVE, RequestState, Way
from spean.accounts.models import Membership, Organisation, RecoveryRequest, User
from spean.accounts.names import sign_in_name
from spean.accounts.operations.custody import healthy_custodians
from spean.accounts.operations.devices import close_request, sign_out_everywhere
from spean.accounts.operations.own import orgs_of, reseal, set_password
from spean.kernel import clock, ids
from spean.kernel.errors import Conflict, Invalid, Locked, NotYours
from spean.privacy import audit, custody, keys
from spean.privacy.sealing import BrokenSeal

LASTS = timedelta(hours=24)
_DIGITS = 19
_APART = _("This name and this code do not belong together, or the code was used or is older than a day. Ask for another.")
_NOTHING_LEFT = _("This person has left nothing with custodians who can help now. They can begin anew with new keys.")
_OTHER_BROWSER = _(
    "These digits are not those of this person's browser. Do not go on. Meet them or call them, and compare again."
)
_TOO_FEW = _("There must be three custodians who can help. Look at the page of the custodians.")


@transaction.atomic
def open_request(actor: Actor, membership_id: UUID, *, way: str) -> str:
    """Somebody who met the person opens a way back; returns the code to be spoken to them, shown once, good for a day."""
    membership = access.get(actor, "recovery.open", Membership.objects.select_related("team", "user"), membership_id)
    user, org = membership.user, membership.team.organisation_id
    if way not in (Way.CUSTODIANS, Way.NEW_KEYS):
        raise Invalid({"way": _("Choose one of the answers.")})
    if way == Way.CUSTODIANS:
        org = _helpers(user.id)[0]
    code = ids.with_check_digit(f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}")
    for older in RecoveryRequest.objects.select_for_update().filter(user=user, state__in=LIVE):
        close_request(older, RequestState.STOPPED)
    made = RecoveryRequest.objects.create(
        organisation_id=org, user=user, opened_by_id=actor.id, way=Way(way), expires_at=clock.now() + LASTS
    )
    made.code_hash = _hash(made.id, code)
    made.save(update_fields=["code_hash"])
    _record(actor, "recovery.open", made, reason=way)
    return ids.group(code, 5)


def _helpers(user_id: UUID) -> tuple[UUID, frozenset[UUID]]:
    """The organisation whose custodians hold this person's shares, and those of them who can help; Invalid if too few."""
    left = custody.left_with(user_id)
    helping = left[1] & healthy_custodians(left[0]) - {user_id} if left else frozenset()
    if left is None or len(helping) < custody.NEEDED:
        raise Invalid({"way": _NOTHING_LEFT})
    return left[0], helping


@transaction.atomic
def take_up(username: str, *, code: str) -> tuple[UUID, str]:
    """In the person's browser: name and spoken code give it the request's one-time key; returns id and secret, for the cookie."""
    digits, user = ids.only_digits(code), User.objects.filter(username=sign_in_name(username), is_active=True).first()
    waiting = _alive().select_for_update().filter(user=user, state=RequestState.OPEN).exclude(way=Way.PRACTICE)
    found = next((r for r in waiting if user and secrets.compare_digest(r.code_hash, _hash(r.id, digits))), None)
    if found is None or user is None:
        raise Invalid({"code": _APART})
    found.state, found.code_hash = RequestState.TAKEN, ""
    found.save(update_fields=["state", "code_hash"])
    secret = custody.begin(found.id)
    _record(Actor(user.id, user.name), "recovery.take", found)
    return found.id, secret


@transaction.atomic
def release_share(actor: Actor, request_id: UUID, *, fingerprint: str) -> None:
    """A custodian has heard the digits of the person's browser from the person, and gives their share to it alone."""
    found = _get(actor, request_id, "recovery.release")
    if actor.ring is None:
        raise Locked
    if actor.id not in healthy_custodians(found.organisation_id):
        raise NotYours
    if ids.only_digits(fingerprint) != ids.only_digits(custody.digits_of(found.id)):
        raise Invalid({"fingerprint": _OTHER_BROWSER})
    custody.release(actor.ring, found.id, owner_of_secret(found))
    _record(actor, "recovery.release", found)


def owner_of_secret(request: RecoveryRequest) -> UUID:
    """Under whose id the secret lies: the person's; in a practice, the request's."""
    return request.id if request.way == Way.PRACTICE else request.user_id


@transaction.atomic
def finish_request(request_id: UUID, secret: str, *, password: str) -> tuple[User, str]:
    """The new password; returns the person and their new recovery code, which is shown once."""
    found = taken_up(request_id, secret)
    user = found.user
    if found.way == Way.NEW_KEYS:
        set_password(user, password)
        user.save(update_fields=["password"])
        code = keys.replace_user_keys(user.id, password)
    else:
        ring = _ring(found, secret)
        reseal(user, ring, password)
        code = keys.new_recovery_code(user.id, ring)
    custody.forget(user.id)
    Authenticator.objects.filter(user=user).delete()  # the telephone is often lost with the rest; three people vouched
    found.done_on = clock.today()
    close_request(found, RequestState.DONE)
    sign_out_everywhere(user)
    verb = "recovery.new_keys" if found.way == Way.NEW_KEYS else "recovery.finish"
    _record(Actor(user.id, user.name), verb, found)
    return user, code


def taken_up(request_id: UUID, secret: str) -> RecoveryRequest:
    """The living request that this browser took up; NotYours for any other."""
    found = _alive().select_related("user").filter(pk=request_id, state=RequestState.TAKEN, user__is_active=True).first()
    if found is None or found.way == Way.PRACTICE:
        raise NotYours
    try:
        custody.digits_for(request_id, secret)
    except BrokenSeal:
        raise NotYours from None
    return found


def _ring(found: RecoveryRequest, secret: str) -> keys.KeyRing:
    ring = keys.KeyRing.from_bytes(custody.open_together(found.id, found.user_id, secret))
    if ring.user != found.user_id:
        raise BrokenSeal
    return ring


@transaction.atomic
def stop_request(actor: Actor, request_id: UUID) -> None:
    """Stopped by the person themselves, who can sign in and never asked, or by who looks after them."""
    found = access.get(actor, "recovery.stop", _alive().select_for_update(), request_id)
    close_request(found, RequestState.STOPPED)
    _record(actor, "recovery.stop", found)


def stop_old_requests() -> int:
    """What a day has passed over; returns how many."""
    over = list(RecoveryRequest.objects.filter(state__in=LIVE, expires_at__lte=clock.now()))
    for request in over:
        with transaction.atomic():
            close_request(request, RequestState.STOPPED)
    return len(over)


# -- practice ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def start_practice(actor: Actor, org_id: UUID) -> UUID:
    """A custodian leaves a made-up secret with the three and releases their own share; a second one must follow."""
    org = access.get(actor, "custody.see", Organisation.objects.all(), org_id, to="custody.keep")
    if actor.ring is None:
        raise Locked
    three = healthy_custodians(org.id)
    if actor.id not in three or len(three) != custody.CUSTODIANS:
        raise Conflict(_TOO_FEW)
    for older in RecoveryRequest.objects.filter(organisation=org, way=Way.PRACTICE, state__in=LIVE, user=actor.id):
        close_request(older, RequestState.STOPPED)
    made = RecoveryRequest.objects.create(
        organisation=org, user_id=actor.id, opened_by_id=actor.id, way=Way.PRACTICE, state=RequestState.TAKEN,
        expires_at=clock.now() + LASTS,
    )  # fmt: skip
    custody.leave(made.id, org.id, secrets.token_bytes(32), sorted(three))
    custody.begin(made.id, custody.own_secret(actor.ring, made.id))
    custody.release(actor.ring, made.id, made.id)
    audit.record(actor, "practice.start", made, org=org.id)
    return made.id


@transaction.atomic
def finish_practice(actor: Actor, request_id: UUID) -> None:
    """Two shares open the made-up secret: that two of three can help is proven, and dated."""
    found = _get(actor, request_id, "recovery.finish")
    if actor.ring is None:
        raise Locked
    custody.open_together(found.id, found.id, custody.own_secret(actor.ring, found.id))  # BrokenSeal if it does not open
    found.done_on = clock.today()
    close_request(found, RequestState.DONE)
    audit.record(actor, "practice.finish", found, org=found.organisation_id)


def _alive() -> Any:
    return RecoveryRequest.objects.filter(state__in=LIVE, expires_at__gt=clock.now())


def _get(actor: Actor, request_id: UUID, action: str) -> RecoveryRequest:
    return access.get(actor, action, _alive().select_for_update(of=("self",)), request_id)


def _hash(request_id: UUID, code: str) -> str:
    return sha256(f"way-back-v1|{request_id}|{ids.only_digits(code)}".encode()).hexdigest()


def _record(actor: Any, verb: str, request: RecoveryRequest, reason: str = "") -> None:
    """In the trail of every organisation of the person, and of the custodians'; in order, so that no two lock crosswise."""
    orgs = {request.organisation_id, *(orgs_of(request.user) if request.way != Way.PRACTICE else ())}
    for org in sorted(orgs):
        audit.record(actor, verb, request, org=org, reason=reason)
