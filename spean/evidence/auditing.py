"""The last look before figures leave: what a reader of all tables could work out of what is hidden, by linear programming.

Required of a hidden number below k: the least it may be is below 1, the most at least k-1, and these lie at least k-1 apart;
of one that is hidden to help it: at least k-1 apart (protection.md 2g.5).
"""

from collections.abc import Collection, Mapping, Sequence

from spean.evidence.batches import Earlier, Heards, past_of, rest_of
from spean.evidence.cohorts import Beside
from spean.evidence.disclosure import Area, ReleasedBatch, ReleasedCell, ReleasedLine, ReleasedRow, outcomes_of
from spean.evidence.grids import OTHERS, Block, Cohort, Grid, Weight
from spean.evidence.intervals import Cell, Impossible, Known, too_narrow
from spean.evidence.ledger import OWN, Leaf, atoms_of, leaves
from spean.voices.enums import Kind

_OUTCOMES = range(4)


def voices_leak(rows: Sequence[ReleasedRow], nation: Area, k: int) -> bool:
    """Whether a place that is told with others, or within a larger one, is known too well.

    A cell that is told as 0 says so of all its places, which stand for nobody; a place told alone was told when it was large.
    Larger lines have to be the sums of those inside: then they tell a reader nothing more, and the sums of the smallest
    lines are all that there is to solve.
    """
    known, small = Known(), set()
    found, truth = leaves(rows, atoms_of(nation)), _truth(nation)
    for leaf in found:
        for outcome in _OUTCOMES:
            known.equal({(atom, outcome) for atom in leaf.covers}, leaf.cells[outcome])
        if len(leaf.covers) > 1:
            small |= _small(leaf, truth, k)
    for row in rows:
        inside = [leaf.cells for leaf in found if _within(leaf.row, row)]
        if outcomes_of(row).cells != tuple(map(sum, zip(*inside, strict=True))):
            return True
    return _any_too_narrow(known, small, small, k)


def _within(row: ReleasedRow, larger: ReleasedRow) -> bool:
    return row is larger or (larger.reason != "together" and row.path.startswith(larger.path))


def _small(leaf: Leaf, truth: Mapping[str, tuple[int, ...]], k: int) -> set[Cell]:
    """The cells from 1 to k-1 that this line hides among others."""
    nothing = (0, 0, 0, 0)
    return {(a, n) for a in leaf.covers for n in _OUTCOMES if leaf.cells[n] and 0 < truth.get(a, nothing)[n] < k}


def _truth(area: Area) -> dict[str, tuple[int, ...]]:
    found = {f"{area.path}{OWN}" if area.inside else area.path: area.own.cells}
    for inside in area.inside:
        found |= _truth(inside)
    return found


def cohort_leaks(cohort: Cohort, lines: Sequence[ReleasedLine], grid: Grid | None, beside: Beside, k: int) -> bool:
    """Whether a hidden number of a place is known too well, or one that can be had by subtraction is small.

    Asked of each hidden cell, and of each cell that a place's coarser line holds and the nation's finer line tells apart.
    """
    if any(0 < n < k for line in lines for n in _numbers(line)):
        return True
    if grid is None:
        return False
    known, finest = _knowledge(lines, grid, beside, k), [(cell.groups, cell.columns) for cell in lines[0].cells]
    rest = {cohort.nation.path, *(p.path for p in cohort.provinces)} - set(grid.lines)
    within = {
        (name, block)
        for name in grid.lines
        for block in finest
        if cohort.weigh(block, rest if name == OTHERS else [name]).is_few(k)
    }
    hidden, small = ({(name, grid.blocks[n]) for name, n in some} for some in (grid.hidden, grid.small))
    return _any_too_narrow(known, hidden | within, small | within, k) or _rest_is_small(grid, k)


def _numbers(line: ReleasedLine) -> list[int]:
    return [line.total, *(cell.voices for cell in line.cells if cell.voices is not None)]


def _knowledge(lines: Sequence[ReleasedLine], grid: Grid, beside: Beside, k: int) -> Known:
    """All sums that this table and those beside it tell of the places' finest cells."""
    nation, *places = lines
    known, finest = Known(), [(cell.groups, cell.columns) for cell in nation.cells]
    shared = {line.path: line.total for line in beside.answers or () if not line.reason}
    for line in places:
        name = OTHERS if line.reason else line.path
        every = {(name, block) for block in finest}
        known.equal(every, line.total)
        for cell in line.cells:
            whole, inside = (cell.groups, cell.columns), {c for c in every if _holds(cell, c[1])}
            if cell.voices is not None:
                known.equal(inside, cell.voices)
            elif whole not in finest:
                known.named((name, whole), inside)
        raised = None if line.reason else _at_most_raised(line.path, beside.latest, k)
        if raised is not None:
            known.at_most(every, raised)
        if name in shared:
            known.equal(every, shared[name])
    for cell in nation.cells:
        known.equal({(name, (cell.groups, cell.columns)) for name in grid.lines}, cell.voices or 0)
    return known


def _holds(cell: ReleasedCell, block: Block) -> bool:
    return set(block[0]) <= set(cell.groups) and set(block[1]) <= set(cell.columns)


def _at_most_raised(path: str, rows: Sequence[ReleasedRow], k: int) -> int | None:
    """What the monthly figures tell was raised there, with what they may lag behind: k-1 in each outcome of each line."""
    own = [r for r in rows if r.path == path and r.reason != "together"]
    inside = [r for r in rows if r.path.startswith(path)]
    return own[0].raised + 4 * (k - 1) * len(inside) if own else None


def _rest_is_small(grid: Grid, k: int) -> bool:
    """Whether what a line, or a column, hides altogether is from 1 to k-1."""
    hidden = [sum((grid.weights[c] for c in grid.hidden if c[0] == name), Weight()) for name in grid.lines]
    hidden += [sum((grid.weights[c] for c in grid.hidden if c[1] == n), Weight()) for n in range(len(grid.blocks))]
    return any(rest.is_few(k) for rest in hidden)


def batches_leak(rows: Sequence[ReleasedBatch], counted: Heards, earlier: Earlier, beside: Beside, k: int) -> bool:
    """Whether a batch is small, tells a small kind apart, or leaves a few of all that was raised."""
    told = [row for row in rows if not row.taken_back]
    if any(row.total < k or any(kind.voices < k for kind in row.kinds) for row in told):
        return True
    known, small = Known(), set()
    fresh = {heard.recruiter: heard for heard in counted.each}
    for row in told:
        known.equal({(row.recruiter, kind) for kind in Kind.values}, row.total)
        for kind in row.kinds:
            known.equal({(row.recruiter, kind.kind)}, kind.voices)
        heard = fresh[row.recruiter]
        small |= {(row.recruiter, kind) for kind in heard.kinds if 0 < heard.weigh([kind]).voices < k}
    back = {row.recruiter for row in rows if row.taken_back}
    so_far = sum(past_of(recruiter, earlier).now for recruiter in fresh if recruiter not in back)
    rest = rest_of(beside.latest, so_far + sum(row.total for row in told))
    few = bool(told) and (rest is None or not (rest == 0 or rest >= k))
    return few or _any_too_narrow(known, small, small, k)


def _any_too_narrow(known: Known, hidden: Collection[Cell], small: Collection[Cell], k: int) -> bool:
    try:
        found = known.intervals(hidden)
    except Impossible:
        return True
    return any(too_narrow(interval, k, small=cell in small) for cell, interval in found.items())
