"""Risk and needs: what is proposed for which answers, and what holds for all answers whatever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.cases.enums import Response, Risk, TaskKind
from spean.checks.needs import RANK, Answer, Domain, Level, Soon, Why, domains, needs, propose, version

CODES = [*needs()]
CALM = dict.fromkeys(CODES, Answer.NOT)
ANSWERS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["", *Answer]))
LESS = {Answer.NOT: 0, Answer.LATER: 1, Answer.NOW: 2}


@pytest.mark.parametrize(
    ("given_", "level", "tasks"),
    [
        ({}, Level.LOW, []),
        ({"learn": "later"}, Level.LOW, [("learn", Why.LATER, Soon.PLANNED)]),
        ({"learn": "now"}, Level.SOME, [("learn", Why.NOW, Soon.PLANNED)]),
        ({"bed": "now", "kept": "now"}, Level.HIGH, [("bed", Why.NOW, Soon.HOURS), ("kept", Why.NOW, Soon.DAYS)]),
        ({"threat": "later", "bed": "now"}, Level.HIGH, [("bed", Why.NOW, Soon.HOURS), ("threat", Why.LATER, Soon.PLANNED)]),
        (
            {"bed": "now", "earn": "later", "life": "now"},
            Level.NOW,
            [("life", Why.DANGER, Soon.HOUR), ("bed", Why.NOW, Soon.HOURS), ("earn", Why.LATER, Soon.PLANNED)],
        ),
        ({"talk": "not_said"}, Level.NOT_KNOWN, []),
    ],
)
def test_each_need_proposes_its_task_and_the_danger_comes_first(given_, level, tasks):
    found = propose({**CALM, **given_})

    assert (found.level, [(p.need.code, p.why, p.soon) for p in found.proposals]) == (level, tasks)
    assert found.version == version() != ""


def test_nothing_asked_proposes_nothing_and_says_nothing():
    found = propose({})

    assert (found.level, found.proposals, found.answered) == (Level.NOT_KNOWN, (), 0)
    assert [need.code for need in found.open] == CODES
    assert len(found.could_change) == len(CODES)


def test_the_table_speaks_the_words_of_cases():
    assert {need.kind for need in needs().values()} <= set(TaskKind.values)
    assert [*Soon] == Response.values
    assert {*Level} == set(Risk.values)
    assert {need.domain for need in needs().values()} == set(Domain) == set(domains())
    assert {need.code for need in needs().values() if need.danger} == {"threat", "doctor", "life", "alone"}


@given(ANSWERS, st.sampled_from(CODES), st.sampled_from([*LESS]), st.sampled_from([*LESS]))
def test_one_more_need_never_shows_less_danger_nor_proposes_less(answers, code, one, other):
    less, more = sorted((one, other), key=LESS.__getitem__)
    before, after = propose({**answers, code: less}), propose({**answers, code: more})

    assert RANK[after.level] >= RANK[before.level]
    assert {p.need for p in after.proposals} >= {p.need for p in before.proposals}


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_is_nothing(answers, chance):
    shuffled = list(answers.items())
    chance.shuffle(shuffled)

    assert propose(dict(shuffled)) == propose(answers)


@given(ANSWERS, st.sampled_from(CODES), st.sampled_from([Answer.NOT_SAID.value, "", "no such answer"]))
def test_what_is_not_known_is_never_a_no(answers, code, unknown):
    silent = {c: a for c, a in answers.items() if c != code}
    said, found = propose({**answers, code: Answer.NOT}), propose({**silent, code: unknown})

    assert found == propose(silent)
    assert RANK[found.level] >= RANK[said.level]
    assert found.level != Level.LOW
    assert code in {need.code for need in found.open}


@given(ANSWERS)
def test_danger_is_proposed_before_everything_and_what_could_change_it_does(answers):
    found = propose(answers)
    danger = [p.why == Why.DANGER for p in found.proposals]

    assert danger == sorted(danger, reverse=True)
    assert any(danger) == (found.level == Level.NOW)
    for need in found.open:
        more = RANK[propose({**answers, need.code: Answer.NOW}).level] > RANK[found.level]
        assert more == (need in found.could_change)
