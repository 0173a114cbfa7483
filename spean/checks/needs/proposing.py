"""From what a person needs to what is proposed to be done, with the reason: a pure function of the answers and the table.

Source of the rule: our own [design], after facts/domain.md 6.1 (phase 3: risk level and needs). A need that nobody knows is never
taken for one that is not there: it stays open, it lowers nothing, and without it nobody is said to be in little danger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from spean.checks.needs.tables import Answer, Need, Soon, needs, version


class Level(StrEnum):
    """How much danger the answers show, from the least to the most. Not known stands above low: it may be anything."""

    LOW = "low"
    NOT_KNOWN = "not_known"
    SOME = "some"
    HIGH = "high"
    NOW = "now"


class Why(StrEnum):
    """Why a task is proposed, the most pressing first."""

    DANGER = "danger"
    NOW = "now"
    LATER = "later"


RANK = {level: rank for rank, level in enumerate(Level)}
_SOON = {soon: rank for rank, soon in enumerate(Soon)}
_WHY = {why: rank for rank, why in enumerate(Why)}
#: needed now and to be answered this soon, a need alone says that the danger is high
PRESSING = frozenset({Soon.HOUR, Soon.HOURS})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One task that is proposed. `days` count for what is planned: the day is for the worker and the person to agree."""

    need: Need
    why: Why
    soon: Soon
    days: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """The proposals in the order in which they are to be done, and how much danger the answers show."""

    level: Level
    version: str
    proposals: tuple[Proposal, ...]
    open: tuple[Need, ...]  # not asked, not known or not said
    could_change: tuple[Need, ...]  # open ones of which one alone, needed now, would show more danger
    asked: int

    @property
    def answered(self) -> int:
        """How many were answered with now, later or not needed."""
        return self.asked - len(self.open)


def propose(answers: Mapping[str, str]) -> Assessed:
    """Weigh answers (code -> now, later, not or not_said; none where nobody asked)."""
    known = tuple(needs().values())
    still_open = tuple(need for need in known if answers.get(need.code) not in {Answer.NOW, Answer.LATER, Answer.NOT})
    now = tuple(need for need in known if answers.get(need.code) == Answer.NOW)
    level = _level(now, complete=not still_open)
    could = tuple(need for need in still_open if RANK[_level((*now, need), complete=False)] > RANK[level])
    proposals = tuple(
        _proposal(need, answers[need.code]) for need in known if answers.get(need.code) in {Answer.NOW, Answer.LATER}
    )
    ordered = sorted(proposals, key=lambda p: (_WHY[p.why], _SOON[p.soon]))
    return Assessed(level, version(), tuple(ordered), still_open, could, len(known))


def _proposal(need: Need, answer: str) -> Proposal:
    if answer == Answer.LATER:
        return Proposal(need, Why.LATER, Soon.PLANNED, need.days)
    return Proposal(need, Why.DANGER if need.danger else Why.NOW, need.now, need.days)


def _level(now: Iterable[Need], *, complete: bool) -> Level:
    found = [_alone(need) for need in now]
    return max([Level.LOW if complete else Level.NOT_KNOWN, *found], key=RANK.__getitem__)


def _alone(need: Need) -> Level:
    """How much danger one need shows that is there now."""
    if need.danger:
        return Level.NOW
    return Level.HIGH if need.now in PRESSING else Level.SOME


def higher(one: str, other: str) -> Level:
    """The one of two levels that says more danger."""
    return max(Level(one), Level(other), key=RANK.__getitem__)
