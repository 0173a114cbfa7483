"""What the law of a country says about keeping somebody else's papers: facts with their source, none of them verified yet."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spean.checks.wording import Both

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, and where it was read."""

    words: Both
    source: str


@cache
def rules() -> dict[str, Rule]:
    """Each country's, by its code."""
    read = tomllib.loads((HERE / "holding.toml").read_text(encoding="utf-8"))
    return {code: Rule(Both(row["km"], row["en"]), row["from"]) for code, row in read.items()}
