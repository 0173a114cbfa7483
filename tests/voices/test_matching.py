"""Whether a text says what somebody looks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.voices.matching import says, wanted

TEXT = "បងស្រី ស្រីមុំ (Srey Mom) នៅភូមិអន្ទង់ ទូរស័ព្ទ ០១២ ៣៤៥-៦៧៨។ The broker took 500 dollars."


@pytest.mark.parametrize(
    "asked",
    [
        "012345678", "012 345 678", "+855 12 345 678", "0085512345678", "(855) 12-345-678", "០១២៣៤៥៦៧៨", "345678",
        "ស្រីមុំ", "Sreymom", "srey mum", "Srei-mom", "broker", "BROKER 500", "ស្រី\u200bមុំ", "Sreymom 012 345 678",
    ],
)  # fmt: skip
def test_it_is_found(asked):
    assert says(TEXT, wanted(asked))


@pytest.mark.parametrize("asked", ["012345679", "+855 99 345 678", "Dara", "ម៉ាលី", "Sreymom 099 999 999", "មុ", "brok fee"])
def test_it_is_not_there(asked):
    assert not says(TEXT, wanted(asked))


@pytest.mark.parametrize("asked", ["", "   ", "!?", "\u200b", "\0"])
def test_nothing_is_looked_for(asked):
    assert not wanted(asked)


@given(st.text(st.characters(), max_size=80), st.text(st.characters(), max_size=200))
def test_any_text_may_be_asked_of_any_text(asked, text):
    says(text, wanted(asked))
