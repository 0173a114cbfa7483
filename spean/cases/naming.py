"""Whether the names and numbers of a person are those that somebody looks for, or those of another person.

Names are compared as they are written and as they sound, in Khmer and in Latin letters. Everything here lives for the moment
of one search, in memory; nothing is kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice, product
from typing import Any

from rapidfuzz.distance import JaroWinkler

from spean.kernel.text import fold
from spean.kernel.words import contains, plain
from spean.places import spelling
from spean.voices import matching
from spean.voices.enums import Sex

#: letters of a sound: shorter ones are those of half of all names
_LEAST_SOUND, _LEAST_WRITTEN = 3, 4
#: letters of a sound that is looked for inside a name that is written as one word
_LEAST_INSIDE = 4
#: how alike two names have to be, of 1; and letters of the shorter one
ALIKE, _LEAST_LETTERS = 0.92, 5
#: figures of a number that two people rarely share by chance
_LEAST_FIGURES = 8
_MOST_READINGS = 8
_TWICE = re.compile(r"([a-z])\1+")  # a sound has no letter twice


class Found(IntEnum):
    """How well somebody is found."""

    NOT = 0
    AS_IT_SOUNDS = 1
    AS_WRITTEN = 2


@dataclass(frozen=True)
class Known:
    """What is compared of a person: each name in the one spelling, and what stands about reaching them."""

    names: tuple[str, ...]
    contact: str

    @classmethod
    def of(cls, sealed: Mapping[str, Any]) -> "Known":
        """Of what is sealed of a case."""
        written = (sealed["name_km"], sealed["name_latin"], *sealed["aliases"])
        names = tuple(dict.fromkeys(name for name in map(plain, filter(None, written)) if name))
        return cls(names, " ".join(str(value) for value in sealed["contact"].values()))


def wanted(text: str) -> matching.Wanted:
    """What somebody typed: names are heard in both scripts."""
    return matching.wanted(text, spelling.sounds, _LEAST_SOUND)


class Ear:
    """How names sound, and whether they are those that are asked for.

    What was worked out for one name is not worked out again while this search lasts.
    """

    def __init__(self, asked: matching.Wanted | None = None) -> None:
        asked = asked or matching.Wanted()
        self._numbers = asked.numbers
        self._words = [(w, frozenset(s), tuple(x for x in s if len(x) >= _LEAST_INSIDE)) for w, s in asked.words]
        self._sounds: dict[str, tuple[str, ...]] = {}
        self._heard: dict[str, tuple[str, ...]] = {}

    def sounds(self, name: str) -> tuple[str, ...]:
        """How a whole name, or one word of it, sounds."""
        if name not in self._sounds:
            self._sounds[name] = spelling.sounds(name)
        return self._sounds[name]

    def heard(self, name: str) -> tuple[str, ...]:
        """How each word of a name sounds, and each run of up to three as one: ស្រី មុំ is Sreymom."""
        if name not in self._heard:
            words = [self.sounds(word) for word in name.split()]
            ways = (way for run in _runs(words) for way in islice(product(*run), _MOST_READINGS))
            self._heard[name] = tuple({_TWICE.sub(r"\1", "".join(way)) for way in ways})
        return self._heard[name]

    def rank(self, known: Known) -> Found:
        """Whether this is whom somebody looks for, and how surely."""
        if not matching.holds_numbers(known.contact, self._numbers):
            return Found.NOT
        found = Found.AS_WRITTEN
        for word, whole, inside in self._words:
            if any(word in name and contains(name, word) for name in known.names):
                continue
            if not any(self._sounds_in(name, whole, inside) for name in known.names):
                return Found.NOT
            found = Found.AS_IT_SOUNDS
        return found

    def _sounds_in(self, name: str, whole: frozenset[str], inside: tuple[str, ...]) -> bool:
        """Whether a word of it sounds so, or begins or ends so: names are written together as well as apart."""
        heard = self.heard(name)
        return not whole.isdisjoint(heard) or any(h.startswith(inside) or h.endswith(inside) for h in heard)

    def likeness(self, one: Known, other: Known) -> float:
        """0 to 1: how alike the two most alike names of two people are, in any order of their words."""
        return max((self._alike(a, b) for a, b in product(one.names, other.names)), default=0.0)

    def _alike(self, one: str, other: str) -> float:
        if min(len(one), len(other)) < _LEAST_LETTERS:
            return 0.0
        if one.isascii() == other.isascii():
            written = _similar(_in_order(one), _in_order(other))
            if written >= ALIKE:
                return written
        return max((_similar(a, b) for a, b in product(self._readings(one), self._readings(other))), default=0.0)

    def _readings(self, name: str) -> list[str]:
        """How the whole name may be read: the words' sounds as they stand, for names are parted anyhow, and in one order."""
        ways = product(*(self.sounds(word) or (word,) for word in name.split()))
        some = list(islice(ways, _MOST_READINGS))
        read = dict.fromkeys("".join(way) for plain_way in some for way in (plain_way, sorted(plain_way)))
        return [sound for sound in read if len(sound) >= _LEAST_LETTERS]


def _runs(words: list[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + matching.LONGEST_NAME, len(words)) + 1):
            yield words[begin:end]


def _in_order(name: str) -> str:
    return "".join(sorted(name.split()))


def _similar(one: str, other: str) -> float:
    return JaroWinkler.similarity(one, other, score_cutoff=ALIKE)


def numbers(known: Known) -> frozenset[str]:
    """The telephone numbers, as they are compared."""
    cores = (matching.core(run) for run in matching.numbers_in(plain(known.contact)))
    return frozenset(c for c in cores if len(c) >= _LEAST_FIGURES)


def stands_in(words: str, names: Iterable[str]) -> bool:
    """Whether one of these names is written there. One of fewer than four letters would stand in half of all words."""
    text = fold(words)
    return any(len(name) >= _LEAST_WRITTEN and name in text for name in map(fold, names))


def contradicts(one: str, other: str) -> bool:
    """Whether two people are surely of different sex."""
    return {one, other} == {Sex.MAN, Sex.WOMAN}
