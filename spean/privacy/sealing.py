"""SEAL1: one record encrypted under a data key, bound to its place, with a committed key and a padded length.

SEAL1 = "SM1" | alg:u8=1 | key_id:16 | commit:16 | nonce:24 | XChaCha20-Poly1305-IETF ciphertext and tag
plaintext = canonical JSON | 0x80 | zeros, to 256 bytes and then to Padme buckets (at most 12% more)
"""

import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as _decrypt,
)
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_encrypt as _encrypt,
)
from nacl.exceptions import CryptoError

from spean.kernel import errors

MAGIC = b"SM1"
ALG_RECORD, ALG_FILE, ALG_WRAP = 1, 2, 3
KEY_SIZE, NONCE_SIZE, TAG_SIZE, ID_SIZE = 32, 24, 16, 16
HEADER_SIZE = len(MAGIC) + 1 + ID_SIZE + ID_SIZE + NONCE_SIZE
SMALLEST = 256
_NO_KEY = bytes(KEY_SIZE)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class BrokenSeal(errors.Unavailable):
    """Sealed content that does not open: wrong key, wrong place, changed, cut or lengthened. Never says which."""

    message = _("This record could not be opened safely. Tell your supervisor: it may have been changed.")


@dataclass(frozen=True)
class Context:
    """Where a sealed record belongs. It is bound into the seal, so that a blob moved elsewhere does not open."""

    org: UUID
    subject: UUID
    record: UUID
    cls: str
    version: int = 1

    def __post_init__(self) -> None:
        if not self.cls or "|" in self.cls:
            raise ValueError("A class name is needed, without a bar.")

    def aad(self) -> bytes:
        """The bytes that are authenticated with the record."""
        return f"sm1|{self.org}|{self.subject}|{self.record}|{self.cls}|{self.version}".encode()


def key_id(key: bytes) -> bytes:
    """16 bytes that name a secret key and tell nothing about it."""
    return hashlib.blake2b(key=key, person=b"sm-key-id-v1", digest_size=ID_SIZE).digest()


def commitment(key: bytes) -> bytes:
    """16 bytes that only this key gives: a blob cannot be made to open under two keys."""
    return hashlib.blake2b(key=key, person=b"sm-commit-v1", digest_size=ID_SIZE).digest()


def header(key: bytes, alg: int) -> bytes:
    """Everything before the nonce."""
    return MAGIC + bytes([alg]) + key_id(key) + commitment(key)


def seal_bytes(key: bytes, plaintext: bytes, aad: bytes, alg: int = ALG_RECORD) -> bytes:
    """`plaintext` under `key` with a SEAL1 header; the length is not hidden."""
    _check_key(key)
    nonce = os.urandom(NONCE_SIZE)
    return header(key, alg) + nonce + _encrypt(plaintext, aad, nonce, key)


def open_bytes(key: bytes, blob: bytes, aad: bytes, alg: int = ALG_RECORD) -> bytes:
    """What `seal_bytes` sealed, or BrokenSeal."""
    _check_key(key)
    blob = bytes(blob)
    if len(blob) < HEADER_SIZE + TAG_SIZE:
        raise BrokenSeal
    committed = hmac.compare_digest(blob[: HEADER_SIZE - NONCE_SIZE], header(key, alg))
    nonce, ciphertext = blob[HEADER_SIZE - NONCE_SIZE : HEADER_SIZE], blob[HEADER_SIZE:]
    try:  # an uncommitted blob is never tried with the key, but costs the same time as one whose tag is wrong
        plaintext = _decrypt(ciphertext, aad, nonce, key if committed else _NO_KEY)
    except CryptoError:
        raise BrokenSeal from None
    if not committed:
        raise BrokenSeal
    return plaintext


def seal(key: bytes, content: dict[str, Any], context: Context) -> bytes:
    """`content` (JSON values, text keys) as SEAL1 bytes for the place that `context` names."""
    return seal_bytes(key, pad(_ENCODER.encode(content).encode("utf-8")), context.aad())


def open_sealed(key: bytes, blob: bytes, context: Context) -> dict[str, Any]:
    """The content of SEAL1 bytes, or BrokenSeal."""
    text = unpad(open_bytes(key, blob, context.aad()))
    try:
        content = json.loads(text)
    except ValueError:
        raise BrokenSeal from None
    if not isinstance(content, dict):
        raise BrokenSeal
    return content


def padded_size(size: int) -> int:
    """How long `size` bytes are once padded: 256, or the next Padme length (PURBs, Nikitin and others, 2019)."""
    total = size + 1
    if total <= SMALLEST:
        return SMALLEST
    exponent = total.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (total + mask) & ~mask


def pad(data: bytes) -> bytes:
    """`data`, the byte 0x80, and zeros."""
    return (data + b"\x80").ljust(padded_size(len(data)), b"\x00")


def unpad(padded: bytes) -> bytes:
    """What `pad` was given, or BrokenSeal if it is not a padding of ours."""
    data = padded.rstrip(b"\x00")
    if not data.endswith(b"\x80") or padded_size(len(data) - 1) != len(padded):
        raise BrokenSeal
    return data[:-1]


def _check_key(key: bytes) -> None:
    if len(key) != KEY_SIZE:
        raise ValueError("A key has 32 bytes.")
