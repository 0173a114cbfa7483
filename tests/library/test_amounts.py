"""Amounts: numbers and spans, in both scripts; told with their unit; summed."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.text import khmer_digits
from spean.library import amounts
from spean.library.amounts import Amount
from spean.library.enums import Unit

NUMBERS = st.decimals(0, 999_999_999, places=2)
AMOUNTS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Amount(min(ends), max(ends)))


@given(AMOUNTS)
def test_an_amount_comes_back_as_it_was_in_both_scripts(amount):
    assert amounts.read(str(amount)) == amount
    assert amounts.read(khmer_digits(str(amount))) == amount


@given(st.text(max_size=30))
def test_anything_else_is_no_amount_and_no_error(text):
    found = amounts.read(text)
    assert found is None or found.low <= found.high


@given(AMOUNTS, AMOUNTS)
def test_sums_and_spans_hold_their_parts(one, other):
    both = one.beside(other)
    assert both.low <= one.low <= one.high <= both.high
    assert (one + other).low == one.low + other.low


@pytest.mark.parametrize("text", ["", "1-", "-1", "400-337", "1e9", "1.234", "9" * 20, "a", "1--2", "१२"])
def test_what_is_no_amount(text):
    assert amounts.read(text) is None


def test_how_it_is_told():
    with override("en"):
        assert amounts.told("337-400", Unit.THB_DAY) == "337–400 Thai baht a day"
        assert amounts.told("573607", Unit.JPY) == "573,607 Japanese yen"
        assert amounts.told("closed", Unit.CORRIDOR) == "This way is shut"
    with override("km"):
        assert amounts.told("1700", Unit.MYR_MONTH) == "១,៧០០ រីងហ្គីតក្នុងមួយខែ"
    assert [amounts.told("x", Unit.USD), amounts.told("x", Unit.CORRIDOR), amounts.told("", Unit.WORDS)] == ["", "", ""]
    assert amounts.read("100").high == Decimal(100)


@pytest.mark.parametrize(("text", "good"), [("2025", True), ("2025-02", True), ("2025-02-28", True), ("2025-02-31", False),
    ("2025-13", False), ("25", False), ("0000", False), ("២០២៥", False), ("2025-2", False)])  # fmt: skip
def test_from_when_a_claim_is(text, good):
    assert amounts.is_as_of(text) is good


def test_as_of_is_as_exact_as_the_source():
    with override("en"):
        assert [amounts.as_of_told(t) for t in ("2025", "2025-02", "2025-02-01")] == ["2025", "February 2025", "1 February 2025"]
    with override("km"):
        assert amounts.as_of_told("2025-02-01") == "១ កុម្ភៈ ២០២៥"
