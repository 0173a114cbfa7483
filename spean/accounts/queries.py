"""Reads of people and teams, returned ready to show."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from spean.accounts import access
from spean.accounts.access import Actor, Seat
from spean.accounts.enums import (
    INVITES,
    KEY_ROLES,
    VOUCHED_ROLES,
    Browser,
    DeviceKind,
    InvitationState,
    MembershipState,
    Role,
)
from spean.accounts.models import Device, Membership, Organisation, Team, User
from spean.kernel import clock
from spean.privacy import keys

MOST_DEVICES = 50


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
    holds_work: bool


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
    #: whether the reader holds the team's key, and whether somebody vouched for her own
    holds_key: bool = False
    is_vouched: bool = False
    #: somebody left since the key was made; how many things still lie under an older key
    is_stale: bool = False
    waiting: int = 0


@dataclass(frozen=True)
class SeatRow:
    """One role of the reader's own."""

    role: str
    team: str
    organisation: str
    place: str


@dataclass(frozen=True)
class OwnPage:
    """What people see of themselves."""

    name: str
    username: str
    language: str
    fingerprint: str
    has_second_factor: bool
    passkeys: int
    must_have_second_factor: bool
    spare_codes: int
    seats: tuple[SeatRow, ...]


#: what a seat is made of, in the order of its fields
_SEAT = (
    "team_id",
    "team__organisation_id",
    "role",
    "place__path",
    "team__organisation__kind",
    "team__organisation__place__path",
)


def actor_for(user: User, ring: keys.KeyRing | None = None) -> Actor:
    """The actor that a signed-in user is, with the seats they have at this moment. Asked at every page of the desk."""
    rows = user.memberships.filter(state=MembershipState.ACTIVE).values_list(*_SEAT)
    seats = (Seat(team, org, role, place or "", kind, path or "") for team, org, role, place, kind, path in rows)
    return Actor(user.id, user.name, tuple(seats), ring)


def team_name(team: Team | None) -> str:
    """A team and its organisation; nothing for none."""
    return f"{team.organisation.name} · {team.name}" if team else ""


def desks() -> QuerySet[Team]:
    """The teams in which somebody works with cases, with their organisations, in their order."""
    seats = Membership.objects.filter(role__in=KEY_ROLES, state=MembershipState.ACTIVE).values("team")
    found = Team.objects.filter(pk__in=seats).select_related("organisation")
    return found.order_by("organisation__name_en", "name_en", "id")


def teams(actor: Actor) -> list[tuple[UUID, str, str]]:
    """(id, team, organisation) of the teams whose people this actor manages."""
    found = access.visible(actor, "team.see", Team.objects.select_related("organisation")).order_by("name_en")
    return [(t.id, t.name, t.organisation.name) for t in found]


def team_page(actor: Actor, team_id: UUID) -> TeamPage:
    """One team with its members and waiting invitations."""
    team = access.get(actor, "team.see", Team.objects.select_related("organisation"), team_id)
    org, holders = team.organisation_id, frozenset(keys.holders(team.id))
    members = list(_active(team).order_by("role", "user__name"))
    vouched = keys.certified_among(org, {actor.id, *(m.user_id for m in members)})
    waiting = team.invitations.filter(state=InvitationState.WAITING, expires_on__gte=clock.today()).select_related("place")
    may_give_keys = access.decide(actor, "team.keys", team).allowed
    return TeamPage(
        id=team.id,
        name=team.name,
        organisation=team.organisation.name,
        has_key=keys.has_team_key(team.id),
        may_give_keys=may_give_keys,
        members=tuple(_member(m, holders, vouched) for m in members),
        invitations=tuple(
            InvitationRow(i.id, str(Role(i.role).label), _place_name(i), i.expires_on) for i in waiting.order_by("expires_on")
        ),
        holds_key=actor.id in holders,
        is_vouched=actor.id in vouched,
        is_stale=keys.is_stale(team.id),
        waiting=len(keys.team_waiting(team.id)) if may_give_keys else 0,
    )


def _active(team: Team) -> QuerySet[Membership]:
    return team.memberships.filter(state=MembershipState.ACTIVE).select_related("user", "place")


def _member(m: Membership, holders: frozenset[UUID], vouched: frozenset[UUID]) -> MemberRow:
    return MemberRow(
        id=m.id,
        user=m.user_id,
        name=m.user.name,
        username=m.user.username,
        role=str(Role(m.role).label),
        role_code=m.role,
        place=_place_name(m),
        since=m.since,
        needs_key=m.role in VOUCHED_ROLES,
        has_key=m.user_id in holders if m.role in KEY_ROLES else m.role in VOUCHED_ROLES and m.user_id in vouched,
        holds_work=m.role in KEY_ROLES,
    )


