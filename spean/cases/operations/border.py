"""Many people come over a border at once: each is written down in a moment, and their case waits until somebody takes it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.models import Arrival, Case
from spean.cases.operations.course import after, done
from spean.cases.operations.opening import Facts, Person, begin, sent_before, team_of
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.voices.enums import Age

#: who comes first: in danger or a child; then who is sick; then the others
FIRST, SICK, OTHERS = 0, 1, 2
TAKEN = _("Somebody else took this person meanwhile. Take the next one.")


@dataclass(frozen=True)
class Arriving:
    """What is asked at a crossing, of one person after the other."""

    crossing: str
    on: date
    sex: str
    age: str
    danger: bool = False
    child: bool = False  # is one, or brings one
    sick: bool = False

    @property
    def rank(self) -> int:
        """Who comes first."""
        return FIRST if self.danger or self.has_child else SICK if self.sick else OTHERS

    @property
    def has_child(self) -> bool:
        """Whether there is a child, by the mark or by the age."""
        return self.child or self.age == Age.CHILD

    def facts(self) -> Facts:
        """What is counted of the case."""
        country = enums.BEYOND.get(self.crossing, enums.Country.NOT_KNOWN)
        risk = enums.Risk.NOW if self.danger else enums.Risk.NOT_KNOWN
        return Facts(enums.Source.BORDER, self.sex, self.age, country, risk)


@transaction.atomic
def register(actor: Actor, team_id: UUID, person: Person, arriving: Arriving, sent_id: UUID) -> int:
    """A case that nobody looks after yet. Returns the number in the queue of that day and crossing; a replay the first one's."""
    known = sent_before(actor, sent_id)
    if known is not None:
        return _arrival_of(known).number
    if not access.may(actor, "case.register"):
        raise NotAllowed
    team = team_of(actor, team_id)
    if arriving.on > clock.today():
        raise Invalid({"on": _("Choose today or a day before it.")})
    case = begin(actor, team, person, arriving.facts(), sent_id, assigned_to=None)  # from here on others wait at the organisation
    same_day = Arrival.objects.filter(org_id=case.org_id, crossing=arriving.crossing, on=arriving.on)
    made = Arrival(case=case, org_id=case.org_id, team=team, crossing=arriving.crossing, on=arriving.on)
    made.number = (same_day.aggregate(last=Max("number"))["last"] or 0) + 1
    made.rank, made.child, made.sick = arriving.rank, arriving.has_child, arriving.sick
    made.save(force_insert=True)
    done(actor, case, "case.register", StepKind.OPENED)
    return made.number


def _arrival_of(case: Case) -> Arrival:
    known = Arrival.objects.filter(case=case).first()
    if known is None:
        raise NotYours
    return known


@transaction.atomic
def take(actor: Actor, arrival_id: UUID) -> UUID:
    """Look after this person from now on; returns the case. Conflict when somebody else does already."""
    arrival, case = _found(actor, arrival_id, "take")
    case.assigned_to_id = actor.id
    _enter(arrival, "take")
    done(actor, case, "arrival.take", StepKind.ASSIGNED, "assigned_to")
    return case.id


@transaction.atomic
def gone(actor: Actor, arrival_id: UUID) -> None:
    """The person was not there when the number was called. The case stays: they may come back, and can be looked for."""
    arrival, case = _found(actor, arrival_id, "gone")
    _enter(arrival, "gone")
    done(actor, case, "arrival.gone", StepKind.GONE)


def _found(actor: Actor, arrival_id: UUID, verb: str) -> tuple[Arrival, Case]:
    arrivals = Arrival.objects.select_for_update(of=("self",))
    arrival = access.get(actor, "arrival.see", arrivals, arrival_id)
    if arrival.state == enums.ArrivalState.TAKEN:
        raise Conflict(TAKEN)
    access.require(actor, f"arrival.{verb}", arrival)
    case = Case.objects.select_for_update(of=("self",)).get(pk=arrival.case_id)
    if case.assigned_to_id is not None or case.state not in enums.UNDER_WAY:
        raise Conflict(TAKEN)
    return arrival, case


def _enter(arrival: Arrival, verb: str) -> None:
    arrival.state = after(enums.ARRIVAL_MOVES, verb, arrival.state)
    arrival.save(update_fields=["state"])
