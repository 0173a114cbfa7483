"""Which place a line of somebody's sheet means: a code, or a name in Khmer or Latin letters with what it lies in.

Many lines are answered from one reading of the gazetteer. Nothing is guessed: a name that could be several places is
several places, unless one of them holds all the others, or is a province.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spean.kernel.text import clean, has_lone_surrogate, latin_digits
from spean.places import spelling
from spean.places.enums import COUNTRIES, Level
from spean.places.models import Place

UNKNOWN, SEVERAL = "unknown", "several"
_LENGTHS = {1: 2, 3: 4, 5: 6, 7: 8}  # of a code whose leading zero a spreadsheet took away
_BETWEEN = re.compile("[,;/\n\u17d4\u3001]+|(?<=.)(?=ភូមិ|ឃុំ|សង្កាត់|ស្រុក|ខណ្ឌ|ក្រុង|ខេត្ត|រាជធានី)")
_UNITS = {
    "ភូមិ": Level.VILLAGE, "phum": Level.VILLAGE, "village": Level.VILLAGE,
    "ឃុំ": Level.COMMUNE, "សង្កាត់": Level.COMMUNE, "khum": Level.COMMUNE, "sangkat": Level.COMMUNE, "commune": Level.COMMUNE,
    "ស្រុក": Level.DISTRICT, "ខណ្ឌ": Level.DISTRICT, "ក្រុង": Level.DISTRICT, "srok": Level.DISTRICT, "khan": Level.DISTRICT,
    "krong": Level.DISTRICT, "district": Level.DISTRICT,
    "ខេត្ត": Level.PROVINCE, "រាជធានី": Level.PROVINCE, "khet": Level.PROVINCE, "khaet": Level.PROVINCE,
    "province": Level.PROVINCE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meant:
    """The place that a line means, or why it cannot be said."""

    place: int | None = None
    code: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    pk: int
    code: str
    level: str
    path: str


class Gazetteer:
    """The places of today by code, by spelling and by sound. One query."""

    def __init__(self) -> None:
        self._codes: dict[str, _Entry] = {}
        self._spelled: dict[str, list[_Entry]] = {}
        self._sounds: dict[str, list[_Entry]] = {}
        places = Place.objects.current().exclude(source=COUNTRIES)
        for pk, code, level, path, folded, sound in places.values_list("pk", "code", "level", "path", "folded", "sound"):
            entry = self._codes[code] = _Entry(pk, code, level, path)
            for name in {*folded.strip(spelling.EDGE).split(spelling.EDGE)}:
                self._spelled.setdefault(name, []).append(entry)
            self._sounds.setdefault(sound.strip(spelling.EDGE), []).append(entry)

    def meant(self, text: str) -> Meant:
        """What one line means."""
        text = clean(text)
        if len(text) > 3 * spelling.LONGEST or has_lone_surrogate(text):
            return Meant(why=UNKNOWN)
        code = latin_digits(text).replace(" ", "")
        if code.isascii() and code.isdigit():
            return _of([e for c in (code, code.zfill(_LENGTHS.get(len(code), 0))) if (e := self._codes.get(c))][:1])
        parts = [text] if self._named(text) else [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        named = [self._named(part) for part in parts]
        if not named or not all(named):
            return Meant(why=UNKNOWN)
        fitting = {e.pk: e for part in named for e in part if all(_around(e, other) for other in named)}
        return _of(_narrowed(list(fitting.values()), parts=len(parts)))

    def _named(self, part: str) -> list[_Entry]:
        """The places with this name, spelled so, or else sounding so; of the level that is said with it."""
        bare = spelling.without_unit(part)
        found = [e for name in dict.fromkeys((bare, part)) for e in self._spelled.get(spelling.folded(name), ())]
        found = found or [e for e in self._sounds.get(spelling.sound(bare), ()) if spelling.sound(bare)]
        level = _level_of(part)
        return [e for e in found if e.level == level] or found if level else found


def _level_of(part: str) -> str:
    low = part.casefold()
    said = (level for word, level in _UNITS.items() if (word in low.split() if word.isascii() else low.startswith(word)))
    return next(said, "")


def _around(entry: _Entry, others: list[_Entry]) -> bool:
    """Whether the entry is one of these, or lies in one."""
    return any(entry.path.startswith(other.path) for other in others)


def _narrowed(fitting: list[_Entry], *, parts: int) -> list[_Entry]:
    """Of several, those deep enough for what was named; then, of one name alone, the province, or the one that holds all."""
    fitting = [e for e in fitting if e.path.count("/") > parts] or fitting
    provinces = [e for e in fitting if e.level == Level.PROVINCE]
    holders = [e for e in fitting if all(other.path.startswith(e.path) for other in fitting)]
    return (provinces if len(provinces) == 1 and parts == 1 else []) or holders or fitting


def _of(found: list[_Entry]) -> Meant:
    if len(found) != 1:
        return Meant(why=SEVERAL if found else UNKNOWN)
    return Meant(found[0].pk, found[0].code)


def meanings(texts: Iterable[str]) -> dict[str, Meant]:
    """What each of these lines means; the gazetteer is read once, and only if there is a line."""
    wanted = {text for text in texts if text}
    if not wanted:
        return {}
    gazetteer = Gazetteer()
    return {text: gazetteer.meant(text) for text in wanted}
