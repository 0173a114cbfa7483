"""A day as people write it: in Khmer or Latin digits, as numbers or with the month's name."""

import re
from datetime import date

from spean.kernel import text

BUDDHIST = 2400  # years from here on are of the Buddhist era
_MONTHS = (
    ("មករា", "jan"), ("កុម្ភៈ", "feb"), ("មីនា", "mar"), ("មេសា", "apr"), ("ឧសភា", "may"), ("មិថុនា", "jun"),
    ("កក្កដា", "jul"), ("សីហា", "aug"), ("កញ្ញា", "sep"), ("តុលា", "oct"), ("វិច្ឆិកា", "nov"), ("ធ្នូ", "dec"),
)  # fmt: skip
_BY_NAME = re.compile(r"(\d{1,2})\s*(\D+?)\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


class BadDay(ValueError):
    """It is no day; the word is "day", or "era" for a year of the Buddhist era."""


def read(said: str) -> date:
    """The day that is written; BadDay with the reason.

    A year of the Buddhist era is not turned into another one: in Cambodia it changes in May, so that it is two years.
    """
    year, month, day = _parts(text.latin_digits(said).casefold().replace("ឆ្នាំ", " ").replace("ថ្ងៃទី", " ").replace("ខែ", " "))
    if year >= BUDDHIST:
        raise BadDay("era")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDay("day") from None


def _parts(said: str) -> tuple[int, int, int]:
    """Year, month, day."""
    said = said.strip()
    first, last, named = (p.fullmatch(said) for p in (_YEAR_FIRST, _YEAR_LAST, _BY_NAME))
    if first or last:
        given = [int(n) for n in (first or last).groups()]  # type: ignore[union-attr]
        return (given[0], given[1], given[2]) if first else (given[2], given[1], given[0])
    if named:
        day, name, year = named.groups()
        for month, (khmer, english) in enumerate(_MONTHS, 1):
            if name.strip(" .,") == khmer or (name.strip(" .,").startswith(english) and name.strip(" .,").isascii()):
                return int(year), month, int(day)
    raise BadDay("day")
