"""Which parts of one total are not told: no small one is, and what is hidden never gives one away."""

from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.small import INSIDE_THRESHOLD, few, hidden

PARTS = st.dictionaries(st.integers(0, 9), st.integers(0, 30), max_size=8)


@given(PARTS)
def test_no_small_part_is_told_and_none_can_be_subtracted(sizes):
    found = hidden(sizes)
    assert not any(few(number) for part, number in sizes.items() if part not in found)
    filled = {part for part, number in sizes.items() if number}
    assert not found or found == filled or (len(found) > 1 and sum(sizes[part] for part in found) >= INSIDE_THRESHOLD)


@given(PARTS)
def test_nothing_is_hidden_where_nothing_is_small(sizes):
    assert bool(hidden(sizes)) == any(map(few, sizes.values()))


def test_the_smallest_others_are_hidden_beside_a_small_one():
    assert hidden({"a": 3, "b": 9, "c": 20}) == {"a", "b"}
    assert hidden({"a": 1, "b": 2, "c": 5, "d": 9}) == {"a", "b", "c"}


def test_who_stands_behind_two_parts_is_one_person():
    behind = {"a": {1, 2, 3, 4}, "b": {1, 2, 3, 4, 5}, "c": {6, 7, 8, 9, 10, 11}}
    together = lambda parts: len(set().union(*(behind[part] for part in parts)))  # noqa: E731
    assert hidden({part: len(who) for part, who in behind.items()}, 6, together) == {"a", "b", "c"}
