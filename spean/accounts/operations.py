"""Every change to organisations, teams and people: found, invite, join, grant a key, hand over, end."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.enums import COMMITTEE_LEVELS, KEY_ROLES, VOUCHED_ROLES, InvitationState, MembershipState, OrganisationKind
from spean.accounts.models import Invitation, Membership, Organisation, Team, User
from spean.accounts.signals import handed_over
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked, NotAllowed, NotYours
from spean.places.models import Place
from spean.privacy import audit, keys, sessions

INVITATION_DAYS = 14

for _verb, _meaning in {
    "organisation.found": _("founded an organisation"),
    "team.add": _("added a team"),
    "invitation.make": _("invited somebody to a team"),
    "invitation.accept": _("accepted an invitation"),
    "invitation.withdraw": _("withdrew an invitation"),
    "membership.end": _("ended a membership"),
    "membership.hand_over": _("handed work over"),
    "keys.grant": _("gave a member the team's key"),
    "keys.rotate": _("changed the team's key"),
    "user.password": _("changed the password"),
    "user.recover": _("opened the keys with the recovery code"),
    "user.recovery_code": _("made a new recovery code"),
}.items():
    audit.register(_verb, _meaning)


@transaction.atomic
def found_organisation(
    actor: Any, *, kind: str, level: str, name_km: str, name_en: str, place: Place | None = None
) -> Organisation:
    """A new organisation; a committee must belong to a place of its level."""
    if not isinstance(actor, access.Named) and not access.may(actor, "organisation.manage"):
        raise NotAllowed
    wanted = COMMITTEE_LEVELS.get(OrganisationKind(kind))
    if wanted and (place is None or place.level != wanted):
        raise Invalid({"place": _("Choose the place that this committee is responsible for.")})
    if wanted and Organisation.objects.filter(kind=kind, place=place).exists():
        raise Invalid({"place": _("This place already has this committee.")})
    made = Organisation.objects.create(kind=kind, level=level, name_km=name_km, name_en=name_en, place=place)
    audit.record(actor, "organisation.found", made, org=made.id)
    return made


@transaction.atomic
def add_team(
    actor: Any,
    organisation: Organisation,
    *,
    name_km: str,
    name_en: str,
    place: Place | None = None,
    receives_reports: bool = False,
) -> Team:
    """A new team of an organisation; it has no key until a member who needs one is there to hold it."""
    if not isinstance(actor, access.Named):
        access.require(actor, "organisation.manage", organisation)
    team = Team.objects.create(
        organisation=organisation, name_km=name_km, name_en=name_en, place=place, receives_reports=receives_reports
    )
    audit.record(actor, "team.add", team, org=organisation.id)
    return team


@transaction.atomic
def invite(actor: Any, team: Team, role: str, *, place: Place | None = None) -> str:
    """An invitation's token, shown once. It expires after INVITATION_DAYS."""
    if not isinstance(actor, access.Named):
        access.require(actor, "team.invite", team)
    token = secrets.token_urlsafe(24)
    made = Invitation.objects.create(
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
    found = team.invitations.filter(pk=invitation_id, state=InvitationState.WAITING).first()
    if found is None:
        raise NotYours
    found.state = InvitationState.WITHDRAWN
    found.save(update_fields=["state"])
    audit.record(actor, "invitation.withdraw", found, org=team.organisation_id)


def find_invitation(token: str) -> Invitation:
    """The waiting invitation that this token opens."""
    found = (
        Invitation.objects.select_related("team__organisation", "place")
        .filter(token_hash=_hash(token), state=InvitationState.WAITING, expires_on__gte=clock.today())
        .first()
    )
    if found is None:
        raise NotYours(_("This invitation has been used, withdrawn, or is older than 14 days. Ask for a new one."))
    return found


@transaction.atomic
def accept_invitation(token: str, *, username: str, name: str, password: str, language: str) -> tuple[User, str]:
    """The new user and their recovery code, which is shown once and printed."""
    invitation = find_invitation(token)
    user = User(username=username, name=name, language=language)
    set_password(user, password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid({"username": _("Somebody already signs in with this name. Choose another.")}) from error
    recovery = keys.make_user_keys(user.id, password)
    joined = join(invitation.team, user, invitation.role, place=invitation.place)
    invitation.state = InvitationState.ACCEPTED
    invitation.save(update_fields=["state"])
    actor = Actor(user.id, user.name)
    audit.record(actor, "invitation.accept", joined, org=invitation.team.organisation_id, reason=invitation.role)
    return user, recovery


def set_password(user: User, password: str) -> None:
    """Check the password's strength and set it, without saving."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise Invalid({"password": error.messages[0]}) from error
    user.set_password(password)


def join(team: Team, user: User, role: str, *, place: Place | None = None) -> Membership:
    """A new active membership. Inside an operation only."""
    if Membership.objects.filter(user=user, team=team, role=role, state=MembershipState.ACTIVE).exists():
        raise Conflict
    return Membership.objects.create(user=user, team=team, role=role, place=place, since=clock.today())


@transaction.atomic
def grant_key(actor: Actor, team_id: UUID, user_id: UUID, *, fingerprint: str) -> None:
    """Vouch for a member's own key and, where the role needs it, give them the team's.

    The giver has compared the fingerprint with the member, by voice, not with a screen. A volunteer is vouched for, so
    that answers to their reports can be sealed to them, and gets no team key.
    """
    team = access.get(actor, "team.see", Team.objects.all(), team_id, to="team.keys")
    if actor.ring is None:
        raise Locked
    membership = team.memberships.filter(user_id=user_id, state=MembershipState.ACTIVE, role__in=VOUCHED_ROLES).first()
    if membership is None:
        raise NotYours
    if fingerprint != keys.fingerprint(user_id):
        raise Invalid({"fingerprint": _("These are not the words that belong to this person. Do not go on; call them.")})
    keys.certify_user(actor.ring, team.organisation_id, user_id)
    if membership.role in KEY_ROLES:
        keys.grant_team(actor.ring, team.organisation_id, team.id, user_id)
    audit.record(actor, "keys.grant", membership, org=team.organisation_id)


@transaction.atomic
def start_team_key(actor: Actor, team_id: UUID) -> None:
    """The first member with a key role makes the team's key."""
    team = access.get(actor, "team.see", Team.objects.all(), team_id, to="team.keys")
    if actor.ring is None:
        raise Locked
    if keys.has_team_key(team.id):
        raise Conflict
    keys.certify_user(actor.ring, team.organisation_id, actor.id)
    keys.make_team_key(actor.ring, team.organisation_id, team.id)
    audit.record(actor, "keys.grant", team, org=team.organisation_id)


@transaction.atomic
def rotate_key(actor: Actor, team_id: UUID) -> None:
    """A new epoch of the team's key, after somebody left."""
    team = access.get(actor, "team.see", Team.objects.all(), team_id, to="team.keys")
    if actor.ring is None:
        raise Locked
    keys.rotate_team(actor.ring, team.organisation_id, team.id)
    audit.record(actor, "keys.rotate", team, org=team.organisation_id)


@transaction.atomic
def end_membership(actor: Any, membership_id: UUID) -> None:
    """The person leaves the team: at once without its key, and signed out everywhere."""
    membership = _membership(actor, membership_id, "membership.end")
    membership.state = MembershipState.ENDED
    membership.until = clock.today()
    membership.save(update_fields=["state", "until"])
    still_needs = membership.team.memberships.filter(
        user=membership.user, state=MembershipState.ACTIVE, role__in=KEY_ROLES
    ).exists()
    if not still_needs:
        keys.revoke_team(membership.team_id, membership.user_id)
    sessions.lock_user(membership.user_id)
    if not membership.user.memberships.filter(state=MembershipState.ACTIVE).exists():
        membership.user.is_active = False
        membership.user.save(update_fields=["is_active"])
    audit.record(actor, "membership.end", membership, org=membership.team.organisation_id)


@transaction.atomic
def hand_over(actor: Actor, membership_id: UUID, *, to_membership_id: UUID) -> None:
    """Everything that the first person holds in the team goes to the second."""
    giver = _membership(actor, membership_id, "membership.hand_over")
    taker = giver.team.memberships.filter(pk=to_membership_id, state=MembershipState.ACTIVE).exclude(pk=giver.pk).first()
    if taker is None:
        raise Invalid({"to": _("Choose another active member of the same team.")})
    handed_over.send(sender=Membership, actor=actor, team=giver.team_id, giver=giver.user_id, taker=taker.user_id)
    audit.record(actor, "membership.hand_over", giver, org=giver.team.organisation_id, reason=str(taker.user_id))


@transaction.atomic
def change_password(actor: Actor, user: User, *, old: str, new: str) -> None:
    """A new password; the keys are sealed again under it."""
    ring = keys.unlock(user.id, old) if user.check_password(old) else None
    if ring is None:
        raise Invalid({"old": _("This is not your present password.")})
    _reseal(actor, user, ring, new, "user.password")


@transaction.atomic
def recover(username: str, *, code: str, password: str) -> User:
    """Open the keys with the printed recovery code and set a new password."""
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    ring = keys.unlock_with_recovery(user.id, code) if user else None
    if user is None or ring is None:
        raise Invalid({"code": _("This name and recovery code do not belong together. Check the printed sheet.")})
    _reseal(Actor(user.id, user.name), user, ring, password, "user.recover")
    return user


def _reseal(actor: Actor, user: User, ring: keys.KeyRing, password: str, verb: str) -> None:
    set_password(user, password)
    user.save(update_fields=["password"])
    keys.change_password(user.id, ring, password)
    sessions.lock_user(user.id)
    for org in _orgs(user):
        audit.record(actor, verb, user, org=org)


@transaction.atomic
def new_recovery_code(actor: Actor, user: User) -> str:
    """A new printed recovery code; the old one stops working."""
    if actor.ring is None:
        raise Locked
    code = keys.new_recovery_code(user.id, actor.ring)
    for org in _orgs(user):
        audit.record(actor, "user.recovery_code", user, org=org)
    return code


def _orgs(user: User) -> list[UUID]:
    teams = user.memberships.filter(state=MembershipState.ACTIVE).values_list("team__organisation", flat=True)
    return list(teams.distinct())


def _membership(actor: Any, membership_id: UUID, action: str) -> Membership:
    memberships = Membership.objects.select_related("team", "user")
    if actor is SYSTEM:
        return memberships.get(pk=membership_id)
    return access.get(actor, action, memberships, membership_id)


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
