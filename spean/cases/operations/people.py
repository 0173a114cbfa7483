"""What is known of a person, how much danger there is, and who looks after the case."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.enums import KEY_ROLES, MembershipState
from spean.accounts.models import Membership
from spean.cases import enums
from spean.cases.contexts import person_context
from spean.cases.models import Arrival, Case
from spean.cases.operations.course import done, find
from spean.cases.operations.opening import Facts, Person, counted_place
from spean.cases.step_enums import StepKind
from spean.checks.needs import RANK, Level
from spean.kernel.errors import Conflict, Invalid
from spean.places.models import Place
from spean.privacy.sealing import seal
from spean.voices.operations.triage import ring_of

NOT_OURS = _("Choose a case worker or supervisor of your team.")
LESS = _("Less danger is written down by asking what the person needs; it counts when a second person has looked.")
CHANGED = _("Somebody else changed this meanwhile. Open the case again, look at what is new, and write your change once more.")


@transaction.atomic
def change(actor: Actor, case_id: UUID, person: Person, facts: Facts, *, revision: int, place: Place | None = None) -> None:
    """Write anew what is known. `revision` is of what was changed: Conflict when it is no longer the newest."""
    ring = ring_of(actor)
    case = find(actor, case_id, "change")
    if case.revision != revision:
        raise Conflict(CHANGED)
    if case.risk != enums.Risk.NOT_KNOWN and facts.risk in enums.Risk and RANK[Level(facts.risk)] < RANK[Level(case.risk)]:
        raise Invalid({"risk": LESS})
    for name, code in asdict(facts).items():
        setattr(case, name, code)
    case.place = counted_place(place)
    case.person = seal(ring.data_key(case.id), person.content(), person_context(case))
    case.revision += 1
    done(actor, case, "case.change", StepKind.CHANGED, "person", "revision", "place", *asdict(facts))


def works_in(case: Case, user: UUID) -> bool:
    """Whether somebody is of the team of the case, and their work needs its key."""
    seats = Membership.objects.filter(team=case.team_id, user=user, role__in=KEY_ROLES, state=MembershipState.ACTIVE)
    return seats.exists()


@transaction.atomic
def assign(actor: Actor, case_id: UUID, to_user: UUID) -> None:
    """Say who looks after it: somebody of the team whose work needs its key."""
    case = find(actor, case_id, "assign")
    if not works_in(case, to_user):
        raise Invalid({"choice": NOT_OURS})
    case.assigned_to_id = to_user
    Arrival.objects.filter(case=case).update(state=enums.ArrivalState.TAKEN)
    done(actor, case, "case.assign", StepKind.ASSIGNED, "assigned_to", reason=str(to_user))
