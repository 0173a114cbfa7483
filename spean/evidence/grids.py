"""Protection of two-dimensional figures of one cohort: voices by place, group and column.

1. The nation: neighbouring groups, then neighbouring columns of a group, are told as one until each is 0 or at least k.
2. Places: those too small are told together. Of the rest a cell from 1 to k-1 is hidden (primary), with three more that
   make a rectangle, the cheapest that lets it be anything from 0 to k-1 (complementary; the hypercube heuristic of
   R. D. Repsilber). While more than a fifth of the cells is hidden, the smallest place joins those told together.
3. Where a person can stand behind several of a cell's units, the cell also needs k persons.
4. A cell where one organisation brought more than 85% is treated as too small, unless it brought all: then there is nobody
   whose voices it could work out by subtracting its own.

What leaves here is judged once more, by linear programming, in `disclosure`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from spean.evidence.register import MOST_HIDDEN, MOST_OF_ONE

OTHERS = "*"  # the line of the places told together
Block = tuple[tuple[str, ...], tuple[str, ...]]  # groups and columns told as one number


@dataclass(frozen=True)
class Named:
    """A place with its names."""

    path: str
    level: str
    name_km: str
    name_en: str


@dataclass(frozen=True)
class Part:
    """Voices of one place, group, column and organisation; `issues`: behind how many they are."""

    path: str  # of the province; of the nation when they lie in several
    group: str
    column: str
    organisation: str
    voices: int
    issues: int
    persons: frozenset[str] = frozenset()  # who is behind them; empty: each voice is another person's


@dataclass(frozen=True)
class Cohort:
    """The counted voices of one period."""

    nation: Named
    provinces: tuple[Named, ...]
    groups: tuple[str, ...]
    columns: tuple[str, ...]
    parts: tuple[Part, ...]

    def weigh(self, block: Block, paths: Iterable[str] | None = None) -> "Weight":
        """What stands behind a block in these places; in all of them without `paths`."""
        voices: Counter[str] = Counter()
        issues, persons = 0, set()
        for path in (self.nation.path, *(p.path for p in self.provinces)) if paths is None else paths:
            for group, column in product(*block):
                for part in self._at.get((path, group, column), ()):
                    voices[part.organisation] += part.voices
                    issues += part.issues
                    persons |= part.persons
        return Weight(voices.total(), max(voices.values(), default=0), issues, frozenset(persons))

    @cached_property
    def _at(self) -> dict[tuple[str, str, str], list[Part]]:
        found: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
        for part in self.parts:
            found[part.path, part.group, part.column].append(part)
        return found


@dataclass(frozen=True)
class Weight:
    """Voices, those of the organisation that brought the most, and issues."""

    voices: int = 0
    largest: int = 0
    issues: int = 0
    persons: frozenset[str] = frozenset()

    @property
    def dominated(self) -> bool:
        """Whether one organisation, by subtracting its own, would know much of the few others."""
        return self.largest < self.voices and self.largest > MOST_OF_ONE * self.voices

    def is_few(self, k: int) -> bool:
        """Whether from 1 to k-1 voices, or persons, stand behind it."""
        return 0 < self.voices < k or 0 < len(self.persons) < k

    def is_safe(self, k: int) -> bool:
        """Nobody, or at least k voices, of at least k persons, and not nearly all from one organisation."""
        return self.voices == 0 or not (self.is_few(k) or self.dominated)

    def __add__(self, other: "Weight") -> "Weight":
        """Both together, without what one organisation brought."""
        return Weight(self.voices + other.voices, 0, self.issues + other.issues, self.persons | other.persons)


#: whether a number of a place lies too close to one that another table tells of the same voices
Near = Callable[[str, tuple[str, ...], int], bool]


@dataclass
class Grid:
    """Lines of places by blocks, with what is hidden."""

    blocks: list[Block]
    lines: list[str]
    weights: dict[tuple[str, int], Weight]
    small: set[tuple[str, int]] = field(default_factory=set)  # hidden because too small
    hidden: set[tuple[str, int]] = field(default_factory=set)  # all hidden, those that help too

    @property
    def share(self) -> float:
        """Which part of the cells that are not 0 is hidden."""
        filled = sum(1 for weight in self.weights.values() if weight.voices)
        return len(self.hidden) / filled if filled else 0.0


def blocks(cohort: Cohort, k: int, near: Near) -> list[Block]:
    """The blocks that the nation's figures are told in; [] when not even the whole may be told."""
    filled = [(g,) for g in cohort.groups if cohort.weigh(((g,), cohort.columns)).voices]
    groups = merged(filled, lambda g: cohort.weigh((g, cohort.columns)), k)
    found: list[Block] = []
    for group in groups:
        columns = merged(
            [(c,) for c in cohort.columns],
            lambda c, g=group: cohort.weigh((g, c)),  # type: ignore[misc]
            k,
            lambda c, v: near(cohort.nation.path, c, v),
        )
        found += [(group, c) for c in columns]
    return found


