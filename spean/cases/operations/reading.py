"""Opening what is sealed in a case. The trail is written first; who does not look after the case says why, and that is seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access, often
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.cases import enums
from spean.cases.contexts import consent_context, note_context, person_context, screening_context, task_context
from spean.cases.models import Case, Note, Task
from spean.cases.operations.course import record, step
from spean.cases.operations.opening import Person
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours, TooMany
from spean.kernel.paging import PAGE, Page, cursor_position
from spean.privacy import audit
from spean.privacy.sealing import open_sealed
from spean.voices.operations.triage import ring_of

A_DAY = 60  # different cases that one person opens in a day
READS, OFTEN = ("case.read", "case.read_other"), "case.read_often"
ERASED = _("What was kept here has been erased: its time was over.")
TOO_OFTEN = _(
    "You have opened %(n)d different cases today, as many as a day allows. Your supervisor is told. Tomorrow you can open more."
)
WHY = _("Somebody else looks after this person. Say why you open it; they will see it.")


@dataclass(frozen=True)
class SaidNote:
    """A note in clear."""

    id: UUID
    on: object
    kind: str
    readers: str
    by: str
    text: str


@dataclass(frozen=True)
class Opened:
    """A case in clear, for the moment of a page."""

    person: Person
    notes: Page
    tasks: dict[UUID, str]
    consents: dict[UUID, dict[str, str]]  # named, witness, guardian, words


def needs_reason(actor: Actor, case: Case) -> bool:
    """Whether another person looks after it."""
    return case.assigned_to_id is not None and case.assigned_to_id != actor.id


def read(actor: Actor, case_id: UUID, reason: str = "", *, before: str = "") -> Opened:
    """Open a case: of its notes the newest, or those `before` the last of a page.

    Invalid without a reason where another person looks after it, TooMany beyond A_DAY different ones a day.
    """
    within_quota(actor, case_id)
    with transaction.atomic():
        case = found_to_read(actor, case_id)
        key = ring_of(actor).data_key(case.id)
        note_read(actor, case, reason)
        return Opened(
            Person.of(open_sealed(key, bytes(case.person), person_context(case))),
            _notes(actor, case, key, before),
            {t.id: _words(case, key, t) for t in case.tasks.all()},
            {c.id: open_sealed(key, bytes(c.words), consent_context(case, c.id)) for c in case.consents.all()},
        )


@contextmanager
def opened_part(actor: Actor, case_id: UUID, reason: str = "") -> Iterator[tuple[Case, bytes]]:
    """The case and its key, once bound, rule and trail have let it through: for the parts with pages of their own."""
    ring = ring_of(actor)
    within_quota(actor, case_id)
    with transaction.atomic():
        case = found_to_read(actor, case_id)
        note_read(actor, case, reason)
        yield case, ring.data_key(case.id)


def ready(actor: Actor, case_id: UUID, verb: str) -> None:
    """Refuse before the first question what would be refused after the last: keys locked, not theirs, closed."""
    ring = ring_of(actor)
    case = access.get(actor, "case.see", Case.objects.all(), case_id, to=f"case.{verb}")
    if not case.person:
        raise NotYours(ERASED)
    ring.data_key(case.id)


def found_to_read(actor: Actor, case_id: UUID) -> Case:
    """The case, locked, for who may read it; NotYours where it was erased."""
    case = access.get(actor, "case.see", Case.objects.select_for_update(of=("self",)), case_id, to="case.read")
    if not case.person:
        raise NotYours(ERASED)
    return case


def note_read(actor: Actor, case: Case, reason: str) -> None:
    """Write in the trail, and on the course where somebody else looks after it, that it is opened now. Inside a read only.

    A reason holds for the day on which it was given: the course tells it once, the trail each opening.
    """
    if not needs_reason(actor, case):
        record(actor, "case.read", case)
        return
    seen = case.steps.filter(kind=StepKind.SEEN, on=clock.today(), by=actor.id)
    said = seen.order_by("-position").values_list("reason", flat=True).first()
    if (reason or said) not in enums.OpenFor:
        raise Invalid({"reason": WHY})
    record(actor, "case.read_other", case, reason or str(said))
    if reason and reason != said:
        step(actor, case, StepKind.SEEN, reason)


def within_quota(actor: Actor, case_id: UUID) -> None:
    """Raise TooMany, and write it down for the supervisors, when this would be one different case too many today."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    opened = audit.subjects_since(case.org_id, actor.id, READS, clock.midnight())
    if len(opened) < A_DAY or str(case.id) in opened:
        return
    often.tell(actor, OFTEN, case.org_id, A_DAY)
    raise TooMany(clock.until_tomorrow(), TOO_OFTEN % {"n": A_DAY})


def _notes(actor: Actor, case: Case, key: bytes, before: str) -> Page:
    notes = case.notes.select_related("by").order_by("-position")
    if not actor.having([Role.SUPERVISOR]):
        notes = notes.filter(readers=enums.NoteFor.TEAM)
    if before:
        notes = notes.filter(position__lt=cursor_position(before))
    found = list(notes[: PAGE + 1])
    return Page(tuple(_note(case, key, n) for n in found[:PAGE]), str(found[PAGE - 1].position) if len(found) > PAGE else "")


def _note(case: Case, key: bytes, n: Note) -> SaidNote:
    text = open_sealed(key, bytes(n.said), note_context(case, n.id))["text"]
    kind, readers = str(enums.NoteKind(n.kind).label), n.readers
    return SaidNote(n.id, n.on, kind, readers, n.by.name, text)


def _words(case: Case, key: bytes, t: Task) -> str:
    if not t.words:  # it came by itself, from who has no key of the case: its kind says all
        return ""
    return open_sealed(key, bytes(t.words), task_context(case, t.id))["text"]


def read_screening(actor: Actor, case_id: UUID, screening_id: UUID, reason: str = "") -> dict[str, Any]:
    """The answers of one screening, as they were kept."""
    with opened_part(actor, case_id, reason) as (case, key):
        screening = case.screenings.filter(pk=screening_id).exclude(answers=b"").first()
        if screening is None:
            raise NotYours
        audit.record(actor, "case.screening", screening, org=case.org_id)
        return open_sealed(key, bytes(screening.answers), screening_context(case, screening.id))
