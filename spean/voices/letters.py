"""Templates of letters to an office, as data: what a new letter begins with, in both languages, to be edited."""

import tomllib
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("letters.toml")


@cache
def templates() -> dict[str, dict[str, str]]:
    """Kind of letter -> language -> words."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def begin(kind: str, *, km: dict[str, str], en: dict[str, str]) -> tuple[str, str]:
    """The letter's first words in Khmer and English; `km` and `en` fill what stands in braces."""
    words = templates()[kind]
    return words["km"].strip().format_map(km), words["en"].strip().format_map(en)
