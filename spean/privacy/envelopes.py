"""SE1: words sealed in the writer's own page to the key of the team that will read them. The server cannot open it.

    SE1 = "SE1" | key_id of the team's public key:16 | sealed box of the content key:80 | SEAL1 with alg 4
    aad of the SEAL1 = "se1|" cls "|" org "|" team "|" mark in hex
    mark = BLAKE2b-128 of the sender's id, person "sm-env-mark-v1"

The mark binds an envelope to one sending, so that one which was seen cannot be sent again under another receipt. An
envelope is kept inside a SEAL1 of the subject, so that context and erasure are those of everything else; the first
member of the team who reads it puts its content under the subject's own key in the same transaction.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from spean.privacy.keys.ring import KeyRing
from spean.privacy.keys.wraps import public_id
from spean.privacy.sealing import HEADER_SIZE, ID_SIZE, KEY_SIZE, SMALLEST, TAG_SIZE, BrokenSeal, open_bytes, unpad

MAGIC = b"SE1"
ALG_ENVELOPE = 4
MARK_SIZE = 16
_BOX = 48 + KEY_SIZE
_HEAD = len(MAGIC) + ID_SIZE
SMALLEST_ENVELOPE = _HEAD + _BOX + HEADER_SIZE + SMALLEST + TAG_SIZE
LARGEST_ENVELOPE = 32_000


@dataclass(frozen=True)
class Address:
    """To whom an envelope was sealed, as what, and in which sending."""

    cls: str
    org: UUID
    team: UUID
    mark: bytes

    def aad(self) -> bytes:
        """The bytes that are authenticated with the envelope."""
        return f"se1|{self.cls}|{self.org}|{self.team}|{self.mark.hex()}".encode()


@dataclass(frozen=True)
class Envelope:
    """The parts of an envelope of the right shape. Whether it opens is known only to the team."""

    recipient: bytes
    box: bytes
    sealed: bytes

    def is_for(self, public_key: bytes) -> bool:
        """Whether it names this key."""
        return self.recipient == public_id(public_key)


def mark_of(sent_id: UUID) -> bytes:
    """What the page and the server both make of the sender's id; the id does not follow from it."""
    return hashlib.blake2b(sent_id.bytes, person=b"sm-env-mark-v1", digest_size=MARK_SIZE).digest()


def decode(text: str) -> bytes:
    """The bytes of an envelope as a form carries it (base64), or BrokenSeal; its shape is checked, too."""
    try:
        blob = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BrokenSeal from None
    parse(blob)
    return blob


def parse(blob: bytes) -> Envelope:
    """The parts of an envelope, or BrokenSeal."""
    if not SMALLEST_ENVELOPE <= len(blob) <= LARGEST_ENVELOPE or not blob.startswith(MAGIC):
        raise BrokenSeal
    return Envelope(blob[len(MAGIC) : _HEAD], blob[_HEAD : _HEAD + _BOX], blob[_HEAD + _BOX :])


def kept(blob: bytes, address: Address) -> dict[str, Any]:
    """An envelope as the content of a sealed record holds it."""
    said = {"org": str(address.org), "team": str(address.team), "mark": address.mark.hex()}
    return {"envelope": base64.b64encode(blob).decode("ascii"), **said}


def is_kept(content: dict[str, Any]) -> bool:
    """Whether the content of a sealed record still is an envelope."""
    return "envelope" in content


def opened(ring: KeyRing, content: dict[str, Any], cls: str) -> dict[str, Any]:
    """What the envelope in `content` says, or BrokenSeal: a wrong key, changed, sealed for another, or no words at all."""
    return opened_by(lambda team: [secret.private for secret in ring.team_secrets([team]).values()], content, cls)


def opened_by(privates: Callable[[UUID], Iterable[PrivateKey]], content: dict[str, Any], cls: str) -> dict[str, Any]:
    """As `opened`, by the keys that `privates` gives of a team: who opens many asks for them once."""
    try:
        address = Address(cls, UUID(content["org"]), UUID(content["team"]), bytes.fromhex(content["mark"]))
        blob = decode(content["envelope"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BrokenSeal from None
    return open_envelope(blob, address, privates(address.team))


def open_envelope(blob: bytes, address: Address, privates: Iterable[PrivateKey]) -> dict[str, Any]:
    """The content of an envelope by that one of the keys to which it was sealed, of whichever epoch; or BrokenSeal."""
    envelope = parse(blob)
    private = next((p for p in privates if envelope.is_for(bytes(p.public_key))), None)
    if private is None:
        raise BrokenSeal
    try:
        key = SealedBox(private).decrypt(envelope.box)
    except CryptoError:
        raise BrokenSeal from None
    text = unpad(open_bytes(key, envelope.sealed, address.aad(), ALG_ENVELOPE))
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):  # whoever seals may write what they like
        raise BrokenSeal from None
    if not isinstance(content, dict):
        raise BrokenSeal
    return content
