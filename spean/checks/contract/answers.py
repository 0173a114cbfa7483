"""What a check answers with: plain values, in both languages of the pages."""

from dataclasses import dataclass, field
from enum import StrEnum

from spean.checks.contract.language import Language
from spean.checks.wording import Both

NOWHERE = Both("", "")


class Ending(StrEnum):
    """How a check ends. There is no ending that says that a contract is good."""

    FLAGS = "flags"
    NONE_FOUND = "none_found"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text as it was given: text[start:end] == words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was compared: what was found, with what, in which unit, from where and of which day."""

    kind: str  # hours_day, hours_week, from_to, wage, age, share
    found: float
    limit: float
    unit: str = ""
    source: str = ""
    told: Both = NOWHERE  # where the limit is from, for a reader
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that worries us: where it stands, why it matters, what to ask."""

    code: str
    name: Both
    why: Both
    ask: Both
    indicators: tuple[int, ...]  # numbers of the ILO's eleven signs of forced labour; 0 is the rule for children
    polarity: str
    source: str
    spots: tuple[Spot, ...]
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A clause that every contract should have and that we did not find."""

    code: str
    name: Both
    ask: Both
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a check found in one text."""

    language: Language
    ending: Ending
    findings: tuple[Finding, ...] = ()
    missing: tuple[Missing, ...] = ()
    present: tuple[str, ...] = field(default=())
    unread_part: bool = False  # a part is written in letters that we cannot read
    wage_unread: bool = False  # no figure of a wage was found: it may be in words
