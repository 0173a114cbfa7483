"""Custody: a secret that any two of three custodians open together, and no one of them alone. It knows ids and nobody.

What is left is sealed under a random key; the key is split (`shamir.py`); each share is sealed to one custodian's certified
key. To open it, custodians seal their shares anew to the one-time key of a ceremony, whose private half is sealed under a
secret that only the asking person's browser holds. The pepper plays no part, so that this works when it is lost.
"""

import hashlib
import hmac
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from spean.kernel import errors, ids
from spean.privacy import shamir
from spean.privacy.derivation import hkdf
from spean.privacy.keys import KeyRing, certified_among
from spean.privacy.keys.certificates import trusted_user_key, verifies
from spean.privacy.keys.wraps import public_id
from spean.privacy.keystore import keystore
from spean.privacy.models import Ceremony, Deposit, DepositShare, ReleasedShare, UserKey
from spean.privacy.sealing import ID_SIZE, BrokenSeal, open_bytes, seal_bytes

CUSTODIANS, NEEDED = 3, 2
_CUSTODIAN = "custodian"
_MAGIC = b"SC1"
_HEAD = len(_MAGIC) + ID_SIZE
_IDS = 32  # two ids, within what is sealed: whose share this is, and of which splitting


# -- who holds shares: noted in the keystore, so that nobody who writes in the tables can name a custodian ---------------
def appoint(org: UUID, user: UUID) -> None:
    """From now on shares may be sealed to this user's present keys, if they are certified."""
    keystore().pin(_CUSTODIAN, org, user, 0, _public(user))


@transaction.atomic
def dismiss(org: UUID, user: UUID) -> None:
    """No share goes to this user any more, and those that lie here are deleted."""
    keystore().retire_pins(_CUSTODIAN, org, user, keep=b"")
    owners = Deposit.objects.filter(org=org).values("owner")
    DepositShare.objects.filter(custodian=user, owner__in=owners).delete()


def healthy(org: UUID, users: Iterable[UUID]) -> frozenset[UUID]:
    """Those of `users` who were appointed with the keys that they have, and whose keys are certified."""
    rows = {row.user: row for row in UserKey.objects.filter(user__in=list(users))}
    known = [u for u, r in rows.items() if keystore().is_pinned(_CUSTODIAN, org, u, 0, _both(r))]
    return certified_among(org, known)


# -- leaving a secret ----------------------------------------------------------------------------------------------------
@transaction.atomic
def leave(owner: UUID, org: UUID, secret: bytes, custodians: Sequence[UUID]) -> None:
    """Leave a secret with three custodians, in the place of whatever was left before."""
    if len(set(custodians)) != CUSTODIANS or healthy(org, custodians) != set(custodians):
        raise errors.NotAllowed
    _leave(owner, org, secret, {user: trusted_user_key(org, user) for user in custodians})


@transaction.atomic
def leave_among(owner: UUID, team: UUID, secret: bytes, *, org: UUID, keepers: Iterable[UUID]) -> None:
    """Leave a secret with the keepers of a team, in the place of whatever was left before: any two of them open it.

    It lies under the team's id, so that what an organisation decides of its custodians does not touch it.
    """
    chosen = sorted(certified_among(org, keepers))[: shamir.MOST]
    if len(chosen) < NEEDED:
        raise errors.NotAllowed
    _leave(owner, team, secret, {user: trusted_user_key(org, user) for user in chosen})


def _leave(owner: UUID, within: UUID, secret: bytes, holders: Mapping[UUID, bytes]) -> None:
    key, split = os.urandom(32), uuid4()
    sealed = seal_bytes(key, secret, _aad(within, owner, split))
    Deposit.objects.update_or_create(owner=owner, defaults={"org": within, "split": split, "sealed": sealed})
    DepositShare.objects.filter(owner=owner).delete()
    shares = zip(sorted(holders), shamir.split(key, shares=len(holders), needed=NEEDED), strict=True)
    DepositShare.objects.bulk_create(
        DepositShare(owner=owner, custodian=user, blob=_seal(holders[user], owner, split, share)) for user, share in shares
    )


