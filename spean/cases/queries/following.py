"""Follow-ups and promises of a case, without a word of what was said; and which cases wait for a supervisor because of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import enums, rebuild, rebuild_enums
from spean.cases.models import Case, FollowUp, Promise
from spean.cases.operations.following import task_of
from spean.cases.operations.promises import goals
from spean.cases.rebuild_enums import Delivered, FollowState, FollowWait
from spean.kernel import clock
from spean.kernel.errors import NotYours
from spean.voices.operations.intake import sent_hash


@dataclass(frozen=True)
class FollowView:
    """One follow-up. `may` are the acts that fit its state; `far` while another comes first; `mine` if the reader wrote it."""

    id: UUID
    month: int
    due_on: date
    state: str
    state_label: str
    how: str
    why: str
    moved: str
    moved_label: str
    danger: str
    waits: str
    waits_label: str
    written_on: date | None
    written_by: str
    counted_from: date
    late: bool
    far: bool
    mine: bool
    may: frozenset[str]


@dataclass(frozen=True)
class PromiseView:
    """One goal of the plan, or another promise, and whether it was kept. `id` is the goal's where there is one."""

    id: UUID
    domain: str
    delivered: str
    delivered_label: str
    answered_on: date | None
    by: str
    may: frozenset[str] = frozenset({"kept"})


@dataclass(frozen=True)
class After:
    """What the page of a case says of the months after: the next one, how many were done, and of the promises."""

    next: FollowView | None
    done: int
    waits: bool
    promised: int
    answered: int


def follow_ups(actor: Actor, case_id: UUID) -> tuple[FollowView, ...]:
    """Those of one case in the order of their days; what was set aside is left out. Two queries."""
    return _follow_ups(actor, access.get(actor, "case.see", Case.objects.all(), case_id))


def _follow_ups(actor: Actor, case: Case) -> tuple[FollowView, ...]:
    rows = case.follow_ups.exclude(state=FollowState.SET_ASIDE).select_related("written_by").order_by("due_on", "month", "id")
    found = list(rows)
    first = min((f.due_on for f in found if f.state == FollowState.PLANNED), default=clock.today())
    return tuple(_view(actor, f, max(first, clock.today())) for f in found)


def follow_up(actor: Actor, case_id: UUID, follow_id: UUID) -> FollowView:
    """One of them, or NotYours."""
    found = next((f for f in follow_ups(actor, case_id) if f.id == follow_id), None)
    if found is None:
        raise NotYours
    return found


def promises(actor: Actor, case_id: UUID) -> tuple[PromiseView, ...]:
    """The goals of the plan, then what was promised besides. Three queries."""
    return _promises(access.get(actor, "case.see", Case.objects.all(), case_id))


def _promises(case: Case) -> tuple[PromiseView, ...]:
    kept = {p.goal_id or p.id: p for p in case.promises.select_related("by", "goal").order_by("made_on", "id")}
    rows = [(goal.id, str(enums.NeedDomain(goal.domain).label)) for goal in goals(case)]
    rows += [(pk, "") for pk, p in kept.items() if p.goal is None]
    return tuple(_promise(pk, domain, kept.get(pk)) for pk, domain in rows)


def brief_of(actor: Actor, case: Case) -> After:
    """For the page of a case that was found. Three queries."""
    rows, promised = _follow_ups(actor, case), _promises(case)
    return After(
        next=next((f for f in rows if f.state == FollowState.PLANNED), None),
        done=sum(f.state == FollowState.DONE for f in rows),
        waits=any(f.waits for f in rows),
        promised=len(promised),
        answered=sum(bool(p.delivered) for p in promised),
    )


def taken(actor: Actor, case_id: UUID, seen: Iterable[tuple[UUID, str]]) -> frozenset[tuple[UUID, str]]:
    """Of these signs of follow-ups, those that became a task. Two queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    hashes = {sent_hash(task_of(pk, code)): (pk, code) for pk, code in seen}
    made = case.tasks.filter(sent_hash__in=hashes).values_list("sent_hash", flat=True)
    return frozenset(hashes[it] for it in made)


def waiting() -> Q:
    """Cases of which a follow-up waits for a supervisor: missed, a sign in a closed case, or nobody wrote what became of it."""
    over = Q(state=FollowState.PLANNED, due_on__lt=clock.today() - rebuild.grace())
    return Q(pk__in=FollowUp.objects.filter(over | Q(waits__in=FollowWait.values)).values("case"))  # few wait among many cases


def _view(actor: Actor, f: FollowUp, near: date) -> FollowView:
    today = clock.today()
    fits = {verb for verb in ("do", "decline", "miss") if f.state in rebuild_enums.FOLLOW_MOVES[verb][0]}
    if f.due_on + rebuild.grace() >= today:
        fits.discard("miss")
    if f.waits:
        fits.add("look")
    if f.danger:
        fits.add("tasks")
    return FollowView(
        id=f.id,
        month=f.month,
        due_on=f.due_on,
        state=f.state,
        state_label=str(FollowState(f.state).label),
        how=str(rebuild_enums.FollowHow(f.how).label) if f.how else "",
        why=str(rebuild_enums.MissedFor(f.why).label) if f.why else "",
        moved=f.moved,
        moved_label=str(rebuild_enums.Moved(f.moved).label) if f.moved else "",
        danger=str(enums.Risk(f.danger).label) if f.danger else "",
        waits=f.waits,
        waits_label=str(rebuild_enums.FollowWait(f.waits).label) if f.waits else "",
        written_on=f.written_on,
        written_by=f.written_by.name if f.written_by else "",
        counted_from=f.counted_from,
        late=f.state == FollowState.PLANNED and f.due_on < today,
        far=f.state == FollowState.PLANNED and f.due_on > near,
        mine=f.written_by_id == actor.id,
        may=frozenset(fits),
    )


def _promise(pk: UUID, domain: str, p: Promise | None) -> PromiseView:
    if p is None:
        return PromiseView(pk, domain, "", "", None, "")
    label = str(Delivered(p.delivered).label) if p.delivered else ""
    return PromiseView(pk, domain, p.delivered, label, p.answered_on, p.by.name)
