"""From a password to keys: Argon2id behind a gate, then HKDF labels with the pepper. No tables here."""

import hashlib
import hmac
import threading
import unicodedata
from dataclasses import dataclass, field

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from django.conf import settings

from spean.kernel import errors
from spean.privacy.keystore import keystore

SALT_SIZE = 16
#: passes and KiB. OWASP ASVS 5.0 appendix C asks for at least 2 and 19 MiB.
STRONG = (3, 64 * 1024)
LIGHT = (1, 4 * 1024)
AT_ONCE = 2  # in each web process
QUEUE_SECONDS = 5.0
_gate = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Derived:
    """The two keys of a password: `kek` opens the private keys, `verifier` (already hashed) is stored for sign-in."""

    kek: bytes = field(repr=False)
    verifier: bytes = field(repr=False)


def derive(password: str, salt: bytes) -> Derived:
    """Both keys of a password. At most 2 run at once (128 MiB); who waits longer than 5 s gets Unavailable."""
    passes, kibibytes = getattr(settings, "SPEAN_ARGON2", STRONG)
    if not _gate.acquire(timeout=QUEUE_SECONDS):
        raise errors.Unavailable
    try:
        stretched = argon2id(as_bytes(password), salt, passes, kibibytes)
    finally:
        _gate.release()
    pepper = keystore().pepper()
    proof = hkdf(stretched, b"auth-v1", pepper)
    return Derived(kek=hkdf(stretched, b"kek-v1", pepper), verifier=hashlib.sha256(proof).digest())


def argon2id(secret: bytes, salt: bytes, passes: int, kibibytes: int) -> bytes:
    """32 bytes, one lane."""
    return hash_secret_raw(
        secret,
        salt,
        time_cost=passes,
        memory_cost=kibibytes,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
        version=ARGON2_VERSION,
    )


def hkdf(material: bytes, label: bytes, salt: bytes = b"") -> bytes:
    """32 bytes for the use that `label` names (RFC 5869, SHA-256)."""
    extracted = hmac.digest(salt or bytes(32), material, "sha256")
    return hmac.digest(extracted, label + b"\x01", "sha256")


def as_bytes(password: str) -> bytes:
    """The same bytes on every keyboard: NFC, so that Khmer vowels typed in parts match."""
    return unicodedata.normalize("NFC", password).encode("utf-8")
