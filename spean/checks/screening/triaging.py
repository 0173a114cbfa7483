"""What to do after a volunteer's few questions: a pure function of the answers and of what is urgent.

Source of the rule: our own [design], after facts/domain.md 5.2 (engine rules 1, 3 and 5). It says what to do next and nothing
about what somebody is: whoever answers is never told, and never noted, to be no victim.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from spean.checks.screening.tables import Answer, Question, triage, triage_version

#: so many worries that are not strong weigh as much as a strong one
ENOUGH = 2


class Next(StrEnum):
    """What to do next, from the least to the most pressing."""

    COME_BACK = "come_back"
    TALK = "talk"
    TELL_NOW = "tell_now"


RANK = {step: rank for rank, step in enumerate(Next)}


@dataclass(frozen=True, slots=True)
class Triaged:
    """What to do next and every reason for it. The same answers and version give the same."""

    next: Next
    version: str
    urgent: tuple[str, ...]
    worries: tuple[Question, ...]
    open: tuple[Question, ...]  # not answered with yes or no
    could_change: tuple[Question, ...]  # open ones of which a worrying answer alone would make it more pressing
    asked: int  # all questions of the table

    @property
    def answered(self) -> int:
        """How many were answered with yes or no."""
        return self.asked - len(self.open)


def weigh_triage(answers: Mapping[str, str], urgent: Iterable[str] = ()) -> Triaged:
    """Weigh answers (code -> yes, no, unknown or refused; none where nobody asked). Only a yes or a no is an answer."""
    questions, acute = triage(), tuple(sorted(set(urgent)))
    worries = tuple(q for q in questions if answers.get(q.code) == q.worries)
    still_open = tuple(q for q in questions if answers.get(q.code) not in {Answer.YES, Answer.NO})
    step = _next(acute, worries)
    could = tuple(q for q in still_open if RANK[_next(acute, (*worries, q))] > RANK[step])
    return Triaged(step, triage_version(), acute, worries, still_open, could, len(questions))


def _next(acute: tuple[str, ...], worries: tuple[Question, ...]) -> Next:
    if acute:
        return Next.TELL_NOW
    return Next.TALK if any(q.strong for q in worries) or len(worries) >= ENOUGH else Next.COME_BACK
