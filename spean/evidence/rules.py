"""Who reads a team's outcomes: its supervisors, and in its organisation who answers for the programme or makes its figures."""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, allow, same_org
from spean.accounts.enums import Role


def _own(_actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(pk__in=[seat.team for seat in seats])


allow("team.outcomes", [Role.SUPERVISOR], _own)
allow("team.outcomes", [Role.PROGRAMME_MANAGER, Role.ANALYST], same_org())
