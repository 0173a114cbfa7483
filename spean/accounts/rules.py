"""Who may do what to organisations, teams, members and the audit trail."""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, allow, same_org
from spean.accounts.enums import LIVE, CustodianState, MembershipState, RequestState, Role
from spean.accounts.models import Custodian, Membership

ADMIN = [Role.ORGANISATION_ADMINISTRATOR]
PEOPLE_MANAGERS = [Role.ORGANISATION_ADMINISTRATOR, Role.SUPERVISOR]


def _own_team_or_org(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    teams = [s.team for s in seats if s.role == Role.SUPERVISOR]
    orgs = [s.org for s in seats if s.role == Role.ORGANISATION_ADMINISTRATOR]
    return Q(pk__in=teams) | Q(organisation__in=orgs)


def _members(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    teams = [s.team for s in seats if s.role == Role.SUPERVISOR]
    orgs = [s.org for s in seats if s.role == Role.ORGANISATION_ADMINISTRATOR]
    return (Q(team__in=teams) | Q(team__organisation__in=orgs)) & Q(state="active")


def _supervisors_of_my_orgs(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Supervisors of other teams: somebody of the organisation must vouch for them before they can start a key."""
    return Q(team__organisation__in=[s.org for s in seats], role=Role.SUPERVISOR, state="active") & ~Q(user=actor.id)


def _members_but_me(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return _members(actor, seats) & ~Q(user=actor.id)


def _custody_of(actor: Actor, field: str) -> Q:
    kept = Custodian.objects.filter(user=actor.id, state=CustodianState.ACTIVE)
    return Q(**{f"{field}__in": kept.values("organisation")})


def _named_but_not_me(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(organisation__in=[s.org for s in seats]) & ~Q(user=actor.id)


def _asked_by_others(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Nobody helps in what they opened themselves, nor to their own keys: two others must agree."""
    return _custody_of(actor, "organisation") & ~Q(user=actor.id) & ~Q(opened_by=actor.id)


def _of_my_people(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Requests for members of the teams, or the organisations, that the actor looks after."""
    teams = [s.team for s in seats if s.role == Role.SUPERVISOR]
    orgs = [s.org for s in seats if s.role == Role.ORGANISATION_ADMINISTRATOR]
    mine = Membership.objects.filter(Q(team__in=teams) | Q(team__organisation__in=orgs), state=MembershipState.ACTIVE)
    return Q(user__in=mine.values("user"))


allow("organisation.see", list(Role), same_org("pk"))
allow("organisation.manage", ADMIN, same_org("pk"))
allow("team.see", PEOPLE_MANAGERS, _own_team_or_org)
allow("team.invite", PEOPLE_MANAGERS, _own_team_or_org)
allow("team.keys", [Role.SUPERVISOR], lambda _actor, seats: Q(pk__in=[s.team for s in seats]))
allow("membership.end", PEOPLE_MANAGERS, _members)
allow("membership.hand_over", PEOPLE_MANAGERS, _members)
allow("colleague.vouch", [Role.SUPERVISOR], _supervisors_of_my_orgs)
allow("audit.see", [Role.DATA_PROTECTION_OFFICER], same_org("pk"))

CUSTODY_SEEN = [Role.ORGANISATION_ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER, Role.SUPERVISOR]
allow("custody.see", CUSTODY_SEEN, same_org("pk"))
allow("custody.see", list(Role), lambda actor, _seats: _custody_of(actor, "pk"))
allow("custody.manage", ADMIN, same_org("pk"))
allow("custody.keep", list(Role), lambda actor, _seats: _custody_of(actor, "pk"))
allow("custodian.confirm", [Role.SUPERVISOR], _named_but_not_me, states=[CustodianState.NAMED])
allow("custodian.end", ADMIN, same_org(), states=[CustodianState.NAMED, CustodianState.ACTIVE])
allow("custodian.end", list(Role), lambda actor, _s: Q(user=actor.id), states=[CustodianState.NAMED, CustodianState.ACTIVE])
allow("membership.sign_out", PEOPLE_MANAGERS, _members)
allow("recovery.open", PEOPLE_MANAGERS, _members_but_me)
allow("recovery.release", list(Role), _asked_by_others, states=[RequestState.TAKEN])
allow(
    "recovery.finish",
    list(Role),
    lambda actor, _s: _custody_of(actor, "organisation") & Q(user=actor.id, way="practice"),
    states=[RequestState.TAKEN],
)
allow("recovery.stop", PEOPLE_MANAGERS, _of_my_people, states=LIVE)
allow("recovery.stop", list(Role), lambda actor, _seats: Q(user=actor.id), states=LIVE)
