"""A list of recruiters as offices give it out, read: plain rows in; who stands on it, and the lines that cannot be read, out.

The headings are not at the top, cells are merged, figures are Khmer, a name stands in two scripts in one cell, an agency takes
three lines for its three offices. A line is a recruiter, is joined to the one before, or is told with its reason: none is lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.directory import phones
from spean.directory.drafts import LONGEST_LINE, LONGEST_NAME, MOST_NUMBERS
from spean.directory.enums import LicenceState
from spean.directory.hours import ZONES
from spean.directory.recruiting import LONGEST_NUMBER, MOST_BRANCHES, MOST_COUNTRIES, licence_key
from spean.kernel import days
from spean.kernel.headings import Headings, both, key
from spean.kernel.text import clean, has_lone_surrogate, reverses_direction

Line = tuple[int, Sequence[str]]


class Column(TextChoices):
    """What a column of the list holds."""

    NAME_KM = "name_km", _("Name in Khmer")
    NAME_EN = "name_en", _("Name in Latin letters")
    NAME = "name", _("Name")
    LICENCE = "licence", _("Licence number")
    STATE = "state", _("State of the licence")
    ENDS = "ends", _("Licence good until")
    PHONE = "phone", _("Telephone")
    ADDRESS = "address", _("Address")
    COUNTRIES = "countries", _("Countries")


_HEADINGS = {
    Column.NAME_KM: (
        "ឈ្មោះជាភាសាខ្មែរ", "ឈ្មោះក្រុមហ៊ុនជាភាសាខ្មែរ", "ជាភាសាខ្មែរ", "ភាសាខ្មែរ", "ខ្មែរ", "khmer", "khmer name", "company name (khmer)",
    ),
    Column.NAME_EN: (
        "english", "latin", "english name", "latin name", "name in english", "company name (english)", "ឈ្មោះជាអក្សរឡាតាំង",
        "ជាអក្សរឡាតាំង", "អក្សរឡាតាំង", "ឡាតាំង", "ឈ្មោះជាភាសាអង់គ្លេស", "ជាភាសាអង់គ្លេស", "អង់គ្លេស",
    ),
    Column.NAME: (
        "company", "company name", "agency", "agency name", "name of agency", "name of company", "recruitment agency",
        "recruiter", "ឈ្មោះ", "ក្រុមហ៊ុន", "ឈ្មោះក្រុមហ៊ុន", "ទីភ្នាក់ងារ", "ឈ្មោះទីភ្នាក់ងារ", "ឈ្មោះទីភ្នាក់ងារជ្រើសរើស",
    ),
    Column.LICENCE: (
        "license", "licence", "license no", "licence no", "license number", "permit no", "registration no", "លេខអាជ្ញាបណ្ណ",
        "អាជ្ញាបណ្ណ", "លេខអាជ្ញាប័ណ្ណ", "អាជ្ញាប័ណ្ណលេខ", "លេខប្រកាស", "លេខលិខិតអនុញ្ញាត",
    ),
    Column.STATE: ("status", "state", "licence status", "license status", "ស្ថានភាព", "ស្ថានភាពអាជ្ញាបណ្ណ"),
    Column.ENDS: (
        "expiry", "expires", "expiry date", "valid until", "valid to", "date of expiry", "ផុតកំណត់", "ថ្ងៃផុតកំណត់", "សុពលភាពដល់",
        "កាលបរិច្ឆេទផុតកំណត់", "ថ្ងៃខែឆ្នាំផុតកំណត់",
    ),
    Column.PHONE: ("phone", "phone number", "tel", "contact", "contact number", "ទូរស័ព្ទ", "លេខទូរស័ព្ទ", "លេខទូរសព្ទ", "ទំនាក់ទំនង"),
    Column.ADDRESS: ("office address", "location", "អាសយដ្ឋាន", "ទីតាំង", "ទីស្នាក់ការ", "អាសយដ្ឋានការិយាល័យ"),
    Column.COUNTRIES: ("country", "destination", "destinations", "destination country", "ប្រទេស", "ប្រទេសគោលដៅ", "ប្រទេសទទួល"),
}  # fmt: skip
HEADINGS = Headings(Column, _HEADINGS)
_STATES = {
    LicenceState.LICENSED: (
        "valid",
        "active",
        "licensed",
        "in operation",
        "ok",
        "មានសុពលភាព",
        "មានអាជ្ញាបណ្ណ",
        "កំពុងដំណើរការ",
        "ដំណើរការ",
    ),
    LicenceState.SUSPENDED: ("suspended", "suspension", "ព្យួរ", "ព្យួរអាជ្ញាបណ្ណ", "ផ្អាក", "ផ្អាកដំណើរការ", "ព្យួរជាបណ្ដោះអាសន្ន"),
    LicenceState.REVOKED: ("revoked", "cancelled", "canceled", "withdrawn", "ដកហូត", "ដកហូតអាជ្ញាបណ្ណ", "លុបចោល", "បានដកហូត"),
    LicenceState.EXPIRED: ("expired", "ended", "ផុតកំណត់", "អស់សុពលភាព", "ហួសកំណត់"),
}  # fmt: skip
#: why a line is not a recruiter -> what the person reads
FAULTS: dict[str, Promise] = {
    "no_headings": _("We find no headings that we know in this sheet. Write “Name” and “Licence number” above the columns."),
    "title": _("Only one text stands in this line: a title, or a recruiter of whom nothing else is said."),
    "no_name": _("There is no name in this line."),
    "formula": _("A formula stands here. Put its result in its place."),
    "signs": _("There are hidden signs in this text. Type it again."),
    "letters": _("The Khmer letters of this line stand in a wrong order, as in many a PDF. Ask the office for the list as XLSX."),
    "long": _("A text in this line is too long for a name, a number or an address."),
    "state": _("We do not know this word for the state of a licence."),
    "day": _("The day until when the licence is good cannot be read. Write it as 2026-11-26."),
    "era": _("This year is of the Buddhist era. Write the year as on the common calendar, for example 2026."),
    "meant_twice": _("Another line of this list already means this recruiter."),
    "refused": _("This could not be kept as it is. Write it by hand."),
    "twice": _("The same recruiter stands in this list twice, with another licence number, state or day. Which holds?"),
}
_KHMER = re.compile("[\u1780-\u17ff]")
#: a sign that belongs to the letter before it, where there is none
_BROKEN = re.compile("(?:^|[^\u1780-\u17dd])[\u17b4-\u17d1\u17dd]|\u17d2(?![\u1780-\u17b3])")
_BRACKETED = re.compile(r"^(?P<one>[^()]+?)\s*\((?P<other>[^()]+)\)$")
_NO_PLAIN_VALUE = "\x00"  # with which the reader of sheets marks a formula
_BETWEEN = re.compile(r"[,;/\n\u3001]| and | និង ")


@dataclass(frozen=True)
class Said:
    """A recruiter as a list names it. `left` holds what was not taken: numbers that nobody can call, unknown countries."""

    name_km: str = ""
    name_en: str = ""
    licence_number: str = ""
    says: str = ""
    ends_on: str = ""
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it has."""
        return tuple(name for name in (self.name_km, self.name_en) if name)

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Said":
        """What `kept` wrote."""
        return cls(**{name: tuple(v) if isinstance(v, list) else v for name, v in kept.items()})


