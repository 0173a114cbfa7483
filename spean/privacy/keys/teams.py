"""Team keys: epochs, members' wraps of them, and the re-wrapping of data keys when an epoch ends."""

import hmac
import logging
import os
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from spean.kernel import errors
from spean.privacy.keys import wraps
from spean.privacy.keys.certificates import TEAM, Claim, issue, newest_team_key, trusted_team_key, trusted_user_key
from spean.privacy.keys.ring import KeyRing, checked
from spean.privacy.keystore import keystore
from spean.privacy.loading import remembered
from spean.privacy.models import DataKeyWrap, TeamKey, TeamWrap
from spean.privacy.sealing import BrokenSeal

_INTAKE = "intake"
log = logging.getLogger(__name__)
_LAST = _("This person is the last one with the team's key. Give the key to somebody else first, or what it opens is lost.")
#: wraps moved in one transaction: few, so that nobody who sends waits long
_BATCH = 50


@transaction.atomic
def make_team_key(ring: KeyRing, org: UUID, team: UUID) -> None:
    """Give a team its first key; the maker holds it. Conflict when it has one."""
    if TeamKey.objects.filter(team=team).exists():
        raise errors.Conflict
    own_key = trusted_user_key(org, ring.user)
    secret = _new_epoch(ring, org, team, 1)
    _wrap_to(team, 1, ring.user, own_key, secret)


@transaction.atomic
def grant_team(ring: KeyRing, org: UUID, team: UUID, user: UUID) -> None:
    """Let a certified user hold the team's key, every epoch that the granter holds. Only a holder can."""
    epoch = trusted_team_key(org, team).epoch
    ring.team_secret(team, epoch)
    public_key = trusted_user_key(org, user)
    for (_team, number), secret in ring.team_secrets([team]).items():
        _wrap_to(team, number, user, public_key, secret)


@transaction.atomic
def revoke_team(team: UUID, user: UUID) -> None:
    """Take the team's key from a user, every epoch, and mark it stale. Conflict if nobody else could open the rest."""
    TeamKey.objects.select_for_update().filter(team=team).count()
    held = TeamWrap.objects.filter(team=team, user=user)
    if not held.exists():
        return
    others = TeamWrap.objects.filter(team=team).exclude(user=user)
    if not others.exists() and DataKeyWrap.objects.filter(kind=DataKeyWrap.To.TEAM, recipient=team).exists():
        raise errors.Conflict(_LAST)
    held.delete()
    TeamKey.objects.filter(team=team).update(stale=True)


@transaction.atomic
def revoke_user(user: UUID) -> None:
    """Take everything from a user who leaves for good: every team's key, and what was wrapped to her alone."""
    for team in TeamWrap.objects.filter(user=user).order_by("team").values_list("team", flat=True).distinct():
        revoke_team(team, user)
    DataKeyWrap.objects.filter(kind=DataKeyWrap.To.USER, recipient=user).delete()


@transaction.atomic
def rotate_team(ring: KeyRing, org: UUID, team: UUID) -> int:
    """A new epoch for those who hold the present one; returns its number.

    Safe to call again: when the present epoch is fresh and older wraps still wait for it, it goes on with that one.
    """
    TeamKey.objects.select_for_update().filter(team=team).count()
    current = trusted_team_key(org, team)
    ring.team_secret(team, current.epoch)
    if not current.stale and current.epoch > 1 and _old_wraps(team, current.epoch).exists():
        return current.epoch
    epoch = current.epoch + 1
    secret = _new_epoch(ring, org, team, epoch)
    for user in TeamWrap.objects.filter(team=team, epoch=current.epoch).values_list("user", flat=True):
        try:
            _wrap_to(team, epoch, user, trusted_user_key(org, user), secret)
        except errors.NotAllowed:  # a holder whose key is no longer certified keeps what she had and gets nothing new
            log.warning("team %s epoch %s: user %s is not certified and was left out", team, epoch, user)
    return epoch


def rewrap_some(ring: KeyRing, team: UUID, limit: int) -> int:
    """Move up to `limit` data keys to the newest epoch; returns how many. Stop it anywhere and call it again."""
    current = TeamKey.objects.filter(team=team).order_by("-epoch").first()
    if current is None:
        return 0
    current = trusted_team_key(current.org, team)
    secrets = {epoch: s for (_team, epoch), s in ring.team_secrets([team]).items()}
    secrets[current.epoch] = ring.team_secret(team, current.epoch)
    done = last = 0
    while done < limit:
        waiting = _old_wraps(team, current.epoch).filter(pk__gt=last, epoch__in=secrets)
        batch = list(waiting.order_by("pk")[: min(limit - done, _BATCH)])
        if not batch:
            break
        last = batch[-1].pk
        with transaction.atomic():
            done += sum(_rewrap(wrap, secrets, current.epoch) for wrap in batch)
    return done


def team_waiting(team: UUID) -> list[UUID]:
    """The subjects whose data key is wrapped to an older epoch only: `rewrap_some` has them before it."""
    epoch = current_epoch(team)
    return list(_old_wraps(team, epoch).order_by("pk").values_list("subject", flat=True).distinct()) if epoch else []


