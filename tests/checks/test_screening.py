"""The screening: the rule of each dimension, every row of the table of classes, and what holds for all answers whatever."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.checks.screening import Answer, Class, Dimension, Profile, Weight, gate, indicators, of, screen, triage, urgent
from spean.checks.screening.weighing import RANK, clause_of

ADULT, CHILD = Profile.ADULT_LABOUR, Profile.CHILD
MEANS, FORCED, EXPLOITED, HELD = ("D101", "D102"), ("D201", "D202"), ("D401", "D402"), ("D501", "D502")
ABUSED, WEAK = ("D301", "D302", "D303"), ("D601", "D602", "D603")
ANSWERS = st.dictionaries(st.sampled_from(sorted(indicators())), st.sampled_from(["", *Answer]))
PROFILES = st.sampled_from(Profile)


def yes(*codes: str) -> dict[str, str]:
    return dict.fromkeys(codes, Answer.YES)


def all_no(profile: Profile) -> dict[str, str]:
    return {i.code: Answer.NO for i in of(profile)}


def test_the_tables_hold_what_the_source_holds():
    sizes = Counter(i.dimension for i in indicators().values())

    assert [sizes[d] for d in Dimension] == [10, 10, 16, 9, 15, 7]
    assert len(of(CHILD)) == 65
    assert {i.weights[CHILD] for i in of(CHILD)} == {Weight.STRONG, Weight.MEDIUM}
    assert {i.code for i in indicators().values() if i.doubted} == {"D313", "D314"}
    assert all(i.name.km and i.name.en and set(i.signs) <= set(range(1, 12)) for i in indicators().values())
    assert len(gate()) == 3
    assert len(urgent()) == 5
    assert 6 <= len(triage()) <= 10
    assert all(point in indicators() for question in triage() for point in question.points)


@pytest.mark.parametrize(
    ("strong", "medium", "weak", "clause"),
    [
        (1, 0, 0, ""), (0, 2, 0, ""), (0, 0, 9, ""), (0, 1, 5, ""),
        (2, 0, 0, "2S"), (1, 1, 0, "1S+1M"), (1, 0, 1, "1S+1W"), (0, 3, 0, "3M"), (0, 2, 1, "2M+1W"), (3, 3, 3, "2S"),
    ],
)  # fmt: skip
def test_a_dimension_is_positive_by_a_clause_of_the_source(strong, medium, weak, clause):
    assert clause_of({Weight.STRONG: strong, Weight.MEDIUM: medium, Weight.WEAK: weak}) == clause


@pytest.mark.parametrize(
    ("codes", "kind", "row"),
    [
        ((), Class.NONE_NOW, "none"),
        (EXPLOITED, Class.LABOUR_RIGHTS, "exploited"),
        ((*MEANS, *EXPLOITED), Class.POSSIBLE, "means, exploited"),
        ((*FORCED, *EXPLOITED), Class.POSSIBLE, "means, exploited"),
        ((*WEAK, *EXPLOITED), Class.POSSIBLE, "means, exploited"),
        ((*MEANS, *EXPLOITED, *HELD), Class.STRONG, "means, exploited, held"),
        ((*ABUSED, *EXPLOITED, *HELD), Class.STRONG, "means, exploited, held"),
        ((*EXPLOITED, *HELD), Class.STRONG, "exploited, held"),
        ((*MEANS, *HELD), Class.POSSIBLE, "means, held"),
        (HELD, Class.POSSIBLE, "held"),
        (WEAK, Class.POSSIBLE, "held"),
        (MEANS, Class.POSSIBLE, "means"),
        (ABUSED, Class.POSSIBLE, "means"),
        (("D501",), Class.NONE_NOW, "none"),
        (("D301", "D302"), Class.NONE_NOW, "none"),
    ],
)
def test_an_adult_is_classed_by_the_rows_of_the_table(codes, kind, row):
    found = screen(ADULT, all_no(ADULT) | yes(*codes))

    assert (found.kind, found.row, found.coverage) == (kind, row, 1.0)


def test_a_child_needs_no_coercion():
    assert screen(CHILD, all_no(CHILD) | yes(*EXPLOITED)).kind == Class.STRONG
    assert screen(CHILD, all_no(CHILD) | yes(*MEANS)).kind == Class.POSSIBLE
    assert screen(ADULT, all_no(ADULT) | yes(*EXPLOITED)).kind == Class.LABOUR_RIGHTS


def test_a_weak_indicator_of_adults_weighs_more_for_a_child():
    assert screen(ADULT, all_no(ADULT) | yes("D409", "D402")).kind == Class.NONE_NOW
    assert screen(CHILD, all_no(CHILD) | yes("D409", "D402", "D403")).kind == Class.STRONG


def test_a_kept_passport_alone_is_still_asked_back():
    found = screen(ADULT, all_no(ADULT) | yes("D501"))

    assert (found.kind, found.papers) == (Class.NONE_NOW, True)
    assert [f.indicator.code for side in found.sides for f in side.fired] == ["D501"]


def test_nothing_asked_is_too_little_and_no_class_says_that_somebody_is_no_victim():
    assert screen(ADULT, {}).kind == Class.TOO_LITTLE
    assert screen(ADULT, {}).coverage == 0
    assert not any("not" in kind or "victim" in kind for kind in Class)


def test_it_says_which_open_question_could_change_it():
    found = screen(ADULT, all_no(ADULT) | yes("D501", *EXPLOITED) | {"D502": Answer.UNKNOWN, "D315": Answer.REFUSED})

    assert found.kind == Class.LABOUR_RIGHTS
    assert [i.code for i in found.could_change] == ["D502"]


def test_danger_comes_before_every_score():
    found = screen(ADULT, all_no(ADULT), ["suicide"])

    assert (found.kind, found.urgent) == (Class.URGENT, ("suicide",))


@given(PROFILES, ANSWERS, st.sampled_from(sorted(indicators())))
def test_one_more_yes_never_makes_less_of_it(profile, answers, code):
    before, after = screen(profile, answers), screen(profile, {**answers, code: Answer.YES})

    assert RANK[after.kind] >= RANK[before.kind]
    assert len([f for s in after.sides for f in s.fired]) >= len([f for s in before.sides for f in s.fired])


@given(PROFILES, ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_is_nothing(profile, answers, chance):
    shuffled = list(answers.items())
    chance.shuffle(shuffled)

    assert screen(profile, dict(shuffled)) == screen(profile, answers)


@given(PROFILES, ANSWERS)
def test_what_is_not_known_is_never_a_no(profile, answers):
    """Whoever takes unknown and refused for nothing asked gets the same; whoever takes them for a no may get less, never more."""
    open_ = {code for code, given in answers.items() if given in {Answer.UNKNOWN, Answer.REFUSED}}
    unasked = {code: given for code, given in answers.items() if code not in open_}
    denied = answers | dict.fromkeys(open_, Answer.NO)

    assert screen(profile, unasked) == screen(profile, answers)
    assert RANK[screen(profile, denied).kind] <= RANK[screen(profile, answers).kind]
    assert screen(profile, denied).coverage >= screen(profile, answers).coverage


@given(PROFILES, ANSWERS)
def test_each_class_has_its_reason(profile, answers):
    found = screen(profile, answers)
    positive = [side for side in found.sides if side.clause]

    assert bool(positive) == (found.kind not in {Class.NONE_NOW, Class.TOO_LITTLE})
    assert all(side.fired for side in positive)
    assert all(0 <= side.answered <= side.asked for side in found.sides)
    for indicator in found.could_change[:3]:
        assert RANK[screen(profile, {**answers, indicator.code: Answer.YES}).kind] > RANK[found.kind]