def merged(
    units: Sequence[tuple[str, ...]],
    weigh: Callable[[tuple[str, ...]], Weight],
    k: int,
    near: Callable[[tuple[str, ...], int], bool] = lambda _c, _v: False,
) -> list[tuple[str, ...]]:
    """Neighbours joined until each is safe; [] when the whole is not."""
    found = list(units)
    while True:
        weights = [weigh(unit) for unit in found]
        wrong = [n for n, w in enumerate(weights) if not w.is_safe(k) or near(found[n], w.voices)]
        if not wrong:
            return found
        if len(found) == 1:
            return []
        at = wrong[0]
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(found)]
        other = min(beside, key=lambda n: (weights[n].voices == 0, weights[n].voices, -n))
        first = min(at, other)
        found[first : first + 2] = [found[first] + found[first + 1]]


def coarser(fine: Sequence[Block]) -> list[list[Block]]:
    """The same blocks, then all groups by the columns that none of them divides, then the whole as one."""
    groups, order = _whole(fine)
    columns: list[tuple[str, ...]] = []
    for wanted in dict.fromkeys(block[1] for block in fine):
        met = [c for c in columns if set(c) & set(wanted)]
        joined = {x for c in (*met, wanted) for x in c}
        columns = [*(c for c in columns if c not in met), tuple(sorted(joined, key=order.index))]
    columns.sort(key=lambda c: order.index(c[0]))
    return [list(fine), [(groups, c) for c in columns], [(groups, order)]]


def by_place(cohort: Cohort, fine: Sequence[Block], k: int, near: Near, allowed: set[str] | None = None) -> list[Grid]:
    """The lines of the places in each parting where some may be told alone; first the one in which most cells are told."""
    tried = [_roll_up(cohort, parting, k, near, allowed) for parting in coarser(fine)]
    told = [grid for grid in tried if grid is not None]
    return sorted(told, key=lambda g: len(g.hidden) - sum(w.voices > 0 for w in g.weights.values()))


def _roll_up(cohort: Cohort, parting: list[Block], k: int, near: Near, allowed: set[str] | None) -> Grid | None:
    whole = _whole(parting)
    totals = {p.path: cohort.weigh(whole, [p.path]) for p in cohort.provinces}
    alone = [
        path
        for path, weight in totals.items()
        if weight.voices and weight.is_safe(k) and not near(path, whole[1], weight.voices)
        if allowed is None or path in allowed
    ]
    alone.sort(key=lambda path: (totals[path].voices, path))
    every = {cohort.nation.path, *totals}
    while alone:
        rest = cohort.weigh(whole, every - set(alone))
        if rest.is_safe(k):
            grid = _grid(cohort, parting, sorted(alone), every - set(alone) if rest.voices else set())
            if _hide(grid, k, near) and grid.share <= MOST_HIDDEN:
                return grid
        alone.pop(0)
    return None


def _whole(parting: Sequence[Block]) -> Block:
    groups = tuple(dict.fromkeys(g for block in parting for g in block[0]))
    return groups, tuple(dict.fromkeys(c for block in parting for c in block[1]))


def _grid(cohort: Cohort, parting: list[Block], alone: list[str], rest: set[str]) -> Grid:
    lines = [*alone, *([OTHERS] if rest else [])]
    weights = {
        (line, n): cohort.weigh(block, rest if line == OTHERS else [line]) for line in lines for n, block in enumerate(parting)
    }
    return Grid(parting, lines, weights)


def _hide(grid: Grid, k: int, near: Near) -> bool:
    """Hide the small cells, and for each the cheapest rectangle that protects it; whether each found one."""
    grid.small = {
        cell
        for cell, w in grid.weights.items()
        if not w.is_safe(k) or (cell[0] != OTHERS and near(cell[0], grid.blocks[cell[1]][1], w.voices))
    }
    grid.hidden = set(grid.small)
    for cell in sorted(grid.small, key=lambda c: (grid.weights[c].voices, c)):
        corners = _rectangle(grid, cell, k)
        if corners is None:
            return False
        grid.hidden |= corners
    return True


def _rectangle(grid: Grid, cell: tuple[str, int], k: int) -> set[tuple[str, int]] | None:
    """Three cells which, hidden with this one, let voices move round while every sum stays what it is."""
    line, column = cell
    at = {c: w.voices for c, w in grid.weights.items()}
    best: tuple[int, set[tuple[str, int]]] | None = None
    for other in grid.lines:
        for along in range(len(grid.blocks)):
            corners = {(line, along), (other, column), (other, along)}
            if other == line or along == column or not all(at[c] for c in corners):
                continue
            up, down = min(at[line, along], at[other, column]), at[other, along]
            if min(at[cell], down) + up < k or (at[cell] < k and down < at[cell]):
                continue
            cost = sum(at[c] for c in corners - grid.hidden)
            if best is None or cost < best[0]:
                best = cost, corners
    return best[1] if best else None
