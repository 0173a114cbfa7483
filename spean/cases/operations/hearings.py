"""Hearings of a legal matter: the person is told before, somebody goes along, and what became of it is written down."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import law_enums as codes
from spean.cases.contexts import hearing_context
from spean.cases.enums import Response, TaskKind, TaskState
from spean.cases.models import Case, Hearing, Matter
from spean.cases.operations.course import STRANGE, after, done, find_matter, more, reckon_due
from spean.cases.operations.people import NOT_OURS, works_in
from spean.cases.operations.working import keep_task
from spean.cases.step_enums import StepDetail
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

TOLD_BEFORE = timedelta(days=3)
TELL = _(
    "Tell the person about the hearing: what is asked there, who goes along, how they get there. Ask whether they want to go."
)


@dataclass(frozen=True)
class Words:
    """What is sealed of a hearing: the hour and the room, who else goes along, what was said."""

    where: str = ""
    who: str = ""
    text: str = ""


@dataclass(frozen=True)
class Planned:
    """One hearing that is to come. `tell` makes a task of telling the person."""

    on: date
    place: str
    purpose: str
    goes: UUID | None = None
    tell: bool = True


@transaction.atomic
def plan(actor: Actor, case_id: UUID, matter_id: UUID, planned: Planned, words: Words, sent_id: UUID) -> UUID:
    """Write down a hearing. A replay returns the first one's id."""
    ring = ring_of(actor)
    case, matter = find_matter(actor, case_id, matter_id)
    known = matter.hearings.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    if matter.state not in codes.HEARD:
        raise Conflict
    wrong: dict[str, object] = {}
    if planned.place not in codes.HearingPlace:
        wrong["place"] = STRANGE
    if planned.purpose not in codes.HearingFor:
        wrong["purpose"] = STRANGE
    if planned.goes is not None and not works_in(case, planned.goes):
        wrong["goes"] = NOT_OURS
    if wrong:
        raise Invalid(wrong)
    made = _keep(actor, matter, planned, words, ring.data_key(case.id), sent_id)
    _kept(actor, case, f"hearing.{planned.purpose}")
    return made.id


def _keep(actor: Actor, matter: Matter, planned: Planned, words: Words, key: bytes, sent_id: UUID) -> Hearing:
    made = Hearing(id=new_id(), matter=matter, on=planned.on, place=planned.place, purpose=planned.purpose)
    made.goes_id, made.written_by_id, made.sent_hash = planned.goes, actor.id, sent_hash(sent_id)
    if planned.tell and planned.on >= clock.today():
        due, task = max(planned.on - TOLD_BEFORE, clock.today()), uuid5(sent_id, "tell")
        made.tell = keep_task(
            actor, matter.case, key, str(TELL), task, kind=TaskKind.LEGAL, response=Response.PLANNED, due_on=due
        )  # fmt: skip
    typed = {name: clean(text) for name, text in asdict(words).items()}
    made.words = seal(key, typed, hearing_context(matter.case, made.id))
    made.save(force_insert=True)
    return made


@transaction.atomic
def over(
    actor: Actor, case_id: UUID, matter_id: UUID, hearing_id: UUID, verb: str, words: str, anew: date | None = None
) -> None:  # fmt: skip
    """It was held, is postponed (to another day, where one is known), or does not take place. Twice is once."""
    ring = ring_of(actor)
    case, matter = find_matter(actor, case_id, matter_id)
    hearing = matter.hearings.select_for_update(of=("self",)).filter(pk=hearing_id).first()
    if hearing is None:
        raise NotYours
    if verb not in codes.HEARING_MOVES:
        raise Invalid({"verb": STRANGE})
    if hearing.state == codes.HEARING_MOVES[verb][1]:
        return
    if verb == "hold" and hearing.on > clock.today():
        raise Invalid({"verb": _("That day has not come yet.")})
    if verb == "postpone" and anew is not None and anew < clock.today():
        raise Invalid({"anew": _("Choose a day from today on.")})
    hearing.state = after(codes.HEARING_MOVES, verb, hearing.state)
    key, bound = ring.data_key(case.id), hearing_context(case, hearing.id)
    old = Words(**open_sealed(key, bytes(hearing.words), bound))
    hearing.words = seal(key, {**asdict(old), "text": more(old.text, words)}, bound)
    hearing.save(update_fields=["state", "words"])
    _tell_no_more(actor, hearing)
    if verb == "postpone" and anew is not None:
        planned = Planned(anew, hearing.place, hearing.purpose, hearing.goes_id)
        _keep(actor, matter, planned, Words(old.where, old.who), key, uuid5(hearing.id, anew.isoformat()))
    _kept(actor, case, f"hearing.{verb}")


def none_of(actor: Actor, matter: Matter) -> None:
    """No hearing of a matter that was a mistake takes place. Inside an operation, which reckons what is due."""
    for hearing in matter.hearings.filter(state=codes.HearingState.PLANNED):
        hearing.state = codes.HearingState.CANCELLED
        hearing.save(update_fields=["state"])
        _tell_no_more(actor, hearing)


def _tell_no_more(actor: Actor, hearing: Hearing) -> None:
    """Nobody is to be told of a hearing that is over, or on no day."""
    task = hearing.tell
    if task is not None and task.state == TaskState.TO_DO:
        task.state, task.done_on, task.done_by_id = TaskState.DROPPED, clock.today(), actor.id
        task.save(update_fields=["state", "done_on", "done_by"])


def _kept(actor: Actor, case: Case, reason: str) -> None:
    reckon_due(case)
    done(actor, case, "case.law", StepDetail.HEARING, "due_on", reason=reason)
