"""An attacker who takes every sum and difference of the published lines learns no number from 1 to k-1."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.evidence.disclosure import Area, Outcomes, ReleasedRow, Withheld, leaks, release, roll_up

K = 11
DAY = date(2026, 10, 1)
cells = st.one_of(st.just(0), st.integers(1, 14), st.integers(K, 60))
outcomes = st.builds(Outcomes, cells, cells, cells, cells)


def area(path: str, level: str, own: Outcomes, inside: tuple[Area, ...] = ()) -> Area:
    return Area(path, level, path, path, own, inside)


@st.composite
def nations(draw: st.DrawFn) -> Area:
    """A nation with up to four provinces of up to five districts."""
    nothing = st.just(Outcomes())
    provinces = []
    for p in range(draw(st.integers(0, 4))):
        districts = tuple(area(f"KH/{p}/{d}/", "district", draw(outcomes)) for d in range(draw(st.integers(0, 5))))
        provinces.append(area(f"KH/{p}/", "province", draw(st.one_of(nothing, outcomes)), districts))
    return area("KH/", "country", draw(st.one_of(nothing, outcomes)), tuple(provinces))


def subsets(things: list) -> Iterator[tuple]:
    return chain.from_iterable(combinations(things, n) for n in range(len(things) + 1))


def attack(rows: tuple[ReleasedRow, ...]) -> list[int]:
    """Every count of a group that can be computed: lines, lines without some lines inside them, columns without columns."""
    found = []
    for row in rows:
        inside = [] if row.reason == "together" else [r for r in rows if r.parent == row.path and r is not row]
        for less in subsets(inside):
            rest = [whole - sum(groups(r)[n] for r in less) for n, whole in enumerate(groups(row))]
            found += [sum(some) for some in subsets(rest)]
    return [n for n in found if 0 < n < K]


def groups(row: ReleasedRow) -> list[int]:
    """The smallest groups that the columns tell apart."""
    return [row.raised - row.answered - row.overdue, row.overdue, row.answered - row.kept, row.kept]


@given(nations())
def test_no_small_number_can_be_computed(nation: Area) -> None:
    assert attack(release("voices", DAY, nation, k=K).rows) == []


@given(nations())
def test_nothing_is_lost_or_told_twice(nation: Area) -> None:
    rows = roll_up(nation, K)
    for row in rows:
        inside = [r.raised for r in rows if r.parent == row.path and r is not row]
        if inside and row.reason != "together":
            assert sum(inside) == row.raised
    assert [r.raised for r in rows if r.parent == ""] == ([nation.outcomes.total] if rows else [])


def test_without_the_guard_the_attacker_finds_some() -> None:
    """The positive control: the same attack on the same places, not rolled up."""
    rows = roll_up(two_provinces(), 1)
    assert len(rows) == 6
    assert attack(rows)
    assert leaks(rows, K)


def two_provinces() -> Area:
    big, small = Outcomes(waiting=40, kept=20), Outcomes(waiting=20, overdue=3)
    first = area("KH/1/", "province", Outcomes(), (area("KH/1/1/", "district", big), area("KH/1/2/", "district", small)))
    second = area("KH/2/", "province", Outcomes(), (area("KH/2/1/", "district", Outcomes(answered=30, overdue=11)),))
    return area("KH/", "country", Outcomes(), (first, second))


def test_a_small_place_takes_the_next_one_with_it() -> None:
    """One province is unsafe by 3 overdue voices, so the other province hides it, and the nation alone is told."""
    assert [(r.path, r.raised, r.reason) for r in release("voices", DAY, two_provinces(), k=K).rows] == [("KH/", 124, "whole")]


def test_places_too_small_are_told_together() -> None:
    small = [area(f"KH/1/{n}/", "district", Outcomes(kept=6)) for n in (1, 2)]
    large = area("KH/1/3/", "district", Outcomes(kept=50))
    rows = roll_up(area("KH/1/", "province", Outcomes(), (*small, large)), K)
    assert [(r.path, r.level, r.raised, r.reason) for r in rows] == [
        ("KH/1/", "province", 62, ""),
        ("KH/1/3/", "district", 50, ""),
        ("KH/1/", "district", 12, "together"),
    ]


def test_the_last_look_withholds_what_would_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outcomes, "is_safe", lambda *_: True)
    with pytest.raises(Withheld):
        release("voices", DAY, two_provinces(), k=K)
