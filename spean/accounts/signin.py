"""Opening and closing a person's keys for one browser: the session holds a handle, the cookie the secret, no table both."""

import logging
import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from spean.accounts.access import Actor
from spean.accounts.operations import tend_keys
from spean.kernel.errors import Refusal
from spean.privacy import keys, sessions
from spean.privacy.sealing import BrokenSeal

HANDLE = "unlock"
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
    request.unlock_secret = sessions.open_for(handle, ring)  # type: ignore[attr-defined]


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
    """Work that waited for a supervisor's keys. It must not keep her from signing in."""
    try:
        tend_keys(actor)
    except Refusal:
        log.exception("the keys of a team of %s could not be changed", actor.id)
