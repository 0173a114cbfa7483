"""A volunteer's triage: what to do next, and what holds for all answers whatever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.checks.screening import Answer, Next, triage, triage_version, urgent, weigh_triage
from spean.checks.screening.triaging import RANK

CODES = [question.code for question in triage()]
WORRYING = {question.code: question.worries for question in triage()}
CALM = {code: Answer.NO if worry == Answer.YES else Answer.YES for code, worry in WORRYING.items()}
ANSWERS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["", *Answer]))
ACUTE = st.frozensets(st.sampled_from(sorted(urgent())))


def worrying(*codes: str) -> dict[str, Answer]:
    return CALM | {code: WORRYING[code] for code in codes}


@pytest.mark.parametrize(
    ("codes", "acute", "step"),
    [
        ((), (), Next.COME_BACK),
        (("paid",), (), Next.COME_BACK),
        (("paid", "rest"), (), Next.TALK),
        (("paid", "same", "call", "rest"), (), Next.TALK),
        (("papers",), (), Next.TALK),
        (("free",), (), Next.TALK),
        ((), ("medical",), Next.TELL_NOW),
        (("papers",), ("danger", "child"), Next.TELL_NOW),
    ],
)
def test_one_strong_worry_or_two_others_or_anything_urgent(codes, acute, step):
    found = weigh_triage(worrying(*codes), acute)

    assert found.next == step
    assert {q.code for q in found.worries} == set(codes)
    assert (found.answered, found.asked, found.open) == (len(CODES), len(CODES), ())
    assert found.version == triage_version() != ""


def test_nothing_asked_leaves_all_open():
    found = weigh_triage({})

    assert (found.next, found.answered, len(found.open)) == (Next.COME_BACK, 0, len(CODES))
    assert {q.code for q in found.could_change} == {q.code for q in triage() if q.strong}


def test_it_says_which_open_question_could_change_it():
    open_ = {"rest": Answer.UNKNOWN, "afraid": Answer.REFUSED, "debt": ""}

    assert [q.code for q in weigh_triage(worrying("paid") | open_).could_change] == ["debt", "afraid", "rest"]
    assert [q.code for q in weigh_triage(worrying() | open_).could_change] == ["debt", "afraid"]
    assert weigh_triage(worrying("papers") | open_).could_change == ()
    assert weigh_triage(worrying() | open_, ["danger"]).could_change == ()


def test_no_class_says_what_somebody_is():
    assert [*Next] == ["come_back", "talk", "tell_now"]


@given(ANSWERS, ACUTE, st.sampled_from(CODES), st.sampled_from(sorted(urgent())))
def test_one_more_worry_never_makes_it_less_pressing(answers, acute, code, sign):
    before = weigh_triage(answers, acute)

    assert RANK[weigh_triage({**answers, code: WORRYING[code]}, acute).next] >= RANK[before.next]
    assert weigh_triage(answers, {*acute, sign}).next == Next.TELL_NOW


@given(ANSWERS, ACUTE, st.randoms(use_true_random=False))
def test_the_order_of_answers_and_signs_is_nothing(answers, acute, chance):
    shuffled, signs = list(answers.items()), [*acute, *acute]
    chance.shuffle(shuffled)
    chance.shuffle(signs)

    assert weigh_triage(dict(shuffled), signs) == weigh_triage(answers, acute)


@given(ANSWERS, ACUTE)
def test_what_is_not_known_is_never_an_answer(answers, acute):
    """Unknown, refused and not asked are one, and neither a worry nor the calming answer; also where a "no" is what worries."""
    open_ = {code for code in CODES if answers.get(code, "") not in {Answer.YES, Answer.NO}}
    found = weigh_triage(answers, acute)
    calmed = weigh_triage({**answers, **{code: CALM[code] for code in open_}}, acute)

    assert found == weigh_triage({code: said for code, said in answers.items() if code not in open_}, acute)
    assert {q.code for q in found.open} == open_
    assert found.answered == len(CODES) - len(open_)
    assert (calmed.next, calmed.worries, calmed.open) == (found.next, found.worries, ())


@given(ANSWERS, ACUTE)
def test_each_result_has_its_reason(answers, acute):
    found = weigh_triage(answers, acute)

    assert (found.next == Next.TELL_NOW) == bool(acute)
    assert not (set(found.could_change) - set(found.open))
    for question in found.open:
        raised = weigh_triage({**answers, question.code: question.worries}, acute)
        assert (RANK[raised.next] > RANK[found.next]) == (question in found.could_change)
