"""Whether a text says what somebody looks for: a telephone number however written, words in Khmer or Latin letters.

Everything here lives for the moment of one search, in memory; nothing is kept.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spean.kernel.text import latin_digits
from spean.kernel.words import contains, cut, plain
from spean.places import spelling

MOST_WORDS = 8
LONGEST = 200
#: fewer figures than this are a word like another
_LEAST_FIGURES = 6
_LEAST_SOUND = 4
LONGEST_NAME = 3  # words that one name may be written as
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


def _latin_sounds(name: str) -> tuple[str, ...]:
    """How a name in Latin letters sounds; of the words of a whole text only those are compared by sound."""
    return (spelling.sound(name),) if all(w.isascii() and w.isalpha() for w in name.split()) else ()


def wanted(text: str, sounds: Callable[[str], Iterable[str]] = _latin_sounds, least: int = _LEAST_SOUND) -> Wanted:
    """What somebody typed. Any text is fine; one without a letter or figure looks for nothing.

    `sounds` says how a run of words sounds; sounds of fewer than `least` letters are left out.
    """
    asked = plain(text[:LONGEST])
    numbers = tuple(n for n in map(core, numbers_in(asked)) if len(n) >= _LEAST_FIGURES - 1)
    rest = asked
    for run in numbers_in(asked):
        if len(core(run)) >= _LEAST_FIGURES - 1:
            rest = rest.replace(run, " ")
    chosen = list(dict.fromkeys(cut(rest)))[:MOST_WORDS]
    heard = _sounds(chosen, lambda run: [s for s in sounds(run) if len(s) >= least])
    return Wanted(numbers, tuple(zip(chosen, map(tuple, heard), strict=True)))


def _sounds(asked: list[str], sounds: Callable[[str], list[str]]) -> list[list[str]]:
    """For each word how every run of words sounds that holds it: Srey Mom is Sreymom."""
    found: list[list[str]] = [[] for _word in asked]
    for begin in range(len(asked)):
        for end in range(begin + 1, min(begin + LONGEST_NAME, len(asked)) + 1):
            heard = sounds(" ".join(asked[begin:end]))
            for at in range(begin, end):
                found[at] += heard
    return found


def core(number: str) -> str:
    """A telephone number without its country and its first nought: +855 12 345 678 and 012-345-678 are the same."""
    figures = _NOT_FIGURES.sub("", number)
    return _COUNTRY.sub("", figures).lstrip("0") if len(figures) > _LEAST_FIGURES else figures.lstrip("0")


def numbers_in(text: str) -> Iterator[str]:
    """The runs of figures that are long enough for a telephone number, as they are written."""
    return (m.group() for m in _FIGURES.finditer(text) if sum(map(str.isdigit, m.group())) >= _LEAST_FIGURES)


def says(text: str, asked: Wanted) -> bool:
    """Whether the text has everything that is looked for."""
    if not holds_numbers(text, asked.numbers):
        return False
    said = plain(text)
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


def holds_numbers(text: str, numbers: tuple[str, ...]) -> bool:
    """Whether all of these numbers, each as its `core`, stand in the text however it writes them."""
    if not numbers:
        return True
    if not _may_hold(text, numbers):
        return False
    known = [core(run) for run in numbers_in(plain(text))]
    return all(any(number in k for k in known) for number in numbers)


def _may_hold(text: str, numbers: tuple[str, ...]) -> bool:
    """Whether all numbers stand among the figures of the text, run together: cheap, and no for nearly every text."""
    figures = latin_digits(_NOT_FIGURES.sub("", text))
    return all(number in figures for number in numbers)


def _heard(said: str) -> list[str]:
    """How each Latin word sounds, and each run of up to three as one: Srey Mom is Sreymom."""
    found, alone = [], [spelling.sound(w) for w in _LATIN.findall(said)]
    for begin in range(len(alone)):
        joined = ""
        for end in range(begin, min(begin + LONGEST_NAME, len(alone))):
            joined = _TWICE.sub(r"\1", joined + alone[end])
            found.append(joined)
    return found
