r"""Checkpoints as text: the C2SP signed note and tlog-checkpoint, which any witness can read. No tables, no secrets.

<origin>\n<size>\n<root in base64>\n\n— <origin> <base64 of key id:4 and signature:64>\n
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

_ED25519 = b"\x01"
_DASH = "\u2014"


@dataclass(frozen=True)
class Head:
    """An organisation's tree at one size."""

    org: UUID
    size: int
    root: bytes

    @property
    def origin(self) -> str:
        """The log's name."""
        return f"spean.audit/{self.org}"

    def body(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def write(head: Head, signature: bytes, public_key: bytes) -> str:
    """The signed note of a head."""
    signed = base64.b64encode(note_key_id(head.origin, public_key) + signature).decode()
    return f"{head.body()}\n{_DASH} {head.origin} {signed}\n"


def read(text: str, public_key: bytes) -> Head | None:
    """The head that a note states, if this key signed it."""
    try:
        body, _, tail = text.partition("\n\n")
        origin, size, root = body.split("\n")
        head = Head(UUID(origin.removeprefix("spean.audit/")), int(size), base64.b64decode(root, validate=True))
        signatures = [base64.b64decode(line.rsplit(" ", 1)[1], validate=True) for line in tail.splitlines()]
    except (ValueError, IndexError, binascii.Error):
        return None
    if head.body() != body + "\n":
        return None
    expected = note_key_id(head.origin, public_key)
    mine = [s[4:] for s in signatures if s[:4] == expected]
    return head if any(is_signed(head, s, public_key) for s in mine) else None


def is_signed(head: Head, signature: bytes, public_key: bytes) -> bool:
    """Whether the signature of a head is true."""
    try:
        VerifyKey(public_key).verify(head.body().encode(), signature)
    except (CryptoError, ValueError):
        return False
    return True


def note_key_id(name: str, public_key: bytes) -> bytes:
    """Four bytes by which a note names the key that signed it."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]
