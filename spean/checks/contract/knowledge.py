"""The rules as they are written in `data/`: what each check means, and the cues of each language. Read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spean.checks.contract.cues import Grammar, Rule
from spean.checks.contract.patterns import Cue, any_of, cue
from spean.checks.wording import Both

DATA = Path(__file__).with_name("data")
FIGURES = ("hours_day", "hours_week", "from_to", "age", "birth")
LANGUAGES = ("km", "th", "en", "ms")


@dataclass(frozen=True)
class Meaning:
    """What a check or a clause is about."""

    code: str
    name: Both
    ask: Both
    source: str
    why: Both
    polarity: str
    indicators: tuple[int, ...]


@dataclass(frozen=True)
class Tongue:
    """One language: how it negates, the cues of each check, and of each clause that should be there."""

    grammar: Grammar
    rules: dict[str, Rule]
    clauses: dict[str, tuple[Cue, ...]]
    figures: dict[str, tuple[Cue, ...]]  # what holds a figure
    numbers: dict[str, Any]  # words around figures


def read(name: str) -> dict[str, Any]:
    """One file of rules."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def checks() -> dict[str, Meaning]:
    """C01 to C30."""
    return {code: _meaning(code, entry) for code, entry in read("checks.toml").items()}


@cache
def clauses() -> dict[str, Meaning]:
    """M1 to M20."""
    return {code: _meaning(code, entry) for code, entry in read("clauses.toml").items()}


def _meaning(code: str, entry: dict[str, Any]) -> Meaning:
    def both(name: str) -> Both:
        return Both(entry["km"].get(name, ""), entry["en"].get(name, ""))

    return Meaning(
        code,
        both("name"),
        both("ask"),
        entry["source"],
        both("why"),
        entry.get("polarity", ""),
        tuple(entry.get("indicators", ())),
    )


@cache
def indicators() -> dict[int, Both]:
    """The ILO's eleven signs of forced labour, and 0 for the rule that protects children."""
    return {int(number): Both(**entry) for number, entry in read("indicators.toml").items()}


@cache
def floors() -> list[dict[str, Any]]:
    """The lowest wages of the law, each with its source and day."""
    return read("floors.toml")["floor"]


@cache
def tongue(language: str) -> Tongue:
    """The cues of one language."""
    data = read(f"cues/{language}.toml")
    lists = data.pop("lists")
    said, present, numbers = data.pop("grammar"), data.pop("clauses"), data.pop("numbers")
    grammar = Grammar(**{name: any_of(said.get(name, []), lists) for name in Grammar.__dataclass_fields__})
    rules = {
        code: Rule(**{kind: tuple(cue(words, lists) for words in some) for kind, some in entry.items()})
        for code, entry in data.items()
    }
    there = {code: tuple(cue(words, lists) for words in some) for code, some in present.items()}
    spelled = tuple(numbers["words"])
    figures = {name: tuple(cue(words, lists, spelled) for words in numbers.pop(name)) for name in FIGURES}
    return Tongue(grammar, rules, there, figures, _numbers(numbers, lists))


def _numbers(numbers: dict[str, Any], lists: dict[str, list[str]]) -> dict[str, Any]:
    return {
        name: any_of(value, lists, tuple(numbers["words"])) if isinstance(value, list) else value
        for name, value in numbers.items()
    }
