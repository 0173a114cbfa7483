"""WRAP1: 32 secret bytes for one reader, as a sealed box (anyone can write it) or under a team's symmetric key.

    WRAP1 = "SW1" | kind:u8 (1 sealed, 2 symmetric) | key_id of the recipient:16 | sealed box (80) or SEAL1 with alg 3
    aad of the symmetric kind = "sw1|" subject "|" key_id in hex "|" epoch

A sealed box binds nothing, so what comes out of a wrap is believed only when the data key that it gives has the id
that the keystore keeps for the subject (`ring.py`), or, for a team's secret, when it gives the team's public key.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from spean.privacy.derivation import hkdf
from spean.privacy.sealing import ALG_WRAP, ID_SIZE, BrokenSeal, key_id, open_bytes, seal_bytes

MAGIC = b"SW1"
SEALED, SYMMETRIC = 1, 2
SECRET_SIZE = 32
_HEAD = len(MAGIC) + 1 + ID_SIZE


@dataclass(frozen=True)
class TeamSecret:
    """What the members of one epoch of a team hold; everything else follows from the seed, once."""

    seed: bytes = field(repr=False)

    @cached_property
    def private(self) -> PrivateKey:
        """Opens what anyone sealed to the team."""
        return PrivateKey(hkdf(self.seed, b"team-box-v1"))

    @cached_property
    def names(self) -> tuple[bytes, bytes]:
        """The ids of the public key and of the symmetric one, by which a wrap says for whom it is."""
        return public_id(self.public), key_id(self.symmetric)

    @cached_property
    def symmetric(self) -> bytes:
        """Opens what a member wrapped for the team."""
        return hkdf(self.seed, b"team-sym-v1")

    @cached_property
    def public(self) -> bytes:
        """The public key, as it is certified."""
        return bytes(self.private.public_key)


def public_id(public_key: bytes) -> bytes:
    """16 bytes that name a public key."""
    return hashlib.blake2b(public_key, person=b"sm-pub-id-v1", digest_size=ID_SIZE).digest()


def to_public(secret: bytes, public_key: bytes) -> bytes:
    """`secret` for the holder of the private key. The writer cannot open it again."""
    return MAGIC + bytes([SEALED]) + public_id(public_key) + SealedBox(PublicKey(public_key)).encrypt(secret)


def to_team(secret: bytes, team: TeamSecret, subject: UUID, epoch: int) -> bytes:
    """`secret` for the members of a team, written by one of them."""
    recipient = key_id(team.symmetric)
    sealed = seal_bytes(team.symmetric, secret, _aad(subject, recipient, epoch), ALG_WRAP)
    return MAGIC + bytes([SYMMETRIC]) + recipient + sealed


def open_with_private(blob: bytes, private: PrivateKey) -> bytes:
    """The secret of a sealed wrap."""
    kind, recipient, body = _parts(blob)
    if kind != SEALED or not hmac.compare_digest(recipient, public_id(bytes(private.public_key))):
        raise BrokenSeal
    return _unboxed(body, private)


def open_with_team(blob: bytes, team: TeamSecret, subject: UUID, epoch: int) -> bytes:
    """The secret of either kind of wrap to a team."""
    kind, recipient, body = _parts(blob)
    public, symmetric = team.names
    if kind == SEALED and hmac.compare_digest(recipient, public):
        return _unboxed(body, team.private)
    if kind != SYMMETRIC or not hmac.compare_digest(recipient, symmetric):
        raise BrokenSeal
    return _checked(open_bytes(team.symmetric, body, _aad(subject, recipient, epoch), ALG_WRAP))


def _unboxed(body: bytes, private: PrivateKey) -> bytes:
    try:
        return _checked(SealedBox(private).decrypt(body))
    except CryptoError:
        raise BrokenSeal from None


def data_key(secret: bytes, token: bytes) -> bytes:
    """The subject's data key: half of it is in the wraps, half in the keystore."""
    return hkdf(secret + token, b"dek-v1")


def _parts(blob: bytes) -> tuple[int, bytes, bytes]:
    blob = bytes(blob)
    if len(blob) <= _HEAD or not blob.startswith(MAGIC):
        raise BrokenSeal
    return blob[len(MAGIC)], blob[len(MAGIC) + 1 : _HEAD], blob[_HEAD:]


def _checked(secret: bytes) -> bytes:
    if len(secret) != SECRET_SIZE:
        raise BrokenSeal
    return secret


def _aad(subject: UUID, recipient: bytes, epoch: int) -> bytes:
    return f"sw1|{subject}|{recipient.hex()}|{epoch}".encode()
