"""Facts by their names: what a writer sees comes back as it was kept, and half a mark is never taken."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spean.library import wording
from spean.library.labels import Broken, Labels, in_both

KEYS = st.from_regex(r"[a-z]{1,3}(\.[a-z0-9]{1,4}){0,2}", fullmatch=True)
WORDS = st.text(st.characters(exclude_characters="{}[]", exclude_categories=["Cs"]), max_size=20)
NAMES = st.dictionaries(
    KEYS, st.text(max_size=12) | st.sampled_from(["a", "ថ្លៃ", "A price", "x]]", "a · b", " A  price "]), max_size=6
)


@given(NAMES, st.lists(st.tuples(WORDS, st.integers(0, 5)), max_size=6))
@example({"a": "b", "b": "a"}, [("see ", 0), (" and ", 1)])
@example({"a": "b · a", "b": "b", "c": "b"}, [("", 0), ("", 1), ("", 2)])
def test_what_a_writer_sees_comes_back_as_it_was_kept(names, pieces):
    keys = sorted(names)
    parts = [f"{words}{{fact:{keys[at % len(keys)]}}}" if keys else words for words, at in pieces]
    kept = "".join(parts)
    labels = Labels(names.items())

    assert labels.read(labels.shown(kept)) == kept


@given(NAMES, st.text("ab[]{}:\n. fact·ថ", max_size=40))
def test_whatever_is_typed_is_taken_whole_or_refused_with_the_place(names, typed):
    labels = Labels(names.items())
    try:
        kept = labels.read(typed)
    except Broken:
        with pytest.raises(Broken, match=r"."):
            labels.read(typed)
        return
    assert not wording.broken(kept)
    assert "[[" not in kept.replace("{", "").replace("}", "")


@pytest.mark.parametrize(
    "typed", ["[[A price]", "[A price]]", "[[A prise]]", "[[A price", "x ]] y", "{fact: a}", "[[]]", "[[a\nb]]"]
)
def test_a_broken_mark_is_named(typed):
    with pytest.raises(Broken) as caught:
        Labels([("a", "A price")]).read(f"It costs {typed} there")
    assert caught.value.mark in f"It costs {typed} there"


def test_a_name_copied_from_the_other_language_is_read():
    both = in_both([("a", "ថ្លៃ", "A price")])
    assert both["km"].read("[[A price]]") == both["en"].read("[[ថ្លៃ]]") == both["en"].read("[[ A  price ]]") == "{fact:a}"


def test_a_key_that_is_gone_stays_to_be_seen():
    assert Labels([]).shown("{fact:a}") == "[[a]]"
