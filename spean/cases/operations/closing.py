"""Closing a case: one asks, with the person's own word; another, a supervisor, agrees. And opening it again."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.models import Case
from spean.cases.operations import visits
from spean.cases.operations.course import done, find, move, reckon_due
from spean.cases.operations.following import set_aside
from spean.cases.operations.working import keep_note
from spean.cases.rebuild_enums import NOT_FOLLOWED, FollowWait
from spean.cases.step_enums import StepKind
from spean.kernel.errors import Conflict, Invalid
from spean.kernel.text import clean
from spean.voices.operations.triage import ring_of

OWED = _("The person was not told yet what was told about them without asking. That task is done first.")
#: nobody is left to be told, or nobody can be
NOBODY_TO_TELL = (enums.CloseFor.DIED, enums.CloseFor.LOST)


@transaction.atomic
def ask(actor: Actor, case_id: UUID, reason: str, word: str, sent_id: UUID) -> None:
    """Ask a supervisor to close it. `word` is what the person says of it; it may be empty when they cannot be reached."""
    ring = ring_of(actor)
    case = find(actor, case_id, "ask_close")
    move(case, "ask_close")
    if _owed(case, reason):
        raise Invalid({"reason": OWED})
    case.closed_for, case.closing_by_id = enums.CloseFor(reason), actor.id
    if clean(word):
        keep_note(actor, case, ring.data_key(case.id), word, sent_id, kind=enums.NoteKind.WORD)
    done(actor, case, "case.ask_close", StepKind.ASK_CLOSE, "state", "closed_for", "closing_by", reason=reason)


def _owed(case: Case, reason: str) -> bool:
    """Whether the person still has to hear what was told without asking them."""
    return reason not in NOBODY_TO_TELL and case.tasks.filter(kind=enums.OWED, state=enums.TaskState.TO_DO).exists()


@transaction.atomic
def keep_open(actor: Actor, case_id: UUID) -> None:
    """The supervisor sees a reason to go on."""
    case = find(actor, case_id, "keep_open")
    move(case, "keep_open")
    case.closed_for, case.closing_by = "", None
    done(actor, case, "case.keep_open", StepKind.KEPT_OPEN, "state", "closed_for", "closing_by")


@transaction.atomic
def close(actor: Actor, case_id: UUID) -> None:
    """The second person agrees. No task is reminded of, no volunteer goes; follow-ups go on, if they are still ours."""
    case = find(actor, case_id, "close")
    move(case, "close")
    if _owed(case, case.closed_for):
        raise Conflict(OWED)
    if case.closed_for in NOT_FOLLOWED:
        set_aside(case)
    visits.end_of(actor, case)
    reckon_due(case)
    done(actor, case, "case.close", StepKind.CLOSED, "state", "due_on", reason=case.closed_for)


@transaction.atomic
def reopen(actor: Actor, case_id: UUID) -> None:
    """The person needs us again."""
    case = find(actor, case_id, "reopen")
    move(case, "reopen")
    case.closed_for, case.closing_by = "", None
    case.follow_ups.filter(waits=FollowWait.REOPEN).update(waits="")
    reckon_due(case)
    done(actor, case, "case.reopen", StepKind.REOPENED, "state", "closed_for", "closing_by", "due_on")
