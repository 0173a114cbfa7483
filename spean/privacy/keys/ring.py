"""Opened keys, in memory only. What reaches a ring is asked of the tables each time, so that a revocation works at once."""

import hmac
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from spean.kernel import errors
from spean.privacy.keys import wraps
from spean.privacy.keystore import Entry, keystore
from spean.privacy.loading import remembered
from spean.privacy.models import DataKeyWrap, TeamKey, TeamWrap
from spean.privacy.sealing import BrokenSeal, key_id

_CHUNK = 500
_MANY = 100
_MARK = b"KR1"


class Opened(NamedTuple):
    """A subject's secret (to share it onward) and its data key."""

    secret: bytes
    key: bytes


class _Wrap(NamedTuple):
    """What opening needs of a `DataKeyWrap`: thousands are read at once, and a model's instance costs more than a seal."""

    subject: UUID
    kind: str
    recipient: UUID
    epoch: int
    blob: bytes


class _Ring:
    """What every holder of keys can do: reach a subject's data key through a wrap, or be told NotYours."""

    def data_key(self, subject: UUID) -> bytes:
        """The subject's data key. NotYours when no wrap reaches this reader, BrokenSeal when none of them is true."""
        return self.open_subject(subject).key

    def data_keys(self, subjects: Iterable[UUID]) -> dict[UUID, bytes]:
        """The data keys of those of `subjects` that this reader can open, in few queries: for lists and searches."""
        return {subject: opened.key for subject, opened in self._open_all(list(subjects))[0].items()}

    def open_subject(self, subject: UUID) -> Opened:
        """As `data_key`, with the secret too."""
        found, reached = self._open_all([subject])
        if subject in found:
            return found[subject]
        raise BrokenSeal if subject in reached else errors.NotYours

    def _open_all(self, subjects: list[UUID]) -> tuple[dict[UUID, Opened], set[UUID]]:
        entries, reached = keystore().entries(subjects), set[UUID]()
        found: dict[UUID, Opened] = {}
        for at in range(0, len(subjects), _CHUNK):
            held = [w for w in self._wraps(subjects[at : at + _CHUNK]) if w.subject in entries]
            reached |= {w.subject for w in held}
            for wrap, opened in zip(held, self._open_each(held, entries), strict=True):
                if opened is not None:
                    found.setdefault(wrap.subject, opened)
        return found, reached

    def _open_each(self, held: "list[DataKeyWrap | _Wrap]", entries: dict[UUID, Entry]) -> "list[Opened | None]":
        """What each wrap gives. Of many, half are opened by another thread: the curve's work waits for no interpreter."""

        def some(part: "list[DataKeyWrap | _Wrap]") -> "list[Opened | None]":
            return [self._open(wrap, entries[wrap.subject]) for wrap in part]

        if len(held) < _MANY:
            return some(held)
        middle = len(held) // 2
        with ThreadPoolExecutor(1) as other:
            later = other.submit(some, held[middle:])
            return some(held[:middle]) + later.result()

    def _open(self, wrap: "DataKeyWrap | _Wrap", entry: Entry) -> Opened | None:
        try:
            return checked(self._secret(wrap), entry)
        except BrokenSeal:
            return None

    def _wraps(self, subjects: list[UUID]) -> Iterable["DataKeyWrap | _Wrap"]:
        raise NotImplementedError

    def _secret(self, wrap: "DataKeyWrap | _Wrap") -> bytes:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> Any:
        raise TypeError("Keys are not pickled by accident: use secret_bytes().")