def left_with(owner: UUID) -> tuple[UUID, frozenset[UUID]] | None:
    """The organisation and the custodians with whom something of this owner lies."""
    deposit = Deposit.objects.filter(owner=owner).first()
    if deposit is None:
        return None
    return deposit.org, frozenset(DepositShare.objects.filter(owner=owner).values_list("custodian", flat=True))


def owners_by_org(owners: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """With which organisation's custodians these owners left something."""
    found: dict[UUID, list[UUID]] = {}
    for owner, org in Deposit.objects.filter(owner__in=list(owners)).values_list("owner", "org"):
        found.setdefault(org, []).append(owner)
    return found


def stands(owner: UUID, org: UUID, custodians: Iterable[UUID]) -> bool:
    """Whether the owner's secret lies with exactly these custodians, sealed to the keys that they have now."""
    return owner in standing(org, [owner], custodians)


def standing(org: UUID, owners: Iterable[UUID], custodians: Iterable[UUID]) -> frozenset[UUID]:
    """Those of `owners` whose secret `stands`, in three queries: for counting."""
    wanted = {row.user: public_id(bytes(row.public_box)) for row in UserKey.objects.filter(user__in=list(custodians))}
    known = set(Deposit.objects.filter(org=org, owner__in=list(owners)).values_list("owner", flat=True))
    found: dict[UUID, dict[UUID, bytes]] = {}
    for share in DepositShare.objects.filter(owner__in=known):
        found.setdefault(share.owner, {})[share.custodian] = bytes(share.blob)[len(_MAGIC) : _HEAD]
    return frozenset(owner for owner, shares in found.items() if wanted and shares == wanted)


@transaction.atomic
def forget(owner: UUID) -> None:
    """Nothing of this owner lies with anybody any more."""
    DepositShare.objects.filter(owner=owner).delete()
    Deposit.objects.filter(owner=owner).delete()


# -- a ceremony ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def begin(ceremony: UUID, secret: str = "") -> str:
    """A one-time key for a ceremony; returns the secret that opens it, which is kept nowhere else."""
    secret = secret or secrets.token_urlsafe(32)
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    sealed = seal_bytes(_key(secret), bytes(private), _ceremony_aad(ceremony, public))
    Ceremony.objects.create(id=ceremony, public_key=public, sealed_private=sealed)
    return secret


def own_secret(ring: KeyRing, ceremony: UUID) -> str:
    """A ceremony's secret for somebody whose own keys are open: the same each time."""
    return hkdf(ring.secret_bytes(), b"ceremony-v1|" + ceremony.bytes).hex()


def digits_of(ceremony: UUID) -> str:
    """20 digits of the ceremony's public key as it stands in the table: what a custodian's typing is held against."""
    return _digits(ceremony, bytes(_row(ceremony).public_key))


def digits_for(ceremony: UUID, secret: str) -> str:
    """The same digits, of the key that the asking browser really opens: what the person reads out."""
    return _digits(ceremony, bytes(_private(ceremony, secret).public_key))


def vouch(ring: KeyRing, ceremony: UUID) -> str:
    """The asking person's signature under the ceremony's key, for where nobody can read digits to the other one."""
    return ring.signer.sign(_vouched(ceremony)).signature.hex()


def is_vouched(ceremony: UUID, org: UUID, user: UUID, signature: str) -> bool:
    """Whether the ceremony's key, as it stands in the table, is the one that this certified person signed."""
    row = UserKey.objects.filter(user=user).first()
    if row is None or user not in certified_among(org, [user]):
        return False
    try:
        return verifies(bytes(row.public_sign), _vouched(ceremony), bytes.fromhex(signature))
    except ValueError:
        return False


@transaction.atomic
def release(ring: KeyRing, ceremony: UUID, owner: UUID) -> None:
    """One custodian's share, for this ceremony alone. Twice is once; NotYours for who holds none."""
    row = _row(ceremony)
    deposit = Deposit.objects.filter(owner=owner).first()
    held = DepositShare.objects.filter(owner=owner, custodian=ring.user).first()
    if deposit is None or held is None:
        raise errors.NotYours
    share = _open(ring.box, bytes(held.blob), owner, deposit.split)
    blob = _seal(bytes(row.public_key), ceremony, deposit.split, share)
    ReleasedShare.objects.update_or_create(ceremony=ceremony, custodian=ring.user, defaults={"blob": blob})


def released(ceremony: UUID) -> frozenset[UUID]:
    """The custodians who have released their share."""
    return frozenset(ReleasedShare.objects.filter(ceremony=ceremony).values_list("custodian", flat=True))


def released_by(user: UUID) -> frozenset[UUID]:
    """The ceremonies to which this custodian has released."""
    return frozenset(ReleasedShare.objects.filter(custodian=user).values_list("ceremony", flat=True))


def released_among(ceremonies: Iterable[UUID]) -> Counter[UUID]:
    """How many have released to each of these ceremonies, in one query."""
    return Counter(ReleasedShare.objects.filter(ceremony__in=list(ceremonies)).values_list("ceremony", flat=True))


def open_together(ceremony: UUID, owner: UUID, secret: str) -> bytes:
    """What the owner left. Conflict while fewer than two custodians have released; BrokenSeal if what they gave is not true."""
    private = _private(ceremony, secret)
    deposit = Deposit.objects.filter(owner=owner).first()
    given = list(ReleasedShare.objects.filter(ceremony=ceremony).order_by("pk"))
    if deposit is None or len(given) < NEEDED:
        raise errors.Conflict
    shares = [_open(private, bytes(g.blob), ceremony, deposit.split) for g in given[:NEEDED]]
    try:
        key = shamir.combine(shares)
    except ValueError:
        raise BrokenSeal from None
    return open_bytes(key, bytes(deposit.sealed), _aad(deposit.org, owner, deposit.split))


@transaction.atomic
def end(ceremony: UUID) -> None:
    """The ceremony's key and what was released to it are gone."""
    ReleasedShare.objects.filter(ceremony=ceremony).delete()
    Ceremony.objects.filter(pk=ceremony).delete()


# -- formats -----------------------------------------------------------------------------------------------------------------
def _seal(public_key: bytes, whose: UUID, split: UUID, share: bytes) -> bytes:
    """SC1 = "SC1" | id of the recipient's key:16 | sealed box of: whose:16 | split:16 | share."""
    return _MAGIC + public_id(public_key) + SealedBox(PublicKey(public_key)).encrypt(whose.bytes + split.bytes + share)


def _open(private: PrivateKey, blob: bytes, whose: UUID, split: UUID) -> bytes:
    if not blob.startswith(_MAGIC + public_id(bytes(private.public_key))):
        raise BrokenSeal
    try:
        said = SealedBox(private).decrypt(blob[_HEAD:])
    except CryptoError:
        raise BrokenSeal from None
    if not hmac.compare_digest(said[:_IDS], whose.bytes + split.bytes):
        raise BrokenSeal
    return said[_IDS:]


def _row(ceremony: UUID) -> Ceremony:
    row = Ceremony.objects.filter(pk=ceremony).first()
    if row is None:
        raise errors.NotYours
    return row


def _private(ceremony: UUID, secret: str) -> PrivateKey:
    row = _row(ceremony)
    public = bytes(row.public_key)
    private = PrivateKey(open_bytes(_key(secret), bytes(row.sealed_private), _ceremony_aad(ceremony, public)))
    if not hmac.compare_digest(bytes(private.public_key), public):
        raise BrokenSeal
    return private


def _vouched(ceremony: UUID) -> bytes:
    return b"sm-ceremony-vouch-v1|" + ceremony.bytes + bytes(_row(ceremony).public_key)


def _digits(ceremony: UUID, public_key: bytes) -> str:
    digest = hashlib.blake2b(ceremony.bytes + public_key, person=b"sm-ceremony-v1").digest()
    return ids.group(f"{int.from_bytes(digest) % 10**20:020d}", 5)


def _public(user: UUID) -> bytes:
    row = UserKey.objects.filter(user=user).first()
    if row is None:
        raise errors.NotYours
    return _both(row)


def _both(row: UserKey) -> bytes:
    return bytes(row.public_box) + bytes(row.public_sign)


def _key(secret: str) -> bytes:
    return hkdf(secret.encode("utf-8", "replace"), b"ceremony-key-v1")


def _aad(org: UUID, owner: UUID, split: UUID) -> bytes:
    return f"cu1|{org}|{owner}|{split}".encode()


def _ceremony_aad(ceremony: UUID, public_key: bytes) -> bytes:
    return f"ce1|{ceremony}|{public_key.hex()}".encode()
