"""Advice: asked of all or of one, answered by others, marked as helpful; mentoring that both agree to."""

from datetime import date
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

from .partners import NOON, join, published


@pytest.fixture(autouse=True)
def partners(town):
    join(town)
    with clock.at(NOON):
        yield


def asked(town, by="starter", sent=None, **more):
    from spean.network.operations import advice

    said = {"problem": "fees", "title": "How?", "words": "We have tried nothing yet", **more}
    return advice.ask(town.actor(by), advice.Asked(**said), sent or uuid4())


def proposed(town, by="starter", **more):
    from spean.network.operations import advice

    days = {"starts_on": date(2014, 12, 1), "ends_on": date(2015, 6, 1)}
    said = {"other": town.teams["team"].organisation_id, "we_start": True, "problem": "fees", "words": "Each month", **days}
    return advice.propose(town.actor(by), advice.Proposed(**{**said, **more}), uuid4())


def test_a_request_is_answered_with_a_practice_marked_and_closed(town):
    from spean.network.operations import advice
    from spean.network.queries import advice as queries

    sent, practice = uuid4(), published(town)
    pk = asked(town, sent=sent)
    assert asked(town, sent=sent) == pk
    with pytest.raises(NotYours):
        asked(town, by="worker", sent=sent)
    with pytest.raises(NotYours):  # nobody answers their own
        advice.answer(town.actor("starter"), pk, "So", None, uuid4())
    row = advice.answer(town.actor("worker"), pk, "Like this", practice, sent)
    assert advice.answer(town.actor("worker"), pk, "Like this", practice, sent) == row
    with pytest.raises(NotYours):
        advice.mark(town.actor("worker"), pk, row)
    advice.mark(town.actor("starter"), pk, row)
    advice.move(town.actor("starter"), pk, "close")
    with pytest.raises(Conflict):
        advice.answer(town.actor("stranger"), pk, "Late", None, uuid4())
    seen = queries.request(town.actor("focal"), pk)
    assert [(a.words, a.helpful, a.practice and a.practice[0]) for a in seen.answers] == [("Like this", True, practice)]


def test_what_is_asked_of_one_organisation_is_read_by_the_two(town):
    from spean.network.operations import advice
    from spean.network.queries import advice as queries

    pk = asked(town, to=town.teams["team"].organisation_id)
    assert [len(queries.requests(town.actor(by)).rows) for by in ("worker", "starter", "stranger", "linker")] == [1, 1, 0, 0]
    with pytest.raises(NotYours):
        advice.answer(town.actor("stranger"), pk, "So", None, uuid4())
    with pytest.raises(Invalid) as refused:
        asked(town, to=town.teams["start"].organisation_id, problem="x", title=" ")
    assert set(refused.value.fields) == {"to", "problem", "title"}
    with pytest.raises(NotAllowed):
        asked(town, by="analyst")


def test_an_answer_names_only_what_the_network_reads(town):
    from spean.network.operations import advice, practices
    from spean.network.queries import advice as queries

    from .partners import written

    pk, practice = asked(town), published(town)
    with pytest.raises(Invalid) as refused:
        advice.answer(town.actor("worker"), pk, "", written(town), uuid4())
    assert set(refused.value.fields) == {"words", "practice"}
    advice.answer(town.actor("worker"), pk, "So", practice, uuid4())
    practices.move(town.actor("worker"), practice, "withdraw", "old")
    assert queries.request(town.actor("starter"), pk).answers[0].practice is None


def test_today_shows_what_nobody_answered_to_those_who_can(town):
    from spean.network.operations import advice
    from spean.network.queries.practice_today import tiles

    def counted(by):
        return {t.name.removeprefix("sharing_"): t.count for t in tiles(town.actor(by))}

    pk = asked(town)
    proposed(town)
    assert counted("supervisor") == {"unanswered": 1, "answered": 0, "pairs": 1, "judge": 0}
    assert counted("starter") == {"unanswered": 0, "answered": 0, "pairs": 0, "judge": 0}
    advice.answer(town.actor("worker"), pk, "So", None, uuid4())
    assert (counted("stranger")["unanswered"], counted("starter")["answered"]) == (0, 1)
    assert counted("analyst") == {}


def test_a_mentoring_begins_when_the_other_agrees(town):
    from spean.network.operations import advice
    from spean.network.queries import advice as queries

    pk = proposed(town)
    with pytest.raises(NotYours):  # who proposed it does not agree to it
        advice.move_pair(town.actor("starter"), pk, "agree")
    with pytest.raises(NotAllowed):
        advice.move_pair(town.actor("worker"), pk, "agree")
    with pytest.raises(NotYours):
        advice.move_pair(town.actor("stranger"), pk, "agree")
    with pytest.raises(Conflict):
        advice.meet(town.actor("worker"), pk, date(2014, 12, 11), "First", uuid4())
    advice.move_pair(town.actor("supervisor"), pk, "agree")
    sent = uuid4()
    for _twice in range(2):
        advice.meet(town.actor("worker"), pk, date(2014, 12, 11), "First", sent)
    with pytest.raises(Invalid):
        advice.meet(town.actor("starter"), pk, date(2014, 12, 12), "", uuid4())
    seen = queries.pair(town.actor("analyst"), pk)
    assert (seen.row.experienced, len(seen.meetings)) == (town.teams["team"].organisation.name, 1)
    advice.move_pair(town.actor("starter"), pk, "end")
    with pytest.raises(NotYours):
        queries.pair(town.actor("stranger"), pk)


def test_a_mentoring_is_with_another_and_ends_after_it_begins(town):
    with pytest.raises(Invalid) as refused:
        proposed(town, other=town.teams["start"].organisation_id, ends_on=date(2014, 1, 1), words="", problem="")
    assert set(refused.value.fields) == {"other", "ends_on", "words", "problem"}


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_for_one_and_for_three(town, number, django_assert_num_queries):
    from spean.network.queries import advice as queries

    for _n in range(number):
        asked(town)
        proposed(town)
    actor = town.actor("supervisor")
    with django_assert_num_queries(1):
        assert len(queries.requests(actor).rows) == number
    with django_assert_num_queries(1):
        assert len(queries.pairs(actor).rows) == number
