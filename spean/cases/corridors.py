"""The corridors as they are written in `corridors.toml`: the steps of a way home, who does them, what comes first. Read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spean.checks.wording import Both

TABLE = Path(__file__).with_name("corridors.toml")


@dataclass(frozen=True, slots=True)
class CorridorStep:
    """One step of a corridor. `side` is there, border or here; `after` are the steps of this corridor that come first."""

    code: str
    side: str
    name: Both
    who: Both | None
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One corridor: its steps in order, and where the border is crossed."""

    code: str
    steps: tuple[CorridorStep, ...]
    crossing: Both | None

    def step(self, code: str) -> CorridorStep:
        """One of its steps; KeyError for another's."""
        return {step.code: step for step in self.steps}[code]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def version() -> str:
    """Of the table."""
    return str(_read()["version"])


@cache
def ways() -> dict[str, Way]:
    """Every corridor, by the code of the country that somebody comes home from."""
    return {code: _way(code, given) for code, given in _read()["corridors"].items()}


def _way(code: str, given: dict[str, Any]) -> Way:
    words, who, sides, crossing = _read()["steps"], given.get("who", {}), given.get("sides", {}), _read()["crossings"].get(code)
    steps = (
        CorridorStep(
            code=name,
            side=sides.get(name, words[name]["side"]),
            name=Both(words[name]["km"], words[name]["en"]),
            who=Both(**who[name]) if name in who else None,
            after=tuple(first for first in words[name].get("after", ()) if first in given["steps"]),
        )
        for name in given["steps"]
    )
    return Way(code, tuple(steps), Both(**crossing) if crossing else None)


def corridor_of(country: str) -> str:
    """The corridor of a country; `other` where none is written for it."""
    return country if country in ways() else "other"
