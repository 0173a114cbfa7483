"""What the answers of a screening indicate, with the reasons: pure functions of answers, profile and table of weights.

Source of the rule of a dimension and of the first rows of `_class`: ILO and European Commission, operational indicators of
trafficking in human beings (2009), as cited in facts/domain.md 5.2 [seen: S31b]; the rows that the source leaves open are
decided there and marked [design]. Nobody is ever told that they are no victim: only an authority decides that, elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from spean.checks.screening.tables import Answer, Dimension, Indicator, Profile, Weight, indicators, of, version

D = Dimension
#: counts of (strong, medium, weak) that make a dimension positive: each is enough, and the first that holds is named
CLAUSES = (("2S", (2, 0, 0)), ("1S+1M", (1, 1, 0)), ("1S+1W", (1, 0, 1)), ("3M", (0, 3, 0)), ("2M+1W", (0, 2, 1)))
#: a lone one of these makes no dimension positive; the papers must be asked back all the same
PAPERS = ("D205", "D501")


class Class(StrEnum):
    """What the answers indicate, from the least to the most."""

    NONE_NOW = "none_now"
    TOO_LITTLE = "too_little"
    LABOUR_RIGHTS = "labour_rights"
    POSSIBLE = "possible"
    STRONG = "strong"
    URGENT = "urgent"


RANK = {kind: rank for rank, kind in enumerate(Class)}


@dataclass(frozen=True, slots=True)
class Fired:
    """An indicator that was answered with yes, its weight, and whether the weight is in doubt."""

    indicator: Indicator
    weight: Weight
    doubted: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One dimension: what fired, the clause that makes it positive (empty when none does), and how much was asked."""

    dimension: Dimension
    fired: tuple[Fired, ...]
    clause: str
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Screening:
    """The result and every reason for it. The same answers and version give the same result."""

    kind: Class
    row: str  # the row of the table of classes that decided
    profile: Profile
    version: str
    sides: tuple[Side, ...]
    urgent: tuple[str, ...]
    could_change: tuple[Indicator, ...]  # open ones of which a yes alone would give a higher class
    papers: bool  # papers are kept: ask for them back, whatever the class

    @property
    def coverage(self) -> float:
        """Answered with yes or no, of all that are asked with this profile; from 0 to 1."""
        asked = sum(side.asked for side in self.sides)
        return sum(side.answered for side in self.sides) / asked if asked else 0.0


def screen(profile: Profile, answers: Mapping[str, str], urgent: Iterable[str] = ()) -> Screening:
    """Weigh answers (code -> yes, no, unknown or refused; none where nobody asked). What is unknown is never a no."""
    yes = frozenset(i.code for i in of(profile) if answers.get(i.code) == Answer.YES)
    still_open = tuple(i for i in of(profile) if answers.get(i.code) not in {Answer.YES, Answer.NO})
    acute = tuple(sorted(set(urgent)))
    kind, row = ("urgent", "urgent") if acute else _class(profile, yes)
    if kind == Class.NONE_NOW and _class(profile, yes | {i.code for i in still_open})[0] != Class.NONE_NOW:
        kind = Class.TOO_LITTLE
    known = RANK[_class(profile, yes)[0]]
    could = tuple(i for i in still_open if RANK[_class(profile, yes | {i.code})[0]] > known)
    sides = tuple(_side(profile, dimension, answers, yes) for dimension in Dimension)
    return Screening(Class(kind), row, profile, version(), sides, acute, could, not yes.isdisjoint(PAPERS))


def _side(profile: Profile, dimension: Dimension, answers: Mapping[str, str], yes: frozenset[str]) -> Side:
    mine = [i for i in of(profile) if i.dimension == dimension]
    fired = tuple(Fired(i, i.weights[profile], profile in i.doubted) for i in mine if i.code in yes)
    answered = sum(answers.get(i.code) in {Answer.YES, Answer.NO} for i in mine)
    return Side(dimension, fired, clause_of(Counter(f.weight for f in fired)), answered, len(mine))


def clause_of(weights: Mapping[Weight, int]) -> str:
    """The clause that makes a dimension with so many strong, medium and weak indicators positive; empty for none."""
    have = (weights.get(Weight.STRONG, 0), weights.get(Weight.MEDIUM, 0), weights.get(Weight.WEAK, 0))
    return next((clause for clause, needs in CLAUSES if all(h >= n for h, n in zip(have, needs, strict=True))), "")


def _class(profile: Profile, yes: frozenset[str]) -> tuple[Class, str]:
    """The class, and the row that gives it."""
    counts: dict[str, Counter[Weight]] = {d: Counter() for d in Dimension}
    for code in yes:
        counts[code[:2]][indicators()[code].weights[profile]] += 1
    there = {d for d in Dimension if clause_of(counts[d])}
    means, held, weak = there & {D.DECEIVED, D.COERCED, D.RECRUITED_WEAK}, D.HELD in there, D.HELD_WEAK in there
    if profile == Profile.CHILD and D.EXPLOITED in there:
        return Class.STRONG, "child, exploited"
    if D.EXPLOITED in there:
        if held:
            return Class.STRONG, "means, exploited, held" if means else "exploited, held"
        return (Class.POSSIBLE, "means, exploited") if means or weak else (Class.LABOUR_RIGHTS, "exploited")
    if held or weak:
        return Class.POSSIBLE, "means, held" if means else "held"
    return (Class.POSSIBLE, "means") if means else (Class.NONE_NOW, "none")
