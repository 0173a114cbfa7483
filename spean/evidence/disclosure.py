"""The one door through which numbers about people leave: small numbers are rolled up into the larger place first.

Unit: voices, that is concerns behind issues. Each place's voices are divided into four outcomes that do not overlap.
Rule: in every published row each outcome is 0 or at least k. The rows without published rows inside them divide the
whole between them, so every number that sums and differences of rows and columns can isolate is a sum of such
outcomes, and is 0 or at least k too. Places too small for that are told together as "other places of" the larger one.

Then the ledger of earlier releases (`ledger.py`) has its say: two releases compared tell no more than one of them.
The tables of a half-year's answers (`cohorts.py`, `grids.py`) hide cells and help them by rectangles; of recruiters
(`batches.py`) each voice is told once, among at least k. Every table is looked at once more as its reader would, by linear
programming (`auditing.py`); what does not pass stays inside.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from spean.evidence.register import MOST_OF_ONE, declared
from spean.evidence.within import Figures, Inside, protect
from spean.kernel.small import INSIDE_THRESHOLD, PUBLIC_THRESHOLD

if TYPE_CHECKING:
    from spean.evidence.batches import Heards
    from spean.evidence.cohorts import Beside
    from spean.evidence.grids import Cohort


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
    givers: Mapping[str, Outcomes] = field(default_factory=dict)  # `own` by the organisation that brought the voices

    @property
    def outcomes(self) -> Outcomes:
        """Everything within its borders."""
        return total((self.own, *(a.outcomes for a in self.inside)))

    @property
    def given(self) -> dict[str, Outcomes]:
        """The same by organisation."""
        found = dict(self.givers)
        for inside in self.inside:
            for organisation, outcomes in inside.given.items():
                found[organisation] = found.get(organisation, Outcomes()) + outcomes
        return found

    def is_safe(self, k: int) -> bool:
        """Whether each cell is 0 or at least k, and none is nearly all one organisation's."""
        cells, given = self.outcomes, [outcomes.cells for outcomes in self.given.values()]
        largest = [max((g[n] for g in given), default=0) for n in range(len(cells.cells))]
        return cells.is_safe(k) and not any(MOST_OF_ONE * c < most < c for c, most in zip(cells.cells, largest, strict=True))


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
class ReleasedCell:
    """One number of a line: these groups and columns together. None: hidden."""

    groups: tuple[str, ...]
    columns: tuple[str, ...]
    voices: int | None


@dataclass(frozen=True)
class ReleasedMedian:
    """Half of the voices of these groups waited no longer than so many weeks; with `over`, longer."""

    groups: tuple[str, ...]
    weeks: int
    over: bool


@dataclass(frozen=True)
class ReleasedLine:
    """A place, or several told together, in a table of groups by columns."""

    path: str
    parent: str
    level: str
    name_km: str
    name_en: str
    reason: str  # "" or "together"
    total: int
    cells: tuple[ReleasedCell, ...]
    medians: tuple[ReleasedMedian, ...] = ()


def line_from(plain: Mapping[str, Any]) -> ReleasedLine:
    """The line as it was kept."""
    cells = tuple(ReleasedCell(tuple(c["groups"]), tuple(c["columns"]), c["voices"]) for c in plain["cells"])
    medians = tuple(ReleasedMedian(tuple(m["groups"]), m["weeks"], m["over"]) for m in plain["medians"])
    return ReleasedLine(**{**plain, "cells": cells, "medians": medians})


@dataclass(frozen=True)
class ReleasedKind:
    """Of the voices of a batch, those of one kind of issue."""

    kind: str
    voices: int


@dataclass(frozen=True)
class ReleasedBatch:
    """Voices about one recruiter that were never told before; or, `taken_back`, that what was told of it holds no more."""

    recruiter: str
    total: int
    kinds: tuple[ReleasedKind, ...]  # those that may be told alone; the others are what is left of the total
    taken_back: bool = False


def batch_from(plain: Mapping[str, Any]) -> ReleasedBatch:
    """The batch as it was kept."""
    return ReleasedBatch(**{**plain, "kinds": tuple(ReleasedKind(**kind) for kind in plain["kinds"])})


@dataclass(frozen=True)
class Released:
    """Figures that may leave. Only `release` makes them."""

    table: str
    period: date
    threshold: int
    rows: tuple[ReleasedRow, ...] | tuple[ReleasedLine, ...] | tuple[ReleasedBatch, ...]

    def plain(self) -> list[dict[str, Any]]:
        """The rows as plain values."""
        return [asdict(row) for row in self.rows]


def inside(figures: Figures, k: int = INSIDE_THRESHOLD) -> Inside:
    """A figure for one's own organisation, after protection: see `within.py`. It never leaves through a public door."""
    return protect(figures, k)


class Withheld(Exception):
    """The table did not pass the last look and stays inside."""


def total(outcomes: Iterable[Outcomes]) -> Outcomes:
    """The sum."""
    return sum(outcomes, Outcomes())


def release(
    table: str,
    period: date,
    counted: "Area | Cohort | Heards",
    *,
    earlier: Sequence[Sequence[Any]] = (),
    beside: "Beside | None" = None,
    k: int = PUBLIC_THRESHOLD,
) -> Released:
    """The figures of one table of the register for one period, after protection; `Withheld` when they cannot be protected.

    `earlier`: the lines of every monthly release of this table so far, oldest first; no difference to them stands for fewer
    than k either. `beside`: what other tables have told of the same voices.
    """
    from spean.evidence.auditing import batches_leak, cohort_leaks, voices_leak  # they need the lines of this module
    from spean.evidence.batches import Heards, batches
    from spean.evidence.cohorts import Beside, candidates
    from spean.evidence.ledger import reconcile

    declared(table)
    if isinstance(counted, Area):
        rows = reconcile(roll_up(counted, k), counted, earlier, k)
        if leaks(rows, k) or voices_leak(rows, counted, k):
            raise Withheld(table)
        return Released(table, period, k, rows)
    told = beside or Beside()
    if isinstance(counted, Heards):
        found = batches(counted, earlier, told.latest, k)
        if batches_leak(found, counted, earlier, told, k):
            raise Withheld(table)
        return Released(table, period, k, found)
    for lines, grid in candidates(counted, told, k):
        nothing = bool(counted.parts) and not lines  # there are voices, and not even the whole may be told
        if not nothing and not cohort_leaks(counted, lines, grid, told, k):
            return Released(table, period, k, lines)
    raise Withheld(table)


def roll_up(area: Area, k: int, parent: str = "") -> tuple[ReleasedRow, ...]:
    """The line of `area` and the lines inside it; nothing when the area itself is too small."""
    if not area.is_safe(k):
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
    shown = sorted((a for a in area.inside if a.is_safe(k)), key=lambda a: (a.outcomes.total, a.path))
    hidden = [a for a in area.inside if not a.is_safe(k)]
    while shown and not replace(area, inside=tuple(hidden)).is_safe(k):
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
