"""A subject's data key made without a database, so that several processes can seal; written afterwards, many at once.

What comes out is what `new_subjects` makes: one secret, wrapped to each reader's public key, and its other half for the keystore.
"""

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from spean.kernel.pouring import pour
from spean.privacy.keys import wraps
from spean.privacy.keystore import keystore
from spean.privacy.models import DataKeyWrap
from spean.privacy.sealing import key_id

TEAM, USER, RECEIPT = (str(kind) for kind in DataKeyWrap.To)


class To(NamedTuple):
    """A reader, and the public key that the secret is wrapped to. For a team it must be the certified one of that epoch."""

    kind: str
    recipient: UUID
    epoch: int
    public_key: bytes


class Made(NamedTuple):
    """A new subject: the wraps for the database, and what the keystore keeps."""

    subject: UUID
    wraps: list[tuple[str, UUID, int, bytes]]
    token: bytes
    key_id: bytes


def make(subject: UUID, readers: Sequence[To]) -> tuple[bytes, Made]:
    """(data key, what is to be written)."""
    secret, token = os.urandom(wraps.SECRET_SIZE), os.urandom(32)
    key = wraps.data_key(secret, token)
    wrapped = [(to.kind, to.recipient, to.epoch, wraps.to_public(secret, to.public_key)) for to in readers]
    return key, Made(subject, wrapped, token, key_id(key))


def write(made: Sequence[Made]) -> None:
    """In the caller's transaction. The keystore's part is durable when its batch ends, before the transaction does."""
    pour(DataKeyWrap, _rows(made))
    keystore().put_new((m.subject, m.token, m.key_id) for m in made)


def _rows(made: Iterable[Made]) -> Iterable[tuple[object, ...]]:
    for m in made:
        for kind, recipient, epoch, blob in m.wraps:
            yield m.subject, kind, recipient, epoch, blob, None, None
