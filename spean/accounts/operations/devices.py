"""Where people are signed in: noted coarsely, ended by themselves or by who looks after them, at the next request."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import LIVE, Browser, DeviceKind, RequestState
from spean.accounts.models import Device, Membership, RecoveryRequest, User, new_stamp
from spean.accounts.operations.own import orgs_of
from spean.kernel import clock
from spean.kernel.errors import NotYours
from spean.privacy import audit, custody, sessions

#: words of a browser's name for itself, the telling ones first; the name itself is not kept
_KINDS = (("iPad", DeviceKind.TABLET), ("Mobi", DeviceKind.PHONE), ("Android", DeviceKind.TABLET))
_COMPUTERS = ("Windows", "Macintosh", "X11", "CrOS")
_BROWSERS = (("Firefox", Browser.FIREFOX), ("Chrom", Browser.CHROME), ("Safari", Browser.SAFARI))


def note_device(user: User, device: UUID, agent: str) -> None:
    """The person is signed in here, today. No address, no time and no full name of the browser is kept."""
    if not renew_device(user, device):
        day = clock.today()
        Device.objects.create(id=device, user=user, kind=_kind(agent), browser=_browser(agent), first_on=day, last_on=day)


def renew_device(user: User, device: UUID) -> bool:
    """Still signed in here today; False where that was ended."""
    return Device.objects.filter(pk=device, user=user).update(last_on=clock.today()) > 0


def forget_device(device: UUID) -> None:
    """Signed out there."""
    Device.objects.filter(pk=device).delete()


def forget_old_devices() -> int:
    """A session ends after 8 hours without use: rows not seen since the day before yesterday are over."""
    return Device.objects.filter(last_on__lt=clock.today() - timedelta(days=1)).delete()[0]


@transaction.atomic
def end_device(actor: Actor, device: UUID) -> None:
    """One of one's own sessions ends at its next request; what it had open locks now."""
    if not Device.objects.filter(pk=device, user=actor.id).delete()[0]:
        raise NotYours
    sessions.lock_device(device)
    _record_own(actor, "one")


@transaction.atomic
def end_other_devices(actor: Actor, here: UUID | None) -> int:
    """All of one's own sessions but this one; returns how many."""
    others = list(Device.objects.filter(~Q(pk=here), user=actor.id).values_list("pk", flat=True))
    Device.objects.filter(pk__in=others).delete()
    for device in others:
        sessions.lock_device(device)
    _record_own(actor, "others")
    return len(others)


@transaction.atomic
def end_sessions(actor: Actor, membership_id: UUID) -> None:
    """A telephone is lost, a colleague is not to be trusted today: everything of theirs ends in one act."""
    membership = access.get(actor, "membership.sign_out", Membership.objects.select_related("team", "user"), membership_id)
    sign_out_everywhere(membership.user)
    audit.record(actor, "membership.sign_out", membership, org=membership.team.organisation_id)


def sign_out_everywhere(user: User) -> None:
    """Sessions, opened keys, ways back that wait: over at the next request. Inside an operation only."""
    sessions.lock_user(user.id)
    Device.objects.filter(user=user).delete()
    user.stamp = new_stamp()
    user.save(update_fields=["stamp"])
    for request in RecoveryRequest.objects.select_for_update().filter(user=user, state__in=LIVE):
        close_request(request, RequestState.STOPPED)


def close_request(request: RecoveryRequest, state: str) -> None:
    """What a way back needed is gone with it. Inside an operation only."""
    request.state = state
    request.save(update_fields=["state", "done_on"])
    custody.end(request.id)
    custody.forget(request.id)  # a practice's made-up secret; a person's own lies under the person's id


def _record_own(actor: Any, reason: str) -> None:
    user = User.objects.get(pk=actor.id)
    for org in orgs_of(user):
        audit.record(actor, "user.devices", user, org=org, reason=reason)


def _kind(agent: str) -> DeviceKind:
    found = next((kind for word, kind in _KINDS if word in agent), None)
    return found or (DeviceKind.COMPUTER if any(word in agent for word in _COMPUTERS) else DeviceKind.OTHER)


def _browser(agent: str) -> Browser:
    return next((name for word, name in _BROWSERS if word in agent), Browser.OTHER)
