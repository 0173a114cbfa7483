"""Invitations: a link, shown once, that lets one person join one team in one role."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import InvitationState, Role
from spean.accounts.models import Invitation, Team, User
from spean.accounts.names import checked_name, checked_sign_in_name
from spean.accounts.operations.members import join
from spean.accounts.operations.own import set_password
from spean.accounts.queries import may_invite_to
from spean.kernel import clock, ids
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.places.models import Place
from spean.privacy import audit, keys

INVITATION_DAYS = 14
_TAKEN = _("Somebody already signs in with this name. Choose another.")
_GONE = _("This invitation has been used, withdrawn, or is older than 14 days. Ask for a new one.")
_MADE = _("This invitation was made already, and its link is shown only once. Withdraw it and make another.")


@transaction.atomic
def invite(actor: Any, team: Team, role: str, *, place: Place | None = None, sent_id: UUID | None = None) -> str:
    """An invitation's token, shown once. It expires after INVITATION_DAYS."""
    if not isinstance(actor, access.Named):
        access.require(actor, "team.invite", team)
        if role not in dict(may_invite_to(actor, team.id)):
            raise Invalid({"role": _("You cannot invite somebody to this role.")})
    if role == Role.VOLUNTEER and place is None:
        raise Invalid({"place": _("Choose the volunteer's village.")})
    if sent_id is not None and Invitation.objects.filter(pk=sent_id).exists():
        raise Conflict(_MADE)
    token = secrets.token_urlsafe(24)
    made = Invitation.objects.create(
        id=sent_id or ids.new_id(),
        team=team,
        role=role,
        place=place,
        token_hash=_hash(token),
        invited_by_id=getattr(actor, "id", None),
        expires_on=clock.today() + timedelta(days=INVITATION_DAYS),
    )
    audit.record(actor, "invitation.make", made, org=team.organisation_id, reason=role)
    return token


@transaction.atomic
def withdraw_invitation(actor: Actor, team_id: UUID, invitation_id: UUID) -> None:
    """The link stops working."""
    team = access.get(actor, "team.see", Team.objects.all(), team_id, to="team.invite")
    found = team.invitations.select_for_update().filter(pk=invitation_id, state=InvitationState.WAITING).first()
    if found is None:
        raise NotYours
    found.state = InvitationState.WITHDRAWN
    found.save(update_fields=["state"])
    audit.record(actor, "invitation.withdraw", found, org=team.organisation_id)


def find_invitation(token: str) -> Invitation:
    """The waiting invitation that this token opens."""
    return _first(_waiting(token))


@transaction.atomic
def accept_invitation(token: str, *, username: str, name: str, password: str, language: str) -> tuple[User, str]:
    """The new user and their recovery code, which is shown once and printed."""
    invitation = _first(_waiting(token).select_for_update(of=("self",)))
    user = User(username=checked_sign_in_name(username), name=checked_name(name), language=language)
    set_password(user, password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid({"username": _TAKEN}) from error
    recovery = keys.make_user_keys(user.id, password)
    _use(invitation, user)
    return user, recovery


@transaction.atomic
def accept_as(actor: Actor, token: str) -> UUID:
    """Somebody who signs in already joins one more team; returns the team's id."""
    invitation = _first(_waiting(token).select_for_update(of=("self",)))
    _use(invitation, User.objects.get(pk=actor.id))
    return invitation.team_id


def _use(invitation: Invitation, user: User) -> None:
    joined = join(invitation.team, user, invitation.role, place=invitation.place)
    invitation.state = InvitationState.ACCEPTED
    invitation.save(update_fields=["state"])
    org = invitation.team.organisation_id
    audit.record(Actor(user.id, user.name), "invitation.accept", joined, org=org, reason=invitation.role)


def _waiting(token: str) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(token_hash=_hash(token), state=InvitationState.WAITING)
    return found.filter(expires_on__gte=clock.today()).select_related("team__organisation", "place")


def _first(found: QuerySet[Invitation]) -> Invitation:
    invitation = found.first()
    if invitation is None:
        raise NotYours(_GONE)
    return invitation


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
