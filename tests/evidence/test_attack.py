"""A reader with linear programming, every table, every release and all differences finds nobody; without the guard, many."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spean.evidence import auditing, grids
from spean.evidence.cohorts import Beside
from spean.evidence.disclosure import Withheld, outcomes_of, release
from spean.evidence.grids import Cohort, Named, Part
from spean.evidence.intervals import Known, too_narrow
from spean.evidence.register import BUCKETS, FATES, MOST_HIDDEN, MOST_OF_ONE, RUNGS, SETTLE_MONTHS
from tests.evidence.attacker import ATOMS, NATION, PROVINCES, Attacker, K, Told, history, month, recovered

SEEDS = (1, 4)
SHAPES = {"answers": (RUNGS, BUCKETS), "promises": (("",), FATES)}


@pytest.fixture(scope="module")
def told() -> list[Told]:
    """Two years of every table, in two countries."""
    return [history(seed) for seed in SEEDS]


def test_the_joint_history_of_two_years_gives_no_small_number_away(told, record_property):
    found, of = zip(*(recovered(one) for one in told), strict=True)
    record_property("attack: small cells under linear programming, all tables and releases", sum(of))
    record_property("attack: of these recovered", sum(map(len, found)))
    assert sum(of) > 100
    assert [f for some in found for f in some] == []


def test_without_the_guard_the_attacker_recovers_them(record_property):
    """The positive control: the same attack on the same voices, told as they are."""
    found, of = recovered(history(SEEDS[0], guarded=False, months=18))
    record_property("attack: small cells without the guard", of)
    record_property("attack: of these recovered without the guard", len(found))
    assert len(found) >= 0.4 * of > 0


def differences(told: Told) -> Iterator[int]:
    """Between any two and three numbers that are told of the same voices, within a table, between tables and between months."""
    for lines in told.lines.values():
        for line in lines:
            cells = [c.voices for c in line.cells if c.voices is not None]
            yield from (line.total - a for a in cells)
            yield from (line.total - a - b for a, b in combinations(cells, 2))
        inner = [line.total for line in lines if line.parent]
        yield from (lines[0].total - a for a in inner if lines)
        yield from (lines[0].total - a - b for a, b in combinations(inner, 2))
    yield from _between_tables(told)
    yield from _with_the_months(told)


def _between_tables(told: Told) -> Iterator[int]:
    for start in {start for _table, start in told.lines}:
        one, other = ({(x.path, x.reason): x.total for x in told.lines[t, start] if not x.reason} for t in SHAPES)
        yield from (one[key] - other[key] for key in one.keys() & other.keys())


def _with_the_months(told: Told) -> Iterator[int]:
    """What was answered by the end of a half-year, or since its start, without those first answered in it."""
    so_far: dict[str, int] = {}
    for (table, start), lines in sorted(told.lines.items()):
        for line in lines if table == "answers" else ():
            if not line.reason:
                so_far[line.path] = so_far.get(line.path, 0) + line.total
                for now in (start + 5, start + 5 + SETTLE_MONTHS):
                    rows = [r for r in told.voices.get(now, ()) if r.path == line.path and r.reason != "together"]
                    yield from (r.answered - so_far[line.path] for r in rows)


def test_no_difference_of_two_or_three_numbers_is_small(told, record_property):
    found = [n for one in told for n in differences(one)]
    record_property("attack: differences of numbers, tables and months looked at", len(found))
    assert len(found) > 300
    assert [n for n in found if 0 < abs(n) < K] == []


def test_much_is_told_all_the_same(told):
    """Protection that tells nothing would pass every attack."""
    cells = [c.voices for one in told for lines in one.lines.values() for line in lines for c in line.cells]
    assert sum(n is not None for n in cells) > 30
    assert len({outcomes_of(r).cells for one in told for rows in one.voices.values() for r in rows}) > 20


def table_of(seed: int) -> tuple[str, Cohort]:
    """A half-year of up to five provinces, of whose cells a few, or many, are small."""
    rng = Random(seed)
    table, rare = rng.choice(["answers", "promises"]), rng.choice([0.02, 0.06, 0.3])
    places = PROVINCES[: rng.randint(1, len(PROVINCES))]
    parts = []
    for path, (group, column) in product(places, ATOMS[table]):
        voices = rng.randint(0, K - 1) if rng.random() < rare else rng.randint(K, 300)
        if voices and group in {"", "commune", "district"}:
            parts.append(Part(path, group, column, "a", voices, 5))
    named = tuple(Named(p, "province", p, p) for p in places)
    return table, Cohort(NATION, named, *SHAPES[table], tuple(parts))


HIDDEN: list[int] = []


@settings(max_examples=30)
@given(st.integers(0, 10**9))
def test_whatever_the_voices_no_small_number_can_be_worked_out(seed):
    table, cohort = table_of(seed)
    try:
        rows = release(table, month(0), cohort, k=K).rows
    except Withheld:
        return
    hidden = sum(c.voices is None for line in rows for c in line.cells)
    HIDDEN.append(hidden)
    filled = sum(c.voices != 0 for line in rows[1:] for c in line.cells)
    assert hidden <= MOST_HIDDEN * filled
    one = Told(lines={(table, 0): rows}, cohorts={(table, 0): cohort})
    assert recovered(one)[0] == []
    assert [n for n in differences(replace(one, lines={("answers", 0): rows, ("promises", 0): rows})) if 0 < abs(n) < K] == []


def test_among_them_some_hid_a_number_with_its_rectangle(record_property):
    record_property("attack: numbers hidden in made-up tables", sum(HIDDEN))
    assert max(HIDDEN) >= 4


def cohort(*rows: tuple[int, ...], organisations: str = "a") -> Cohort:
    """Provinces by what became of the first answer."""
    named = tuple(Named(f"KH/{n}/", "province", f"{n}", f"{n}") for n in range(len(rows)))
    parts = [
        Part(place.path, "", fate, organisations[0], n, 5)
        for place, row in zip(named, rows, strict=True)
        for fate, n in zip(FATES, row, strict=True)
        if n
    ]
    return Cohort(NATION, named, ("",), FATES, tuple(parts))


ROWS = tuple((40 + n, 30 + n, 20 + n, 25 + n, 35 + n) for n in range(5))


def test_a_small_cell_is_hidden_with_the_cheapest_rectangle():
    rows = release("promises", month(0), cohort((40, 30, 20, 25, 4), *ROWS[1:]), k=K).rows
    hidden = {(line.path, c.columns[0]) for line in rows for c in line.cells if c.voices is None}
    assert hidden == {("KH/0/", "refused"), ("KH/0/", "open"), ("KH/1/", "refused"), ("KH/1/", "open")}
    assert [line.total for line in rows] == [sum(c.voices for c in rows[0].cells), 119, 155, 160, 165, 170]


def test_without_its_rectangle_the_audit_withholds(monkeypatch):
    """The last look does not trust the first: hidden alone, the cell is what the margins leave over."""
    monkeypatch.setattr(grids, "_rectangle", lambda *_: set())
    rows = release("promises", month(0), cohort((40, 30, 20, 25, 4), *ROWS[1:]), k=K).rows
    assert all(c.voices is not None for line in rows for c in line.cells)
    monkeypatch.setattr(auditing, "_rest_is_small", lambda *_: False)
    again = release("promises", month(0), cohort((40, 30, 20, 25, 4), *ROWS[1:]), k=K).rows
    assert again == rows


def test_no_cell_that_one_organisation_gives_almost_alone_is_told():
    made = cohort(*ROWS)
    parts = tuple(replace(p, organisation="b") if p.path in {"KH/3/", "KH/4/"} else p for p in made.parts)
    few = Part("KH/0/", "", "kept", "b", 7, 1)  # of 47, 40 are the other's: 85.1%
    assert MOST_OF_ONE * 47 < 40
    rows = release("promises", month(0), replace(made, parts=(*parts, few)), k=K).rows
    assert "KH/0/" not in {line.path for line in rows}
    assert "KH/4/" in {line.path for line in rows}
    alone = release("promises", month(0), replace(made, parts=parts), k=K).rows
    assert {(line.path, c.columns): c.voices for line in alone for c in line.cells}["KH/0/", ("kept",)] == 40


def test_a_half_year_too_close_to_the_months_is_withheld(told):
    """Answered so far, without those first answered in the half-year, would be nine voices."""
    made, one = cohort(*ROWS), told[0]
    total = made.weigh((("",), FATES)).voices
    rows = [replace(r, answered=total + 9, kept=0) for r in one.voices[20] if r.path == "KH/" and r.reason != "together"]
    waits = replace(
        made, groups=RUNGS, columns=BUCKETS, parts=tuple(replace(p, group="commune", column="30") for p in made.parts)
    )
    beside = Beside(ended=month(5), voices={month(5): rows})
    with pytest.raises(Withheld):
        release("answers", month(0), waits, beside=beside, k=K)
    beside = replace(beside, voices={month(5): [replace(r, answered=total + 11) for r in rows]})
    assert release("answers", month(0), waits, beside=beside, k=K).rows[0].total == total
    with pytest.raises(Withheld):
        release("promises", month(0), made, beside=replace(beside, answers=()), k=K)


def test_an_interval_is_what_the_sums_allow():
    known = Known()
    known.equal({"a", "b"}, 30)
    known.equal({"a", "c"}, 12)
    known.at_most({"b", "d"}, 25)
    known.named("a and d", {"a", "d"})
    found = {cell: tuple(map(round, ends)) for cell, ends in known.intervals(["a", "b", "c", "d", "a and d"]).items()}
    assert found == {"a": (5, 12), "b": (18, 25), "c": (0, 7), "d": (0, 7), "a and d": (5, 19)}
    assert [too_narrow((0, 9.9), K, small=True), too_narrow((0, 10), K, small=True)] == [True, False]
    assert [too_narrow((n, 20), K, small=True) for n in (0.9, 0.9999999, 1)] == [False, True, True]
    assert not too_narrow((3, 20), K, small=False)


def test_the_attacker_solves_what_a_reader_can(told):
    """The attacker itself is no empty threat: a column whose other places are all told gives the last one away."""
    rows = release("promises", month(0), cohort(*ROWS), k=1).rows
    attacker = Attacker(Told(lines={("promises", 0): rows}))
    assert tuple(map(round, attacker.interval(("promises", 0, "KH/2/", "", "kept")))) == (42, 42)
