"""Certificates: who vouched for whose keys. Nobody wraps to a key that does not descend from the organisation's anchor.

Three things must agree before a key is used: the row's public key, a certificate whose signatures lead to the anchor in
the keystore, and a pin in the keystore, which only this code writes. An administrator of the database has only the rows.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from spean.kernel import errors
from spean.privacy.keys.ring import KeyRing
from spean.privacy.keystore import keystore
from spean.privacy.loading import remembered
from spean.privacy.models import Certificate, TeamKey, UserKey

USER, TEAM = Certificate.Kind.USER, Certificate.Kind.TEAM
#: nobody vouches through more hands than this
LONGEST_CHAIN = 64
_UNCERTIFIED = _("This person's keys have not been certified for this organisation yet.")


@dataclass(frozen=True)
class Claim:
    """What a certificate says."""

    kind: str
    owner: UUID
    epoch: int
    org: UUID
    public_box: bytes
    public_sign: bytes

    def message(self, issuer: UUID, issuer_key: bytes) -> bytes:
        """The bytes that are signed."""
        said = [self.kind, str(self.owner), self.epoch, str(self.org), self.public_box.hex(), self.public_sign.hex()]
        return b"sm-cert-v1|" + json.dumps([*said, str(issuer), issuer_key.hex()], separators=(",", ":")).encode()

    def pin(self) -> tuple[str, UUID, UUID, int, bytes]:
        """What the keystore remembers of it."""
        return str(self.kind), self.org, self.owner, self.epoch, self.public_box + self.public_sign


@transaction.atomic
def certify_user(ring: KeyRing, org: UUID, user: UUID) -> None:
    """Vouch for a user's keys, having compared the fingerprint. The first of an organisation vouches for herself."""
    row = UserKey.objects.select_for_update().filter(user=user).first()
    if row is None:
        raise errors.NotYours
    if keystore().anchor(org) is None:
        if user != ring.user:
            raise errors.NotAllowed(_UNCERTIFIED)
        keystore().pin_anchor(org, bytes(ring.signer.verify_key))
    if _is_trusted(_user_claim(org, row)):
        return
    issue(ring, Claim(str(USER), user, 0, org, bytes(row.public_box), bytes(row.public_sign)))


def certify_new(ring: KeyRing, org: UUID, people: Iterable[KeyRing]) -> None:
    """`certify_user` for people whose keys were just made, by somebody who is trusted. For loading."""
    issuer_key = bytes(ring.signer.verify_key)
    if issuer_key != keystore().anchor(org):
        _require_user(org, ring.user, issuer_key)
    claims = [Claim(str(USER), p.user, 0, org, bytes(p.box.public_key), bytes(p.signer.verify_key)) for p in people]
    Certificate.objects.bulk_create((_signed(ring, claim) for claim in claims), batch_size=500)
    keystore().pin_new(claim.pin() for claim in claims)


def issue(ring: KeyRing, claim: Claim) -> None:
    """Sign and keep a certificate. Older keys of the same owner stop being trusted when the transaction is done."""
    issuer_key = bytes(ring.signer.verify_key)
    if issuer_key != keystore().anchor(claim.org):
        _require_user(claim.org, ring.user, issuer_key)
    _signed(ring, claim).save(force_insert=True)
    keystore().pin(*claim.pin())  # before the commit: a pin without a row is harmless, a row without a pin is refused
    kind, org, owner, _epoch, keys = claim.pin()
    transaction.on_commit(lambda: keystore().retire_pins(kind, org, owner, keep=keys))


def _signed(ring: KeyRing, claim: Claim) -> Certificate:
    issuer_key = bytes(ring.signer.verify_key)
    return Certificate(
        kind=claim.kind,
        owner=claim.owner,
        epoch=claim.epoch,
        org=claim.org,
        public_box=claim.public_box,
        public_sign=claim.public_sign,
        issuer=ring.user,
        issuer_key=issuer_key,
        signature=ring.signer.sign(claim.message(ring.user, issuer_key)).signature,
    )


@remembered
def is_certified(org: UUID, user: UUID) -> bool:
    """Whether keys may be wrapped to this user in this organisation."""
    row = UserKey.objects.filter(user=user).first()
    return row is not None and _is_trusted(_user_claim(org, row))


