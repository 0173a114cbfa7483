"""Templates of letters to an office, as data: what a new letter begins with, in both languages, to be edited."""

import re
import tomllib
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("letters.toml")
_BRACE = re.compile(r"{(\w+)}")


@cache
def templates(source: Path = SOURCE) -> dict[str, dict[str, str]]:
    """Kind of letter -> language -> words."""
    return tomllib.loads(source.read_text(encoding="utf-8"))


def begin(kind: str, *, km: dict[str, str], en: dict[str, str], source: Path = SOURCE) -> tuple[str, str]:
    """The letter's first words in Khmer and English; `km` and `en` fill what stands in braces."""
    words = templates(source)[kind]
    return _filled(words["km"], km), _filled(words["en"], en)


def _filled(words: str, told: dict[str, str]) -> str:
    """With what is told; a line that has nothing to tell is left out."""
    lines = [line for line in words.strip().split("\n") if all(told[name] for name in _BRACE.findall(line))]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip().format_map(told)
