"""The tables of the screening as they are written: indicators and weights, the gate, the triage, what is urgent. Read once."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from spean.checks.wording import Both

HERE = Path(__file__).parent


class Answer(StrEnum):
    """What can be answered. What nobody asked has no answer at all."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    REFUSED = "refused"


class Profile(StrEnum):
    """Whose weights count. A child is who was under 18 at the time, and whose age nobody knows."""

    ADULT_LABOUR = "adult_labour"
    ADULT_SEXUAL = "adult_sexual"
    CHILD = "child"


class Weight(StrEnum):
    """How much an indicator says."""

    STRONG = "S"
    MEDIUM = "M"
    WEAK = "W"


class Dimension(StrEnum):
    """The six groups of indicators: the first digit of each code."""

    DECEIVED = "D1"
    COERCED = "D2"
    RECRUITED_WEAK = "D3"
    EXPLOITED = "D4"
    HELD = "D5"
    HELD_WEAK = "D6"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; `signs` are those of the ILO's eleven that it shows."""

    code: str
    name: Both
    signs: tuple[int, ...]
    weights: dict[Profile, Weight]
    doubted: frozenset[Profile]

    @property
    def dimension(self) -> Dimension:
        """The group that it belongs to."""
        return Dimension(self.code[:2])


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the triage, and the answer that worries."""

    code: str
    words: Both
    worries: Answer
    strong: bool
    points: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@cache
def version() -> str:
    """The version of the table of weights; it is kept with each screening."""
    return str(_read("indicators.toml")["version"])


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by their code, in the order of the source."""
    return {code: _indicator(code, entry) for code, entry in _read("indicators.toml").items() if code != "version"}


def _indicator(code: str, entry: dict[str, Any]) -> Indicator:
    adult = entry["adult_labour"]
    written = {Profile.ADULT_LABOUR: adult, Profile.ADULT_SEXUAL: entry.get("adult_sexual", adult), Profile.CHILD: entry["child"]}
    weights = {profile: Weight(weight) for profile, weight in written.items() if weight != "-"}
    doubted = frozenset(Profile(name) for name in entry.get("doubted", ()))
    return Indicator(code, Both(entry["km"], entry["en"]), tuple(entry["signs"]), weights, doubted)


def of(profile: Profile) -> tuple[Indicator, ...]:
    """The indicators that are asked with a profile."""
    return tuple(indicator for indicator in indicators().values() if profile in indicator.weights)


@cache
def gate() -> dict[str, Both]:
    """What must be so before anybody asks."""
    return {code: Both(**entry) for code, entry in _read("questions.toml")["gate"].items()}


@cache
def urgent() -> dict[str, Both]:
    """What comes before every score."""
    return {code: Both(**entry) for code, entry in _read("questions.toml")["urgent"].items()}


@cache
def triage_version() -> str:
    """The version of the questions; it is kept with each triage."""
    return str(_read("questions.toml")["version"])


@cache
def triage() -> tuple[Question, ...]:
    """The questions that a volunteer may ask."""
    return tuple(_question(code, entry) for code, entry in _read("questions.toml")["triage"].items())


def _question(code: str, entry: dict[str, Any]) -> Question:
    words = Both(entry["km"], entry["en"])
    return Question(code, words, Answer(entry["worries"]), entry["strong"], tuple(entry["points"]))
