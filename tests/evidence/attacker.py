"""A reader who keeps every number that was ever told, and works out what was not; and a country whose numbers are told to them.

Nothing here is shared with the guard but the lines that leave: the sums are written anew, over every voice's own cell.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from spean.evidence.cohorts import Beside
from spean.evidence.disclosure import Area, Outcomes, ReleasedLine, ReleasedRow, Withheld, outcomes_of, release
from spean.evidence.grids import Cohort, Named, Part
from spean.evidence.register import BUCKETS, FATES, RUNGS

K = 11
MONTHS = 24
NATION = Named("KH/", "country", "KH/", "KH/")
PROVINCES = tuple(f"KH/{p}/" for p in range(5))
DISTRICTS = tuple(f"{p}{d}/" for p in PROVINCES for d in range(2))
ATOMS = {"answers": [(g, c) for g in RUNGS for c in BUCKETS], "promises": [("", c) for c in FATES]}


def month(number: int) -> date:
    return date(2024 + number // 12, number % 12 + 1, 1)


@dataclass
class Issue:
    """One issue's voices, and the months in which something became of it."""

    district: str
    organisation: str
    voices: int
    raised: int
    answered: int
    rung: str
    bucket: str
    fate: str

    def outcome(self, now: int) -> str:
        """Where it stands in this month."""
        if now < self.answered:
            return "overdue" if now > self.raised + 1 else "waiting"
        if now == self.answered:
            return "answered"
        return {"kept": "kept", "broken": "overdue"}.get(self.fate, "answered")


def country(rng: Random, months: int = MONTHS) -> list[Issue]:
    """Places of very different size, in which much is small."""
    pace = {d: rng.choice([0.1, 0.3, 1, 4]) for d in DISTRICTS}
    slow = rng.choices(range(5), weights=[50, 25, 12, 8, 5], k=2000)
    found = []
    for now in range(months):
        for place in DISTRICTS:
            for _n in range(int(pace[place]) or rng.random() < pace[place]):
                level = slow.pop() if slow else 0
                waits = min(3, level + (rng.random() < 0.3))
                fate = rng.choices(FATES, weights=[5, 1, 1, 2, 1])[0]
                org = rng.choices(["a", "b"], weights=[7, 3])[0]
                voices = rng.choice([1, 2, 3, 5, 8, 20])
                found.append(Issue(place, org, voices, now, now + waits, RUNGS[level], BUCKETS[waits], fate))
    return found


def nation(issues: Iterable[Issue], now: int) -> Area:
    """What a month's figures are made of."""
    given: dict[tuple[str, str], Counter[str]] = {}
    for issue in issues:
        if issue.raised <= now:
            given.setdefault((issue.district, issue.organisation), Counter())[issue.outcome(now)] += issue.voices

    def district(path: str) -> Area:
        givers = {org: Outcomes(**found) for (place, org), found in given.items() if place == path}
        return Area(path, "district", path, path, sum(givers.values(), Outcomes()), (), givers)

    def province(path: str) -> Area:
        inside = tuple(a for d in DISTRICTS if d.startswith(path) and (a := district(d)).own.total)
        return Area(path, "province", path, path, Outcomes(), inside)

    inside = tuple(a for p in PROVINCES if (a := province(p)).inside)
    return Area("KH/", "country", "KH/", "KH/", Outcomes(), inside)


def cohorts(issues: Iterable[Issue], start: int, end: int) -> dict[str, Cohort]:
    """What the figures of a half-year's answers are made of."""
    found: dict[str, dict[tuple[str, str, str, str], list[int]]] = {"answers": {}, "promises": {}}
    for i in issues:
        if start <= i.answered < end:
            for table, group, column in (("answers", i.rung, i.bucket), ("promises", "", i.fate)):
                cell = found[table].setdefault((f"{i.district[:5]}", group, column, i.organisation), [0, 0])
                cell[0] += i.voices
                cell[1] += 1
    places = tuple(Named(p, "province", p, p) for p in PROVINCES)
    shape = {"answers": (RUNGS, BUCKETS), "promises": (("",), FATES)}
    return {t: Cohort(NATION, places, *shape[t], tuple(Part(*key, *n) for key, n in f.items())) for t, f in found.items()}


@dataclass
class Told:
    """Everything that was released, and what was true."""

    voices: dict[int, tuple[ReleasedRow, ...]] = field(default_factory=dict)
    lines: dict[tuple[str, int], tuple[ReleasedLine, ...]] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)
    cohorts: dict[tuple[str, int], Cohort] = field(default_factory=dict)


def history(seed: int, *, guarded: bool = True, months: int = MONTHS) -> Told:
    """Two years of releases of every table, as `operations.release_month` makes them."""
    issues, told, k = country(Random(seed), months), Told(), K if guarded else 1
    for issue in issues if not guarded else ():
        issue.organisation = "a"  # the rule of one organisation is off too
    for now in range(months):
        told.areas[now] = nation(issues, now)
        earlier = list(told.voices.values()) if guarded else ()
        told.voices[now] = release("voices", month(now), told.areas[now], earlier=earlier, k=k).rows
        if now % 6 == 2 and now > 6:
            _half(told, issues, now - 8, now, k)
    return told


