"""A user's keys: made, opened by password or recovery code, sealed anew, replaced after a reset."""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from spean.kernel import errors, ids
from spean.privacy.derivation import SALT_SIZE, derive, hkdf
from spean.privacy.keys.ring import KeyRing
from spean.privacy.models import DataKeyWrap, TeamKey, TeamWrap, UnlockSession, UserKey
from spean.privacy.sealing import BrokenSeal, open_bytes, seal_bytes

_CODE_BYTES, _CHECK_LETTERS = 20, 4
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_MISREAD = str.maketrans("018", "OIB")


@transaction.atomic
def make_user_keys(user: UUID, password: str) -> str:
    """Give a user keys, and return the recovery code, which is shown once. Conflict when there are keys already."""
    if UserKey.objects.filter(user=user).exists():
        raise errors.Conflict
    ring = KeyRing(user, bytes(PrivateKey.generate()), bytes(SigningKey.generate()))
    code, row = _new_code(), UserKey(user=user)
    row.public_box, row.public_sign = bytes(ring.box.public_key), bytes(ring.signer.verify_key)
    _seal_by_password(row, ring, password)
    _seal_by_recovery(row, ring, code)
    row.save(force_insert=True)
    return code


def new_users(users: Iterable[UUID]) -> list[KeyRing]:
    """Keys for many people who will not sign in with a password that anybody knows, and their rings. For loading."""
    rings, rows = [], []
    for user in users:
        ring = KeyRing(user, bytes(PrivateKey.generate()), bytes(SigningKey.generate()))
        row = UserKey(user=user, salt=os.urandom(SALT_SIZE))
        row.public_box, row.public_sign = bytes(ring.box.public_key), bytes(ring.signer.verify_key)
        row.sealed_by_password = seal_bytes(os.urandom(32), ring.secret_bytes(), _aad(user, "password"))
        _seal_by_recovery(row, ring, _new_code())
        rings.append(ring)
        rows.append(row)
    UserKey.objects.bulk_create(rows, batch_size=500)
    return rings


@transaction.atomic
def replace_user_keys(user: UUID, password: str) -> str:
    """After a reset: new keys that reach nothing, until a member certifies them and grants anew."""
    stale_teams = TeamWrap.objects.filter(user=user).values("team")
    TeamKey.objects.filter(team__in=stale_teams).update(stale=True)
    TeamWrap.objects.filter(user=user).delete()
    DataKeyWrap.objects.filter(kind=DataKeyWrap.To.USER, recipient=user).delete()
    UnlockSession.objects.filter(user=user).delete()
    UserKey.objects.filter(user=user).delete()
    return make_user_keys(user, password)


def has_keys(user: UUID) -> bool:
    """Whether the user has keys."""
    return UserKey.objects.filter(user=user).exists()


def with_keys(users: Iterable[UUID]) -> frozenset[UUID]:
    """Those of `users` who have keys."""
    return frozenset(UserKey.objects.filter(user__in=list(users)).values_list("user", flat=True))


def unlock(user: UUID, password: str) -> KeyRing | None:
    """The user's opened keys, or None for a wrong password or a user without keys (which takes as long)."""
    row = UserKey.objects.filter(user=user).first()
    derived = derive(password, bytes(row.salt) if row else user.bytes)
    return _open(row, derived.kek, bytes(row.sealed_by_password), "password") if row else None


def unlock_with_recovery(user: UUID, code: str) -> KeyRing | None:
    """As `unlock`, by the recovery code. The pepper plays no part, so that the code works when it is lost."""
    secret = _read_code(code)
    row = UserKey.objects.filter(user=user).first()
    if secret is None or row is None:
        return None
    return _open(row, _recovery_key(user, secret), bytes(row.sealed_by_recovery), "recovery")


@transaction.atomic
def change_password(user: UUID, ring: KeyRing, new_password: str) -> None:
    """Seal the same keys under another password; the recovery code stays as it is."""
    row = _row_of(user, ring)
    _seal_by_password(row, ring, new_password)
    row.save(update_fields=["salt", "sealed_by_password"])


@transaction.atomic
def new_recovery_code(user: UUID, ring: KeyRing) -> str:
    """Another recovery code; the one before opens nothing any more."""
    row, code = _row_of(user, ring), _new_code()
    _seal_by_recovery(row, ring, code)
    row.save(update_fields=["sealed_by_recovery"])
    return code


def fingerprint(user: UUID) -> str:
    """20 digits that name the user's public keys, to be read out over the telephone before certifying them."""
    row = UserKey.objects.filter(user=user).first()
    if row is None:
        raise errors.NotYours
    digest = hashlib.blake2b(user.bytes + bytes(row.public_box) + bytes(row.public_sign), person=b"sm-finger-v1").digest()
    return ids.group(f"{int.from_bytes(digest) % 10**20:020d}", 5)


def _row_of(user: UUID, ring: KeyRing) -> UserKey:
    row = UserKey.objects.select_for_update().filter(user=user).first()
    if row is None or ring.user != user:
        raise errors.NotYours
    _check_public(row, ring)
    return row


def _open(row: UserKey, key: bytes, sealed: bytes, way: str) -> KeyRing | None:
    try:
        ring = KeyRing.from_bytes(open_bytes(key, sealed, _aad(row.user, way)))
    except BrokenSeal:
        return None
    _check_public(row, ring)
    return ring


def _check_public(row: UserKey, ring: KeyRing) -> None:
    """The public half in the table must be the user's own, or somebody wants to be wrapped to in her place."""
    own = ring.user.bytes + bytes(ring.box.public_key) + bytes(ring.signer.verify_key)
    if not hmac.compare_digest(own, row.user.bytes + bytes(row.public_box) + bytes(row.public_sign)):
        raise BrokenSeal


def _seal_by_password(row: UserKey, ring: KeyRing, password: str) -> None:
    row.salt = os.urandom(SALT_SIZE)
    row.sealed_by_password = seal_bytes(derive(password, row.salt).kek, ring.secret_bytes(), _aad(row.user, "password"))


def _seal_by_recovery(row: UserKey, ring: KeyRing, code: str) -> None:
    secret = _read_code(code)
    assert secret is not None  # noqa: S101 - a code just made
    row.sealed_by_recovery = seal_bytes(_recovery_key(row.user, secret), ring.secret_bytes(), _aad(row.user, "recovery"))


def _aad(user: UUID, way: str) -> bytes:
    return f"uk1|{user}|{way}".encode()


def _recovery_key(user: UUID, secret: bytes) -> bytes:
    return hkdf(secret, b"recovery-v1", user.bytes)


def _new_code() -> str:
    return write_code(os.urandom(_CODE_BYTES))


def write_code(secret: bytes) -> str:
    """160 bits in base32 with a checksum, in groups of four."""
    return ids.group(base64.b32encode(secret).decode() + _check(secret))


def _read_code(typed: str) -> bytes | None:
    letters = "".join(c for c in typed.upper().translate(_MISREAD) if c in _BASE32)
    if len(letters) != _CODE_BYTES * 8 // 5 + _CHECK_LETTERS:
        return None
    secret = base64.b32decode(letters[:-_CHECK_LETTERS])
    return secret if hmac.compare_digest(_check(secret), letters[-_CHECK_LETTERS:]) else None


def _check(secret: bytes) -> str:
    return base64.b32encode(hashlib.sha256(b"recovery-check-v1" + secret).digest()[:5]).decode()[:_CHECK_LETTERS]
