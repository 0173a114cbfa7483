"""How a Khmer word is written in Latin letters, as far as a comparison by sound needs it.

The consonants are those of the BGN/PCGN agreement of 1972, which the United Nations recommend (resolution II/10 of 1972,
UNGEGN). Its vowels, which depend on the series of the consonant and which people spell as they like, are all `a` here: who
compares by sound makes them one anyway. What the script leaves open has several answers: a letter without a vowel inside a
word ends a syllable or carries one that is not written; the last letter of a Sanskrit word may be silent.
"""

import re

from spean.kernel.words import plain

#: more spellings of one word say nothing more
MOST = 16

_CONSONANTS = {
    "ក": "k", "ខ": "kh", "គ": "k", "ឃ": "kh", "ង": "ng", "ច": "ch", "ឆ": "chh", "ជ": "ch", "ឈ": "chh", "ញ": "nh",
    "ដ": "d", "ឋ": "th", "ឌ": "d", "ឍ": "th", "ណ": "n", "ត": "t", "ថ": "th", "ទ": "t", "ធ": "th", "ន": "n",
    "ប": "b", "ផ": "ph", "ព": "p", "ភ": "ph", "ម": "m", "យ": "y", "រ": "r", "ល": "l", "វ": "v", "ស": "s",
    "\u179d": "s", "\u179e": "s", "ហ": "h", "ឡ": "l", "អ": "",
}  # fmt: skip
#: vowels that stand alone; the four of the sounds rue and lue begin with a consonant
_ALONE = {**dict.fromkeys("\u17a3\u17a4ឥឦឧឨឩឪឯឰឱឲឳ", "a"), **dict.fromkeys("ឫឬ", "ra"), **dict.fromkeys("ឭឮ", "la")}
_LETTERS = {**_CONSONANTS, **_ALONE}
_UNIT = re.compile("([\u1780-\u17b3])((?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd])*)")
_BELOW = re.compile("\u17d2(.)")
_VOWEL = re.compile("[\u17b6-\u17c5\u17c8\u17d0]")
_NASAL, _SILENT, _ENDS = "\u17c6", "\u17cd", re.compile("[\u17cb\u17d1]")
#: short vowels that are written at the end of Sanskrit words and not said
_MUTE = {"\u17b7", "\u17bb"}


class _Unit:
    """A letter with what stands below and around it."""

    def __init__(self, base: str, marks: str) -> None:
        below = [_LETTERS[c] for c in _BELOW.findall(marks)]
        first = _LETTERS[base]
        if base == "ហ" and below:  # written only to give the letter below it another sound
            first, below = ("f", below[1:]) if below[0] == "v" else ("", below)
        self.first, self.all = first, first + "".join(below)
        signs = _BELOW.sub("", marks)
        self.silent = _SILENT in signs
        self.ends = bool(_ENDS.search(signs))
        self.has_vowel = bool(_VOWEL.search(signs)) or _NASAL in signs or base in _ALONE
        self.mute = set(_VOWEL.findall(signs)) <= _MUTE and _NASAL not in signs and base not in _ALONE
        self.tail = ("" if base in _ALONE else "a") + ("m" if _NASAL in signs else "")


def spellings(word: str) -> tuple[str, ...]:
    """The Latin spellings of one Khmer word, the likeliest first; () where there is nothing Khmer in it."""
    units = [u for u in (_Unit(*found) for found in _UNIT.findall(plain(word))) if not u.silent]
    #: (what is written from here on, whether it needs a vowel before it)
    ends: list[tuple[str, bool]] = [("", False)]
    for at in range(len(units) - 1, -1, -1):
        is_last = at == len(units) - 1
        ends = list(dict.fromkeys(e for end in ends for e in _before(units[at], end, first=at == 0, last=is_last)))[:MOST]
    return tuple(dict.fromkeys(text for text, _needs in ends if text))


def _before(unit: _Unit, end: tuple[str, bool], *, first: bool, last: bool) -> list[tuple[str, bool]]:
    """What may be written with this letter before `end`."""
    rest, needs_vowel = end
    opens, closes = (unit.all + "a" + rest, False), (unit.all + rest, True)
    if unit.has_vowel:
        said = (unit.all + unit.tail + rest, False)
        return [said, *([closes, (unit.first, True)] if last and unit.mute and not first else [])]
    if first or (needs_vowel and not unit.ends):
        return [opens]
    if last:
        return [closes, *([(unit.first, True)] if unit.first != unit.all else [])]
    return [closes] if unit.ends else [opens, closes]
