"""An attacker with every release of two years, and all differences of what can be added up, learns no number from 1 to k-1."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from spean.evidence.disclosure import Area, Outcomes, ReleasedRow, leaks, outcomes_of, release

K = 11
PROVINCES, DISTRICTS, MONTHS = 3, 3, 24
DAY = date(2026, 10, 1)
PLACES = [f"KH/{p}/{d}/" for p in range(PROVINCES) for d in range(DISTRICTS)]


def nation(counts: dict[str, list[int]]) -> Area:
    """The nation with these four outcomes in each district, as measured: a place without voices is not in it."""
    provinces = []
    for p in range(PROVINCES):
        path = f"KH/{p}/"
        inside = tuple(Area(d, "district", d, d, Outcomes(*counts[d])) for d in PLACES if d.startswith(path) and sum(counts[d]))
        if inside:
            provinces.append(Area(path, "province", path, path, Outcomes(), inside))
    return Area("KH/", "country", "KH/", "KH/", Outcomes(), tuple(provinces))


def history(seed: int, *, guarded: bool, months: int = MONTHS) -> list[tuple[ReleasedRow, ...]]:
    """Voices come, wait, are overdue, answered, kept; each month is released."""
    rng, counts = Random(seed), {d: [0, 0, 0, 0] for d in PLACES}
    pace = {d: rng.choice([0, 1, 3, 12]) for d in PLACES}
    told: list[tuple[ReleasedRow, ...]] = []
    for _month in range(months):
        for d in PLACES:
            counts[d][0] += rng.randint(0, 2 * pace[d])
            for n, to in ((0, 1), (0, 2), (1, 2), (2, 3)):
                moved = rng.randint(0, counts[d][n] // 2)
                counts[d][n] -= moved
                counts[d][to] += moved
        told.append(release("voices", DAY, nation(counts), earlier=told if guarded else (), k=K).rows)
    return told


def subsets(things: Sequence) -> Iterator[tuple]:
    return chain.from_iterable(combinations(things, n) for n in range(len(things) + 1))


def computed(rows: Sequence[ReleasedRow]) -> dict[frozenset[str], tuple[int, ...]]:
    """Places -> the four outcomes, for every group of places that sums and differences of a release give."""
    covers = {}
    for row in rows:
        here = {d for d in PLACES if d.startswith(row.path)}
        if row.reason == "together":
            for other in rows:
                if other.parent == row.path and other is not row:
                    here -= {d for d in PLACES if d.startswith(other.path)}
        covers[id(row)] = frozenset(here)
    found: dict[frozenset[str], tuple[int, ...]] = {}
    for row in rows:
        inside = [] if row.reason == "together" else [r for r in rows if r.parent == row.path and r is not row]
        for less in subsets(inside):
            places = covers[id(row)].difference(*(covers[id(r)] for r in less))
            cells = outcomes_of(row).cells
            for r in less:
                cells = tuple(a - b for a, b in zip(cells, outcomes_of(r).cells, strict=True))
            found[places] = cells
    return found


def attack(told: Sequence[Sequence[ReleasedRow]]) -> list[tuple[frozenset[str], int]]:
    """Differences of the same places between any two releases that stand for 1 to k-1 voices; a line's own ones too."""
    seen, found = [computed(rows) for rows in told], []
    for one, other in combinations(seen, 2):
        for places in one.keys() & other.keys():
            small = [abs(a - b) for a, b in zip(one[places], other[places], strict=True) if 0 < abs(a - b) < K]
            found += [(places, n) for n in small if is_smallest(places, one, other)]
    return found


def is_smallest(places: frozenset[str], one: dict, other: dict) -> bool:
    """Not merely the sum of parts that both releases tell: what is known already may be added up."""
    return not any(p and p < places and p in other and (places - p) in one and (places - p) in other for p in one)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_no_difference_of_two_releases_stands_for_a_few(seed: int) -> None:
    told = history(seed, guarded=True)
    assert attack(told) == []
    assert [leaks(rows, K) for rows in told] == [[]] * MONTHS


def test_without_the_ledger_the_attacker_finds_some() -> None:
    """The positive control: the same attack on the same voices, each month guarded alone."""
    broken = sum(bool(attack(history(seed, guarded=False))) for seed in range(50))
    assert broken >= 0.4 * 50


def test_the_numbers_still_move() -> None:
    """Protection that tells nothing new would pass the attack too."""
    new = 0
    for seed in range(10):
        told = history(seed, guarded=True)
        last, truth = told[-1], history(seed, guarded=False)[-1]
        new += len(set(told))
        if truth and last:
            assert abs(last[0].raised - truth[0].raised) <= 4 * K * len(PLACES)
    assert new >= 10 * MONTHS / 3


def test_what_did_not_change_is_told_again_unchanged() -> None:
    told = history(3, guarded=True, months=6)
    counts = {d: [0, 0, 0, 0] for d in PLACES} | {PLACES[0]: [20, 0, 15, 40]}
    first = release("voices", DAY, nation(counts), k=K).rows
    assert release("voices", DAY, nation(counts), earlier=[first], k=K).rows == first
    counts[PLACES[0]][3] += 3  # fewer than k
    assert release("voices", DAY, nation(counts), earlier=[first], k=K).rows == first
    counts[PLACES[0]][3] += 8  # k since it was told
    assert release("voices", DAY, nation(counts), earlier=[first], k=K).rows[0].kept == 51
    assert told
