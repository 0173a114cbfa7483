"""How Khmer and English are cut into words, compared, and marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel import words
from spean.kernel.words import Part


def test_khmer_is_cut_into_words_and_english_at_its_spaces():
    assert words.words("ឈ្មួញយកថ្លៃ Brokers' fees ៥០០៛") == ("ឈ្មួញ", "យក", "ថ្លៃ", "brokers", "fees", "500")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ឈ្មួញ\u200bយក", "ឈ្មួញយក"),  # a space that nobody sees
        ("ស្រ\u17b8\u17d2ត", "ស្រ\u17d2ត\u17b8"),  # the letter below after its vowel
        ("ច\u17c6\u17b6", "ច\u17b6\u17c6"),  # the halves of am
        ("ក\u17c1\u17b8", "ក\u17be"),  # a vowel typed in two parts
        ("ប\u17b6\u17b6", "ប\u17b6"),  # a mark typed twice
        ("ក្ត្រ", "ក្ត្រ"),
        ("ក្រ្ត", "ក្ត្រ"),  # ro below stands last
        ("១២", "12"),
        ("Café  PHNOM\tPenh", "cafe phnom penh"),
    ],
)
def test_one_spelling_for_what_looks_the_same(typed, meant):
    assert words.plain(typed) == words.plain(meant)


def test_a_mark_never_cuts_a_cluster():
    assert words.marked("ឈ្មួញយកថ្លៃ", ["ថ្លៃ"]) == (Part("ឈ្មួញយក", found=False), Part("ថ្លៃ", found=True))
    assert words.marked("កាក", ["ក"]) == (Part("កា", found=False), Part("ក", found=True))
    assert words.marked("ក្ករ", ["ក"]) == (Part("ក្ករ", found=False),)


def test_hidden_signs_stay_in_the_text_and_do_not_hide_a_word():
    assert words.marked("យក\u200bថ្លៃ", ["យកថ្លៃ"]) == (Part("យក\u200bថ្លៃ", found=True),)


def test_two_latin_letters_are_a_word_and_not_a_part_of_one():
    assert words.contains("a visa is", "is")
    assert not words.contains("visa", "is")
    assert words.contains("passport", "port")


def test_a_snippet_begins_before_what_was_found_and_says_where_it_was_cut():
    parts = words.snippet("ក " * 200 + "ថ្លៃ" + " ខ" * 200, ["ថ្លៃ"])
    assert [p for p in parts if p.found] == [Part("ថ្លៃ", found=True)]
    assert parts[0].text.startswith("… ")
    assert parts[-1].text.endswith(" …")
    assert len("".join(p.text for p in parts)) < words.SNIPPET + 20


@given(st.text(st.characters(), max_size=60) | st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17DD), max_size=40))
def test_any_text_is_cut_and_marked_without_losing_a_letter(text):
    cut = words.words(text)
    assert all(cut)
    assert "".join(p.text for p in words.marked(text, cut)) == text
    words.snippet(text, cut)
    assert words.plain(words.plain(text)) == words.plain(text)
