"""Unlocked sessions: the ring sealed under a secret that only the reader's cookie holds. A stolen database opens none."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from spean.kernel import clock
from spean.privacy.derivation import hkdf
from spean.privacy.keys.ring import KeyRing
from spean.privacy.models import UnlockSession
from spean.privacy.sealing import BrokenSeal, open_bytes, seal_bytes

#: use is noted once in this time, so that reading a page is not a write
NOTED_EVERY = timedelta(minutes=1)
#: clocks that are set right move a little
A_LITTLE = timedelta(minutes=2)


@transaction.atomic
def open_for(session_key: str, ring: KeyRing, device: UUID | None = None) -> str:
    """Keep the ring for this session (of this device) and return the secret for the cookie, which is kept nowhere else."""
    secret, moment = secrets.token_urlsafe(32), clock.now()
    session = _hash("session", session_key)
    box = seal_bytes(_key(secret), ring.secret_bytes(), _aad(session, ring.user))
    UnlockSession.objects.update_or_create(
        session_hash=session,
        defaults={
            "secret_hash": _hash("secret", secret),
            "user": ring.user,
            "device": device,
            "box": box,
            "opened_at": moment,
            "last_used_at": moment,
        },
    )
    return secret


def ring_for(session_key: str | None, secret: str | None) -> KeyRing | None:
    """The ring of an unlocked session; None when it is locked, was idle too long, or the secret is not its own."""
    if not session_key or not secret:
        return None
    row = UnlockSession.objects.filter(session_hash=_hash("session", session_key)).first()
    if row is None or not hmac.compare_digest(row.secret_hash, _hash("secret", secret)):
        return None
    if _is_over(row):
        row.delete()
        return None
    try:
        ring = KeyRing.from_bytes(open_bytes(_key(secret), bytes(row.box), _aad(row.session_hash, row.user)))
    except BrokenSeal:
        return None
    if clock.now() - row.last_used_at >= NOTED_EVERY:
        UnlockSession.objects.filter(pk=row.pk).update(last_used_at=clock.now())
    return ring


def lock(session_key: str | None) -> None:
    """Lock one session."""
    if session_key:
        UnlockSession.objects.filter(session_hash=_hash("session", session_key)).delete()


def lock_user(user: UUID) -> None:
    """Lock every session of a user."""
    UnlockSession.objects.filter(user=user).delete()


def lock_device(device: UUID) -> None:
    """Lock what is open on one device."""
    UnlockSession.objects.filter(device=device).delete()


def forget_old() -> int:
    """Delete sessions that are over; returns how many. For the hourly task."""
    moment = clock.now()
    idle = UnlockSession.objects.filter(last_used_at__lt=moment - settings.IDLE_LOCK)
    old = UnlockSession.objects.filter(opened_at__lt=moment - settings.ABSOLUTE_LOCK)
    ahead = UnlockSession.objects.filter(last_used_at__gt=moment + A_LITTLE)
    return idle.delete()[0] + old.delete()[0] + ahead.delete()[0]


def _is_over(row: UnlockSession) -> bool:
    moment = clock.now()
    if moment < max(row.opened_at, row.last_used_at) - A_LITTLE:  # the clock went back: nobody knows how long it was open
        return True
    return moment - row.last_used_at > settings.IDLE_LOCK or moment - row.opened_at > settings.ABSOLUTE_LOCK


def _hash(what: str, value: str) -> str:
    return hashlib.sha256(f"unlock-{what}-v1|{value}".encode()).hexdigest()


def _key(secret: str) -> bytes:
    return hkdf(secret.encode(), b"unlock-session-v1")


def _aad(session: str, user: UUID) -> bytes:
    return f"us1|{session}|{user}".encode()
