"""What became of one team's work in a half-year, counted from what is in the clear: no seal is opened. Never for the public door.

What was said of the areas of life is sealed and stays out of it (decision 34).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from spean.cases import rebuild
from spean.cases.enums import GoalState, NeedDomain
from spean.cases.models import Enrolment, FollowUp, Goal, Livelihood, Promise, Step
from spean.cases.rebuild_enums import FollowState, LivelihoodKind, LivelihoodState
from spean.cases.step_enums import StepDetail, StepKind
from spean.cases.training_enums import CertificateKind, EnrolmentState, LeftFor
from spean.evidence.grids import Cohort, Named, Part
from spean.evidence.models import Table
from spean.evidence.register import BESIDES, DELIVERED, ENDED, FOLLOWED, SIGNED, WENT

WHOLE = "team"
_RUNNING = (LivelihoodState.BEGUN, LivelihoodState.GOING)
_NOBODY = frozenset[str]()


@dataclass(frozen=True)
class Span:
    """A team and the days of a half-year: from the first, before the other."""

    team: UUID
    start: date
    end: date

    def days(self, name: str) -> dict[str, date]:
        """That a day lies within it, as a filter."""
        return {f"{name}__gte": self.start, f"{name}__lt": self.end}


#: (line, column, case)
Unit = tuple[str, str, UUID]


def cohort(table: Table, span: Span) -> Cohort:
    """What one table is made of."""
    lines, columns, units = _TABLES[table]
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line, column, case in units(span):
        found[line, column].append(str(case))
    parts = tuple(Part(line, "", column, "", len(who), len(who), frozenset(who)) for (line, column), who in sorted(found.items()))
    named = tuple(Named(line, "line", "", "") for line in lines() if any(part.path == line for part in parts))
    return Cohort(Named(WHOLE, "team", "", ""), named, ("",), tuple(columns), parts)


def _follow_ups(span: Span) -> Iterator[Unit]:
    """By month; who was not asked until its grace was over was missed, whether somebody wrote so or not."""
    due = FollowUp.objects.filter(case__team=span.team, month__gt=0, **span.days("due_on")).exclude(state=FollowState.SET_ASIDE)
    for month, state, due_on, on, case in due.values_list("month", "state", "due_on", "written_on", "case").iterator():
        if state == FollowState.DONE:
            yield str(month), "on_time" if on <= due_on + rebuild.grace() else "late", case
        else:
            yield str(month), "declined" if state == FollowState.DECLINED else "missed", case


def _signs(span: Span) -> Iterator[Unit]:
    """Of those that were done and showed danger: what the course of the case says of it."""
    done = FollowUp.objects.filter(case__team=span.team, month__gt=0, state=FollowState.DONE, **span.days("due_on"))
    shown = list(done.exclude(danger="").order_by("written_on", "month").values_list("case", "written_on"))
    courses: dict[UUID, list[tuple[date, str]]] = defaultdict(list)
    steps = Step.objects.filter(case__in={case for case, _on in shown}).order_by("case", "position")
    for case, on, kind, detail in steps.values_list("case", "on", "kind", "detail").iterator():
        if kind in (StepKind.CLOSED, StepKind.REOPENED) or detail == StepDetail.FOLLOW_SIGN:
            courses[case].append((on, detail or kind))
    for case, on in shown:
        yield WHOLE, _after_sign(courses[case], on), case


def _after_sign(course: Sequence[tuple[date, str]], on: date) -> str:
    at = next((n for n, step in enumerate(course) if step == (on, StepDetail.FOLLOW_SIGN)), len(course))
    states = [kind for _on, kind in course[:at] if kind != StepDetail.FOLLOW_SIGN]
    if not states or states[-1] == StepKind.REOPENED:
        return "open"
    return "reopened" if any(kind == StepKind.REOPENED for _on, kind in course[at:]) else "closed"


def _courses(span: Span) -> Iterator[Unit]:
    ended = Enrolment.objects.filter(case__team=span.team, **span.days("moved_on"))
    ended = ended.filter(state__in=(EnrolmentState.FINISHED, EnrolmentState.LEFT))
    for left_for, certificate, case in ended.values_list("left_for", "certificate", "case").iterator():
        has = certificate not in ("", CertificateKind.NONE)
        yield WHOLE, left_for or ("certificate" if has else "finished"), case


def _delivered(span: Span) -> Iterator[Unit]:
    """Goals that stand and were to be reached by then, whether somebody has asked or not; and what was promised besides."""
    goals = Goal.objects.filter(plan__case__team=span.team, **span.days("target_on")).exclude(state=GoalState.CHANGED)
    for domain, delivered, case in goals.values_list("domain", "promise__delivered", "plan__case").iterator():
        yield domain, delivered or "unasked", case
    besides = Promise.objects.filter(case__team=span.team, goal=None, **span.days("made_on"))
    for delivered, case in besides.values_list("delivered", "case").iterator():
        yield BESIDES, delivered or "unasked", case


def _livelihoods(span: Span) -> Iterator[Unit]:
    """As they stood on the day of the last follow-up: what was begun or ended after it is of the next."""
    done = FollowUp.objects.filter(case__team=span.team, month__gt=0, state=FollowState.DONE, **span.days("due_on"))
    last = dict(done.order_by().values("case").annotate(on=Max("written_on")).values_list("case", "on"))
    rows = Livelihood.objects.filter(case__in=last).values_list("case", "kind", "state", "made_on", "moved_on")
    for case, kind, state, made_on, moved_on in rows.iterator():
        if made_on > last[case] or state == LivelihoodState.CONSIDERED:
            continue
        if state == LivelihoodState.ENDED:
            yield kind, "ended" if moved_on <= last[case] else "going", case
        elif state == LivelihoodState.GOING or moved_on <= last[case]:
            yield kind, "going", case


def _whole() -> Iterable[str]:
    return ()


_TABLES: dict[Table, tuple[Callable[[], Iterable[str]], Sequence[str], Callable[[Span], Iterator[Unit]]]] = {
    Table.FOLLOW_UPS: (lambda: map(str, rebuild.months()), FOLLOWED, _follow_ups),
    Table.SIGNS: (_whole, SIGNED, _signs),
    Table.COURSES: (_whole, (*ENDED, *LeftFor.values), _courses),
    Table.DELIVERED: (lambda: (*NeedDomain.values, BESIDES), DELIVERED, _delivered),
    Table.LIVELIHOODS: (lambda: LivelihoodKind.values, WENT, _livelihoods),
}
TABLES = tuple(_TABLES)
