"""Numbers as people write them: those of the list we began with, its traps, and any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.directory import phones
from spean.directory.enums import NumberKind, Remark
from spean.directory.hours import ZONES

GOOD = [
    ("023 997 919", "KH", "+85523997919"),
    ("០២៣ ៩៩៧ ៩១៩", "KH", "+85523997919"),
    ("+855 (0)23 997 919", "KH", "+85523997919"),
    ("081 37 38 39", "KH", "+85581373839"),
    ("29 575 851", "TH", "+6629575851"),
    ("+66 2 957 5851", "TH", "+6629575851"),
    ("+60 34 257 1150", "MY", "+60342571150"),
    ("+82 23785 1041", "KR", "+82237851041"),
    ("+86 15 77 81 08 569", "CN", "+8615778108569"),
    ("1288", "KH", "1288"),
    ("117", "KH", "117"),
    ("12338", "CN", "12338"),
]
BAD = [
    ("+1 888 373 7888", "KH", phones.ABROAD),  # the United States' hotline, given for thirteen countries
    ("+1 888 373 7888", "JP", phones.ABROAD),
    ("+66 2 957 5851", "KH", phones.ABROAD),
    ("+855 1288", "KH", phones.SHORT_ABROAD),
    ("+84 882 927 51", "VN", phones.NOT_GIVEN_OUT),  # the old form of Ho Chi Minh City
    ("+84 4 3942 4789", "VN", phones.NOT_GIVEN_OUT),  # Ha Noi's prefix until 2017
    ("023 997", "KH", phones.NOT_GIVEN_OUT),
    ("12", "KH", phones.NOT_GIVEN_OUT),
    ("call Sokha", "KH", phones.UNREADABLE),
    ("", "KH", phones.UNREADABLE),
    ("++855", "KH", phones.UNREADABLE),
    ("023 997 919 / 1288", "KH", phones.UNREADABLE),  # two in one cell: `split` takes them apart
    ("000000 17", "KH", phones.NOT_FOR_LIFE),
]


@pytest.mark.parametrize(("text", "country", "digits"), GOOD)
def test_a_number_is_read_however_it_is_written(text, country, digits):
    assert phones.read(text, country).digits == digits


@pytest.mark.parametrize(("text", "country", "reason"), BAD)
def test_what_cannot_be_called_is_refused_with_its_reason(text, country, reason):
    with pytest.raises(phones.BadNumber) as refused:
        phones.read(text, country)
    assert refused.value.reason == reason


def test_a_short_number_stays_in_its_country_and_says_when_no_list_knows_it():
    known, unknown = phones.read("117", "KH"), phones.read("1288", "KH")
    assert (known.kind, known.remark, known.digits) == (NumberKind.SHORT, "", "117")
    assert (unknown.kind, unknown.remark) == (NumberKind.SHORT, Remark.UNLISTED)


def test_another_grouping_is_remarked_on():
    assert phones.read("+82 23785 1041", "KR").remark == Remark.REGROUPED
    assert phones.read("023 997 919", "KH").remark == ""


@pytest.mark.parametrize(
    ("cell", "several"),
    [
        ("023 997 919 / 1288", ["023 997 919", "1288"]),
        ("1288 (free); 117", ["1288", "117"]),
        ("០១២ ៣១១ ១១២ ឬ 1280", ["012 311 112", "1280"]),
        ("+84 (0)24 3942 4789", ["+84 (0)24 3942 4789"]),
        ("(none)", []),
    ],
)
def test_several_numbers_of_a_cell_are_taken_apart(cell, several):
    assert phones.split(cell) == several


def test_a_demonstration_number_is_nobodys_and_only_for_demonstrations():
    number = phones.read("000 000 17", "KH", demonstration=True)
    assert (number.kind, number.digits) == (NumberKind.DEMONSTRATION, "00000017")


@given(st.text(max_size=80), st.sampled_from(sorted(ZONES)))
def test_any_text_is_a_number_of_this_country_or_refused(text, country):
    try:
        number = phones.read(text, country)
    except phones.BadNumber:
        return
    again = phones.read(number.digits, country)
    assert again.digits == number.digits
    assert number.digits.lstrip("+").isascii()
    assert phones.read(number.shown, country).digits == number.digits


@given(st.text(alphabet="0123456789+ -().", max_size=20), st.sampled_from(sorted(ZONES)))
def test_what_looks_like_a_number_is_the_same_when_it_is_read_again(text, country):
    try:
        number = phones.read(text, country)
    except phones.BadNumber:
        return
    assert phones.read(number.shown, country).digits == number.digits
    assert (number.kind == NumberKind.SHORT) == (not number.digits.startswith("+"))


@given(st.text(max_size=200))
def test_a_cell_is_taken_apart_whatever_is_in_it(cell):
    assert all(part == part.strip() and part for part in phones.split(cell))
