"""Follow-ups: planned by the table from the day of coming home, done in the person's own words first, declined, missed.

They go on after a case is closed. A sign of new danger raises the danger of the case, never lowers it; of a closed case it asks a
supervisor to open it again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import enums, rebuild
from spean.cases.contexts import follow_up_context
from spean.cases.models import Case, FollowUp
from spean.cases.operations.course import STRANGE, after, done, find, reckon_due
from spean.cases.operations.reading import opened_part
from spean.cases.operations.working import keep_task
from spean.cases.rebuild_enums import FOLLOW_MOVES, FollowHow, FollowState, FollowWait, MissedFor
from spean.cases.step_enums import StepDetail, StepKind
from spean.checks.needs import RANK, Level
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.months import later
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

NOTHING = _("Nothing was said yet. If the person does not want to be asked, write that down: it is their right.")
TOO_LONG_AGO = _("That is so long ago that no follow-up is left. Write what you know as a note.")


@dataclass(frozen=True)
class Told:
    """What is written down of a follow-up. What was not asked, or not said, stands nowhere: it is never a step."""

    how: str
    words: str = ""  # the person's own
    steps: Mapping[str, int] = field(default_factory=dict)  # area -> 1 to 4
    signs: frozenset[str] = frozenset()

    def content(self) -> dict[str, Any]:
        """What is sealed."""
        return {"words": clean(self.words), "steps": dict(self.steps), "signs": sorted(self.signs), "version": rebuild.version()}


@dataclass(frozen=True)
class Said:
    """What was said at one follow-up, opened."""

    words: str
    steps: dict[str, int]
    signs: tuple[str, ...]
    version: str


@transaction.atomic
def begin(actor: Actor, case_id: UUID, since: date) -> None:
    """Count the follow-ups from this day on, for somebody who did not come home on a way of ours. Twice is once."""
    case = find(actor, case_id, "rebuild")
    if since > clock.today():
        raise Invalid({"since": _("This day has not come yet.")})
    if case.follow_ups.filter(state=FollowState.PLANNED, counted_from=since, month__gt=0).exists():
        return
    if not plan(case, since):
        raise Invalid({"since": TOO_LONG_AGO})
    reckon_due(case)
    done(actor, case, "case.follow_begin", StepDetail.FOLLOW_BEGUN, "due_on")


def plan(case: Case, since: date) -> int:
    """Plan those whose day is not over, in the place of what was planned before; how many. Inside an operation only."""
    days = [(month, later(since, month)) for month in rebuild.months()]
    left = [(month, day) for month, day in days if day + rebuild.grace() >= clock.today()]
    if left:
        set_aside(case)
    rows = [FollowUp(id=new_id(), case=case, month=month, counted_from=since, due_on=day) for month, day in left]
    return len(FollowUp.objects.bulk_create(rows))


def set_aside(case: Case) -> None:
    """What is still to come is not needed any more. Inside an operation only."""
    leaves, to = FOLLOW_MOVES["set_aside"]
    case.follow_ups.filter(state__in=leaves).update(state=to)


@transaction.atomic
def start(actor: Actor, case_id: UUID, told: Told, sent_id: UUID) -> UUID:
    """What is said at the start, with which the later ones are compared. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "rebuild")
    known = case.follow_ups.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    today = clock.today()
    made = FollowUp(id=new_id(), case=case, month=0, counted_from=today, due_on=today, sent_hash=sent_hash(sent_id))
    _write(actor, made, told, ring.data_key(case.id))
    return made.id


@transaction.atomic
def do(actor: Actor, case_id: UUID, follow_id: UUID, told: Told, sent_id: UUID) -> UUID:
    """It was done. Also one that was missed or declined before, if the person wants it now. A replay does nothing."""
    ring = ring_of(actor)
    case, found = _found(actor, case_id, follow_id)
    if found.sent_hash == sent_hash(sent_id):
        return found.id
    found.sent_hash, found.state = sent_hash(sent_id), after(FOLLOW_MOVES, "do", found.state)
    _write(actor, found, told, ring.data_key(case.id))
    return found.id


def _write(actor: Actor, found: FollowUp, told: Told, key: bytes) -> None:
    case = found.case
    _check(told)
    before = [said.steps for said in _opened(case, key, _done(case)).values()]
    levels = [Level(rebuild.signs()[code].level) for code in told.signs]
    worst = max(levels, key=RANK.__getitem__, default=None)
    found.state, found.how, found.why, found.danger = FollowState.DONE, told.how, "", worst or ""
    found.moved = rebuild.moved([*before, told.steps])
    found.waits = FollowWait.REOPEN if worst and case.state == enums.CaseState.CLOSED else ""
    found.written_on, found.written_by_id = clock.today(), actor.id
    found.said = seal(key, told.content(), follow_up_context(case, found.id))
    found.save()
    fields = ["due_on", *_raise(case, worst)]
    reckon_due(case)
    step = StepDetail.FOLLOW_SIGN if worst else StepDetail.FOLLOWED
    done(actor, case, "case.follow_do", step, *fields, reason=told.how)


def _raise(case: Case, worst: Level | None) -> list[str]:
    """More danger counts at once; what changed."""
    known = case.risk != enums.Risk.NOT_KNOWN
    if worst is None or (known and RANK[worst] <= RANK[Level(case.risk)]):
        return []
    case.risk = enums.Risk(worst)
    return ["risk"]


