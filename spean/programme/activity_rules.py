"""Who may do what to activities and events. Nothing in them is about a person; an organisation's are its own."""

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import Actor, Seat, allow, nothing_yet, same_org
from spean.accounts.enums import Role
from spean.programme.activity_enums import ACTIVITY_MOVES, LARGE, LEADS, LIVE, MAKES, OPEN, ActivityState
from spean.programme.models import Leader

READS = [Role.NETWORK_COORDINATOR, Role.ANALYST]


def _own(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """What somebody wrote down or leads; never an event, which is many people's work."""
    leads = Leader.objects.filter(activity=OuterRef("pk"), member=actor.id)
    return (Q(written_by=actor.id) | Q(Exists(leads))) & Q(organisation__in=[s.org for s in seats]) & ~Q(kind__in=LARGE)


def _event_of_my_org(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Events and their parts, for whoever helps there."""
    large = Q(kind__in=LARGE) | Q(part_of__isnull=False)
    return Q(organisation__in=[s.org for s in seats]) & large


allow("activity.write", [*MAKES, *LEADS], nothing_yet)
allow("activity.write_large", LEADS, nothing_yet)
allow("activity.see", LEADS, same_org())
allow("activity.see", READS, same_org(), OPEN)
allow("activity.see", MAKES, _own)
allow("activity.see", MAKES, _event_of_my_org, OPEN)
for _verb, _states in {
    "change": LIVE,
    "fill": LIVE,
    "count": {ActivityState.PLANNED, ActivityState.HELD},
    **{verb: leaves for verb, (leaves, _enters) in ACTIVITY_MOVES.items() if verb != "reopen"},
}.items():
    allow(f"activity.{_verb}", LEADS, same_org(), _states)
    allow(f"activity.{_verb}", MAKES, _own, _states)
allow("activity.reopen", LEADS, same_org(), ACTIVITY_MOVES["reopen"][0])
# What comes late from a phone that was without a network is taken after the report as well: nobody who came is lost.
allow("activity.check_in", LEADS, same_org(), OPEN)
allow("activity.check_in", MAKES, _event_of_my_org, OPEN)
allow("activity.print_codes", LEADS, same_org(), {ActivityState.DRAFT, ActivityState.PLANNED, ActivityState.HELD})
allow("activity.publish", LEADS, same_org(), OPEN)
