"""Opening and closing a person's keys for one browser: the session holds a handle, the cookie the secret, no table both."""

import logging
import secrets
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest

from spean.accounts.access import Actor
from spean.accounts.models import Device
from spean.accounts.operations import forget_device, leave_with_custodians, note_device, renew_device, tend_keys
from spean.kernel import clock
from spean.kernel.errors import Refusal
from spean.privacy import keys, sessions
from spean.privacy.sealing import BrokenSeal

HANDLE = "unlock"
#: the session's device, and the day on which it was last noted
DEVICE, NOTED = "device", "noted"
log = logging.getLogger(__name__)


def open_keys(request: HttpRequest, user: UUID, password: str) -> keys.KeyRing | None:
    """Open the keys with the password and keep them open for this browser; None when it does not open them."""
    try:
        ring = keys.unlock(user, password)
    except BrokenSeal:
        log.exception("the keys of %s do not fit together", user)
        ring = None
    if ring is None:
        close_keys(request)
    else:
        keep_open(request, ring)
    return ring


def keep_open(request: HttpRequest, ring: keys.KeyRing) -> None:
    """A new handle for the session, a new secret for the cookie (`ActorMiddleware` sets it)."""
    sessions.lock(request.session.get(HANDLE))
    handle = secrets.token_urlsafe(24)
    request.session[HANDLE] = handle
    request.unlock_secret = sessions.open_for(handle, ring, _device(request))  # type: ignore[attr-defined]


def close_keys(request: HttpRequest) -> None:
    """Lock this browser, and take its cookie away."""
    sessions.lock(request.session.pop(HANDLE, None))
    request.unlock_secret = ""  # type: ignore[attr-defined]


def opened(request: HttpRequest) -> keys.KeyRing | None:
    """The ring that this request may use, were it opened in this very request or before."""
    secret = getattr(request, "unlock_secret", None)
    if secret is None:
        secret = request.COOKIES.get(settings.UNLOCK_COOKIE_NAME)
    ring = sessions.ring_for(request.session.get(HANDLE), secret)
    return ring if ring is not None and ring.user == request.user.pk else None


def tend(actor: Actor) -> None:
    """Work that waited for this person's keys: a team's new key, shares for custodians. It keeps nobody from signing in."""
    for work in (tend_keys, leave_with_custodians):
        try:
            work(actor)
        except Refusal:
            log.exception("keys of %s could not be tended", actor.id)


# -- where somebody is signed in -----------------------------------------------------------------------------------------
def here(request: HttpRequest) -> UUID | None:
    """The device of this session."""
    found = request.session.get(DEVICE)
    return UUID(found) if found else None


def note_here(request: HttpRequest) -> None:
    """The person of this request is signed in here, today."""
    note_device(request.user, _device(request), request.headers.get("User-Agent", ""))  # type: ignore[arg-type]
    request.session[NOTED] = clock.today().isoformat()


def leave_here(request: HttpRequest) -> None:
    """Signed out here, keys locked."""
    close_keys(request)
    device = here(request)
    if device is not None:
        forget_device(device)


def was_ended(request: HttpRequest) -> bool:
    """Whether this session was ended from elsewhere. A new one, and a new day, is noted."""
    noted, today = request.session.get(NOTED), clock.today().isoformat()
    if noted is None:
        note_here(request)
        return False
    if noted == today:
        return not Device.objects.filter(pk=_device(request), user=request.user.pk).exists()
    request.session[NOTED] = today
    return not renew_device(request.user, _device(request))  # type: ignore[arg-type]


def _device(request: HttpRequest) -> UUID:
    if DEVICE not in request.session:
        request.session[DEVICE] = str(uuid4())
    return UUID(request.session[DEVICE])
