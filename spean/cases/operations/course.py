"""What the operations on cases share: find, move, write a step, write in the trail. For operations only."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases.enums import CASE_MOVES, CaseState, TaskState
from spean.cases.law_enums import BEFORE_AN_OFFICE, HearingState
from spean.cases.models import Case, Hearing, Matter, Step, WayStep
from spean.cases.rebuild_enums import FollowState
from spean.cases.step_enums import DETAIL_OF
from spean.cases.way_enums import StepState, WayState
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.text import clean
from spean.privacy import audit

STRANGE = _("Choose one of the answers.")
NOT_YET = _("Choose a day that is not after today.")
EARLIER = _("This cannot be before the step before it. Choose a later day.")


def number(case: Case) -> str:
    """How people name a case: it tells nothing of the person."""
    return f"C-{case.number:04d}"


def find(actor: Actor, case_id: UUID, verb: str) -> Case:
    """The case, locked for the change `verb`, or the refusal that fits."""
    return access.get(actor, "case.see", Case.objects.select_for_update(of=("self",)), case_id, to=f"case.{verb}")


def after(moves: Mapping[str, tuple[frozenset[str], str]], verb: str, state: str) -> str:
    """The state that a table of moves enters by this verb; Conflict where it knows no way from here."""
    leaves, to = moves[verb]
    if state not in leaves:
        raise Conflict
    return to


def move(case: Case, verb: str) -> None:
    """Enter the next state of a case."""
    case.state = after(CASE_MOVES, verb, case.state)


def done(actor: Actor, case: Case, verb: str, kind: str, *fields: str, reason: str = "") -> None:
    """A change is made: its step on the course, the day, the changed fields, the line in the trail."""
    step(actor, case, kind)
    case.moved_on = clock.today()
    case.save(update_fields=["moved_on", *fields])
    record(actor, verb, case, reason)


def step(actor: Any, case: Case, kind: str, reason: str = "", desk: Any = None) -> None:
    """Write what happened (a kind, or a detail of one) on the course, without a word of content. The system has no name.

    `desk` is the team of who did it, where it is not of the case's own.
    """
    detail = kind if kind in DETAIL_OF else ""
    told = {
        "kind": DETAIL_OF.get(kind, kind),
        "detail": detail,
        "on": clock.today(),
        "by_id": getattr(actor, "id", None),
        "desk": desk,
    }
    Step.objects.create(case=case, position=case.steps.count(), reason=reason, **told)


def record(actor: Any, verb: str, case: Case, reason: str = "") -> None:
    """A line in the trail of the case's organisation."""
    audit.record(actor, verb, case, org=case.org_id, reason=reason)


def reckon_due(case: Case) -> None:
    """The day on which the first is due: a task, a step home, a follow-up, a hearing, an office's answer. The caller saves.

    Of a closed case the follow-ups alone: nobody is reminded of its tasks.
    """
    after = (case.follow_ups.filter(state=FollowState.PLANNED), "due_on")
    open_ones = (
        (case.tasks.filter(state=TaskState.TO_DO), "due_on"),
        (WayStep.objects.filter(way__case=case, state=StepState.TO_DO).exclude(way__state=WayState.STOPPED), "due_on"),
        (Hearing.objects.filter(matter__case=case, state=HearingState.PLANNED), "on"),
        (case.matters.filter(state__in=BEFORE_AN_OFFICE), "answer_by"),
    )
    due = (after,) if case.state == CaseState.CLOSED else (after, *open_ones)
    days = (rows.aggregate(first=Min(day))["first"] for rows, day in due)
    case.due_on = min((day for day in days if day), default=None)


def find_matter(actor: Actor, case_id: UUID, matter_id: UUID) -> tuple[Case, Matter]:
    """The case and one of its legal matters, both locked for a change."""
    case = find(actor, case_id, "law")
    matter = case.matters.select_for_update().filter(pk=matter_id).first()
    if matter is None:
        raise NotYours
    return case, matter


def more(old: str, new: str) -> str:
    """What was said before, and below it what is said now."""
    return "\n".join(text for text in (old, clean(new)) if text)


def on_its_day(on: date, first: date | None) -> None:
    """Refuse a day after today, and one before the step before it."""
    if on > clock.today():
        raise Invalid({"on": NOT_YET})
    if first is not None and on < first:
        raise Invalid({"on": EARLIER})
