"""Whom a line means: the licence number first, then the name; what is doubtful is a person's to decide."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.directory.alikeness import is_alike
from spean.directory.listing import Said
from spean.directory.matching import Match, Ours, Register
from spean.directory.recruiting import licence_key

STAR, MOON = UUID(int=1), UUID(int=2)


def ours(pk, *names, licences=(), digits=(), withdrawn=False):
    return Ours(pk, names, frozenset(map(licence_key, licences)), frozenset(digits), withdrawn)


@pytest.fixture
def register():
    return Register(
        [
            ours(STAR, "ទីភ្នាក់ងារផ្កាយ", "Demo Agency Star Co., Ltd.", licences=("012/2025",), digits=("+85512311112",)),
            ours(MOON, "Moon Recruitment Demo", "Lok Khae Demo"),
        ]
    )


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        (Said(name_en="Demo Agency Star Co., Ltd.", licence_number="012/2025"), STAR), (Said(name_en="DEMO AGENCY STAR"), STAR),
        (Said(name_km="ទីភ្នាក់ងារ ផ្កាយ"), STAR), (Said(name_en="Demo Agency Stars", licence_number="០១២/២០២៥"), STAR),
        (Said(name_en="Moon Recruitment Demo", licence_number="77"), MOON), (Said(name_en="lok khae demo"), MOON),
    ],
)  # fmt: skip
def test_sure(register, said, sure):
    assert register.match(said) == Match(sure=sure)


@pytest.mark.parametrize(
    ("said", "candidates"),
    [
        (Said(name_en="Lotus Overseas", licence_number="012/2025"), ((STAR, "licence_other_name"),)),
        (Said(name_en="Demo Agency Star", licence_number="99/2026"), ((STAR, "name_other_licence"),)),
        (Said(name_en="Demo Agensy Starr"), ((STAR, "alike"),)), (Said(name_en="Dimo Ajency Star"), ((STAR, "alike"),)),
        (Said(name_en="Lotus Overseas", numbers=("+855 12 311 112",)), ((STAR, "phone"),)),
        (Said(name_en="Lotus Overseas"), ()),
    ],
)  # fmt: skip
def test_doubtful_or_new(register, said, candidates):
    assert register.match(said) == Match(candidates=candidates)


def test_two_of_one_name_are_doubtful_and_a_withdrawn_one_too():
    two = Register([ours(STAR, "Demo"), ours(MOON, "Demo")])
    assert two.match(Said(name_en="Demo")).candidates == ((STAR, "several"), (MOON, "several"))
    assert Register([ours(STAR, "Demo", withdrawn=True)]).match(Said(name_en="Demo")).candidates == ((STAR, "withdrawn"),)


NAMES = st.text(alphabet="abcdefgh ផ្កាយ", min_size=1, max_size=12).filter(str.strip)


@given(st.lists(NAMES, max_size=6), NAMES)
def test_whatever_the_names_a_match_is_one_of_ours(names, asked):
    known = [ours(uuid4(), name) for name in names]
    match = Register(known).match(Said(name_en=asked))
    found = {match.sure} - {None} | {pk for pk, _why in match.candidates}
    assert found <= {one.id for one in known}
    if names.count(asked) == 1:
        assert known[names.index(asked)].id in found or len(found) == 3


@given(NAMES, NAMES)
def test_likeness_goes_both_ways(one, other):
    assert is_alike(one, one)
    assert is_alike(one, other) == is_alike(other, one)
