"""References to facts in texts: what is written comes back, and nothing else is taken for a reference."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from spean.library import wording
from spean.library.wording import Reference, Words

KEYS = st.from_regex(wording.KEY, fullmatch=True).filter(str.isascii)
TEXTS = st.text(st.sampled_from("{}:fact.ka- ខ\n") | st.characters(exclude_categories=["Cs"]), max_size=60)
PIECES = st.lists(
    TEXTS | KEYS.map(lambda key: f"{{fact:{key}}}") | st.sampled_from(["{fact:", "{fact:A}", "{{fact:a}}"]), max_size=8
)


@given(PIECES.map("".join))
def test_a_text_comes_back_as_it_was(text):
    assert wording.write(wording.parse(text)) == text


@given(PIECES.map("".join))
def test_parsing_again_changes_nothing_and_no_two_words_stand_together(text):
    parts = wording.parse(text)
    kinds = [isinstance(part, Words) for part in parts]
    assert wording.parse(wording.write(parts)) == parts
    assert (True, True) not in list(pairwise(kinds))
    assert all(part.text for part in parts if isinstance(part, Words))


@given(st.lists(KEYS, min_size=1, max_size=5), TEXTS.filter(lambda text: "{" not in text and "}" not in text))
def test_every_key_that_was_written_is_found_in_its_order(keys, between):
    text = between.join(f"{{fact:{key}}}" for key in keys)
    assert wording.keys_in(text) == tuple(dict.fromkeys(keys))
    assert [part.key for part in wording.parse(text) if isinstance(part, Reference)] == keys


@given(PIECES.map("".join))
def test_what_is_found_is_a_key(text):
    assert all(wording.is_key(key) for key in wording.keys_in(text))


def test_a_slip_of_the_hand_is_named():
    assert wording.broken("a {fact:kh.x} b") == ()
    assert wording.broken("a {fact: kh.x} b") == ("{fact: kh.x}",)
    assert wording.broken("a {fact:kh.x b") == ("{fact:kh.x b",)
    assert wording.broken("{fact:Kh.x}") == ("{fact:Kh.x}",)


def test_a_key_has_small_latin_letters_only():
    good, bad = ("kh.passport.price", "a", "a-1"), ("", ".a", "a.", "a..b", "A", "ក", "a b", "a_b", "1٣")
    assert [wording.is_key(key) for key in (*good, *bad)] == [True] * len(good) + [False] * len(bad)
