"""For how long a number of free places is counted on, as `free.toml` has it. Read once."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("free.toml")


@cache
def holds() -> timedelta:
    """After the day of which it was told; later it is asked again."""
    return timedelta(days=tomllib.loads(TABLE.read_text(encoding="utf-8"))["holds_days"])
