"""Amounts as facts hold them: a number, or a span of two; compared, summed, and told with their unit."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from django.utils.translation import get_language

from spean.kernel.text import khmer_digits, latin_digits
from spean.library.enums import CorridorState, Unit

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,2})?"
_SPAN = re.compile(rf"({_NUMBER})(?:-({_NUMBER}))?")
_AS_OF = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True)
class Amount:
    """A number, or a span from `low` to `high`."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.low + other.low, self.high + other.high)

    def beside(self, other: "Amount") -> "Amount":
        """The span that holds both."""
        return Amount(min(self.low, other.low), max(self.high, other.high))

    def __str__(self) -> str:
        return _plain(self.low) if self.low == self.high else f"{_plain(self.low)}-{_plain(self.high)}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def read(text: str) -> Amount | None:
    """The amount that is written: 100, 1,055 or 337-400, in Latin or Khmer digits; None for anything else."""
    found = _SPAN.fullmatch(latin_digits(text).replace(",", "").replace("–", "-").replace(" ", ""))
    if not found:
        return None
    low, high = Decimal(found[1]), Decimal(found[2] or found[1])
    return Amount(low, high) if low <= high else None


def told(amount: str, unit: str) -> str:
    """An amount with its unit, in the reader's language and digits; "" where the words are the fact."""
    if unit == Unit.WORDS:
        return ""
    if unit == Unit.CORRIDOR:
        return str(CorridorState(amount).label) if amount in CorridorState.values else ""
    number = read(amount)
    if number is None:
        return ""
    return in_digits(str(Unit(unit).label).replace("{n}", _grouped(number)))


def in_digits(text: str) -> str:
    """In the reader's digits."""
    return khmer_digits(text) if get_language() == "km" else text


def _grouped(number: Amount) -> str:
    ends = [number.low] if number.low == number.high else [number.low, number.high]
    return "–".join(f"{Decimal(_plain(end)):,}" for end in ends)


def is_as_of(text: str) -> bool:
    """Whether it is a year, a month or a day."""
    if not _AS_OF.fullmatch(text):
        return False
    try:
        _first_day(text)
    except ValueError:
        return False
    return True


def as_of_told(text: str) -> str:
    """A year, a month or a day in the reader's language: 2025, February 2025, 1 February 2025."""
    pattern = {4: "y", 7: "MMMM y"}.get(len(text), "d MMMM y")
    return in_digits(format_date(_first_day(text), pattern, locale="km" if get_language() == "km" else "en_GB"))


def _first_day(text: str) -> date:
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :])
