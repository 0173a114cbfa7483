"""Numbers that somebody wrote down about people who were harmed, attacked by subtraction."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.small import hidden
from spean.programme.models import Indicator, Value
from spean.programme.told import baseline, told

K = 5


def said(amount, unit="people", out_of=None, state="confirmed", *, guarded=True, **parts):
    value = Value(amount=Decimal(amount), out_of=out_of, state=state)
    by_sex = {("sex", code): Decimal(part) for code, part in parts.items()}
    return told(value, Indicator(unit=unit, guarded=guarded), by_sex)


@pytest.mark.parametrize(
    ("amount", "unit", "out_of", "is_told"),
    [
        *((n, "people", None, n == 0 or n >= K) for n in (0, 1, 4, 5)),
        *((40, "percent", 10, False), (90, "percent", 30, False), (50, "percent", 10, True), (100, "percent", 4, False)),
        *((12, "days", None, False), (12, "days", 4, False), (12, "days", 5, True), (0, "days", None, True)),
        *((500, "money", None, False), (500, "money", 6, True), (3, "score", 2, False)),
    ],
)
def test_a_number_of_a_few_is_not_told(amount, unit, out_of, is_told):
    assert (said(amount, unit, out_of).amount is not None) == is_told


@pytest.mark.parametrize(
    ("amount", "unit", "inside", "outside"),
    [(3, "people", None, None), (9, "people", 9, None), (40, "people", 40, 40), (60, "percent", None, None), (0, "people", 0, 0)],
)
def test_what_it_was_before_is_told_like_a_number(amount, unit, inside, outside):
    one = Indicator(unit=unit, guarded=True, baseline=Decimal(amount))
    assert [baseline(one), baseline(one, 11)] == [inside, outside]
    one.guarded = False
    assert baseline(one, 11) == amount


def test_parts_go_the_way_of_counted_ones():
    assert said(18, woman=9, man=7, other=2).parts == {("sex", "woman"): 9, ("sex", "man"): None, ("sex", "other"): None}
    assert said(11, woman=9).parts == {("sex", "woman"): None}  # two are in no part
    assert said(11, woman=9, guarded=False).parts == {("sex", "woman"): 9}


def test_what_leaves_is_told_from_more_on_counted_or_written_down():
    for counted in (None, "2014-12-01"):
        value = Value(amount=Decimal(9), state="confirmed", counted_on=counted, threshold=5 if counted else 0)
        one = Indicator(unit="people", guarded=True)
        assert (told(value, one, {}).amount, told(value, one, {}, 11).amount) == (9, None)
    value = Value(amount=Decimal(30), state="confirmed", counted_on="2014-12-01", threshold=5)
    parts = {("sex", "woman"): Decimal(23), ("sex", "man"): None, ("sex", "other"): None}
    assert told(value, one, parts, 11).parts == dict.fromkeys(parts)  # seven would be what is left


@pytest.mark.parametrize("state", ["waiting", "refused", "corrected"])
def test_one_that_does_not_stand_is_not_told(state):
    assert said(30, state=state, woman=30).amount is None


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(0, 9))
def test_what_is_hidden_is_of_enough_and_never_one_part(parts, rest):
    cells = dict(enumerate([*parts, rest]))
    kept = hidden(cells, K)
    assert not any(0 < cells[at] < K for at in cells.keys() - kept)
    if kept and len([n for n in cells.values() if n]) > 1:
        assert len(kept) > 1
        assert sum(cells[at] for at in kept) >= K or kept == {at for at, n in cells.items() if n}
