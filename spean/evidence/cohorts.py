"""Figures of a half-year's answers: the lines that may be told of them, and the median of each level from what is told.

Each half-year is told once and its voices stand in no other, so two half-years compared tell nothing. What other tables tell
of the same voices at the same time is compared instead: a number from 1 to k-1 apart from one of theirs is not told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from spean.evidence import grids
from spean.evidence.disclosure import ReleasedCell, ReleasedLine, ReleasedMedian, ReleasedRow
from spean.evidence.grids import OTHERS, Block, Cohort, Grid, Named
from spean.evidence.register import DAYS, ISSUES_OF_A_MEDIAN, LATER

_WEEK = 7
_TO = {code: most for most, code in DAYS}
_FROM = dict(zip((*_TO, LATER), (0, *_TO.values()), strict=True))


@dataclass(frozen=True)
class Beside:
    """What else has been told of these voices: the monthly figures by month, and the same half-year in another table."""

    started: date | None = None  # the month before the half-year
    ended: date | None = None  # its last month
    voices: Mapping[date, Sequence[ReleasedRow]] = field(default_factory=dict)
    answers: Sequence[ReleasedLine] | None = None  # of the same half-year
    earlier: Sequence[Sequence[ReleasedLine]] = ()  # of this table
    most: int | None = None  # what another table tells of the things that these are a part of

    @property
    def latest(self) -> Sequence[ReleasedRow]:
        """The newest of the monthly figures."""
        return self.voices[max(self.voices)] if self.voices else ()

    @property
    def alone(self) -> set[str] | None:
        """The places that the other table tells alone; None where there is no such table."""
        return None if self.answers is None else {line.path for line in self.answers if not line.reason}

    def near(self, cohort: Cohort, k: int) -> grids.Near:
        """Whether a number lies from 1 to k-1 apart from what the monthly figures tell of the same voices."""
        telling = {tuple(cohort.columns): "answered"} if self.answers is None else {("kept",): "kept"}

        def near(path: str, columns: tuple[str, ...], value: int) -> bool:
            name = telling.get(columns)
            return name is not None and any(0 < abs(value - other) < k for other in self._told(path, columns, name))

        return near

    def _told(self, path: str, columns: tuple[str, ...], name: str) -> list[int]:
        months = [month for month in (self.ended, max(self.voices, default=None)) if month]
        ends = [n for month in months if (n := self._monthly(month, path, name)) is not None]
        start = self._monthly(self.started, path, name) if self.started else None
        before = [_cell(line, columns) for lines in self.earlier for line in lines if line.path == path and not line.reason]
        so_far = [end - sum(n or 0 for n in before) for end in ends]
        return so_far + ([end - start for end in ends] if start is not None else [])

    def _monthly(self, month: date, path: str, name: str) -> int | None:
        for row in self.voices.get(month, ()):
            if row.path == path and row.reason != "together":
                return int(getattr(row, name))
        return None


def _cell(line: ReleasedLine, columns: tuple[str, ...]) -> int | None:
    """What a line tells of these columns, all groups together."""
    found = [c.voices for c in line.cells if set(c.columns) <= set(columns)]
    known = [n for n in found if n is not None]
    return sum(known) if len(known) == len(found) else None


def candidates(cohort: Cohort, beside: Beside, k: int) -> Iterator[tuple[tuple[ReleasedLine, ...], Grid | None]]:
    """What might be told, before the last look, best first: the nation with its places, at last the nation alone, or nothing."""
    near = beside.near(cohort, k)
    total = cohort.weigh((cohort.groups, cohort.columns)).voices
    fine = grids.blocks(cohort, k, near)
    withheld = beside.answers is not None and not beside.answers  # the same voices: their number was not to be told
    withheld = withheld or (beside.most is not None and total > beside.most)  # else it would say how many these at least are
    if not fine or withheld or near(cohort.nation.path, cohort.columns, total):
        yield (), None
        return
    nation = _line(cohort, cohort.nation, fine, {n: cohort.weigh(b).voices for n, b in enumerate(fine)}, None)
    for grid in grids.by_place(cohort, fine, k, near, beside.alone):
        yield (nation, *_place_lines(cohort, grid)), grid
    yield (nation,), None


def _place_lines(cohort: Cohort, grid: Grid) -> list[ReleasedLine]:
    names = {p.path: p for p in cohort.provinces}
    rest = {cohort.nation.path, *names} - set(grid.lines)
    found = []
    for line in grid.lines:
        cells = {n: grid.weights[line, n].voices for n in range(len(grid.blocks)) if (line, n) not in grid.hidden}
        paths = rest if line == OTHERS else {line}
        place = names.get(line, replace(cohort.nation, level="province"))
        made = _line(cohort, place, grid.blocks, cells, paths)
        total = sum(grid.weights[line, n].voices for n in range(len(grid.blocks)))
        reason = "together" if line == OTHERS else ""
        found.append(replace(made, parent=cohort.nation.path, reason=reason, total=total))
    return found


def _line(cohort: Cohort, place: Named, parting: list[Block], told: dict[int, int], paths: set[str] | None) -> ReleasedLine:
    cells = tuple(ReleasedCell(*block, told.get(n)) for n, block in enumerate(parting))
    medians = []
    for group in dict.fromkeys(cell.groups for cell in cells):
        of = [cell for cell in cells if cell.groups == group]
        enough = cohort.weigh((group, cohort.columns), paths).issues >= ISSUES_OF_A_MEDIAN
        if enough and LATER in cohort.columns:
            medians += median(of)
    return ReleasedLine(place.path, "", place.level, place.name_km, place.name_en, "", sum(told.values()), cells, tuple(medians))


def median(cells: Sequence[ReleasedCell]) -> list[ReleasedMedian]:
    """The median of one group in whole weeks, from the told cells alone; nothing where one of them is hidden."""
    numbers = [cell.voices for cell in cells]
    if None in numbers or not sum(n or 0 for n in numbers):
        return []
    half, before = sum(n or 0 for n in numbers) / 2, 0
    for cell, number in zip(cells, numbers, strict=True):
        if number and before + number >= half:
            least = _FROM[cell.columns[0]]
            if LATER in cell.columns and not least:  # all days as one: nothing is known of the half
                return []
            if LATER in cell.columns:
                return [ReleasedMedian(cell.groups, least // _WEEK, over=True)]
            days = least + (half - before) / number * (_TO[cell.columns[-1]] - least)
            return [ReleasedMedian(cell.groups, max(1, round(days / _WEEK)), over=False)]
        before += number or 0
    return []
