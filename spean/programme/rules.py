"""Who may do what to programmes and projects. Everybody of the organisation reads them: nothing in them is about a person."""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, allow, nothing_yet, same_org
from spean.accounts.enums import EDITORS, Role
from spean.programme.enums import LIVE, NETWORK, PROJECT_MOVES

MANAGER, COORDINATOR = [Role.PROGRAMME_MANAGER], [Role.NETWORK_COORDINATOR]


def _network_programme(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Programmes of the actor's organisation in which several countries work together."""
    return Q(organisation__in=[s.org for s in seats], level__in=NETWORK)


def _of_network_programme(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """And their projects."""
    return Q(organisation__in=[s.org for s in seats], programme__level__in=NETWORK)


for _noun, _of_the_network in (("programme", _network_programme), ("project", _of_network_programme)):
    allow(f"{_noun}.see", list(Role), same_org())
    allow(f"{_noun}.make", EDITORS, nothing_yet)
    for _verb, _states in (("change", LIVE), *((verb, leaves) for verb, (leaves, _enters) in PROJECT_MOVES.items())):
        allow(f"{_noun}.{_verb}", MANAGER, same_org(), _states)
        allow(f"{_noun}.{_verb}", COORDINATOR, _of_the_network, _states)