@remembered
def has_team_key(team: UUID) -> bool:
    """Whether something can be sealed to the team now: its key is certified, and somebody holds it."""
    row = newest_team_key(team)
    if row is None or not _is_held(team, row.epoch):
        return False
    try:
        trusted_team_key(row.org, team)
    except errors.Unavailable:
        return False
    return True


def holds_team_key(user: UUID, team: UUID) -> bool:
    """Whether the user holds the team's newest epoch."""
    epoch = current_epoch(team)
    return epoch is not None and TeamWrap.objects.filter(team=team, epoch=epoch, user=user).exists()


def holders(team: UUID) -> list[UUID]:
    """The users who hold the team's newest epoch."""
    rows = TeamWrap.objects.filter(team=team, epoch=current_epoch(team) or 0)
    return list(rows.order_by("pk").values_list("user", flat=True))


def designate_intake(org: UUID, team: UUID, place_path: str) -> None:
    """Note in the keystore that a team reads what people report from a place ("" for everywhere).

    Outside the database, so that nobody who writes in its tables can lead reports to a team of their own.
    """
    keystore().pin(_INTAKE, org, team, 0, place_path.encode())


def is_intake(org: UUID, team: UUID, place_path: str) -> bool:
    """Whether a team of this organisation was designated for this place, and has a key."""
    return keystore().is_pinned(_INTAKE, org, team, 0, place_path.encode()) and has_team_key(team)


def holders_among(teams: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """(team, user) for every holder of the newest epoch of each of these teams, in two queries."""
    wanted = list(teams)
    newest = dict(TeamKey.objects.filter(team__in=wanted).order_by("epoch").values_list("team", "epoch"))
    rows = TeamWrap.objects.filter(team__in=wanted).values_list("team", "user", "epoch")
    return {(team, user) for team, user, epoch in rows if newest.get(team) == epoch}


def current_epoch(team: UUID) -> int | None:
    """The newest epoch's number."""
    return TeamKey.objects.filter(team=team).order_by("-epoch").values_list("epoch", flat=True).first()


def is_stale(team: UUID) -> bool:
    """Whether somebody left since the newest epoch was made."""
    return bool(TeamKey.objects.filter(team=team).order_by("-epoch").values_list("stale", flat=True).first())


def usable_team_key(org: UUID, team: UUID) -> TeamKey:
    """The certified newest epoch, if anybody could open what is wrapped to it; else Unavailable."""
    row = trusted_team_key(org, team)
    if not _is_held(team, row.epoch):
        raise errors.Unavailable
    return row


@remembered
def _is_held(team: UUID, epoch: int) -> bool:
    return TeamWrap.objects.filter(team=team, epoch=epoch).exists()


def _new_epoch(ring: KeyRing, org: UUID, team: UUID, epoch: int) -> wraps.TeamSecret:
    secret = wraps.TeamSecret(os.urandom(wraps.SECRET_SIZE))
    TeamKey.objects.create(team=team, org=org, epoch=epoch, public_box=secret.public)
    issue(ring, Claim(str(TEAM), team, epoch, org, secret.public, b""))
    return secret


def _wrap_to(team: UUID, epoch: int, user: UUID, public_key: bytes, secret: wraps.TeamSecret) -> None:
    blob = wraps.to_public(secret.seed, public_key)
    TeamWrap.objects.update_or_create(team=team, epoch=epoch, user=user, defaults={"blob": blob})


def _old_wraps(team: UUID, epoch: int) -> QuerySet[DataKeyWrap]:
    return DataKeyWrap.objects.filter(kind=DataKeyWrap.To.TEAM, recipient=team, epoch__lt=epoch)


@transaction.atomic(savepoint=False)
def _rewrap(old: DataKeyWrap, secrets: dict[int, wraps.TeamSecret], epoch: int) -> int:
    """Move one wrap; 1 if it moved. The old one goes only after the new one, read back, gave the same secret."""
    entry = keystore().entries([old.subject]).get(old.subject)
    if entry is None:  # erased: the wrap opens nothing
        old.delete()
        return 0
    try:
        secret = checked(wraps.open_with_team(bytes(old.blob), secrets[old.epoch], old.subject, old.epoch), entry).secret
    except BrokenSeal:
        log.error("team %s: a wrap of subject %s does not open and was left in place", old.recipient, old.subject)  # noqa: TRY400 - the trace would tell nothing more
        return 0
    key: dict[str, Any] = {"subject": old.subject, "kind": old.kind, "recipient": old.recipient, "epoch": epoch}
    if not _reads_back(key, secrets[epoch], secret):
        blob = wraps.to_team(secret, secrets[epoch], old.subject, epoch)
        grant = {"granted_by": None, "signature": None}
        DataKeyWrap.objects.update_or_create(**key, defaults={"blob": blob, **grant})
        if not _reads_back(key, secrets[epoch], secret):
            raise BrokenSeal
    old.delete()
    return 1


def _reads_back(key: dict[str, Any], team: wraps.TeamSecret, secret: bytes) -> bool:
    row = DataKeyWrap.objects.filter(**key).first()
    if row is None:
        return False
    try:
        found = wraps.open_with_team(bytes(row.blob), team, row.subject, row.epoch)
    except BrokenSeal:
        return False
    return hmac.compare_digest(found, secret)
