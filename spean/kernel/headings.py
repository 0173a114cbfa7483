"""Which column of somebody's sheet holds what: headings in Khmer, English or code, somewhere in the first rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils import translation

from spean.kernel import text

_SIGNS = re.compile(r"[\s*:.()\[\]?៖។]+")
_TITLES = 10  # rows above the headings, at most


def key(words: str) -> str:
    """Words for comparing: no case, spaces, signs; Latin digits."""
    return _SIGNS.sub("", text.latin_digits(text.fold(words)))


def both(label: object) -> tuple[str, str]:
    """A label in Khmer and in English."""
    said = []
    for language in ("km", "en"):
        with translation.override(language):
            said.append(str(label))
    return said[0], said[1]


class Headings[C: str]:
    """The headings of one kind of sheet: `columns` is a TextChoices, `more` other words for some of them."""

    def __init__(self, columns: Iterable[C], more: Mapping[C, Sequence[str]]) -> None:
        self._columns, self._more = tuple(columns), more

    @cached_property
    def _known(self) -> dict[str, C]:
        known: dict[str, C] = {}
        for column in self._columns:
            label: Any = column.label  # type: ignore[attr-defined]
            for words in (str(column), *both(label), *self._more.get(column, ())):
                known.setdefault(key(words), column)
        return known

    def column_of(self, heading: str) -> C | None:
        """The column that a heading names; a heading may say it twice: "ល.រ / Number"."""
        for words in (heading, *re.split(r"[/\n|]", heading)):
            found = self._known.get(key(words))
            if found:
                return found
        return None

    def find(self, rows: Sequence[tuple[int, Sequence[str]]]) -> int:
        """Where in `rows` the headings stand: the row of the first few with most known columns, else the first."""
        known = [len(self.among(cells)) for _number, cells in rows[:_TITLES]]
        return known.index(max(known)) if max(known, default=0) > 1 else 0

    def among(self, cells: Iterable[str]) -> set[C]:
        """The columns that these cells name."""
        return {column for cell in cells if (column := self.column_of(cell))}

    def assigned(self, headings: Iterable[str]) -> dict[str, int]:
        """Column -> its position, as far as headings are known; of two alike the first."""
        found: dict[str, int] = {}
        for position, heading in enumerate(headings):
            column = self.column_of(heading)
            if column:
                found.setdefault(str(column), position)
        return found
