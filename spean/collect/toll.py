"""Proof of work: a token for one use, that lives a minute, for one neighbourhood; and what a page found for it.

    token = "t1" "." bits "." end "." 16 random bytes "." HMAC-SHA256 of these and the neighbourhood's mark, 16 bytes
    proof = token "." nonce, for which Argon2id(t=1, m=1 MiB) of the proof, salted with the random bytes, begins with `bits` zeros

`end` is a moment of the machine's own running clock: it tells nobody the time, and a clock that is set tells it nothing.
"""

import binascii
import hmac
import time
from dataclasses import dataclass

from spean.kernel.memory import memory
from spean.privacy.derivation import argon2id

LIFE = 60.0  # seconds
PASSES, KIBIBYTES = 1, 1024
LONGEST = 200
_RANDOM = 16


@dataclass(frozen=True)
class Token:
    """A token that is ours, in its parts."""

    text: str
    bits: int
    end: float
    salt: bytes


def issue(near: bytes, bits: int, *, chance: bytes) -> str:
    """A token for a neighbourhood; `chance` are 16 random bytes."""
    head = f"t1.{bits}.{int(time.monotonic() + LIFE)}.{chance.hex()}"
    return f"{head}.{_sign(head, near)}"


def is_paid(proof: str, near: bytes) -> bool:
    """Whether this is a proof for a token of this neighbourhood, in its minute, for the first time."""
    text, _dot, nonce = proof.rpartition(".")
    token = _ours(text, near) if len(proof) <= LONGEST else None
    if token is None or not nonce.isascii() or not nonce.isdigit() or not 0 <= token.end - time.monotonic() <= LIFE:
        return False
    if zeros(argon2id(proof.encode("ascii"), token.salt, PASSES, KIBIBYTES)) < token.bits:
        return False
    return memory().once(token.salt, LIFE + 1)


def zeros(digest: bytes) -> int:
    """How many bits are 0 before the first 1."""
    return len(digest) * 8 - int.from_bytes(digest).bit_length()


def _ours(text: str, near: bytes) -> Token | None:
    head, _dot, signature = text.rpartition(".")
    if not text.isascii() or not hmac.compare_digest(signature, _sign(head, near)):
        return None
    try:
        _version, bits, end, salt = head.split(".")
        return Token(text, int(bits), float(end), binascii.unhexlify(salt))
    except ValueError:
        return None


def _sign(head: str, near: bytes) -> str:
    return hmac.digest(memory().key("toll"), f"{head}|".encode() + near, "sha256")[:_RANDOM].hex()
