"""Good practices: judged by two others before they are read, changed and judged anew, found, tried elsewhere, also in vain."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import translation

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

from .partners import NOON, join, judged, published, told, written


@pytest.fixture(autouse=True)
def partners(town):
    join(town)
    with clock.at(NOON):
        yield


def move(town, by, pk, verb, why=""):
    from spean.network.models import GoodPractice
    from spean.network.operations import practices

    practices.move(town.actor(by), pk, verb, why)
    return GoodPractice.objects.get(pk=pk).state


def titles(town, by, **asked):
    from spean.network.queries import practices

    with translation.override("km"):
        return [row.title for row in practices.practices(town.actor(by), **asked).rows]


def test_two_others_say_yes_before_a_third_publishes_it(town):
    sent = uuid4()
    from spean.network.operations import practices

    pk = practices.write(town.actor("worker"), told(), sent)
    assert practices.write(town.actor("worker"), told(), sent) == pk
    with pytest.raises(NotYours):
        practices.write(town.actor("stranger"), told(), sent)
    with pytest.raises(NotYours):
        judged(town, pk, "starter")  # a draft is nobody's but the author's
    assert move(town, "worker", pk, "send") == "review"
    judged(town, pk, "stranger")
    judged(town, pk, "stranger")
    with pytest.raises(Conflict):  # one organisation twice is one
        move(town, "linker", pk, "publish")
    judged(town, pk, "starter", clear="no")
    with pytest.raises(Conflict):
        move(town, "linker", pk, "publish")
    judged(town, pk, "starter", clear="part")
    with pytest.raises(NotYours):  # a coordinator of the author's own organisation
        move(town, "coordinator", pk, "publish")
    assert move(town, "linker", pk, "publish") == "published"


def test_a_word_that_it_is_unsafe_stops_it_until_it_is_changed(town):
    from spean.network.operations import practices

    pk = written(town)
    move(town, "worker", pk, "send")
    for by, safe in (("stranger", "yes"), ("starter", "yes"), ("linker", "no")):
        judged(town, pk, by, safe=safe)
    with pytest.raises(Conflict):
        move(town, "linker", pk, "publish")
    practices.change(town.actor("worker"), pk, told(did_en="Nobody is named"))
    with pytest.raises(Conflict):  # what was said of the old words does not carry the new ones
        move(town, "linker", pk, "publish")
    for by in ("stranger", "starter"):
        judged(town, pk, by)
    assert move(town, "linker", pk, "publish") == "published"


def test_nobody_judges_or_tries_their_own(town):
    from spean.network.operations import practices

    pk = published(town)
    move(town, "worker", pk, "revise")
    for verb in (
        lambda: judged(town, pk, "manager"),
        lambda: practices.try_it(town.actor("supervisor"), pk, "KH", date(2014, 12, 1), "", uuid4()),
    ):
        with pytest.raises(NotYours):
            verb()
    with pytest.raises(NotAllowed):
        practices.write(town.actor("volunteer"), told(), uuid4())
    with pytest.raises(NotYours):
        move(town, "stranger", pk, "withdraw", "old")


def test_the_network_reads_the_old_words_until_the_new_ones_are_published(town):
    from spean.network.operations import practices
    from spean.network.queries import practices as queries

    pk = published(town)
    move(town, "worker", pk, "revise")
    practices.change(town.actor("worker"), pk, told(title_en="Visits before people leave", did_en="Volunteers walk"))
    assert titles(town, "focal") == ["ទូរស័ព្ទមុនចេញដំណើរ"]
    shown = {by: queries.practice(town.actor(by), pk).body["did_en"] for by in ("focal", "starter", "worker")}
    assert shown == {"focal": "Volunteers telephone each family twice", "starter": "Volunteers walk", "worker": "Volunteers walk"}
    assert titles(town, "focal", text="walk") == []
    for by in ("stranger", "starter"):
        judged(town, pk, by)
    move(town, "linker", pk, "publish")
    assert len(titles(town, "focal", text="walk")) == 1
    assert queries.practice(town.actor("worker"), pk, version="1").body["did_en"] == "Volunteers telephone each family twice"


def test_it_is_found_by_words_of_both_languages_and_by_context(town):
    published(town)
    words = {"title_en": "Notebooks", "title_km": "", "did_km": "", "did_en": "A book", "about_en": "-"}
    published(town, **words, problem="wages", ground="border", country="TH")
    assert len(titles(town, "starter")) == 2
    for asked in (
        {"text": "families brokers"},
        {"text": "អ្នកស្ម័គ្រចិត្ត"},
        {"problem": "fees"},
        {"ground": "village", "country": "KH", "whom": "leaving"},
    ):
        assert titles(town, "starter", **asked) == ["ទូរស័ព្ទមុនចេញដំណើរ"]
    assert titles(town, "starter", text="notebook", problem="fees") == []
    draft = written(town, title_en="Secret draft")
    assert titles(town, "starter", text="secret") == []
    assert [len(titles(town, by, view="ours")) for by in ("starter", "worker")] == [0, 3]
    with pytest.raises(NotYours):
        move(town, "starter", draft, "send")


def test_where_it_was_tried_stands_beside_it_also_the_failure(town):
    from spean.network.operations import practices
    from spean.network.queries import practices as queries

    pk, sent = published(town), uuid4()
    going = town.actor("starter")
    row = practices.try_it(going, pk, "TH", date(2014, 12, 1), "In Thai", sent)
    assert practices.try_it(going, pk, "TH", date(2014, 12, 1), "In Thai", sent) == row
    with pytest.raises(NotYours):
        practices.tell(town.actor("stranger"), pk, row, practices.Came("worked", "told", "Well"))
    with pytest.raises(Invalid) as refused:
        practices.tell(going, pk, row, practices.Came("splendid", "", ""))
    assert set(refused.value.fields) == {"result", "sure", "words"}
    practices.tell(going, pk, row, practices.Came("not", "counted", "Nobody answers the telephone"))
    seen = queries.practice(town.actor("focal"), pk)
    assert [(t.result, t.words, t.ours) for t in seen.trials] == [("not", "Nobody answers the telephone", False)]
    assert (seen.row.tried, seen.row.worked) == (1, 0)
    assert queries.trial(going, pk, row).ours


def test_who_tried_it_learns_that_it_was_withdrawn(town):
    from spean.network.operations import practices
    from spean.network.queries import practices as queries

    pk = published(town)
    practices.try_it(town.actor("starter"), pk, "TH", date(2014, 12, 1), "", uuid4())
    with pytest.raises(Invalid):
        move(town, "linker", pk, "withdraw")
    assert move(town, "linker", pk, "withdraw", "unsafe") == "withdrawn"  # a coordinator of another organisation may
    assert queries.practice(town.actor("starter"), pk).withdrawn_for
    for by in ("stranger", "focal"):
        with pytest.raises(NotYours):
            queries.practice(town.actor(by), pk)
    assert titles(town, "starter", text="calls") == []


def test_what_is_missing_is_said_field_by_field(town):
    with pytest.raises(Invalid) as refused:
        written(town, title_km="", title_en=" ", why_en="", country="XX", problem="none", cost=Decimal(5), currency="BTC")
    assert set(refused.value.fields) == {"title_km", "why_km", "country", "problem", "currency", "cost_year"}
    assert written(town, cost=Decimal(500), currency="USD", cost_year=2013)
    pk = published(town)
    move(town, "worker", pk, "revise")
    with pytest.raises(Invalid):
        judged(town, pk, "starter", clear="no", words="")


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_for_one_and_for_three(town, number, django_assert_num_queries):
    from spean.network.queries import practices

    for _n in range(number):
        published(town)
    actor = town.actor("starter")
    with django_assert_num_queries(2):
        assert len(practices.practices(actor).rows) == number
    with django_assert_num_queries(6 if connection.vendor == "postgresql" else 5):  # there it asks for its trigrams
        assert len(practices.practices(actor, text="telephone").rows) == number


def test_the_index_is_mended(town):
    from spean.network import indexing

    published(town)
    indexing.PRACTICES.empty()
    assert titles(town, "starter", text="telephone") == []
    assert (indexing.mend(), indexing.mend()) == ((1, 0), (0, 0))
    assert len(titles(town, "starter", text="telephone")) == 1


def test_today_counts_what_waits_for_judgement(town):
    from spean.network.queries.practice_today import tiles

    pk = written(town)
    move(town, "worker", pk, "send")
    assert [tiles(town.actor(by))[-1].count for by in ("starter", "worker")] == [1, 0]
    judged(town, pk, "starter")
    assert (tiles(town.actor("starter"))[-1].count, tiles(town.actor("focal"))) == (0, [])
