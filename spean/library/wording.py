"""Text with references to facts: {fact:kh.passport.price}. What is not such a reference is text, braces and all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

KEY = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
_KEY = re.compile(KEY)
_REFERENCE = re.compile(r"\{fact:(" + KEY + r")\}")


@dataclass(frozen=True)
class Words:
    """A stretch of plain text."""

    text: str


@dataclass(frozen=True)
class Reference:
    """The place where a fact stands."""

    key: str


Part = Words | Reference


def is_key(text: str) -> bool:
    """Whether a fact may be called so."""
    return bool(_KEY.fullmatch(text))


def parse(text: str) -> tuple[Part, ...]:
    """The parts of a text, in order; no two stretches of words beside each other, none empty."""
    parts: list[Part] = []
    end = 0
    for found in _REFERENCE.finditer(text):
        if found.start() > end:
            parts.append(Words(text[end : found.start()]))
        parts.append(Reference(found[1]))
        end = found.end()
    if end < len(text):
        parts.append(Words(text[end:]))
    return tuple(parts)


def write(parts: Iterable[Part]) -> str:
    """The text that these parts were parsed from."""
    return "".join(part.text if isinstance(part, Words) else f"{{fact:{part.key}}}" for part in parts)


def keys_in(text: str) -> tuple[str, ...]:
    """The keys that a text refers to, each once, in the order of their first place."""
    return tuple(dict.fromkeys(part.key for part in parse(text) if isinstance(part, Reference)))


def broken(text: str) -> tuple[str, ...]:
    """What looks like the beginning of a reference and is none: a slip of the hand, which nobody should read on a page."""
    rest = _REFERENCE.sub("", text)
    return tuple(re.findall(r"\{fact[^}\n]{0,90}\}?", rest))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
