"""An issue's ladder and its history as a reader may see them: the office that is complained of never learns of it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from spean.voices import enums
from spean.voices.enums import StepKind, Why
from spean.voices.models import Issue, Step


@dataclass(frozen=True)
class RungView:
    """One rung: who was asked and when, or why nobody was."""

    level: str
    committee: str
    asked_on: date | None
    reached: bool
    current: bool
    note: str


@dataclass(frozen=True)
class StepView:
    """One line of what happened."""

    state: str
    text: str
    on: date
    late: bool
    by_rule: bool


def rungs_of(issue: Issue, *, inside: bool) -> tuple[RungView, ...]:
    """The rungs from the commune up; those beyond the border only for issues that cross one."""
    steps = [s for s in _seen(issue, inside=inside) if s.level]
    levels = [v for v in enums.Level if issue.crosses_border or v not in enums.BEYOND_BORDERS]
    return tuple(_rung(issue, level, [s for s in steps if s.level == level]) for level in levels)


def _rung(issue: Issue, level: enums.Level, steps: list[Step]) -> RungView:
    asked = [s for s in steps if s.committee_id and s.kind in (StepKind.MOVED, StepKind.ESCALATED)]
    skipped = [s for s in steps if s.kind == StepKind.SKIPPED]
    first = asked[0] if asked else None
    return RungView(
        level=str(level.label),
        committee=first.committee.name if first and first.committee else "",
        asked_on=first.on if first else None,
        reached=first is not None,
        current=issue.level == level,
        note=str(Why(skipped[-1].why).label) if skipped and not asked else "",
    )


def history_of(issue: Issue, *, inside: bool) -> tuple[StepView, ...]:
    """What happened, oldest first."""
    return tuple(_line(s) for s in _seen(issue, inside=inside))


def _seen(issue: Issue, *, inside: bool) -> list[Step]:
    """That a level was passed over because of a complaint is known to the organisation that holds the issue, to no office."""
    steps = list(issue.steps.select_related("committee", "other").order_by("position"))
    return steps if inside else [s for s in steps if s.why != Why.COMPLAINED_OF or s.kind == StepKind.ESCALATED]


def _line(step: Step) -> StepView:
    late = step.kind in (StepKind.ESCALATED, StepKind.TOP) or step.state in ("contested", "declined")
    return StepView(step.state, _text(step), step.on, late, step.by_rule)


def _text(step: Step) -> str:
    if step.kind == StepKind.MOVED:
        return str(enums.IssueState(step.state).label)
    why = str(Why(step.why).label) if step.why and step.why != Why.COMPLAINED_OF else ""
    level = str(enums.Level(step.level).label) if step.level else ""
    committee = step.committee.name if step.committee else level
    if step.kind == StepKind.REMINDED:
        return _("%(committee)s was reminded") % {"committee": committee}
    if step.kind == StepKind.ESCALATED:
        told = _("Sent up to %(committee)s") % {"committee": committee}
        return f"{told}: {why}" if why else told
    if step.kind == StepKind.SKIPPED:
        reason = str(Why(step.why).label)
        return _("%(level)s passed over: %(why)s") % {"level": level, "why": reason}
    told = str(StepKind(step.kind).label)
    if step.other is not None:
        return f"{told}: S-{step.other.number:04d}"
    return told