def _check(told: Told) -> None:
    wrong: dict[str, object] = {}
    if told.how not in FollowHow:
        wrong["how"] = STRANGE
    strange = not set(told.steps) <= set(rebuild.areas()) or not set(told.steps.values()) <= set(rebuild.STEPS)
    if strange or not told.signs <= set(rebuild.signs()):
        wrong[""] = _("An answer does not belong to this table. Open the page again.")
    elif not (clean(told.words) or told.steps or told.signs):
        wrong[""] = NOTHING
    if wrong:
        raise Invalid(wrong)


@transaction.atomic
def decline(actor: Actor, case_id: UUID, follow_id: UUID) -> None:
    """The person does not want this one, which is their right; the next ones stay. Twice is once."""
    case, found = _found(actor, case_id, follow_id)
    if found.state == FollowState.DECLINED:
        return
    found.state, found.why, found.waits = after(FOLLOW_MOVES, "decline", found.state), "", ""
    _end(actor, case, found, "case.follow_decline", StepDetail.FOLLOW_DECLINED)


@transaction.atomic
def miss(actor: Actor, case_id: UUID, follow_id: UUID, why: str) -> None:
    """Nobody could be asked, and its time is over: a supervisor sees it. Twice is once."""
    case, found = _found(actor, case_id, follow_id)
    if found.state == FollowState.MISSED:
        return
    if why not in MissedFor:
        raise Invalid({"why": STRANGE})
    if found.due_on + rebuild.grace() >= clock.today() and found.state == FollowState.PLANNED:
        raise Invalid({"": _("Its time is not over yet. Try again to reach the person first.")})
    found.state, found.why, found.waits = after(FOLLOW_MOVES, "miss", found.state), why, FollowWait.MISSED
    _end(actor, case, found, "case.follow_miss", StepDetail.FOLLOW_MISSED, why)


def _end(actor: Actor, case: Case, found: FollowUp, verb: str, step: str, reason: str = "") -> None:
    found.written_on, found.written_by_id = clock.today(), actor.id
    found.save()
    reckon_due(case)
    done(actor, case, verb, step, "due_on", reason=reason)


@transaction.atomic
def look(actor: Actor, case_id: UUID, follow_id: UUID) -> None:
    """A supervisor has looked at what was missed, or at a sign: it stays as it is. Nobody looks at their own. Twice is once."""
    case = find(actor, case_id, "look")
    found = case.follow_ups.select_for_update().filter(pk=follow_id).first()
    if found is None:
        raise NotYours
    if not found.waits:
        return
    if found.written_by_id == actor.id:
        raise NotAllowed(_("A second person has to look at what you wrote."))
    found.waits = ""
    found.save(update_fields=["waits"])
    done(actor, case, "case.follow_look", StepDetail.FOLLOW_LOOKED)


@transaction.atomic
def take(actor: Actor, case_id: UUID, follow_id: UUID, signs: Iterable[str], language: str) -> None:
    """Make the tasks that these signs of a follow-up propose. Each is made once, however often it is sent."""
    ring = ring_of(actor)
    case = find(actor, case_id, "task")
    found = case.follow_ups.filter(pk=follow_id, state=FollowState.DONE).first()
    if found is None:
        raise NotYours
    key = ring.data_key(case.id)
    seen = _opened(case, key, [found])[found.id].signs
    if not set(signs) <= set(seen):
        raise Invalid({"": _("Choose among the signs of this follow-up.")})
    for code in signs:
        sign, sent = rebuild.signs()[code], task_of(found.id, code)
        if not case.tasks.filter(sent_hash=sent_hash(sent)).exists():
            keep_task(actor, case, key, sign.todo.of(language), sent, kind=sign.task, response=sign.soon, due_on=None)
    reckon_due(case)
    done(actor, case, "case.task", StepKind.TASK, "due_on")


def task_of(follow_id: UUID, sign: str) -> UUID:
    """The sender's id of the task that a sign of a follow-up becomes: so it becomes one."""
    return uuid5(follow_id, sign)


def read(actor: Actor, case_id: UUID, reason: str = "") -> dict[UUID, Said]:
    """What was said at each follow-up, the earliest first; the trail first."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.follow_read", case, org=case.org_id)
        return _opened(case, key, _done(case))


def _done(case: Case) -> list[FollowUp]:
    return list(case.follow_ups.filter(state=FollowState.DONE).exclude(said=b"").order_by("written_on", "month", "id"))


def _opened(case: Case, key: bytes, rows: Iterable[FollowUp]) -> dict[UUID, Said]:
    told = {f.id: open_sealed(key, bytes(f.said), follow_up_context(case, f.id)) for f in rows}
    return {pk: Said(it["words"], it["steps"], tuple(it["signs"]), it["version"]) for pk, it in told.items()}


def _found(actor: Actor, case_id: UUID, follow_id: UUID) -> tuple[Case, FollowUp]:
    case = find(actor, case_id, "rebuild")
    found = case.follow_ups.select_for_update(of=("self",)).filter(pk=follow_id).first()
    if found is None:
        raise NotYours
    found.case = case
    return case, found