def certified_among(org: UUID, users: Iterable[UUID]) -> frozenset[UUID]:
    """Those of `users` to whose keys may be wrapped in this organisation, in two queries: for lists."""
    anchor, rows = keystore().anchor(org), list(UserKey.objects.filter(user__in=list(users)))
    if anchor is None or not rows:
        return frozenset()
    said: dict[UUID, list[Certificate]] = {}
    owners = [row.user for row in rows]
    for certificate in Certificate.objects.filter(org=org, kind=USER, owner__in=owners, epoch=0).order_by("-id"):
        said.setdefault(certificate.owner, []).append(certificate)
    claims = [_user_claim(org, row) for row in rows]
    return frozenset(
        c.owner
        for c in claims
        if keystore().is_pinned(*c.pin()) and any(_says(s, c) and _leads_to(anchor, s) for s in said.get(c.owner, ()))
    )


@remembered
def trusted_user_key(org: UUID, user: UUID) -> bytes:
    """The user's X25519 key, fit to be wrapped to; else NotAllowed."""
    row = UserKey.objects.filter(user=user).first()
    if row is None or not _is_trusted(_user_claim(org, row)):
        raise errors.NotAllowed(_UNCERTIFIED)
    return bytes(row.public_box)


@remembered
def trusted_team_key(org: UUID, team: UUID) -> TeamKey:
    """The team's newest epoch, fit to be wrapped to; else Unavailable, for a reporter can do nothing about it."""
    row = newest_team_key(team)
    if row is None or row.org != org:
        raise errors.Unavailable
    if not _is_trusted(Claim(str(TEAM), team, row.epoch, org, bytes(row.public_box), b"")):
        raise errors.Unavailable
    return row


@remembered
def newest_team_key(team: UUID) -> TeamKey | None:
    """The row of the team's newest epoch, as it stands in the table: trusted by nobody yet."""
    return TeamKey.objects.filter(team=team).order_by("-epoch").first()


def _user_claim(org: UUID, row: UserKey) -> Claim:
    return Claim(str(USER), row.user, 0, org, bytes(row.public_box), bytes(row.public_sign))


def _require_user(org: UUID, user: UUID, sign_key: bytes) -> None:
    row = UserKey.objects.filter(user=user).first()
    if row is None or bytes(row.public_sign) != sign_key or not _is_trusted(_user_claim(org, row)):
        raise errors.NotAllowed(_UNCERTIFIED)


def _is_trusted(claim: Claim) -> bool:
    anchor = keystore().anchor(claim.org)
    if anchor is None or not keystore().is_pinned(*claim.pin()):
        return False
    certificates = Certificate.objects.filter(
        org=claim.org,
        kind=claim.kind,
        owner=claim.owner,
        epoch=claim.epoch,
    ).order_by("-id")
    return any(_says(c, claim) and _leads_to(anchor, c) for c in certificates)


def _says(certificate: Certificate, claim: Claim) -> bool:
    return _claim_of(certificate) == claim


def _claim_of(c: Certificate) -> Claim:
    return Claim(c.kind, c.owner, c.epoch, c.org, bytes(c.public_box), bytes(c.public_sign))


def _leads_to(anchor: bytes, certificate: Certificate) -> bool:
    """Walk from a certificate to its issuer's, until the anchor has signed one."""
    link: Certificate | None = certificate
    for _step in range(LONGEST_CHAIN):
        if link is None:
            return False
        message = _claim_of(link).message(link.issuer, bytes(link.issuer_key))
        known = _chains.get((message, bytes(link.signature), anchor))
        if known:
            return True
        if not verifies(bytes(link.issuer_key), message, bytes(link.signature)):
            return False
        if bytes(link.issuer_key) == anchor:
            return _remember(anchor, certificate)
        link = _issuer_of(link)
    return False


def _issuer_of(link: Certificate) -> Certificate | None:
    return (
        Certificate.objects.filter(
            org=link.org,
            kind=USER,
            owner=link.issuer,
            public_sign=bytes(link.issuer_key),
        )
        .exclude(pk=link.pk)
        .order_by("id")
        .first()
    )


#: chains that were followed once. What a signature says does not change, so this never needs to be forgotten.
_chains: dict[tuple[bytes, bytes, bytes], bool] = {}
_MOST_CHAINS = 4096


def _remember(anchor: bytes, certificate: Certificate) -> bool:
    if len(_chains) >= _MOST_CHAINS:
        _chains.clear()
    message = _claim_of(certificate).message(certificate.issuer, bytes(certificate.issuer_key))
    _chains[message, bytes(certificate.signature), anchor] = True
    return True


@lru_cache(maxsize=4096)
def verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature is true."""
    try:
        VerifyKey(public_key).verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True
