"""Who may do what to organisations, teams, members and the audit trail."""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, allow, same_org
from spean.accounts.enums import Role

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


allow("organisation.see", list(Role), same_org("pk"))
allow("organisation.manage", ADMIN, same_org("pk"))
allow("team.see", PEOPLE_MANAGERS, _own_team_or_org)
allow("team.invite", PEOPLE_MANAGERS, _own_team_or_org)
allow("team.keys", [Role.SUPERVISOR], lambda _actor, seats: Q(pk__in=[s.team for s in seats]))
allow("membership.end", PEOPLE_MANAGERS, _members)
allow("membership.hand_over", PEOPLE_MANAGERS, _members)
allow("colleague.vouch", [Role.SUPERVISOR], _supervisors_of_my_orgs)
allow("audit.see", [Role.DATA_PROTECTION_OFFICER], same_org("pk"))
