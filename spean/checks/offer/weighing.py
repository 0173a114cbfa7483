"""Which answers worry, how much, and how the check ends. "I do not know" is never taken for "no"."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from spean.checks.wording import Both

SOURCE = Path(__file__).with_name("questions.toml")
MANY = 3  # signs that are not strong by themselves worry together
ENOUGH = 10  # answers below which nothing can be said where no sign was found


class Answer(StrEnum):
    """What can be answered. No answer at all is the empty word."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ending(StrEnum):
    """How the check ends. There is no ending that says that an offer is good."""

    STOP = "stop"
    ASK = "ask"
    NONE_FOUND = "none_found"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Sign:
    """A question, what it points to, and what to do about it."""

    code: str
    question: Both
    worries: Answer
    strong: bool
    why: Both
    do: Both
    source: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """The answer of the check, with the rule that decided."""

    ending: Ending
    rule: str  # strong, many, some, none, few
    signs: tuple[Sign, ...]
    open: tuple[Sign, ...]  # not answered, or not known: to be found out
    answered: int


@cache
def questions() -> tuple[Sign, ...]:
    """All questions, in the order in which they are asked."""
    return tuple(_sign(code, entry) for code, entry in tomllib.loads(SOURCE.read_text(encoding="utf-8")).items())


def _sign(code: str, entry: dict[str, Any]) -> Sign:
    def both(name: str) -> Both:
        return Both(entry["km"][name], entry["en"][name])

    return Sign(code, both("question"), Answer(entry["worries"]), entry["strong"], both("why"), both("do"), entry["source"])


def weigh(answers: Mapping[str, str]) -> Weighing:
    """The signs in the answers (code -> yes, no or unknown; anything else is no answer), and the ending that they give."""
    signs = tuple(q for q in questions() if answers.get(q.code) == q.worries)
    answered = [q for q in questions() if answers.get(q.code) in {Answer.YES, Answer.NO}]
    unanswered = tuple(q for q in questions() if q not in answered)
    ending, rule = _ending(signs, len(answered))
    return Weighing(ending, rule, signs, unanswered, len(answered))


def _ending(signs: tuple[Sign, ...], answered: int) -> tuple[Ending, str]:
    if any(sign.strong for sign in signs):
        return Ending.STOP, "strong"
    if len(signs) >= MANY:
        return Ending.STOP, "many"
    if signs:
        return Ending.ASK, "some"
    return (Ending.NONE_FOUND, "none") if answered >= ENOUGH else (Ending.TOO_FEW, "few")
