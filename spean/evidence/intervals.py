"""What a reader can work out of numbers that were hidden: the least and the most each may be, by linear programming.

A reader knows sums of cells, and that no cell is below 0. Cells that stand in the same sums cannot be told apart, so they
are one unknown; unknowns that share no sum are solved apart. Source: L. Willenborg, T. de Waal, Elements of Statistical
Disclosure Control (2001), chapter 6 (the "attacker's problems").
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

Cell = Hashable
Unknown = tuple[tuple[int, int], ...]  # the sums that a cell stands in, each with its sign
_UNBOUNDED = 3  # in the words of scipy


class Impossible(Exception):
    """The known sums contradict each other: nothing can be said of them, so nothing may leave."""


@dataclass(frozen=True)
class Sum:
    """Some cells, without some others, that add up to a value; not `exact`: to no more than that."""

    plus: frozenset[Cell]
    minus: frozenset[Cell]
    value: float
    exact: bool


@dataclass
class Known:
    """The sums that a reader knows."""

    sums: list[Sum] = field(default_factory=list)

    def equal(self, cells: Iterable[Cell], value: float) -> None:
        """These cells add up to exactly this."""
        self.sums.append(Sum(frozenset(cells), frozenset(), value, exact=True))

    def at_most(self, cells: Iterable[Cell], value: float) -> None:
        """These cells add up to no more than this."""
        self.sums.append(Sum(frozenset(cells), frozenset(), value, exact=False))

    def named(self, whole: Cell, cells: Iterable[Cell]) -> None:
        """A cell that is the sum of these; to be asked for as one."""
        self.sums.append(Sum(frozenset(cells), frozenset({whole}), 0, exact=True))

    def intervals(self, wanted: Iterable[Cell]) -> dict[Cell, tuple[float, float]]:
        """The least and the most that each wanted cell may be."""
        unknowns = self._unknowns()
        parts, alike = self._parts(unknowns), Counter(unknowns.values())
        solved: dict[Unknown, tuple[float, float]] = {}
        found = {}
        for cell in wanted:
            key = unknowns.get(cell, ())
            if key not in solved:
                solved[key] = self._solve(key, parts[key]) if key else (0.0, float("inf"))
            low, high = solved[key]
            found[cell] = (low if alike[key] <= 1 else 0.0, high)  # several: each may be 0, another takes it all
        return found

    def _unknowns(self) -> dict[Cell, Unknown]:
        """The sums in which each cell stands, and how: cells with the same ones are one unknown."""
        where: dict[Cell, list[tuple[int, int]]] = defaultdict(list)
        for number, known in enumerate(self.sums):
            for sign, cells in ((1, known.plus), (-1, known.minus)):
                for cell in cells:
                    where[cell].append((number, sign))
        return {cell: tuple(numbers) for cell, numbers in where.items()}

    @staticmethod
    def _parts(unknowns: dict[Cell, Unknown]) -> dict[Unknown, list[Unknown]]:
        """The unknowns that hang together with each, itself among them."""
        keys = sorted(set(unknowns.values()))
        leader = {number: number for key in keys for number, _sign in key}

        def top(number: int) -> int:
            while leader[number] != number:
                leader[number] = leader[leader[number]]
                number = leader[number]
            return number

        for key in keys:
            for number, _sign in key[1:]:
                leader[top(number)] = top(key[0][0])
        grouped: dict[int, list[Unknown]] = defaultdict(list)
        for key in keys:
            grouped[top(key[0][0])].append(key)
        return {key: grouped[top(key[0][0])] for key in keys}

    def _solve(self, wanted: Unknown, part: list[Unknown]) -> tuple[float, float]:
        if len(part) == 1 and len(wanted) == 1:  # one unknown in one sum
            known = self.sums[wanted[0][0]]
            return (known.value if known.exact else 0.0, known.value)
        rows = sorted({number for key in part for number, _sign in key})
        exact = [n for n in rows if self.sums[n].exact]
        loose = [n for n in rows if not self.sums[n].exact]
        given = {
            "A_eq": _matrix(exact, part) if exact else None,
            "b_eq": [self.sums[n].value for n in exact] or None,
            "A_ub": _matrix(loose, part) if loose else None,
            "b_ub": [self.sums[n].value for n in loose] or None,
        }
        aim = np.zeros(len(part))
        aim[part.index(wanted)] = 1.0
        low, high = (_end(aim, sign, given) for sign in (1.0, -1.0))
        return max(0.0, low), high


def _end(aim: np.ndarray, sign: float, given: dict[str, Any]) -> float:
    done = linprog(sign * aim, **given, bounds=(0, None), method="highs")
    if done.status == _UNBOUNDED:
        return float("inf")
    if not done.success:
        raise Impossible(done.message)
    return float(sign * done.fun)


def _matrix(rows: list[int], part: list[Unknown]) -> csr_array:
    at = {number: row for row, number in enumerate(rows)}
    hits = [(at[n], column, sign) for column, key in enumerate(part) for n, sign in key if n in at]
    lines, columns, signs = zip(*hits, strict=True)
    return csr_array((signs, (lines, columns)), shape=(len(rows), len(part)), dtype=float)


def too_narrow(interval: tuple[float, float], k: int, *, small: bool) -> bool:
    """Whether a hidden cell is known too well; a `small` one, hidden for being below k, may neither be told from 0."""
    low, high = round(interval[0], 6), round(interval[1], 6)  # without the last digits of a solver
    return high - low < k - 1 or (small and (low >= 1 or high < k - 1))
