"""The offer check: fifteen questions, a rule that can be told, and never a word that an offer is good."""

from hypothesis import given
from hypothesis import strategies as st

from spean.checks import offer
from spean.checks.offer import Answer, Ending

CODES = [q.code for q in offer.questions()]
WEAK = [q for q in offer.questions() if not q.strong]
ANSWERS = st.dictionaries(st.sampled_from(CODES) | st.text(max_size=4), st.sampled_from([*Answer, "", "maybe"]))


def test_there_are_fifteen_questions_in_both_languages_with_a_source():
    assert len(CODES) == 15
    empty = [(q.code, b) for q in offer.questions() for b in (q.question, q.why, q.do) if not (b.km and b.en)]
    assert empty == []
    assert [q.code for q in offer.questions() if "domain.md" not in q.source] == []
    assert "PENDING" in offer.weighing.SOURCE.read_text(encoding="utf-8").split("\n\n")[0]


def test_one_strong_sign_or_three_others_stop():
    for question in offer.questions():
        weighing = offer.weigh({question.code: question.worries})
        assert weighing.ending == (Ending.STOP if question.strong else Ending.ASK)
        assert weighing.signs == (question,)
    two, three = ({q.code: q.worries for q in WEAK[:n]} for n in (2, 3))
    assert (offer.weigh(two).ending, offer.weigh(three).ending) == (Ending.ASK, Ending.STOP)
    assert offer.weigh(three).rule == "many"


def test_what_is_not_known_is_never_taken_for_no():
    unknown = offer.weigh(dict.fromkeys(CODES, Answer.UNKNOWN))
    assert (unknown.ending, unknown.signs, unknown.answered) == (Ending.TOO_FEW, (), 0)
    assert [q.code for q in unknown.open] == CODES


def test_few_answers_say_nothing():
    fine = {q.code: Answer.NO if q.worries == Answer.YES else Answer.YES for q in offer.questions()}
    assert offer.weigh(fine).ending == Ending.NONE_FOUND
    assert offer.weigh(dict(list(fine.items())[:9])).ending == Ending.TOO_FEW


@given(ANSWERS, st.sampled_from(CODES))
def test_a_further_sign_never_makes_it_milder(answers, code):
    order = [Ending.TOO_FEW, Ending.NONE_FOUND, Ending.ASK, Ending.STOP]
    before = offer.weigh({k: v for k, v in answers.items() if k != code})
    after = offer.weigh({**answers, code: next(q.worries for q in offer.questions() if q.code == code)})
    assert order.index(after.ending) >= order.index(before.ending)
    assert after.answered + len(after.open) == 15
