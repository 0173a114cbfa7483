"""Months as a calendar has them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.months import first_day, last_day, later


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2014, 12, 31), 2, date(2015, 2, 28)),
        (date(2015, 12, 31), 2, date(2016, 2, 29)),
        (date(2016, 1, 1), -1, date(2015, 12, 1)),
        (date(2015, 3, 31), -1, date(2015, 2, 28)),
    ],
)
def test_a_month_that_is_too_short_gives_its_last_day(day, months, found):
    assert later(day, months) == found


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)).map(lambda day: day.replace(day=1)), st.integers(1, 60))
def test_months_from_a_first_day_end_the_day_before_another_first_day(first, months):
    assert last_day(first, months) + timedelta(days=1) == later(first, months)
    assert later(first, months).day == 1
    assert later(later(first, months), -months) == first


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 24))
def test_so_many_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    found = later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_a_month_of_an_address_is_its_first_day(day):
    assert first_day(f"{day:%Y-%m}") == day.replace(day=1)


@pytest.mark.parametrize("text", ["", "2014", "2014-13", "2014-1", "0001-01", "9999-12", "2014-12-01", "x", "\0", "9" * 5000])
def test_what_is_no_month_is_none(text):
    assert first_day(text) is None
