"""Whether somebody who comes has a case already: offered to a human, never put together by itself (decision 25).

Only the cases of one team are compared, for its key opens them. Who opens the new case is shown those that they may open;
of another one supervisors alone are told, and nothing says which one it is: they compare anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import enums, naming
from spean.cases.contexts import person_context
from spean.cases.models import Case
from spean.cases.naming import Ear, Known
from spean.cases.operations import finding, opening, people
from spean.cases.operations.course import done, find, record, step
from spean.cases.operations.opening import Facts, Person, sent_before, team_of
from spean.cases.step_enums import StepKind
from spean.kernel.errors import NotYours, TooMany
from spean.places.models import Place
from spean.privacy.sealing import open_sealed
from spean.voices.operations.triage import ring_of

#: cases that are offered, the likest first
MOST = 5
_SAME_NUMBER = 2.0  # surer than any name


@dataclass(frozen=True)
class Alike:
    """A case that may be of the same person, and by what."""

    case: UUID
    by_number: bool


@dataclass(frozen=True)
class Looked:
    """What a comparison found: cases that the actor may open, and whether there is another one."""

    found: tuple[Alike, ...] = ()
    hidden: bool = False


def open_compared(
    actor: Actor,
    team_id: UUID,
    person: Person,
    facts: Facts,
    sent_id: UUID,
    *,
    place: Place | None = None,
    concern_id: UUID | None = None,
    another: bool = False,
) -> UUID | Looked:
    """Open a case, unless others may be of the same person: then those, once. `another` when a human has looked at them."""
    looked = look(actor, team_id, person, facts.sex, sent_id)
    if looked.found and not another:
        return looked
    with transaction.atomic():
        made = opening.open_case(actor, team_id, person, facts, sent_id, place=place, concern_id=concern_id)
        if looked.hidden:
            flag(actor, made)
    return made


def change_compared(
    actor: Actor,
    case_id: UUID,
    person: Person,
    facts: Facts,
    *,
    revision: int,
    place: Place | None = None,
    another: bool = False,
) -> UUID | Looked:
    """Write anew what is known. Where a name or number is new, or the person came in a queue: compared first, as above."""
    looked = _look_again(actor, case_id, person, facts.sex)
    if looked.found and not another:
        return looked
    with transaction.atomic():
        people.change(actor, case_id, person, facts, revision=revision, place=place)
        if looked.hidden:
            flag(actor, case_id)
    return case_id


def _look_again(actor: Actor, case_id: UUID, person: Person, sex: str) -> Looked:
    case = access.get(actor, "case.see", Case.objects.all(), case_id, to="case.change")
    if actor.ring is None or not access.may(actor, finding.SEARCH) or not case.person:
        return Looked()
    before = Known.of(open_sealed(actor.ring.data_key(case.id), bytes(case.person), person_context(case)))
    queued = case.source == enums.Source.BORDER and case.revision == 0  # nobody compared it in the hurry of a crossing
    now = Known.of(person.content())
    if (before.names, naming.numbers(before)) == (now.names, naming.numbers(now)) and not queued:
        return Looked()
    return _looked(actor, Case.objects.filter(team=case.team_id).exclude(pk=case.id), person, sex)


def look(actor: Actor, team_id: UUID, person: Person, sex: str, sent_id: UUID) -> Looked:
    """Compare somebody who is about to get a case with those who have one.

    Opening a case is never refused for it: where keys are locked, and beyond a day's quota, nothing is found. What was sent
    before is not compared with itself.
    """
    if actor.ring is None or not access.may(actor, finding.SEARCH) or sent_before(actor, sent_id) is not None:
        return Looked()
    return _looked(actor, Case.objects.filter(team=team_of(actor, team_id)), person, sex)


def _looked(actor: Actor, among: QuerySet[Case], person: Person, sex: str) -> Looked:
    try:
        ranked = _compare(actor, among, lambda: Known.of(person.content()), sex)
    except TooMany:
        return Looked()
    open_to = access.visible(actor, "case.see", Case.objects.filter(pk__in=[a.case for a in ranked]))
    may_open = set(open_to.values_list("pk", flat=True))
    found = tuple(a for a in ranked if a.case in may_open)
    return Looked(found[:MOST], len(found) < len(ranked))


def alike(actor: Actor, case_id: UUID) -> tuple[Alike, ...]:
    """Which cases of the team may be of the same person, for a supervisor. TooMany beyond a day's quota of searches."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id, to="case.compare")
    if not case.person:
        raise NotYours
    key = ring_of(actor).data_key(case.id)
    ranked = _compare(
        actor,
        Case.objects.filter(team=case.team_id).exclude(pk=case.id),
        lambda: Known.of(open_sealed(key, bytes(case.person), person_context(case))),
        case.sex,
    )
    return tuple(ranked[:MOST])


def _compare(actor: Actor, among: QuerySet[Case], person: Callable[[], Known], sex: str) -> list[Alike]:
    """The cases like this person, the likest first; counted in the trail before anything is opened."""
    chosen, _counted = finding.write_down(actor, among.exclude(person=b"").order_by("-moved_on", "-id"))
    known, ear, scored = person(), Ear(), []
    numbers = naming.numbers(known)
    for sealed, other in finding.opened(ring_of(actor), chosen):
        if other is None:
            continue
        if numbers & naming.numbers(other):
            scored.append((_SAME_NUMBER, sealed.case))
        elif not naming.contradicts(sex, sealed.sex) and (likeness := ear.likeness(known, other)):
            scored.append((likeness, sealed.case))
    scored.sort(key=lambda hit: -hit[0])
    return [Alike(case, score == _SAME_NUMBER) for score, case in scored]


@transaction.atomic
def flag(actor: Actor, case_id: UUID) -> None:
    """Ask the supervisors to compare a case that was just opened with others; twice is once."""
    case = access.get(actor, "case.see", Case.objects.select_for_update(of=("self",)), case_id)
    if not case.steps.filter(kind=StepKind.ALIKE).exists():
        step(actor, case, StepKind.ALIKE)
        record(actor, "case.alike", case)


@transaction.atomic
def compared(actor: Actor, case_id: UUID) -> None:
    """A supervisor has looked; what follows from it is theirs to do. Twice is once."""
    case = find(actor, case_id, "compare")
    if not case.steps.filter(kind=StepKind.COMPARED).exists():
        done(actor, case, "case.compare", StepKind.COMPARED)
