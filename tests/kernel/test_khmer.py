"""Khmer words in Latin letters: names as people write them in both scripts sound alike, and any text is fine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.khmer import MOST, spellings
from spean.places.spelling import sound, sounds

#: names that many people bear, as they stand in identity cards and in passports
SAME = """
សុខា Sokha|ចាន់ធូ Chanthou|សុភា Sophea|ស្រីមុំ Sreymom|វិចិត្រ Vichet|វណ្ណា Vanna|សុវណ្ណ Sovann|រតនា Ratana|រតនា Rattna|ចន្ទ្រា Chantrea
ចិន្តា Chenda|បុប្ផា Bopha|សម្បត្តិ Sambath|ពេជ្រ Pich|ពិសិដ្ឋ Piseth|ឫទ្ធី Rithy|ឧត្តម Oudom|សំណាង Samnang|ដារ៉ា Dara|បូរី Borey
ម៉ាលី Maly|វាសនា Veasna|កល្យាណ Kalyan|ធីតា Thida|ភក្តី Pheakdey|បញ្ញា Panha|មករា Makara|វុទ្ធី Vuthy|ពុទ្ធា Puthea|ញ៉ែម Nhem
ងួន Nguon|ទេពី Tepy|លក្ខិណា Leakhena|ប៊ុនធឿន Bunthoeun|កុសល Kosal|វិសាល Visal|ភារម្យ Phearom|ខៀវ Khiev|ណារិន្ទ Narin|សុវត្ថិ Sovath
"""
PAIRS = [tuple(pair.split()) for line in SAME.split("\n") for pair in line.split("|") if pair]


@pytest.mark.parametrize(("khmer", "latin"), PAIRS)
def test_a_name_sounds_the_same_in_both_scripts(khmer, latin):
    assert sound(latin) in sounds(khmer)


def test_the_first_spelling_is_that_of_the_table():
    found = {word: spellings(word)[0] for word in ("ខ្ញុំ", "សំណាង", "ឈ្មួញ", "ឫទ្ធី", "ហ្វី", "ពោធិ៍", "ស្រស់")}
    said = {"ខ្ញុំ": "khnham", "សំណាង": "samnang", "ឈ្មួញ": "chhmanh", "ឫទ្ធី": "rattha", "ហ្វី": "fa", "ពោធិ៍": "pa", "ស្រស់": "sras"}

    assert found == said
    assert (spellings("Dara"), spellings("")) == ((), ())


def test_different_names_sound_different():
    names = ["សុខា", "ចាន់ធូ", "សុភា", "ស្រីមុំ", "វិចិត្រ", "វណ្ណា", "ដារ៉ា", "បូរី", "ម៉ាលី", "កល្យាណ", "គន្ធា"]
    heard = [set(sounds(name)) for name in names]

    assert [(a, b) for n, a in enumerate(names) for m, b in enumerate(names) if n < m and heard[n] & heard[m]] == []


@given(st.text(alphabet=[chr(c) for c in range(0x1780, 0x17DE)], max_size=40))
def test_any_marks_in_any_order_give_a_few_spellings_in_plain_letters(text):
    found = spellings(text)

    assert len(found) <= MOST
    assert all(s.isascii() and s.isalpha() for s in found)


@given(st.lists(st.sampled_from([km for km, _latin in PAIRS]), min_size=1, max_size=4))
def test_names_one_after_the_other_sound_as_each_of_them(names):
    assert sounds(" ".join(names))
    assert len(sounds(" ".join(names))) <= MOST
