"""What the operations on cases share: find, move, write a step, write in the trail. For operations only."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Min

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases.enums import CASE_MOVES, DETAIL_OF, CaseState, TaskState
from spean.cases.models import Case, Step, WayStep
from spean.cases.rebuild_enums import FollowState
from spean.cases.way_enums import StepState, WayState
from spean.kernel import clock
from spean.kernel.errors import Conflict
from spean.privacy import audit


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


def step(actor: Any, case: Case, kind: str, reason: str = "") -> None:
    """Write what happened (a kind, or a detail of one) on the course, without a word of content. The system has no name."""
    detail = kind if kind in DETAIL_OF else ""
    told = {"kind": DETAIL_OF.get(kind, kind), "detail": detail, "on": clock.today(), "by_id": getattr(actor, "id", None)}
    Step.objects.create(case=case, position=case.steps.count(), reason=reason, **told)


def record(actor: Any, verb: str, case: Case, reason: str = "") -> None:
    """A line in the trail of the case's organisation."""
    audit.record(actor, verb, case, org=case.org_id, reason=reason)


def reckon_due(case: Case) -> None:
    """The day on which the first is due of what is still to do: a task, a step of a way home, a follow-up. The caller saves.

    Of a closed case the follow-ups alone: nobody is reminded of its tasks.
    """
    tasks = case.tasks.filter(state=TaskState.TO_DO)
    steps = WayStep.objects.filter(way__case=case, state=StepState.TO_DO).exclude(way__state=WayState.STOPPED)
    after = case.follow_ups.filter(state=FollowState.PLANNED)
    due = (after,) if case.state == CaseState.CLOSED else (after, tasks, steps)
    days = (rows.aggregate(first=Min("due_on"))["first"] for rows in due)
    case.due_on = min((day for day in days if day), default=None)
