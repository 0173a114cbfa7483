"""The law as it is written in `law.toml`: what a page says beside a legal matter, and until when an office has to answer."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from spean.cases.holding import Rule
from spean.checks.wording import Both

TABLE = Path(__file__).with_name("law.toml")


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def rules() -> dict[str, Rule]:
    """Each rule by its name, none of them verified."""
    return {name: Rule(Both(row["km"], row["en"]), f"{row['from']}, {row['as_of']}") for name, row in _read()["rules"].items()}


def days(kind: str) -> int:
    """How many days an office has for a matter of this kind; 0 where no law was found that says so."""
    return int(_read()["answers"].get(kind, {"days": 0})["days"])


def answer_by(kind: str, made_on: date) -> date | None:
    """The day by which an office has to have dealt with a matter of this kind; None where no law was found that says so."""
    written = _read()["answers"].get(kind)
    return made_on + timedelta(days=written["days"]) if written else None
