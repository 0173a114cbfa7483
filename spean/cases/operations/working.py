"""Notes and tasks: what somebody wrote down, and what is to be done until when. Sent twice, each is there once."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.cases import enums
from spean.cases.contexts import note_context, task_context
from spean.cases.models import Case, Note, Task
from spean.cases.operations.course import STRANGE, done, find, reckon_due
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy.sealing import seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

DAY = _("Choose a day from today on.")
OWED = _(
    "Nobody takes this task away: the person has a right to hear what was told about them. Do it, and write down that it is done."
)


@transaction.atomic
def note(actor: Actor, case_id: UUID, text: str, sent_id: UUID, *, kind: str, readers: str = enums.NoteFor.TEAM) -> None:
    """Write a note. Only a supervisor can write one that supervisors alone read."""
    ring = ring_of(actor)
    case = find(actor, case_id, "note")
    if Note.objects.filter(sent_hash=sent_hash(sent_id), case=case).exists():
        return
    if not clean(text):
        raise Invalid({"text": _("Write the note.")})
    if readers == enums.NoteFor.SUPERVISORS and not actor.having([Role.SUPERVISOR]):
        raise Invalid({"readers": _("Only a supervisor can write what supervisors alone read.")})
    keep_note(actor, case, ring.data_key(case.id), text, sent_id, kind=kind, readers=readers)
    done(actor, case, "case.note", StepKind.NOTED)


def keep_note(
    actor: Actor, case: Case, key: bytes, text: str, sent_id: UUID, *, kind: str, readers: str = enums.NoteFor.TEAM
) -> None:
    """Seal a note and keep it. Inside an operation only."""
    made = Note(id=new_id(), case=case, on=clock.today(), by_id=actor.id, kind=kind, readers=readers)
    made.sent_hash, made.position = sent_hash(sent_id), case.notes.count()
    made.said = seal(key, {"text": clean(text)}, note_context(case, made.id))
    made.save(force_insert=True)


@transaction.atomic
def task(actor: Actor, case_id: UUID, text: str, sent_id: UUID, *, kind: str, response: str, due_on: date | None = None) -> None:
    """Write down what is to be done. What is planned needs a day; the rest is due as soon as its word says."""
    ring = ring_of(actor)
    case = find(actor, case_id, "task")
    if Task.objects.filter(sent_hash=sent_hash(sent_id), case=case).exists():
        return
    if kind in enums.COMES:
        raise Invalid({"kind": STRANGE})
    keep_task(actor, case, ring.data_key(case.id), text, sent_id, kind=kind, response=response, due_on=due_on)
    reckon_due(case)
    done(actor, case, "case.task", StepKind.TASK, "due_on")


def keep_task(
    actor: Actor, case: Case, key: bytes, text: str, sent_id: UUID, *, kind: str, response: str, due_on: date | None = None
) -> Task:
    """Seal the words of a task and keep it. Inside an operation only, which reckons what is due."""
    today = clock.today()
    if response == enums.Response.PLANNED:
        if due_on is None or due_on < today:
            raise Invalid({"due_on": DAY})
        due = due_on
    else:
        due = today + timedelta(days=enums.DUE_IN[enums.Response(response)])
    made = Task(id=new_id(), case=case, kind=kind, response=response, made_on=today, due_on=due, made_by_id=actor.id)
    made.sent_hash = sent_hash(sent_id)
    made.words = seal(key, {"text": clean(text)}, task_context(case, made.id))
    made.save(force_insert=True)
    return made


def finish(actor: Actor, case_id: UUID, task_id: UUID) -> None:
    """It is done."""
    _end(actor, case_id, task_id, enums.TaskState.DONE, "case.task_done", StepKind.TASK_DONE)


def drop(actor: Actor, case_id: UUID, task_id: UUID) -> None:
    """It is not needed any more."""
    _end(actor, case_id, task_id, enums.TaskState.DROPPED, "case.task_dropped", StepKind.TASK_DROPPED)


@transaction.atomic
def _end(actor: Actor, case_id: UUID, task_id: UUID, state: str, verb: str, kind: str) -> None:
    case = find(actor, case_id, "task")
    ended = case.tasks.filter(pk=task_id).first()
    if ended is None:
        raise NotYours
    if ended.state == state:
        return
    if ended.kind == enums.OWED and state == enums.TaskState.DROPPED:
        raise Conflict(OWED)
    ended.state, ended.done_on, ended.done_by_id = state, clock.today(), actor.id
    ended.save(update_fields=["state", "done_on", "done_by"])
    reckon_due(case)
    done(actor, case, verb, kind, "due_on")
