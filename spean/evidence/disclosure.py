"""The one door through which numbers about people leave: small numbers are rolled up into the larger place first.

Unit: voices, that is concerns behind issues. Each place's voices are divided into four outcomes that do not overlap.
Rule: in every published row each outcome is 0 or at least k. The rows without published rows inside them divide the
whole between them, so every number that sums and differences of rows and columns can isolate is a sum of such
outcomes, and is 0 or at least k too. Places too small for that are told together as "other places of" the larger one.

Then the ledger of earlier releases (`ledger.py`) has its say: two releases compared tell no more than one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from datetime import date
from typing import Any

#: fewest voices that a public number may stand for
PUBLIC_THRESHOLD = 11


@dataclass(frozen=True)
class Outcomes:
    """Voices of one place by what became of them: four cells that do not overlap."""

    waiting: int = 0
    overdue: int = 0
    answered: int = 0
    kept: int = 0

    def __add__(self, other: "Outcomes") -> "Outcomes":
        return Outcomes(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def cells(self) -> tuple[int, ...]:
        """The four numbers."""
        return astuple(self)

    @property
    def total(self) -> int:
        """All voices."""
        return sum(astuple(self))

    def is_safe(self, k: int) -> bool:
        """Whether each cell is 0 or at least k."""
        return all(cell == 0 or cell >= k for cell in astuple(self))


@dataclass(frozen=True)
class Area:
    """A place with its voices: those of the places inside it, and `own`, which lie in no single one of them."""

    path: str
    level: str
    name_km: str
    name_en: str
    own: Outcomes = field(default_factory=Outcomes)
    inside: tuple["Area", ...] = ()

    @property
    def outcomes(self) -> Outcomes:
        """Everything within its borders."""
        return total((self.own, *(a.outcomes for a in self.inside)))


@dataclass(frozen=True)
class ReleasedRow:
    """One published line. With `rolled_up`, either several places told together or one whose parts are not told."""

    path: str  # of the place; of the larger place when several are told together
    parent: str  # of the place in which this line is listed; "" for the nation's own line
    level: str
    name_km: str
    name_en: str
    rolled_up: bool
    reason: str  # the rule that hid numbers: "", "together" or "whole"
    raised: int
    answered: int
    kept: int
    overdue: int


@dataclass(frozen=True)
class Released:
    """Figures that may leave. Only `release` makes them."""

    table: str
    period: date
    threshold: int
    rows: tuple[ReleasedRow, ...]

    def plain(self) -> list[dict[str, Any]]:
        """The rows as plain values."""
        return [asdict(row) for row in self.rows]


class Withheld(Exception):
    """The table did not pass the last look and stays inside."""


def total(outcomes: Iterable[Outcomes]) -> Outcomes:
    """The sum."""
    return sum(outcomes, Outcomes())


def release(
    table: str, period: date, nation: Area, *, earlier: Sequence[Sequence[ReleasedRow]] = (), k: int = PUBLIC_THRESHOLD
) -> Released:
    """The figures of one month, rolled up until every number stands for nobody or for at least k voices.

    `earlier`: the lines of every release of this table so far, oldest first; no difference to them stands for fewer either.
    """
    from spean.evidence.ledger import reconcile  # it needs the lines of this module

    rows = reconcile(roll_up(nation, k), nation, earlier, k)
    if leaks(rows, k):
        raise Withheld(table)
    return Released(table, period, k, rows)


def roll_up(area: Area, k: int, parent: str = "") -> tuple[ReleasedRow, ...]:
    """The line of `area` and the lines inside it; nothing when the area itself is too small."""
    if not area.outcomes.is_safe(k):
        return ()
    shown, hidden = _divide(area, k)
    if not shown:
        return (_row(area, area.outcomes, parent=parent, reason="whole" if area.inside else ""),)
    lines = [_row(area, area.outcomes, parent=parent)]
    for child in shown:
        lines += roll_up(child, k, parent=area.path)
    rest = total((area.own, *(h.outcomes for h in hidden)))
    if rest.total:
        lines.append(_row(area, rest, parent=area.path, level=area.inside[0].level, reason="together"))
    return tuple(lines)


def _divide(area: Area, k: int) -> tuple[list[Area], list[Area]]:
    """The places inside that are told alone, and those told together: the smallest join them until these are safe."""
    shown = sorted((a for a in area.inside if a.outcomes.is_safe(k)), key=lambda a: (a.outcomes.total, a.path))
    hidden = [a for a in area.inside if not a.outcomes.is_safe(k)]
    while shown and not total((area.own, *(h.outcomes for h in hidden))).is_safe(k):
        hidden.append(shown.pop(0))
    return sorted(shown, key=lambda a: a.path), hidden


def _row(area: Area, cells: Outcomes, *, parent: str, level: str = "", reason: str = "") -> ReleasedRow:
    return ReleasedRow(
        path=area.path,
        parent=parent,
        level=level or area.level,
        name_km=area.name_km,
        name_en=area.name_en,
        rolled_up=bool(reason),
        reason=reason,
        raised=cells.total,
        answered=cells.answered + cells.kept,
        kept=cells.kept,
        overdue=cells.overdue,
    )


def outcomes_of(row: ReleasedRow) -> Outcomes:
    """The four outcomes, as a reader computes them from the columns."""
    return Outcomes(**_cells(row))


def line_of(row: ReleasedRow, cells: Outcomes) -> ReleasedRow:
    """The same line with other numbers."""
    answered = cells.answered + cells.kept
    return replace(row, raised=cells.total, answered=answered, kept=cells.kept, overdue=cells.overdue)


def leaks(rows: Sequence[ReleasedRow], k: int) -> list[tuple[str, str]]:
    """(place, cell) wherever a line, or a place without the lines inside it, gives a number from 1 to k-1."""
    found = []
    for row in rows:
        inside = [r for r in rows if r.parent == row.path and r is not row] if row.reason != "together" else []
        for name, cell in _cells(row).items():
            rest = cell - sum(_cells(r)[name] for r in inside) if inside else cell
            found += [(row.path, name)] if 0 < cell < k or not (rest == 0 or rest >= k) else []
    return found


def _cells(row: ReleasedRow) -> dict[str, int]:
    """The four outcomes, as a reader computes them from the columns."""
    return {
        "waiting": row.raised - row.answered - row.overdue,
        "overdue": row.overdue,
        "answered": row.answered - row.kept,
        "kept": row.kept,
    }
