"""Figures of recruiters: a reader with every page of every month finds nobody; without the guard, many. And what is told."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spean.evidence.batches import Heard, Heards
from spean.evidence.cohorts import Beside
from spean.evidence.disclosure import ReleasedBatch, ReleasedKind, ReleasedRow, Withheld, release
from tests.evidence.attacker import K, month
from tests.evidence.hearing import Pages, differences, history, recovered

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def told() -> list[Pages]:
    return [history(seed) for seed in SEEDS]


def test_two_years_of_pages_give_no_small_number_away(told, record_property):
    found, of = zip(*map(recovered, told), strict=True)
    record_property("attack on recruiters: small cells under linear programming, all months", sum(of))
    record_property("attack on recruiters: of these recovered", sum(map(len, found)))
    assert sum(of) > 100
    assert [f for some in found for f in some] == []


def test_no_difference_of_months_or_of_tables_is_small(told, record_property):
    found = [n for one in told for n in differences(one)]
    record_property("attack on recruiters: differences looked at", len(found))
    assert len(found) > 1000
    assert [n for n in found if 0 < abs(n) < K] == []


def test_without_the_guard_the_reader_recovers_them(record_property):
    """The positive control: the same attack on the same voices, told each month as they are."""
    pages = history(SEEDS[0], guarded=False)
    found, of = recovered(pages)
    record_property("attack on recruiters: small cells without the guard", of)
    record_property("attack on recruiters: of these recovered without the guard", len(found))
    assert len(found) >= 0.4 * of > 0
    assert [n for n in differences(pages) if 0 < abs(n) < K] != []


def test_much_is_told_all_the_same_and_some_of_it_is_taken_back(told):
    batches = [b for one in told for rows in one.batches.values() for b in rows]
    assert sum(b.total for b in batches) > 300
    assert any(b.kinds for b in batches)
    assert any(b.taken_back for b in batches)


def nation(raised: int = 500, **places: int) -> Beside:
    """What the monthly figures tell beside it."""
    line = ReleasedRow("KH/", "", "country", "KH", "KH", rolled_up=False, reason="", raised=raised, answered=0, kept=0, overdue=0)
    inside = [replace(line, path=f"KH/{name}/", parent="KH/", level="province", raised=n) for name, n in places.items()]
    return Beside(voices={month(0): [line, *inside]})


def heard(*parts: tuple[str, str, int], wrong: bool = False, places: dict[str, int] | None = None) -> Heard:
    """Recruiter A's voices: (kind, organisation, how many)."""
    fresh = {(kind, org): n for kind, org, n in parts}
    return Heard("A", fresh, places or {"KH/1/1/": sum(fresh.values()), "KH/2/1/": 1}, wrong)


def tell(*of: Heard, earlier=(), beside=None):
    return release("recruiters", month(0), Heards(of), earlier=earlier, beside=beside or nation(), k=K).rows


def batch(total: int, **kinds: int) -> ReleasedBatch:
    return ReleasedBatch("A", total, tuple(ReleasedKind(k, n) for k, n in sorted(kinds.items())))


BACK = ReleasedBatch("A", 0, (), taken_back=True)


def test_a_recruiter_whose_count_moves_by_one_is_told_as_before():
    assert tell(heard(("fees", "a", 10))) == ()
    assert tell(heard(("fees", "a", 11))) == (batch(11, fees=11),)
    for more in range(1, K):
        assert tell(heard(("fees", "a", more)), earlier=[[batch(11, fees=11)]]) == ()
    assert tell(heard(("fees", "a", 11)), earlier=[[batch(11, fees=11)]]) == (batch(11, fees=11),)


def test_a_kind_is_told_only_where_it_and_the_others_are_enough():
    assert tell(heard(("fees", "a", 20), ("unpaid_wages", "a", 5))) == (batch(25),)
    assert tell(heard(("fees", "a", 20), ("unpaid_wages", "a", 11))) == (batch(31, fees=20, unpaid_wages=11),)
    three = (("fees", "a", 20), ("unpaid_wages", "a", 14), ("debt", "a", 3))
    assert tell(heard(*three)) == (batch(37, fees=20),)


def test_voices_that_nearly_all_came_from_one_organisation_wait():
    assert tell(heard(("fees", "a", 30), ("fees", "b", 2))) == ()
    assert tell(heard(("fees", "a", 30), ("fees", "b", 6))) == (batch(36, fees=36),)
    assert tell(heard(("fees", "a", 30))) == (batch(30, fees=30),)


@pytest.mark.parametrize(("raised", "shown"), [(29, False), (30, True), (31, False), (40, False), (41, True)])
def test_what_is_left_of_the_nation_is_nobody_or_enough(raised, shown):
    assert bool(tell(heard(("fees", "a", 30)), beside=nation(raised))) is shown


def test_without_the_nation_nothing_is_told():
    assert tell(heard(("fees", "a", 30)), beside=Beside()) == ()


@pytest.mark.parametrize(("raised", "shown"), [(30, True), (33, False), (41, True)])
def test_a_place_that_holds_all_its_voices_leaves_nobody_or_enough(raised, shown):
    mine = heard(("fees", "a", 30), places={"KH/1/1/": 20, "KH/1/2/": 10})
    assert bool(tell(mine, beside=nation(500, **{"1": raised, "2": 90}))) is shown


def test_a_place_whose_voices_are_all_its_own_leaves_nobody_or_enough():
    mine = heard(("fees", "a", 30), places={"KH/1/1/": 25, "KH/2/1/": 5})
    assert tell(mine, beside=nation(500, **{"1": 25})) == ()
    assert tell(heard(("fees", "a", 30), places={"KH/1/1/": 19, "KH/2/1/": 11}), beside=nation(500, **{"1": 19})) != ()


def test_one_wrong_voice_takes_all_back_and_what_comes_after_lies_apart():
    earlier = [[batch(15)], [batch(14)]]
    assert tell(heard(("fees", "a", 40), wrong=True), earlier=earlier) == (BACK,)
    assert tell(heard(("fees", "a", 3), wrong=True), earlier=earlier) == (BACK,)
    earlier.append([BACK])
    for near in (12, 16, 24, 28, 30, 39):  # of 15, 14 and 29
        assert tell(heard(("fees", "a", near)), earlier=earlier) == ()
    for apart in (15 + 14, 40):
        assert tell(heard(("fees", "a", apart)), earlier=earlier) == (batch(apart, fees=apart),)
    assert tell(heard(("fees", "a", 2), wrong=True)) == ()  # nothing was told


def test_after_kinds_were_taken_back_none_is_told():
    earlier = [[batch(25, fees=12)], [BACK]]
    assert tell(heard(("fees", "a", 40)), earlier=earlier) == (batch(40),)


def test_the_last_look_does_not_trust_the_first(monkeypatch):
    from spean.evidence import batches

    for wrong in (batch(7), batch(20, fees=9), batch(20, fees=14)):
        monkeypatch.setattr(batches, "batches", lambda *_, w=wrong: (w,))
        with pytest.raises(Withheld):
            tell(heard(("fees", "a", 14), ("debt", "a", 6)))
    monkeypatch.setattr(batches, "batches", lambda *_: (batch(20),))
    with pytest.raises(Withheld):
        tell(heard(("fees", "a", 20)), beside=nation(25))


@settings(max_examples=25)
@given(st.integers(0, 10**9))
def test_whatever_the_voices_nobody_is_found(seed):
    pages = history(seed, months=Random(seed).choice([6, 12]))
    assert recovered(pages)[0] == []
    assert [n for n in differences(pages) if 0 < abs(n) < K] == []