@dataclass(frozen=True)
class Read:
    """A line of a list: what it says, or why it cannot be read. `where` is its sheet and its numbers there."""

    where: str
    said: Said = field(default_factory=Said)
    reason: str = ""
    words: str = ""  # what stands there, so that a person finds it


class _Faulty(ValueError):
    """Why a line is not taken; a word of FAULTS."""


class Reader:
    """Reads the sheets of one list. `says` is what it means to stand on it; `countries` are names -> code."""

    def __init__(self, says: str, countries: dict[str, str]) -> None:
        self._says = says
        self._countries = {key(name): code for name, code in countries.items() if code in ZONES}
        self._states = {key(word): state.value for state, words in _STATES.items() for word in words}
        for state in LicenceState:
            for word in (state.value, *both(state.label)):
                self._states.setdefault(key(word), state.value)

    def read(self, sheets: Iterable[tuple[str, Sequence[Line]]]) -> list[Read]:
        """Every line of every sheet once: as a recruiter, joined to one, or with a reason; headings are left out."""
        found: list[Read] = []
        columns: dict[str, int] = {}
        for name, rows in sheets:
            begin, columns = _headings(rows, columns)
            if not _named(columns):
                found.extend(Read(_where(name, n), reason="no_headings", words=_words(cells)) for n, cells in rows)
                continue
            lines = list(rows[begin:])
            found += [self._line(_where(name, number), cells, columns) for number, cells in lines]
        return list(_joined(found))

    def _line(self, where: str, cells: Sequence[str], columns: dict[str, int]) -> Read:
        words = _words(cells)
        try:
            return Read(where, self._said(cells, columns), words=words)
        except _Faulty as fault:
            return Read(where, reason=str(fault), words=words)

    def _said(self, cells: Sequence[str], columns: dict[str, int]) -> Said:
        filled = [clean(cell) for cell in cells if cell.strip()]
        if len(set(filled)) == 1 and (len(filled) > 1 or len(columns) > 1):
            raise _Faulty("title")
        given = {name: clean(cells[at]) for name, at in columns.items() if at < len(cells)}
        raw = [cells[at] for at in columns.values() if at < len(cells)]
        if any(cell.startswith(_NO_PLAIN_VALUE) for cell in raw):
            raise _Faulty("formula")
        if any(reverses_direction(text) or has_lone_surrogate(text) for text in given.values()):
            raise _Faulty("signs")
        if any(_BROKEN.search(given.get(c, "")) for c in (Column.NAME, Column.NAME_KM)):
            raise _Faulty("letters")
        name_km, name_en = _names(given)
        if not name_km and not name_en:
            raise _Faulty("no_name")
        numbers, bad = _numbers(given.get(Column.PHONE, ""))
        codes, unknown = self._codes(given.get(Column.COUNTRIES, ""))
        address = " ".join(given.get(Column.ADDRESS, "").split())
        licence = " ".join(given.get(Column.LICENCE, "").split())
        if max(len(name_km), len(name_en)) > LONGEST_NAME or len(licence) > LONGEST_NUMBER or len(address) > LONGEST_LINE:
            raise _Faulty("long")
        return Said(
            name_km, name_en, licence, self._state(given.get(Column.STATE, "")), _day(given.get(Column.ENDS, "")),
            numbers, (address,) if address else (), codes, (*bad, *unknown),
        )  # fmt: skip

    def _state(self, said: str) -> str:
        if not said:
            return self._says
        found = self._states.get(key(said))
        if found is None:
            raise _Faulty("state")
        return found

    def _codes(self, said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        parts = [" ".join(part.split()) for part in _BETWEEN.split(said) if part.strip()]
        known = {part: self._countries.get(key(part.removeprefix("ប្រទេស"))) for part in parts}
        codes = tuple(dict.fromkeys(code for code in known.values() if code))
        return codes[:MOST_COUNTRIES], tuple(part[:LONGEST_LINE] for part, code in known.items() if not code)


def _headings(rows: Sequence[Line], before: dict[str, int]) -> tuple[int, dict[str, int]]:
    """(where the lines begin, column -> position). A page without headings goes on with those of the page before."""
    at = HEADINGS.find(rows)
    upper = rows[at][1] if rows else ()
    if len(HEADINGS.among(upper)) <= 1 and not _is_single(upper, rows):
        return 0, before
    found, begin = HEADINGS.assigned(upper), at + 1
    lower = rows[begin][1] if begin < len(rows) else ()
    if _goes_on(upper, lower):
        found, begin = {**found, **HEADINGS.assigned(lower)}, begin + 1
        upper_names = {name for name, position in found.items() if name == Column.NAME}
        if upper_names and {Column.NAME_KM.value, Column.NAME_EN.value} <= set(found):
            found.pop(Column.NAME.value)
    return begin, found


def _is_single(upper: Sequence[str], rows: Sequence[Line]) -> bool:
    """Whether a list has one column only, and its heading is known."""
    return len(rows) > 1 and max((len(cells) for _n, cells in rows), default=0) == 1 and bool(HEADINGS.among(upper))


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the headings take two rows: below a merged one stand its parts, below the others the same again."""
    named = [cell for at, cell in enumerate(lower) if cell.strip() and (at >= len(upper) or cell != upper[at])]
    return bool(named) and all(HEADINGS.column_of(cell) for cell in named)


def _named(columns: dict[str, int]) -> bool:
    return bool({Column.NAME.value, Column.NAME_KM.value, Column.NAME_EN.value} & set(columns))


def _names(given: dict[str, str]) -> tuple[str, str]:
    """(Khmer, Latin). A cell may hold both, on two lines or with one in brackets."""
    found = {"km": given.get(Column.NAME_KM, ""), "en": given.get(Column.NAME_EN, "")}
    for part in _parts(given.get(Column.NAME, "")):
        script = "km" if _KHMER.search(part) else "en"
        found[script] = found[script] or part
    swapped = found["km"] and not _KHMER.search(found["km"]) and not found["en"]
    km, en = ("", found["km"]) if swapped else (found["km"], found["en"])
    return " ".join(km.split()), " ".join(en.split())


def _parts(cell: str) -> list[str]:
    lines = [part.strip() for part in re.split(r"[\n/]", cell) if part.strip()]
    scripts = [bool(_KHMER.search(line)) for line in lines]
    if len(lines) > 1 and len(set(scripts)) == 1:  # one name that was broken into lines
        lines = [" ".join(cell.split())]
    found: list[str] = []
    for line in lines:
        match = _BRACKETED.match(line)
        both_scripts = match and bool(_KHMER.search(match["one"])) != bool(_KHMER.search(match["other"]))
        found += [match["one"], match["other"]] if match and both_scripts else [line]
    return found


def _numbers(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(numbers that can be called, what cannot)."""
    good: dict[str, str] = {}
    bad = []
    for part in phones.split(cell):
        try:
            number = phones.read(part, "KH")
        except phones.BadNumber:
            bad.append(part[:LONGEST_LINE])
        else:
            good.setdefault(number.digits, number.shown)
    return tuple(good.values())[:MOST_NUMBERS], (*tuple(good.values())[MOST_NUMBERS:], *bad)


def _day(said: str) -> str:
    if not said:
        return ""
    try:
        return days.read(" ".join(said.split())).isoformat()
    except days.BadDay as bad:
        raise _Faulty(str(bad)) from None


def _where(sheet: str, number: int) -> str:
    return f"{sheet[:40]} · {number}" if sheet else str(number)


def _words(cells: Sequence[str]) -> str:
    said = dict.fromkeys(" ".join(clean(c).split()) for c in cells if c.strip() and not c.startswith(_NO_PLAIN_VALUE))
    return " · ".join(said)[:LONGEST_NAME].encode("utf-8", "ignore").decode("utf-8")


def _joined(lines: Iterable[Read]) -> Iterator[Read]:
    """Lines of one and the same recruiter are one: its further offices and numbers. What disagrees is told."""
    found: dict[tuple[str, ...], Read] = {}
    others: list[Read] = []
    for line in lines:
        own = () if line.reason else tuple(key(name) for name in (line.said.name_km, line.said.name_en))
        first = found.get(own)
        if line.reason:
            others.append(line)
        elif first is None:
            found[own] = line
        elif _disagree(first.said, line.said):
            others.append(replace(line, reason="twice", said=Said()))
        else:
            found[own] = replace(first, said=_both_of(first.said, line.said), where=f"{first.where}, {line.where}"[:80])
    yield from found.values()
    yield from others


def _disagree(one: Said, other: Said) -> bool:
    pairs = ((licence_key(one.licence_number), licence_key(other.licence_number)), (one.ends_on, other.ends_on))
    return one.says != other.says or any(a and b and a != b for a, b in pairs)


def _both_of(one: Said, other: Said) -> Said:
    numbers = tuple(dict.fromkeys((*one.numbers, *other.numbers)))
    addresses = tuple({key(a): a for a in (*one.addresses, *other.addresses)}.values())
    left = tuple(dict.fromkeys((*one.left, *other.left, *numbers[MOST_NUMBERS:], *addresses[MOST_BRANCHES:])))
    return replace(
        one,
        licence_number=one.licence_number or other.licence_number,
        ends_on=one.ends_on or other.ends_on,
        numbers=numbers[:MOST_NUMBERS],
        addresses=addresses[:MOST_BRANCHES],
        countries=tuple(dict.fromkeys((*one.countries, *other.countries)))[:MOST_COUNTRIES],
        left=left,
    )
