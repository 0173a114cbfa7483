"""The table of needs as it is written: domains, needs, the task that each proposes and how soon. Read once."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from spean.checks.wording import Both

HERE = Path(__file__).parent


class Answer(StrEnum):
    """What can be answered. What nobody asked has no answer at all, which is the same as not said."""

    NOW = "now"
    LATER = "later"
    NOT = "not"
    NOT_SAID = "not_said"


class Domain(StrEnum):
    """What needs are about, in the order in which they are asked."""

    SAFETY = "safety"
    SHELTER = "shelter"
    HEALTH = "health"
    COUNSEL = "counsel"
    DEPENDANTS = "dependants"
    LEGAL = "legal"
    PAPERS = "papers"
    MONEY = "money"
    FAMILY = "family"
    WORK = "work"


class Soon(StrEnum):
    """How soon a task is to be done, the soonest first."""

    HOUR = "hour"
    HOURS = "hours"
    DAY = "day"
    DAYS = "days"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Need:
    """One need: the kind of task that it proposes, how soon when it is needed now, and in how many days when later."""

    code: str
    domain: Domain
    name: Both
    kind: str
    now: Soon
    days: int
    danger: bool


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((HERE / "questions.toml").read_text(encoding="utf-8"))


def version() -> str:
    """The version of the table; it is kept with each assessment."""
    return str(_read()["version"])


@cache
def domains() -> dict[Domain, Both]:
    """The domains with their names, in the order in which they are asked."""
    return {Domain(code): Both(**entry) for code, entry in _read()["domains"].items()}


@cache
def needs() -> dict[str, Need]:
    """All needs by their code, in the order in which they are asked."""
    return {code: _need(code, entry) for code, entry in _read()["needs"].items()}


def _need(code: str, entry: dict[str, Any]) -> Need:
    name, domain, now = Both(entry["km"], entry["en"]), Domain(entry["domain"]), Soon(entry["now"])
    return Need(code, domain, name, entry["kind"], now, entry["days"], entry.get("danger", False))
