"""Facts: one writes, another publishes; every version stays; a withdrawn fact is shown nowhere."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.library.enums import FACT_MOVES, VersionState
from spean.library.models import Fact, FactVersion
from spean.library.operations import facts
from spean.library.queries import facts as queries
from spean.library.queries import pages
from spean.privacy import audit

SAID = facts.Said(
    name_km="ថ្លៃ", name_en="A price", unit="usd", amount="១២", claimant_km="ក", claimant_en="An office", source_tag="T1",
    source_text="a page", as_of="2026-01",
)  # fmt: skip


def _fact(key):
    return Fact.objects.select_related("checked_for").get(key=key)


def _change(town, who, key, **more):
    fact = _fact(key)
    return facts.propose(town.actor(who), fact.id, replace(facts.said_of(fact), **more), uuid4())


def _shown(key):
    with override("en"):
        page = pages.way_page("malaysia")
    return [fact.value for fact in page.wage if fact.key == key]


def test_a_new_fact_is_shown_once_a_second_person_has_published_it(town):
    pk = facts.write(town.actor("manager"), "my.wage-2027", "my.wage", SAID, uuid4())
    assert (_fact("my.wage-2027").state, _fact("my.wage-2027").amount, _shown("my.wage-2027")) == ("unverified", "12", [])

    with pytest.raises(NotAllowed):
        facts.publish(town.actor("manager"), pk, 1)
    facts.publish(town.actor("coordinator"), pk, 1)

    fact = _fact("my.wage-2027")
    assert (fact.state, fact.checked_by, fact.checked_on) == ("verified", town.users["coordinator"], clock.today())
    assert fact.valid_until == clock.today() + facts.REVIEW
    assert _shown("my.wage-2027") == ["12 US dollars"]


def test_the_database_itself_refuses_a_wording_of_one_person(town):
    pk = facts.write(town.actor("manager"), "my.wage-2027", "my.wage", SAID, uuid4())
    own = FactVersion.objects.filter(fact=pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        own.update(state=VersionState.PUBLISHED, decided_by=town.users["manager"])
    facts.refuse(town.actor("manager"), pk, 1)  # taken back
    assert own.get().decided_by == town.users["manager"]


def test_that_a_way_is_open_is_no_word_once_it_was_checked_too_long_ago(town):
    pk = _fact("my.corridor").id
    facts.refuse(town.actor("manager"), pk, 1)
    _change(town, "manager", "my.corridor", amount="open")
    facts.publish(town.actor("coordinator"), pk, 2)
    told = []
    for later in (facts.REVIEW_OF_A_CORRIDOR, facts.REVIEW_OF_A_CORRIDOR + timedelta(days=1)):
        with clock.at(clock.now() + later):
            told.append([row.corridor.code for row in pages.ways("MY") if row.slug == "malaysia"])
    assert told == [["open"], [""]]


@pytest.mark.parametrize(
    ("claims", "first"),
    [
        ([("open", "2026-02-17"), ("closed", "2026-02-17")], "closed"),
        ([("closed", "2026-02-17"), ("open", "2026-02-17")], "closed"),
        ([("open", "2026-02-17"), ("suspended", "2026-02")], "suspended"),
        ([("suspended", "2026"), ("closed", "2026-02-17"), ("open", "2026-02-17")], "closed"),
        ([("open", "2026-02-17"), ("unknown", "2026-02-17")], "unknown"),
        ([("closed", "2026-02-16"), ("open", "2026-02-17")], "open"),
    ],
)
def test_of_two_words_from_one_date_the_shut_one_stands_first(town, claims, first):
    Fact.objects.filter(key="jp.corridor").update(subject="jp.old")
    for at, (state, as_of) in enumerate(claims):
        said = replace(SAID, unit="corridor", amount=state, as_of=as_of)
        pk = facts.write(town.actor("manager"), f"jp.corridor-{at}", "jp.corridor", said, uuid4())
        facts.publish(town.actor("coordinator"), pk, 1)
    row = next(row for row in pages.ways("JP") if row.slug == "japan")
    assert (row.corridor.code, len(row.corridor.facts)) == (first, len(claims))


def test_a_change_is_not_shown_before_it_is_published_and_the_old_one_stays(town):
    pk = _fact("my.wage").id
    facts.publish(town.actor("manager"), pk, 1)
    _change(town, "manager", "my.wage", amount="1800", valid_until=None)
    assert _shown("my.wage") == ["1,700 Malaysian ringgit a month"]

    facts.publish(town.actor("coordinator"), pk, 2)

    assert _shown("my.wage") == ["1,800 Malaysian ringgit a month"]
    page = queries.fact_page(town.actor("manager"), pk)
    assert [(v.number, v.said.amount) for v in page.history] == [(2, "1800"), (1, "1700")]
    assert list(_fact("my.wage").versions.order_by("number").values_list("state", flat=True)) == ["replaced", "published"]


def test_a_change_tells_every_page_that_uses_it(town):
    found = queries.fact_page(town.actor("manager"), _fact("kh.passport.price").id)

    ways = {use.slug for use in found.uses if use.kind == "way"}
    assert {"thailand", "malaysia", "korea", "japan"} <= ways
    assert [use.slug for use in queries.uses("th.papers-kept")] == ["passport", "thailand"]


def test_conflicting_claims_stand_side_by_side(town):
    for key in ("th.brokers-2019", "th.brokers-2014"):
        facts.publish(town.actor("manager"), _fact(key).id, 1)
    with override("en"):
        cost = pages.way_page("thailand").cost
    assert [fact.value for fact in cost.brokers] == ["650 US dollars", "600 US dollars"]


def test_costs_are_summed_by_currency_and_what_is_missing_is_counted(town):
    for key in ("kh.passport.price", "th.visa.price"):
        facts.publish(town.actor("manager"), _fact(key).id, 1)
    with override("en"):
        cost = pages.way_page("thailand").cost
    assert (cost.total, cost.known, cost.missing) == (("100 US dollars", "500 Thai baht"), 2, 1)


def test_a_withdrawn_fact_vanishes_with_its_line(town):
    pk = _fact("my.papers-kept").id
    facts.publish(town.actor("manager"), pk, 1)
    with override("en"):
        before = str(pages.way_page("malaysia").steps[-1].told)
        facts.withdraw(town.actor("coordinator"), pk)
        after = pages.way_page("malaysia").steps[-1].told
    assert "Passports Act" in before
    assert "Passports Act" not in str(after)
    assert not any(piece.missing for line in after.paragraphs for piece in line)


def test_what_nobody_has_checked_is_not_told(town):
    with override("en"):
        page = pages.way_page("korea")
    assert (page.row.corridor.code, page.wage, page.age) == ("", (), ())
    assert page.asked >= {"wage", "age"}
    assert "10,320" not in str(page)
    assert any(piece.missing for step in page.steps for line in step.told.paragraphs for piece in line)


def test_an_overdue_fact_says_so(town):
    facts.publish(town.actor("manager"), _fact("my.wage").id, 1)
    with clock.at(clock.now() + facts.REVIEW + timedelta(days=1)):
        assert pages.way_page("malaysia").wage[0].overdue
        assert queries.facts(town.actor("manager"), queries.Wanted("overdue")).count == 1
    assert not pages.way_page("malaysia").wage[0].overdue


def test_the_week_lists_what_must_be_checked(town):
    facts.publish(town.actor("manager"), _fact("th.corridor").id, 1)
    facts.publish(town.actor("manager"), _fact("th.wage").id, 1)
    with clock.at(clock.now() + facts.REVIEW_OF_A_CORRIDOR - timedelta(days=7)):
        found = queries.facts(town.actor("manager"), queries.Wanted("week"))
    assert [row.key for row in found.rows] == ["th.corridor"]


def test_a_refused_change_leaves_what_is_shown(town):
    pk = _fact("my.wage").id
    facts.publish(town.actor("manager"), pk, 1)
    _change(town, "coordinator", "my.wage", amount="1", valid_until=None)
    facts.refuse(town.actor("manager"), pk, 2)
    assert _shown("my.wage") == ["1,700 Malaysian ringgit a month"]
    assert _fact("my.wage").versions.get(number=2).state == VersionState.REFUSED
    with pytest.raises(Conflict):
        facts.publish(town.actor("manager"), pk, 2)


def test_what_was_seen_is_what_is_published(town):
    pk = _fact("my.wage").id
    _change(town, "coordinator", "my.wage", amount="9")
    with pytest.raises(Conflict):
        facts.publish(town.actor("manager"), pk, 1)


def test_a_form_that_was_opened_before_another_change_is_told_so(town):
    fact = _fact("my.wage")
    _change(town, "coordinator", "my.wage", amount="9")
    with pytest.raises(Invalid):
        facts.propose(town.actor("manager"), fact.id, facts.said_of(fact), uuid4(), seen=1)


def test_twice_is_once_and_somebody_elses_id_is_nothing(town):
    sent = uuid4()
    first = facts.write(town.actor("manager"), "x.a", "x.a", SAID, sent)
    assert facts.write(town.actor("manager"), "x.a", "x.a", SAID, sent) == first
    with pytest.raises(NotYours):
        facts.write(town.actor("coordinator"), "x.a", "x.a", SAID, sent)


@pytest.mark.parametrize("who", ["worker", "supervisor", "volunteer", "focal", "analyst", "officer", "administrator"])
def test_nobody_else_writes_or_sees_facts(town, who):
    with pytest.raises(NotAllowed):
        facts.write(town.actor(who), "x.a", "x.a", SAID, uuid4())
    with pytest.raises(NotYours):
        facts.withdraw(town.actor(who), _fact("my.wage").id)
    assert queries.facts(town.actor(who), queries.Wanted()).rows == ()


@pytest.mark.parametrize(("more", "field"), [
    ({"unit": "gold"}, "unit"), ({"amount": "many"}, "amount"), ({"amount": "5-1"}, "amount"), ({"as_of": "2025-2-1"}, "as_of"),
    ({"unit": "words"}, "words_km"), ({"unit": "corridor", "amount": "ajar"}, "amount"),
])  # fmt: skip
def test_what_cannot_be_taken_is_refused_with_a_reason(town, more, field):
    with pytest.raises(Invalid) as caught:
        facts.write(town.actor("manager"), "x.a", "x.a", replace(SAID, **more), uuid4())
    assert field in caught.value.fields


def test_a_key_is_taken_once(town):
    for key in ("my.wage", "No Key", ""):
        with pytest.raises(Invalid) as caught:
            facts.write(town.actor("manager"), key, "my.wage", SAID, uuid4())
        assert "key" in caught.value.fields


def test_the_trail_says_who_did_what(town):
    pk = facts.write(town.actor("manager"), "x.a", "x.a", SAID, uuid4())
    facts.publish(town.actor("coordinator"), pk, 1)
    facts.withdraw(town.actor("manager"), pk)
    org = town.teams["team"].organisation_id
    verbs = [e.verb for e in audit.entries(org) if e.subject_id == str(pk)]
    assert sorted(verbs) == ["fact.publish", "fact.withdraw", "fact.write"]


def test_the_demonstration_is_marked_until_a_person_checks_it(town):
    facts.show_for_demonstration(town.actor("manager"), ["my.wage"])
    assert pages.way_page("malaysia").demonstration
    _change(town, "coordinator", "my.wage", valid_until=None)
    facts.publish(town.actor("manager"), _fact("my.wage").id, 2)
    assert not pages.way_page("malaysia").demonstration


def test_every_move_is_from_and_to_states_that_there_are():
    for states, to in FACT_MOVES.values():
        assert {*states, to} <= set(ClaimState.values)
