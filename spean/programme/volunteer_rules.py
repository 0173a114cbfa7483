"""Who may do what to what is known of volunteers, and to their claims. Nobody judges themselves, nor pays what they approved."""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, Where, allow, nothing_yet
from spean.accounts.enums import MembershipState, Role
from spean.programme.complaint_enums import COMPLAINT_MOVES
from spean.programme.volunteer_enums import CLAIM_MOVES

SUPERVISOR, MANAGER, VOLUNTEER = [Role.SUPERVISOR], [Role.PROGRAMME_MANAGER], [Role.VOLUNTEER]
OVERSEES = [*MANAGER, Role.NETWORK_COORDINATOR, Role.ORGANISATION_ADMINISTRATOR]
ACTIVE = {MembershipState.ACTIVE}


def _in(field: str, seats: tuple[Seat, ...]) -> Q:
    of_org = field.endswith("organisation")
    return Q(**{f"{field}__in": [s.org if of_org else s.team for s in seats]})


def _volunteers(field: str) -> Where:
    return lambda _actor, seats: _in(field, seats) & Q(role=Role.VOLUNTEER)


def _others(field: str) -> Where:
    return lambda actor, seats: _volunteers(field)(actor, seats) & ~Q(user=actor.id)


def _oneself(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(user=actor.id, role=Role.VOLUNTEER, team__in=[s.team for s in seats])


TEAM, ORG = "team", "team__organisation"
allow("volunteer.see", SUPERVISOR, _volunteers(TEAM))
allow("volunteer.see", OVERSEES, _volunteers(ORG))
allow("volunteer.lead", SUPERVISOR, _others(TEAM), ACTIVE)  # the check, the code of conduct, trainings, leave, what is hoped for
allow("volunteer.lead", MANAGER, _others(ORG), ACTIVE)
allow("volunteer.talk", SUPERVISOR, _others(TEAM), ACTIVE)
allow("volunteer.read", SUPERVISOR, _others(TEAM))  # what is sealed, also of who left
allow("volunteer.own", VOLUNTEER, _oneself, ACTIVE)


def _own_claim(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(membership__user=actor.id)


def _claims_of_others(field: str) -> Where:
    return lambda actor, seats: _in(f"membership__{field}", seats) & ~Q(membership__user=actor.id)


def _approved_by_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return _claims_of_others(ORG)(actor, seats) & ~Q(decided_by=actor.id)


allow("claim.make", VOLUNTEER, nothing_yet)
allow("claim.see", VOLUNTEER, _own_claim)
allow("claim.see", SUPERVISOR, _claims_of_others(TEAM))
allow("claim.see", MANAGER, _claims_of_others(ORG))
allow("claim.withdraw", VOLUNTEER, _own_claim, CLAIM_MOVES["withdraw"][0])
for _verb in ("approve", "refuse"):
    allow(f"claim.{_verb}", SUPERVISOR, _claims_of_others(TEAM), CLAIM_MOVES[_verb][0])
allow("claim.pay", MANAGER, _approved_by_another, CLAIM_MOVES["pay"][0])


def _outside_of_that_line(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Complaints that the actor's team looks at, about a team in which the actor has no seat at all."""
    return Q(desk__in=[s.team for s in seats]) & ~Q(about__in=[s.team for s in actor.seats])


allow("complaint.make", list(Role), nothing_yet)
allow("complaint.see", SUPERVISOR, _outside_of_that_line)
for _verb in ("take", "close"):
    allow(f"complaint.{_verb}", SUPERVISOR, _outside_of_that_line, COMPLAINT_MOVES[_verb][0])
