"""Receipts: 24 digits that open one thread, without an account. 6 find the row, 17 open it, 1 catches typing errors."""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from uuid import UUID

from nacl.public import PrivateKey

from spean.kernel import ids
from spean.privacy.derivation import LIGHT, SALT_SIZE, argon2id, hkdf
from spean.privacy.keys.ring import ReceiptRing
from spean.privacy.keystore import keystore
from spean.privacy.sealing import BrokenSeal, open_bytes, seal_bytes

LOCATOR_DIGITS, SECRET_DIGITS = 6, 17
LENGTH = LOCATOR_DIGITS + SECRET_DIGITS + 1


@dataclass(frozen=True)
class Code:
    """A receipt's code: the part that finds, the part that opens."""

    locator: str
    secret: str = field(repr=False)

    def __str__(self) -> str:
        return ids.with_check_digit(self.locator + self.secret)


@dataclass(frozen=True)
class ReceiptKeys:
    """What is to be stored of a receipt: nothing here opens anything."""

    locator: str
    salt: bytes
    verifier: bytes
    public_key: bytes
    sealed_private: bytes


def code_for(sent_id: UUID, attempt: int) -> str:
    """The 24 digits for what was sent, the same each time. `attempt` counts up while a locator is taken.

    Who holds the pepper and the `sent_id` can make the code again: store a hash of it, never the id itself.
    """
    made = hkdf(keystore().pepper(), f"receipt-v1|{sent_id}|{attempt}".encode())
    digits = LENGTH - 1
    return ids.with_check_digit(f"{int.from_bytes(made) % 10**digits:0{digits}d}")


def parse(typed: str) -> Code | None:
    """The code in what somebody typed, in Khmer or Latin digits with anything between; None if it cannot be one."""
    digits = ids.only_digits(typed)
    if len(digits) != LENGTH or not ids.has_good_check_digit(digits):
        return None
    return Code(digits[:LOCATOR_DIGITS], digits[LOCATOR_DIGITS:-1])


def seal_receipt(code: Code | str) -> ReceiptKeys:
    """A new key pair for the reporter, whose private half only the code opens."""
    code = _code(code)
    salt, private = os.urandom(SALT_SIZE), PrivateKey.generate()
    verifier, key = _stretch(code, salt)
    public_key = bytes(private.public_key)
    sealed = seal_bytes(key, bytes(private), _aad(code.locator, public_key))
    return ReceiptKeys(code.locator, salt, verifier, public_key, sealed)


def open_receipt(code: Code | str, row: ReceiptKeys) -> ReceiptRing | None:
    """The reporter's keys, or None when the code is not this row's. A decoy row takes as long."""
    code = _code(code)
    verifier, key = _stretch(code, bytes(row.salt))
    known = hmac.compare_digest(verifier, bytes(row.verifier))
    public_key = bytes(row.public_key)
    try:
        private = PrivateKey(open_bytes(key, bytes(row.sealed_private), _aad(code.locator, public_key)))
    except BrokenSeal:
        return None
    matches = hmac.compare_digest(bytes(private.public_key), public_key)
    return ReceiptRing(private) if known and matches and row.locator == code.locator else None


def decoy_row(locator: str) -> ReceiptKeys:
    """A row for a locator that does not exist: the same each time, the same work, and no code opens it."""

    def fake(label: str) -> bytes:
        return hmac.digest(keystore().pepper(), f"receipt-decoy-{label}|{locator}".encode(), "sha256")

    size = len(seal_bytes(bytes(32), bytes(32), b""))
    sealed = (fake("sealed") * 8)[:size]
    return ReceiptKeys(locator, fake("salt")[:SALT_SIZE], fake("verifier"), fake("public"), sealed)


def _code(code: Code | str) -> Code:
    if isinstance(code, Code):
        return code
    parsed = parse(code)
    if parsed is None:
        raise ValueError("Not a receipt code.")
    return parsed


def _stretch(code: Code, salt: bytes) -> tuple[bytes, bytes]:
    stretched = argon2id(code.secret.encode(), salt, *LIGHT)
    pepper = keystore().pepper()
    proof = hkdf(stretched, b"receipt-auth-v1", pepper)
    return hashlib.sha256(proof).digest(), hkdf(stretched, b"receipt-unlock-v1", pepper)


def _aad(locator: str, public_key: bytes) -> bytes:
    return f"rc1|{locator}|{public_key.hex()}".encode()
