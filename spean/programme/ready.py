"""The ready set of results and indicators as it is written in `ready.toml`. Read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("ready.toml")
PARTS = ("a", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class ReadyResult:
    """A result of the set."""

    key: str
    kind: str
    under: str
    km: str
    en: str


@dataclass(frozen=True, slots=True)
class ReadyIndicator:
    """One figure of the set. `number` is the indicator of domain.md 7.1, `code` the figure: I21 has I21a to I21d."""

    code: str
    number: str
    result: str
    name_km: str
    name_en: str
    definition_km: str
    definition_en: str
    source_km: str
    source_en: str
    unit: str
    by: tuple[str, ...]
    rising: bool
    guarded: bool
    claim: str


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def results() -> tuple[ReadyResult, ...]:
    """The results of the set, what stands under another after it."""
    return tuple(ReadyResult(r["key"], r["kind"], r.get("under", ""), r["km"], r["en"]) for r in _read()["result"])


@cache
def indicators() -> tuple[ReadyIndicator, ...]:
    """Every figure of the set."""
    return tuple(_figure(one, part) for one in _read()["indicator"] for part in PARTS if part in one)


def _figure(one: dict[str, Any], part: str) -> ReadyIndicator:
    figure = one[part]
    return ReadyIndicator(
        code=one["code"] + (part if "b" in one else ""),
        number=one["code"],
        result=one["result"],
        name_km=figure["km"],
        name_en=figure["en"],
        definition_km=one["about_km"],
        definition_en=one["about_en"],
        source_km=one["from_km"],
        source_en=one["from_en"],
        unit=figure["unit"],
        by=tuple(one["by"]),
        rising=figure.get("rising", one.get("rising", True)),
        guarded=one.get("guarded", False),
        claim=one.get("claim", ""),
    )
