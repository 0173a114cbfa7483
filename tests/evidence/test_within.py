"""The guard of figures inside one's own organisation, attacked by subtraction."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.evidence import disclosure
from spean.evidence.within import Figures, Item

K = 5


def people(many, first=0, **parts):
    return [Item(first + n, n, parts) for n in range(many)]


@pytest.mark.parametrize(("many", "told"), [(0, 0), (1, None), (4, None), (5, 5), (12, 12)])
def test_a_number_of_a_few_people_is_not_told(many, told):
    found = disclosure.inside(Figures(people(many)))
    assert (found.amount, found.threshold) == (told, K)


def test_many_things_of_a_few_people_are_a_few():
    assert disclosure.inside(Figures([Item("one") for _n in range(20)])).amount is None


def test_a_median_is_of_enough_and_of_something():
    assert disclosure.inside(Figures(people(9), days=True)).amount == 4
    assert disclosure.inside(Figures(people(4), days=True)).amount is None
    assert disclosure.inside(Figures([], days=True)).amount is None
    assert disclosure.inside(Figures(people(3), days=True), 3).out_of == 3


@pytest.mark.parametrize(
    ("done", "due", "told"), [(6, 12, "50.00"), (10, 12, None), (3, 12, None), (12, 12, "100.00"), (0, 0, None)]
)
def test_a_share_hides_both_sides(done, due, told):
    found = disclosure.inside(Figures(people(done), of=people(due)))
    assert found.amount == (None if told is None else Decimal(told))


def test_a_narrower_count_is_hidden_where_its_rest_is_small():
    assert disclosure.inside(Figures(people(8), beside=(people(10),))).amount is None
    assert disclosure.inside(Figures(people(8), beside=(people(13),))).amount == 8


def test_the_smallest_part_takes_another_one_with_it():
    items = [*people(9, sex="woman"), *people(7, 10, sex="man"), *people(2, 20, sex="other")]
    parts = disclosure.inside(Figures(items)).parts
    assert parts == {("sex", "woman"): 9, ("sex", "man"): None, ("sex", "other"): None}


def test_those_in_no_part_are_a_part_too():
    items = [*people(9, sex="woman"), *people(2, 20)]
    assert disclosure.inside(Figures(items)).parts == {("sex", "woman"): None}


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(0, 6))
def test_what_is_hidden_of_the_parts_is_never_one_cell_nor_a_few(sizes, outside):
    items, first = people(outside, 1000), 0
    for number, size in enumerate(sizes):
        items += people(size, first, level=f"cell{number}")
        first += size
    found = disclosure.inside(Figures(items))
    if found.amount is None:
        assert (len(items) < K, found.parts) == (True, {})
        return
    cells = {f"cell{number}": size for number, size in enumerate(sizes) if size}
    told = {code: amount for (_by, code), amount in found.parts.items() if amount is not None}
    assert all(amount >= K and amount == cells[code] for code, amount in told.items())
    rest = len(items) - sum(told.values())
    hidden = [code for code in cells if code not in told]
    alone = hidden == [] and rest == outside  # what lies in no part is worked out: it is none or enough
    assert rest == 0 or rest >= K or len(cells) == 0
    assert len(hidden) != 1 or outside > 0 or not told
    assert not alone or outside == 0 or outside >= K or not told
