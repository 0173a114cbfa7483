"""Whether a text says what somebody looks for: a telephone number however written, words in Khmer or Latin letters.

Everything here lives for the moment of one search, in memory; nothing is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spean.kernel.text import latin_digits
from spean.kernel.words import contains, cut, plain
from spean.places import spelling

MOST_WORDS = 8
LONGEST = 200
#: fewer figures than this are a word like another
_LEAST_FIGURES = 6
_LEAST_SOUND = 4
_LONGEST_NAME = 3  # Latin words that one name may be written as
_FIGURES = re.compile(r"[+(]?\d[\d\s().+/-]*\d")
_NOT_FIGURES = re.compile(r"\D+")
_COUNTRY = re.compile(r"^(?:00)?855")
_LATIN = re.compile("[a-z]+")
_TWICE = re.compile(r"([a-z])\1+")


@dataclass(frozen=True)
class Wanted:
    """What is looked for: the numbers, the words, and how the Latin ones sound."""

    numbers: tuple[str, ...] = ()
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (in the one spelling, how it and the names it is part of sound)

    def __bool__(self) -> bool:
        return bool(self.numbers or self.words)


def wanted(text: str) -> Wanted:
    """What somebody typed. Any text is fine; one without a letter or figure looks for nothing."""
    asked = plain(text[:LONGEST])
    numbers = tuple(n for n in map(core, _numbers(asked)) if len(n) >= _LEAST_FIGURES - 1)
    rest = asked
    for run in _numbers(asked):
        if len(core(run)) >= _LEAST_FIGURES - 1:
            rest = rest.replace(run, " ")
    chosen = list(dict.fromkeys(cut(rest)))[:MOST_WORDS]
    return Wanted(numbers, tuple(zip(chosen, map(tuple, _sounds(chosen)), strict=True)))


def _sounds(asked: list[str]) -> list[list[str]]:
    """For each word how every run of words sounds that holds it: Srey Mom is Sreymom."""
    found: list[list[str]] = [[] for _word in asked]
    for begin in range(len(asked)):
        for end in range(begin + 1, min(begin + _LONGEST_NAME, len(asked)) + 1):
            run = asked[begin:end]
            heard = spelling.sound(" ".join(run)) if all(w.isascii() and w.isalpha() for w in run) else ""
            if len(heard) >= _LEAST_SOUND:
                for at in range(begin, end):
                    found[at].append(heard)
    return found


def core(number: str) -> str:
    """A telephone number without its country and its first nought: +855 12 345 678 and 012-345-678 are the same."""
    figures = _NOT_FIGURES.sub("", number)
    return _COUNTRY.sub("", figures).lstrip("0") if len(figures) > _LEAST_FIGURES else figures.lstrip("0")


def _numbers(text: str) -> Iterator[str]:
    return (m.group() for m in _FIGURES.finditer(text) if sum(map(str.isdigit, m.group())) >= _LEAST_FIGURES)


def says(text: str, asked: Wanted) -> bool:
    """Whether the text has everything that is looked for."""
    if asked.numbers and not _may_hold(text, asked.numbers):
        return False
    said = plain(text)
    if asked.numbers:
        known = [core(run) for run in _numbers(said)]
        if not all(any(number in k for k in known) for number in asked.numbers):
            return False
    heard: list[str] | None = None
    for word, sounds in asked.words:
        if contains(said, word):
            continue
        if not sounds:
            return False
        heard = _heard(said) if heard is None else heard
        if not any(sound in heard for sound in sounds):
            return False
    return True


def _may_hold(text: str, numbers: tuple[str, ...]) -> bool:
    """Whether all numbers stand among the figures of the text, run together: cheap, and no for nearly every text."""
    figures = latin_digits(_NOT_FIGURES.sub("", text))
    return all(number in figures for number in numbers)


def _heard(said: str) -> list[str]:
    """How each Latin word sounds, and each run of up to three as one: Srey Mom is Sreymom."""
    found, alone = [], [spelling.sound(w) for w in _LATIN.findall(said)]
    for begin in range(len(alone)):
        joined = ""
        for end in range(begin, min(begin + _LONGEST_NAME, len(alone))):
            joined = _TWICE.sub(r"\1", joined + alone[end])
            found.append(joined)
    return found