def _half(told: Told, issues: list[Issue], start: int, now: int, k: int) -> None:
    made = cohorts(issues, start, start + 6)
    voices = {month(n): rows for n, rows in told.voices.items()}
    for table, answers in (("answers", None), ("promises", "answers")):
        earlier = [lines for (name, _start), lines in told.lines.items() if name == table]
        shared = told.lines.get((answers, start)) if answers else None
        beside = Beside(month(start - 1) if start else None, month(start + 5), voices, shared, earlier)
        try:
            rows = release(table, month(start), made[table], beside=beside if k > 1 else None, k=k).rows
        except Withheld:
            rows = ()
        told.lines[table, start], told.cohorts[table, start] = rows, made[table]


class Attacker:
    """All numbers as sums over the smallest cells; least and most of each cell by linear programming."""

    def __init__(self, told: Any) -> None:
        self.sums: list[tuple[set, int]] = []
        self._read(told)
        self.cells = sorted({cell for cells, _value in self.sums for cell in cells})
        self.at = {cell: n for n, cell in enumerate(self.cells)}
        self.matrix = _matrix([{self.at[c] for c in cells} for cells, _value in self.sums], len(self.cells))
        self.values = np.array([value for _cells, value in self.sums], dtype=float)
        self.systems: dict[int, tuple[np.ndarray, csr_array, np.ndarray]] = {}
        self._part()

    def _read(self, told: Any) -> None:
        for now, rows in told.voices.items():
            self._read_month(now, rows)
        for (table, start), lines in told.lines.items():
            self._read_half(table, start, lines)

    def _read_month(self, now: int, rows: tuple[ReleasedRow, ...]) -> None:
        for row in rows:
            places = {d for d in DISTRICTS if d.startswith(row.path)}
            if row.reason == "together":
                shown = [r.path for r in rows if r.parent == row.path and r.reason != "together"]
                places = {d for d in places if not any(d.startswith(path) for path in shown)}
            for outcome, value in enumerate(outcomes_of(row).cells):
                self.sums.append(({("voices", now, place, str(outcome), "") for place in places}, value))

    def _read_half(self, table: str, start: int, lines: tuple[ReleasedLine, ...]) -> None:
        alone = [line.path for line in lines if line.parent and not line.reason]
        for line in lines:
            places = [line.path] if line.path in alone else [p for p in PROVINCES if not line.reason or p not in alone]
            whole = {(table, start, p, g, c) for p in places for g, c in ATOMS[table]}
            self.sums.append((whole, line.total))
            other = {("promises", start, p, "", c) for p in places for c in FATES}
            if table == "answers":
                self.sums.append((other, line.total))
            for cell in line.cells:
                if cell.voices is not None:
                    inside = {(table, start, p, g, c) for p in places for g in cell.groups for c in cell.columns}
                    self.sums.append((inside, cell.voices))

    def _part(self) -> None:
        both = abs(self.matrix.T) @ abs(self.matrix)
        self.labels = connected_components(both, directed=False)[1]

    def _of(self, label: int) -> tuple[np.ndarray, csr_array, np.ndarray]:
        """The cells and sums that hang together."""
        if label not in self.systems:
            inside = np.flatnonzero(self.labels == label)
            part = self.matrix[:, inside].tocsr()
            rows = np.flatnonzero(np.diff(part.indptr))
            self.systems[label] = inside, part[rows], self.values[rows]
        return self.systems[label]

    def interval(self, cell: tuple) -> tuple[float, float]:
        """The least and the most that a cell may be, given everything."""
        if cell not in self.at:
            return 0.0, float("inf")
        inside, sums, values = self._of(int(self.labels[self.at[cell]]))
        aim = (inside == self.at[cell]).astype(float)
        ends = []
        for sign in (1, -1):
            done = linprog(sign * aim, A_eq=sums, b_eq=values, method="highs")
            assert done.success, done.message
            ends.append(sign * done.fun)
        return ends[0], ends[1]


def _matrix(rows: list[set[int]], width: int) -> csr_array:
    hits = [(n, column) for n, columns in enumerate(rows) for column in columns]
    return csr_array((np.ones(len(hits)), tuple(zip(*hits, strict=True))), shape=(len(rows), width))


def small_cells(told: Told) -> Iterator[tuple[tuple, int]]:
    """Every smallest cell that stands for 1 to k-1 voices, with the truth."""
    for now, area in told.areas.items():
        for district in (d for p in area.inside for d in p.inside):
            for outcome, value in enumerate(district.own.cells):
                if 0 < value < K:
                    yield ("voices", now, district.path, str(outcome), ""), value
    for (table, start), cohort in told.cohorts.items():
        for path in PROVINCES:
            for group, column in ATOMS[table]:
                value = cohort.weigh(((group,), (column,)), [path]).voices
                if 0 < value < K:
                    yield (table, start, path, group, column), value


def recovered(told: Told) -> tuple[list[tuple], int]:
    """The small cells that the attacker knows to within less than k-1, or knows to stand for somebody; and how many there are."""
    attacker, found, of = Attacker(told), [], 0
    for cell, truth in small_cells(told):
        low, high = attacker.interval(cell)
        of += 1
        if (high - low < K - 1 or low >= 1) and low - 0.01 <= truth <= high + 0.01:
            found.append((cell, truth, low, high))
    return found, of
