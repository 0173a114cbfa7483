"""What is wrong with a row of a sheet, or the concern that it tells: plain values in, plain values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.collect.sheets import FAULT, FORMULA
from spean.kernel import clock, days, text
from spean.places import naming
from spean.places.naming import Meant
from spean.voices.columns import CODEBOOKS, Column, codes_of, key

LONGEST = {Column.ROW: 60, Column.TOLD: 8000, Column.PHONE: 40, Column.HOURS: 120, Column.HOW: 300, Column.PLACE: 240}
EARLIEST = date(2000, 1, 1)
PHONE_DIGITS = range(6, 16)
_AGES = ((17, "0-17"), (24, "18-24"), (59, "25-59"), (130, "60+"))
#: why a cell is not taken -> what the person reads
FAULTS: dict[str, Promise] = {
    "missing": _("This cell is empty. Fill it in."),
    "formula": _("A formula stands here. Put its result in its place."),
    "fault": _("The spreadsheet shows an error here. Correct it."),
    "signs": _("There are hidden signs in this text. Type it again."),
    "long": _("This text is too long. Make it shorter."),
    "day": _("This is no day that we understand. Write it as 2026-11-26 or 26/11/2026."),
    "era": _("This year is of the Buddhist era. Write the year as on the common calendar, for example 2026."),
    "future": _("This day has not come yet."),
    "early": _("This day is before the year 2000."),
    "place_unknown": _("We do not find this place. Write its code, or village, commune and district with a comma between."),
    "place_several": _("Several places are called this. Write the code, or add the commune and the district."),
    "code": _("This is none of the words that can stand here. Look at the second sheet of the template."),
    "phone": _("A telephone number has 6 to 15 digits."),
    "no_phone": _("The person wishes to be called, and there is no number. Add it, or choose no answer."),
    "twice": _("This number stands twice in the sheet. Each row needs its own."),
}


class Faulty(Exception):
    """A cell is not taken; the word is one of FAULTS."""


@dataclass(frozen=True)
class Judged:
    """A row with what it tells, or with what is wrong: pairs of a column and a word of FAULTS."""

    number: int
    cells: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)
    faults: tuple[tuple[str, str], ...] = ()

    def kept(self) -> list[Any]:
        """As the content of a sealed record."""
        return [self.number, list(self.cells), self.values, [list(f) for f in self.faults]]

    @classmethod
    def of(cls, kept: Sequence[Any]) -> "Judged":
        """What `kept` wrote."""
        number, cells, values, faults = kept
        return cls(number, tuple(cells), values, tuple((c, w) for c, w in faults))


def judge(rows: Iterable[tuple[int, Sequence[str]]], columns: Mapping[str, int]) -> list[Judged]:
    """Each row judged. Two queries at most, however many rows: the places of today."""
    given = [(number, tuple(cells), _given(cells, columns)) for number, cells in rows]
    meant = naming.meanings(cells[Column.PLACE] for _n, _c, cells in given if Column.PLACE in cells)
    numbers: dict[str, int] = {}
    return [_judged(number, cells, said, meant, numbers) for number, cells, said in given]


def _given(cells: Sequence[str], columns: Mapping[str, int]) -> dict[Column, str]:
    found = {Column(name): cells[at] for name, at in columns.items() if at < len(cells)}
    return {column: cell for column, cell in found.items() if cell.strip()}


def _judged(
    number: int, cells: tuple[str, ...], said: dict[Column, str], meant: Mapping[str, Meant], numbers: dict[str, int]
) -> Judged:
    values: dict[Column, Any] = {}
    faults: list[tuple[str, str]] = []
    for column in Column:
        try:
            values[column] = _value(column, said.get(column, ""), meant)
        except Faulty as fault:
            faults.append((column.value, str(fault)))
    if not faults and values[Column.WISH] == "phone" and not values[Column.PHONE]:
        faults.append((Column.PHONE.value, "no_phone"))
    if Column.ROW in values and numbers.setdefault(key(values[Column.ROW]), number) != number:
        faults.append((Column.ROW.value, "twice"))
    if faults:
        return Judged(number, cells, faults=tuple(faults))
    return Judged(number, cells, {column.value: value for column, value in values.items()})


def _value(column: Column, cell: str, meant: Mapping[str, Meant]) -> Any:
    """What a cell says; Faulty when it cannot be taken."""
    if cell in {FORMULA, FAULT}:
        raise Faulty("formula" if cell == FORMULA else "fault")
    said = text.clean(cell)
    if column in {Column.ROW, Column.TOLD} and not key(said):
        raise Faulty("missing")
    if text.reverses_direction(said) or text.has_lone_surrogate(said):
        raise Faulty("signs")
    if len(said) > LONGEST.get(column, 200):
        raise Faulty("long")
    if column is Column.DAY:
        return day_of(said).isoformat() if said else ""
    if column is Column.PLACE:
        return _place(meant[cell]) if said else None
    if column is Column.PHONE:
        return _phone(said)
    return _code(column, said) if column in CODEBOOKS else said


def _code(column: Column, said: str) -> str:
    if not said:
        return CODEBOOKS[column][1]
    code = codes_of(column).get(key(said))
    if code is None and column is Column.AGE:
        code = _age(text.latin_digits(said))
    if code is None:
        raise Faulty("code")
    return code


def _age(said: str) -> str | None:
    years = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 999  # noqa: PLR2004 - three digits
    return next((code for most, code in _AGES if years <= most), None)


def _place(meant: Meant) -> int:
    if meant.place is None:
        raise Faulty(f"place_{meant.why}")
    return meant.place


def _phone(said: str) -> str:
    typed = text.latin_digits(said)
    digits = sum(c in "0123456789" for c in typed)
    if typed and (digits not in PHONE_DIGITS or not set(typed) <= set("0123456789+-(). /")):
        raise Faulty("phone")
    return typed


def day_of(said: str) -> date:
    """The day that is written, as `kernel.days` reads it, which is over and not too long ago; Faulty with the reason."""
    try:
        found = days.read(said)
    except days.BadDay as bad:
        raise Faulty(str(bad)) from None
    if found < EARLIEST:
        raise Faulty("early")
    if found > clock.today():
        raise Faulty("future")
    return found