def member(actor: Actor, membership_id: UUID, action: str) -> tuple[MemberRow, UUID, list[tuple[UUID, str]]]:
    """One member to whom the actor may do `action`; the team's id; and the others who could take the work over."""
    found = access.get(actor, action, Membership.objects.select_related("user", "place", "team"), membership_id)
    others = _active(found.team).exclude(user=found.user_id)
    if found.role in KEY_ROLES:
        others = others.filter(role__in=KEY_ROLES)
    takers = [(m.id, f"{m.user.name} ({Role(m.role).label})") for m in others.order_by("user__name")]
    row = _member(
        found, frozenset(keys.holders(found.team_id)), keys.certified_among(found.team.organisation_id, [found.user_id])
    )
    return row, found.team_id, takers


def may_invite_to(actor: Actor, team_id: UUID) -> list[tuple[str, str]]:
    """(code, word) of the roles to which the actor may invite into this team."""
    team = access.get(actor, "team.see", Team.objects.all(), team_id, to="team.invite")
    org_wide = Role.ORGANISATION_ADMINISTRATOR
    seats = [s for s in actor.seats if s.team == team.id or (s.org == team.organisation_id and s.role == org_wide)]
    allowed = {r for s in seats for r in INVITES.get(Role(s.role), ())}
    return [(r.value, str(r.label)) for r in Role if r in allowed]


def colleagues_to_vouch_for(actor: Actor) -> list[tuple[UUID, str]]:
    """(user id, name and team) of supervisors of the same organisation for whose keys nobody has vouched."""
    found = access.visible(actor, "colleague.vouch", Membership.objects.select_related("user", "team")).order_by("user__name")
    return [
        (m.user_id, f"{m.user.name} ({m.team.name})") for m in found if not keys.is_certified(m.team.organisation_id, m.user_id)
    ]


def must_have_second_factor(user: User) -> bool:
    """Whether an organisation of this person asks for the second step at sign-in."""
    return user.memberships.filter(state=MembershipState.ACTIVE, team__organisation__requires_second_factor=True).exists()


def own_page(actor: Actor) -> OwnPage:
    """The reader's own page."""
    user = User.objects.get(pk=actor.id)
    rows = user.memberships.filter(state=MembershipState.ACTIVE).select_related("team__organisation", "place").order_by("since")
    found = list(Authenticator.objects.filter(user=user))
    factors = {a.type: a.wrap() for a in found if a.type != Authenticator.Type.WEBAUTHN}
    spare = factors.get(Authenticator.Type.RECOVERY_CODES)
    return OwnPage(
        name=user.name,
        username=user.username,
        language=user.language,
        fingerprint=keys.fingerprint(user.id) if keys.has_keys(user.id) else "",
        has_second_factor=Authenticator.Type.TOTP in factors,
        passkeys=sum(a.type == Authenticator.Type.WEBAUTHN for a in found),
        must_have_second_factor=must_have_second_factor(user),
        spare_codes=len(spare.get_unused_codes()) if spare else 0,
        seats=tuple(SeatRow(str(Role(m.role).label), m.team.name, m.team.organisation.name, _place_name(m)) for m in rows),
    )


def _place_name(row: Membership | object) -> str:
    place = getattr(row, "place", None)
    return place.name if place else ""


@dataclass(frozen=True)
class DeviceRow:
    """Where the reader is signed in."""

    id: UUID
    kind: str
    browser: str
    first_on: date
    last_on: date
    is_here: bool


def devices(actor: Actor, here: UUID | None) -> tuple[DeviceRow, ...]:
    """The reader's own, the one in use first."""
    rows = Device.objects.filter(user=actor.id).order_by("-last_on", "-first_on", "pk")[:MOST_DEVICES]
    found = [
        DeviceRow(d.id, str(DeviceKind(d.kind).label), str(Browser(d.browser).label), d.first_on, d.last_on, d.id == here)
        for d in rows
    ]
    return tuple(sorted(found, key=lambda d: not d.is_here))


def colleagues(actor: Actor, team_id: UUID) -> list[tuple[UUID, str]]:
    """(user id, name) of the case workers and supervisors of a team in which the actor has a seat."""
    if team_id not in {s.team for s in actor.seats}:
        return []
    found = Membership.objects.filter(team=team_id, state=MembershipState.ACTIVE, role__in=KEY_ROLES).select_related("user")
    return sorted({(m.user_id, m.user.name) for m in found}, key=lambda pair: pair[1])


def organisations_to_manage(actor: Actor) -> list[tuple[UUID, str]]:
    """(id, name) of the organisations that the actor administers."""
    return [(o.id, o.name) for o in access.visible(actor, "organisation.manage", Organisation.objects.order_by("name_en"))]