class KeyRing(_Ring):
    """The opened keys of one user."""

    def __init__(self, user: UUID, box_seed: bytes, sign_seed: bytes) -> None:
        self.user = user
        self._box_seed, self._sign_seed = box_seed, sign_seed
        self._teams: dict[bytes, wraps.TeamSecret] = {}

    @cached_property
    def box(self) -> PrivateKey:
        """The X25519 key, which opens what is sealed to the user."""
        return PrivateKey(self._box_seed)

    @cached_property
    def signer(self) -> SigningKey:
        """The Ed25519 key, which signs certificates and grants."""
        return SigningKey(self._sign_seed)

    def secret_bytes(self) -> bytes:
        """The ring as bytes, to be sealed at once."""
        return _MARK + self.user.bytes + self._box_seed + self._sign_seed

    @classmethod
    def from_bytes(cls, data: bytes) -> "KeyRing":
        """The ring that `secret_bytes` wrote."""
        if len(data) != len(_MARK) + 16 + 64 or not data.startswith(_MARK):
            raise BrokenSeal
        user, box, sign = data[3:19], data[19:51], data[51:]
        return cls(UUID(bytes=user), box, sign)

    def team_secrets(self, teams: Iterable[UUID] | None = None) -> dict[tuple[UUID, int], wraps.TeamSecret]:
        """The epochs of teams that this user holds at this moment, by team and epoch."""
        held, wanted = _team_wraps(self.user), None if teams is None else set(teams)
        held = [w for w in held if wanted is None or w.team in wanted]
        return {(w.team, w.epoch): secret for w in held if (secret := self._team_secret(bytes(w.blob))) is not None}

    def team_secret(self, team: UUID, epoch: int) -> wraps.TeamSecret:
        """One epoch's secret, checked against its public key; NotYours when the user does not hold it."""
        secret = self.team_secrets([team]).get((team, epoch))
        if secret is None:
            raise errors.NotYours
        row = TeamKey.objects.filter(team=team, epoch=epoch).first()
        if row is None or not hmac.compare_digest(bytes(row.public_box), secret.public):
            raise BrokenSeal
        return secret

    def _team_secret(self, blob: bytes) -> wraps.TeamSecret | None:
        if blob not in self._teams:
            try:
                self._teams[blob] = wraps.TeamSecret(wraps.open_with_private(blob, self.box))
            except BrokenSeal:
                return None
        return self._teams[blob]

    def _wraps(self, subjects: list[UUID]) -> Iterable["DataKeyWrap | _Wrap"]:
        self._held = self.team_secrets()
        teams = {team for team, _ in self._held}
        reachable = DataKeyWrap.objects.filter(subject__in=subjects)
        mine = Q(kind=DataKeyWrap.To.USER, recipient=self.user)
        ours = Q(kind=DataKeyWrap.To.TEAM, recipient__in=teams)
        rows = reachable.filter(mine | ours).values_list("subject", "kind", "recipient", "epoch", "blob")
        return [w for w in map(_Wrap._make, rows) if w.kind == DataKeyWrap.To.USER or (w.recipient, w.epoch) in self._held]

    def _secret(self, wrap: "DataKeyWrap | _Wrap") -> bytes:
        if wrap.kind == DataKeyWrap.To.USER:
            return wraps.open_with_private(bytes(wrap.blob), self.box)
        secret = self._held[wrap.recipient, wrap.epoch]
        return wraps.open_with_team(bytes(wrap.blob), secret, wrap.subject, wrap.epoch)


class ReceiptRing(_Ring):
    """The opened key of one receipt: the reporter's."""

    def __init__(self, private: PrivateKey) -> None:
        self._private = private
        self.recipient = receipt_id(bytes(private.public_key))

    def _wraps(self, subjects: list[UUID]) -> Iterable["DataKeyWrap | _Wrap"]:
        return DataKeyWrap.objects.filter(subject__in=subjects, kind=DataKeyWrap.To.RECEIPT, recipient=self.recipient)

    def _secret(self, wrap: "DataKeyWrap | _Wrap") -> bytes:
        return wraps.open_with_private(bytes(wrap.blob), self._private)


def receipt_id(public_key: bytes) -> UUID:
    """The id under which a receipt's wraps are found."""
    return UUID(bytes=wraps.public_id(public_key))


def checked(secret: bytes, entry: Entry) -> Opened:
    """A secret and its data key, if it is the key that the subject was made with; else BrokenSeal."""
    key = wraps.data_key(secret, entry.token)
    if entry.key_id is None or not hmac.compare_digest(key_id(key), entry.key_id):
        raise BrokenSeal
    return Opened(secret, key)


@remembered
def _team_wraps(user: UUID) -> list[TeamWrap]:
    return list(TeamWrap.objects.filter(user=user))


def opened_with(subject: UUID, secret: bytes) -> bytes:
    """The data key of a subject whose secret came by another way than a wrap: from two keepers together."""
    entry = keystore().entries([subject]).get(subject)
    if entry is None:
        raise errors.NotYours
    return checked(secret, entry).key
