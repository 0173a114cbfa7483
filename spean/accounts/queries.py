"""Reads of people and teams, returned ready to show."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor, Seat
from spean.accounts.enums import KEY_ROLES, VOUCHED_ROLES, InvitationState, MembershipState, Role
from spean.accounts.models import Membership, Organisation, Team, User
from spean.kernel import clock
from spean.privacy import keys


@dataclass(frozen=True)
class MemberRow:
    """One member of a team."""

    id: UUID
    user: UUID
    name: str
    username: str
    role: str
    role_code: str
    place: str
    since: date
    needs_key: bool
    has_key: bool


@dataclass(frozen=True)
class InvitationRow:
    """One waiting invitation."""

    id: UUID
    role: str
    place: str
    expires_on: date


@dataclass(frozen=True)
class TeamPage:
    """A team as its supervisor or administrator sees it."""

    id: UUID
    name: str
    organisation: str
    has_key: bool
    may_give_keys: bool
    members: tuple[MemberRow, ...]
    invitations: tuple[InvitationRow, ...]


def actor_for(user: User, ring: keys.KeyRing | None = None) -> Actor:
    """The actor that a signed-in user is, with the seats they have at this moment."""
    rows = user.memberships.filter(state=MembershipState.ACTIVE).select_related("team__organisation__place", "place")
    return Actor(user.id, user.name, tuple(_seat(m) for m in rows), ring)


def _seat(membership: Membership) -> Seat:
    organisation = membership.team.organisation
    return Seat(
        team=membership.team_id,
        org=organisation.id,
        role=membership.role,
        place_path=membership.place.path if membership.place else "",
        org_kind=organisation.kind,
        org_path=organisation.place.path if organisation.place else "",
    )


def teams(actor: Actor) -> list[tuple[UUID, str, str]]:
    """(id, team, organisation) of the teams whose people this actor manages."""
    found = access.visible(actor, "team.see", Team.objects.select_related("organisation")).order_by("name_en")
    return [(t.id, t.name, t.organisation.name) for t in found]


def team_page(actor: Actor, team_id: UUID) -> TeamPage:
    """One team with its members and waiting invitations."""
    team = access.get(actor, "team.see", Team.objects.select_related("organisation"), team_id)
    members = team.memberships.filter(state=MembershipState.ACTIVE).select_related("user", "place", "team").order_by("role", "user__name")
    holders = frozenset(keys.holders(team.id))
    waiting = team.invitations.filter(state=InvitationState.WAITING, expires_on__gte=clock.today()).select_related("place")
    return TeamPage(
        id=team.id,
        name=team.name,
        organisation=team.organisation.name,
        has_key=keys.has_team_key(team.id),
        may_give_keys=access.decide(actor, "team.keys", team).allowed,
        members=tuple(_member(m, holders) for m in members),
        invitations=tuple(
            InvitationRow(i.id, str(Role(i.role).label), _place_name(i), i.expires_on) for i in waiting.order_by("expires_on")
        ),
    )


def _member(m: Membership, holders: frozenset[UUID]) -> MemberRow:
    needs = m.role in VOUCHED_ROLES
    return MemberRow(
        id=m.id,
        user=m.user_id,
        name=m.user.name,
        username=m.user.username,
        role=str(Role(m.role).label),
        role_code=m.role,
        place=_place_name(m),
        since=m.since,
        needs_key=needs,
        has_key=m.user_id in holders if m.role in KEY_ROLES else needs and keys.is_certified(m.team.organisation_id, m.user_id),
    )


def _place_name(row: Membership | object) -> str:
    place = getattr(row, "place", None)
    return place.name if place else ""


def colleagues(actor: Actor, team_id: UUID) -> list[tuple[UUID, str]]:
    """(user id, name) of the case workers and supervisors of a team in which the actor has a seat."""
    if team_id not in {s.team for s in actor.seats}:
        return []
    found = Membership.objects.filter(team=team_id, state=MembershipState.ACTIVE, role__in=KEY_ROLES).select_related("user")
    return sorted({(m.user_id, m.user.name) for m in found}, key=lambda pair: pair[1])


def organisations(actor: Actor) -> list[Organisation]:
    """The organisations in which the actor has a seat."""
    return list(access.visible(actor, "organisation.see", Organisation.objects.all()))
