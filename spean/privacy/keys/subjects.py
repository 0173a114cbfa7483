"""Data keys: made for a subject, shared, withdrawn, erased."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.kernel import errors
from spean.privacy import loading
from spean.privacy.keys import wraps
from spean.privacy.keys.certificates import trusted_user_key
from spean.privacy.keys.ring import KeyRing, receipt_id
from spean.privacy.keys.teams import usable_team_key
from spean.privacy.keystore import keystore
from spean.privacy.models import DataKeyWrap, ErasureDue, TeamKey
from spean.privacy.sealing import key_id

To = DataKeyWrap.To
_LAST = _("No other team could open this any more. Share it first, or erase it.")


@dataclass(frozen=True)
class Reader:
    """Somebody who can open a subject: a team, a user or a receipt."""

    kind: str
    id: UUID
    epoch: int
    granted_by: UUID | None


@dataclass(frozen=True)
class Wanted:
    """A subject that needs a data key, and who shall open it."""

    subject: UUID
    org: UUID
    teams: Iterable[UUID]
    users: Iterable[UUID] = ()
    receipt_key: bytes | None = None


def new_subject(
    subject: UUID,
    *,
    org: UUID,
    teams: Iterable[UUID],
    users: Iterable[UUID] = (),
    receipt_key: bytes | None = None,
) -> bytes:
    """Make a subject's data key, wrapped to these readers, and return it: `new_subjects` for one."""
    return new_subjects([Wanted(subject, org, teams, users, receipt_key)])[0]


def new_subjects(wanted: Sequence[Wanted]) -> list[bytes]:
    """Make data keys, each wrapped to its readers, and return them. Needs no key: anyone can send, none can read.

    Unavailable when a team's key is missing, not certified or held by nobody; NotAllowed for a user's; Conflict for a
    subject that has one already or was erased.
    """
    subjects = [w.subject for w in wanted]
    if len(set(subjects)) != len(subjects) or DataKeyWrap.objects.filter(subject__in=subjects).exists():
        raise errors.Conflict
    secrets = {subject: os.urandom(wraps.SECRET_SIZE) for subject in subjects}
    with transaction.atomic(savepoint=loading.current() is None):  # what fails while much is loaded ends all of it
        DataKeyWrap.objects.bulk_create([row for w in wanted for row in _wrapped(w, secrets[w.subject])])
        with keystore().later():  # durable before the caller's transaction is
            kept = keystore().entries(subjects)
            tokens = {s: kept[s].token if s in kept else os.urandom(32) for s in subjects}
            made = {s: wraps.data_key(secrets[s], tokens[s]) for s in subjects}
            for subject, key in made.items():
                keystore().put(subject, tokens[subject], key_id(key))
    return [made[s] for s in subjects]


def _wrapped(wanted: Wanted, secret: bytes) -> list[DataKeyWrap]:
    rows = [_for_team(wanted.subject, secret, usable_team_key(wanted.org, team)) for team in dict.fromkeys(wanted.teams)]
    for user in dict.fromkeys(wanted.users):
        blob = wraps.to_public(secret, trusted_user_key(wanted.org, user))
        rows.append(DataKeyWrap(subject=wanted.subject, kind=To.USER, recipient=user, blob=blob))
    if wanted.receipt_key is not None:
        blob = wraps.to_public(secret, wanted.receipt_key)
        rows.append(DataKeyWrap(subject=wanted.subject, kind=To.RECEIPT, recipient=receipt_id(wanted.receipt_key), blob=blob))
    if not rows:
        raise ValueError("Nobody could open this subject.")
    return rows


@transaction.atomic
def share_subject(ring: KeyRing, subject: UUID, *, to_team: UUID, org: UUID) -> None:
    """Let another team (of organisation `org`) open a subject that this user can open. Signed by who shares."""
    secret = ring.open_subject(subject).secret
    team = usable_team_key(org, to_team)
    if DataKeyWrap.objects.filter(subject=subject, kind=To.TEAM, recipient=to_team, epoch=team.epoch).exists():
        return
    own = ring.team_secrets([to_team]).get((to_team, team.epoch))
    row = _for_team(subject, secret, team)
    if own is not None and own.public == bytes(team.public_box):
        row.blob = wraps.to_team(secret, own, subject, team.epoch)
    row.granted_by = ring.user
    row.signature = ring.signer.sign(_grant(row)).signature
    row.save()


@transaction.atomic
def withdraw_subject(subject: UUID, team: UUID) -> None:
    """Take a subject from a team; Conflict when no other team could open it."""
    wrapped = DataKeyWrap.objects.select_for_update().filter(subject=subject, kind=To.TEAM)
    if not wrapped.filter(recipient=team).exists():
        return
    if not wrapped.exclude(recipient=team).exists():
        raise errors.Conflict(_LAST)
    wrapped.filter(recipient=team).delete()


@transaction.atomic
def erase_subject(subject: UUID) -> None:
    """Make a subject unreadable for good, in every backup too. The token goes once the transaction is done."""
    ErasureDue.objects.get_or_create(subject=subject)
    DataKeyWrap.objects.filter(subject=subject).delete()
    transaction.on_commit(lambda: _erase(subject))


def finish_erasures() -> int:
    """Erase what was decided but cut short (a stop between the commit and the keystore); returns how many."""
    due = list(ErasureDue.objects.values_list("subject", flat=True))
    for subject in due:
        _erase(subject)
    return len(due)


def readers(subject: UUID) -> list[Reader]:
    """Who can open a subject."""
    rows = DataKeyWrap.objects.filter(subject=subject).order_by("pk")
    return [Reader(r.kind, r.recipient, r.epoch, r.granted_by) for r in rows]


def _erase(subject: UUID) -> None:
    keystore().erase(subject)
    ErasureDue.objects.filter(subject=subject).delete()


def _for_team(subject: UUID, secret: bytes, team: TeamKey) -> DataKeyWrap:
    blob = wraps.to_public(secret, bytes(team.public_box))
    return DataKeyWrap(subject=subject, kind=To.TEAM, recipient=team.team, epoch=team.epoch, blob=blob)


def _grant(row: DataKeyWrap) -> bytes:
    return f"sm-grant-v1|{row.subject}|{row.kind}|{row.recipient}|{row.epoch}|".encode() + bytes(row.blob)
