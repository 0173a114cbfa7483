"""Facts as rows of a sheet, one each, and back: which column is which, and what is wrong in which cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid
from spean.kernel.text import clean, latin_digits
from spean.library import wording
from spean.library.enums import CorridorState, Unit
from spean.library.models import CLAIM, LONGEST_KEY, Claim
from spean.library.operations.facts import Said, checked

#: the headings, in their order; `state` is told, and never read
COLUMNS = ("key", "subject", *CLAIM, "state")
NEEDED = tuple(name for name in COLUMNS if name not in {"subject", "amount", "words_km", "words_en", "valid_until", "state"})
MOST_ROWS = 1000
Row = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: B7; or a row alone."""

    cell: str
    reason: str | Promise


@dataclass(frozen=True)
class Read:
    """One row: the fact that it says, or what is wrong with it."""

    number: int
    key: str
    subject: str
    said: Said | None
    faults: tuple[Fault, ...] = ()


def cells(key: str, subject: str, said: Said, state: str) -> list[str]:
    """A fact as a row."""
    told = {"key": key, "subject": subject, "state": state}
    told |= {field.name: str(getattr(said, field.name) or "") for field in fields(Said)}
    return [told[name] for name in COLUMNS]


def read(rows: Sequence[Row], subjects: Mapping[str, str]) -> list[Read]:
    """The rows below the headings, each judged; Invalid when the headings are not ours. `subjects`: of known facts."""
    at = columns_of(rows, COLUMNS, NEEDED)
    if len(rows) > MOST_ROWS + 1:
        raise Invalid({"sheet": _("There are more than 1,000 facts in this sheet. Divide it.")})
    found, seen = [], set()
    for number, given in rows[1:]:
        one = _row(number, {name: clean(given[n]) if n < len(given) else "" for name, n in at.items()}, at, subjects)
        if one.key in seen:
            one = Read(
                number,
                one.key,
                one.subject,
                None,
                (Fault(address_of(at, "key", number), _("This key stands in the sheet twice.")),),
            )
        seen.add(one.key)
        found.append(one)
    return found


def columns_of(rows: Sequence[Row], known: Sequence[str], needed: Sequence[str]) -> dict[str, int]:
    """Where each of our headings stands; Invalid when the headings are not ours."""
    if not rows:
        raise Invalid({"sheet": _("There is no row in this file. Look whether you chose the right one.")})
    headings = [clean(cell).casefold() for cell in rows[0][1]]
    at = {name: headings.index(name) for name in known if name in headings}
    if missing := [name for name in needed if name not in at]:
        names = {"names": ", ".join(missing)}
        raise Invalid({"sheet": _("The first row must hold the headings of our sheet. Missing: %(names)s") % names})
    return at


def _row(number: int, said: Mapping[str, str], at: Mapping[str, int], subjects: Mapping[str, str]) -> Read:
    key = said["key"]
    known = subjects.get(key)
    subject = said.get("subject") or known or key
    faults = dict(_wrong(said, subject))
    if known and subject != known:
        faults["subject"] = _("The subject of a fact that is here does not change.")
    day = _day(said.get("valid_until", ""))
    made: Said | None = None
    try:
        words = {field.name: said.get(field.name, "") for field in fields(Said) if field.name != "valid_until"}
        made = checked(
            Said(
                **{
                    **words,
                    "unit": _code(said["unit"], _units()),
                    "amount": _amount(said),
                    "as_of": latin_digits(words["as_of"]),
                },
                valid_until=day,
            )
        )
    except Invalid as error:
        faults = {**error.fields, **faults}
    told = tuple(Fault(address_of(at, name, number), reason) for name, reason in faults.items())
    return Read(number, key, subject, None if faults else made, told)


def _wrong(said: Mapping[str, str], subject: str) -> Iterator[tuple[str, Any]]:
    for name, value in (("key", said["key"]), ("subject", subject)):
        if not wording.is_key(value) or len(value) > LONGEST_KEY:
            yield name, _("Use small Latin letters, digits, dots and dashes, like kh.passport.price.")
    for field in Claim._meta.fields:
        value = said.get(field.name, "")
        if field.max_length and len(value) > field.max_length and field.name != "unit":
            yield field.name, _("This is too long.")
        if not value and field.name in NEEDED:
            yield field.name, _("Please fill this in.")
    if said.get("valid_until") and _day(said["valid_until"]) is None:
        yield "valid_until", _("Write a day like 2027-02-01.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(latin_digits(text))
    except ValueError:
        return None


def _code(typed: str, codes: Mapping[str, str]) -> str:
    return codes.get(typed.casefold(), typed)


def _amount(said: Mapping[str, str]) -> str:
    """The state of a way by its code or its words; a number as it is typed."""
    return _code(said.get("amount", ""), _states()) if _code(said["unit"], _units()) == Unit.CORRIDOR else said.get("amount", "")


def _units() -> dict[str, str]:
    return {word.casefold(): code for code, *words in unit_words() for word in (code, *words)}


def _states() -> dict[str, str]:
    return {word.casefold(): code for code, *words in _both(CorridorState) for word in (code, *words)}


def unit_words() -> list[tuple[str, str, str]]:
    """Each unit as its code, in Khmer, in English: the second leaf of the sheet."""
    return [(code, km.replace("{n}", "…"), en.replace("{n}", "…")) for code, km, en in _both(Unit)]


def _both(book: Any) -> list[tuple[str, str, str]]:
    made = []
    for one in book:
        words = []
        for language in ("km", "en"):
            with translation.override(language):
                words.append(str(one.label))
        made.append((one.value, *words))
    return made  # type: ignore[return-value]


def address_of(at: Mapping[str, int], name: str, number: int) -> str:
    """B7, as spreadsheets call it; the row alone where the sheet has no such column."""
    if name not in at:
        return str(number)
    first, last = divmod(at[name], 26)
    return f"{chr(ord('A') + first - 1) if first else ''}{chr(ord('A') + last)}{number}"
