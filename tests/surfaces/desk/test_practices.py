"""Practices, advice and mentoring on the desk: forms that come back with reasons, what each page offers to whom."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.network.partners import CODES, WORDS, join, judged
from tests.surfaces.public.reading import Page


@pytest.fixture(autouse=True)
def partners(town):
    join(town)


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def post(town, by, name, *args, **typed):
    return town.client(by).post(at(name, *args), typed).status_code


def reads(town, by, name, *args, query=""):
    return Page(town.client(by).get(at(name, *args) + query)).text


def test_a_practice_from_its_form_to_the_network(town):
    from spean.network.models import GoodPractice

    typed = {**CODES, **WORDS, "cost": "១២,០០០", "currency": "KHR", "cost_year": "២០២៥", "sent_id": str(uuid4())}
    assert "no name of anybody" in reads(town, "worker", "good_practice_new")
    assert post(town, "worker", "good_practice_new", **{**typed, "cost_year": "1900"}) == 422
    assert post(town, "worker", "good_practice_new", **typed) == 302
    pk = GoodPractice.objects.get().pk
    assert post(town, "worker", "good_practice_change", pk, **{**typed, "title_en": ""}) == 302
    assert post(town, "worker", "good_practice_act", pk, "send") == 302
    assert "Good practices that wait for judgement" in reads(town, "starter", "today")
    for by in ("stranger", "starter"):
        assert post(town, by, "good_practice_act", pk, "judge", clear="no", believable="yes", safe="yes") == 422
        assert post(town, by, "good_practice_act", pk, "judge", clear="yes", believable="yes", safe="yes") == 302
    assert [post(town, by, "good_practice_act", pk, "publish") for by in ("coordinator", "worker", "linker")] == [404, 403, 302]
    shown = reads(town, "focal", "good_practice", pk)
    assert all(words in shown for words in ("12,000", "(2025)", "Volunteers telephone"))
    assert "What others say of it" not in shown
    assert post(town, "linker", "good_practice_act", pk, "withdraw", why="") == 422
    assert post(town, "linker", "good_practice_act", pk, "steal") == 404


def test_versions_are_opened_by_those_who_may(town):
    from spean.network.operations import practices
    from tests.network.partners import published, told

    pk = published(town)
    practices.move(town.actor("worker"), pk, "revise")
    practices.change(town.actor("worker"), pk, told(did_en="PLANTED words"))
    judged(town, pk, "starter")
    assert "PLANTED" in reads(town, "stranger", "good_practice", pk)
    assert "PLANTED" not in reads(town, "stranger", "good_practice", pk, query="?version=1")
    for query in ("", "?version=2", "?version=x"):
        assert "PLANTED" not in reads(town, "focal", "good_practice", pk, query=query)


def test_a_request_and_a_mentoring_from_their_forms_to_their_end(town):
    from spean.network.models import Advice, Answer, Pair

    asked = {"problem": "fees", "title": "How many calls?", "words": "Six of us", "sent_id": str(uuid4())}
    assert post(town, "starter", "advice_new", **{**asked, "title": ""}) == 422
    assert post(town, "starter", "advice_new", **asked) == 302
    pk = Advice.objects.get().pk
    assert "Requests for advice that nobody has answered" in reads(town, "worker", "today")
    assert post(town, "worker", "advice_act", pk, "answer", words="", sent_id=str(uuid4())) == 422
    assert post(town, "worker", "advice_act", pk, "answer", words="Ten", sent_id=str(uuid4())) == 302
    row = Answer.objects.get().pk
    assert [post(town, by, "advice_mark", pk, row) for by in ("worker", "starter")] == [404, 302]
    assert [post(town, "starter", "advice_act", pk, verb) for verb in ("close", "reopen", "reopen")] == [302, 302, 409]
    org = str(town.teams["team"].organisation_id)
    days = {"starts_on": "2026-01-01", "ends_on": "2026-06-01"}
    pair = {"side": "start", "other": org, "problem": "fees", "words": "Each month", "sent_id": str(uuid4()), **days}
    assert post(town, "starter", "mentoring_new", **{**pair, "ends_on": "2025-06-01"}) == 422
    assert post(town, "starter", "mentoring_new", **pair) == 302
    pk = Pair.objects.get().pk
    assert "House" in reads(town, "analyst", "mentoring")
    assert [post(town, by, "mentoring_act", pk, "agree") for by in ("starter", "supervisor")] == [404, 302]
    met = {"on": "2026-01-09", "words": "First", "sent_id": str(uuid4())}
    assert [post(town, "worker", "mentoring_act", pk, "meet", **{**met, **more}) for more in ({"words": ""}, {})] == [422, 302]
    assert town.client("stranger").get(at("mentoring_pair", pk)).status_code == 404
