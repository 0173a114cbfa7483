"""The months after coming home, as `rebuild.toml` has them: days of follow-ups, areas of life in four steps, signs of danger.

Here too is how an area's answers are compared over time. Pure; read once.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from spean.cases.rebuild_enums import Moved
from spean.checks.wording import Both

TABLE = Path(__file__).with_name("rebuild.toml")
STEPS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Area:
    """One area of life, and what each of its four steps says, from the lowest on."""

    code: str
    name: Both
    steps: tuple[Both, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of new danger: how much danger it says, and the task that it proposes."""

    code: str
    name: Both
    level: str
    task: str
    soon: str
    todo: Both


@dataclass(frozen=True, slots=True)
class Course:
    """How one area went: a step for each time that was asked, None where nothing was said; and what became of it."""

    code: str
    steps: tuple[int | None, ...]
    moved: Moved

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last step that was said; (0, 0) for none."""
        said = [step for step in self.steps if step is not None]
        return (said[0], said[-1]) if said else (0, 0)


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def version() -> str:
    """Of the table."""
    return str(_read()["version"])


def months() -> tuple[int, ...]:
    """After how many months somebody is asked."""
    return tuple(_read()["follow_ups"]["months"])


def grace() -> timedelta:
    """How long after its day a follow-up can still be done before it counts as missed."""
    return timedelta(days=_read()["follow_ups"]["grace_days"])


@cache
def areas() -> dict[str, Area]:
    """The areas of life, in their order."""
    return {
        code: Area(code, Both(it["km"], it["en"]), tuple(Both(s["km"], s["en"]) for s in it["steps"]))
        for code, it in _read()["areas"].items()
    }


@cache
def signs() -> dict[str, Sign]:
    """The signs, the most dangerous first."""
    return {
        code: Sign(code, Both(it["km"], it["en"]), it["level"], it["task"], it["soon"], Both(it["do_km"], it["do_en"]))
        for code, it in _read()["signs"].items()
    }


def courses(asked: Sequence[Mapping[str, int]]) -> tuple[Course, ...]:
    """Each area that was answered at least once, over all times that were asked, in their order."""
    found = (tuple(said.get(code) for said in asked) for code in areas())
    rows = (Course(code, steps, _moved(steps)) for code, steps in zip(areas(), found, strict=True))
    return tuple(row for row in rows if row.ends != (0, 0))


def _moved(steps: Sequence[int | None]) -> Moved:
    said = [step for step in steps if step is not None]
    if len(said) < 2:  # noqa: PLR2004 - two can be compared
        return Moved.ONCE
    return Moved.ROSE if said[-1] > said[0] else Moved.FELL if said[-1] < said[0] else Moved.SAME


def moved(asked: Sequence[Mapping[str, int]]) -> Moved:
    """All areas together: all that changed rose, or fell, or some rose and some fell."""
    found = {row.moved for row in courses(asked)} - {Moved.ONCE}
    if Moved.ROSE in found and Moved.FELL in found:
        return Moved.BOTH
    return next((code for code in (Moved.ROSE, Moved.FELL, Moved.SAME) if code in found), Moved.ONCE)
