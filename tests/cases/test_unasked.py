"""Telling without consent: two people, exact facts, one recipient, 24 hours; and the person hears of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from tests.cases.test_consent import START, at_start  # noqa: F401 - fixtures
from tests.cases.test_referrals import trail

NAMED, REASON = "The invented harbour police, 012 000 222", "He said that he will kill her tonight"
FIELDS = frozenset({"name", "home"})


@pytest.fixture
def case(town, at_start):  # noqa: F811 - a fixture
    return town.case()


def ask(town, case, who="worker", sent_id=None, **more):
    from spean.cases.operations import unasked

    known = {"named": NAMED, "why": "held", "reason": REASON, "fields": FIELDS}
    return unasked.ask(town.actor(who), case.id, unasked.Wanted(**{**known, **more}), sent_id or uuid4())


def agreed(town, case):
    from spean.cases.operations import unasked

    pk = ask(town, case)
    unasked.agree(town.actor("supervisor"), case.id, pk)
    return pk


def read(town, case, pk, who="worker"):
    from spean.cases.operations import unasked

    return unasked.read(town.actor(who), case.id)[pk]


def may(town, case, who):
    from spean.cases.queries import unasked

    return [sorted(row.may) for row in unasked.rows(town.actor(who), case.id)]


def test_one_asks_another_agrees_and_exactly_these_facts_may_be_told(town, case):
    from spean.cases.models import Unasked
    from spean.cases.operations import unasked

    sent = uuid4()
    pk = {ask(town, case, sent_id=sent) for _twice in range(2)}.pop()
    assert read(town, case, pk).told == {}
    with pytest.raises(Conflict):
        unasked.tell(town.actor("worker"), case.id, pk)
    with pytest.raises((NotAllowed, NotYours)):
        unasked.agree(town.actor("worker"), case.id, pk)
    assert (may(town, case, "worker"), may(town, case, "supervisor")) == ([[]], [["agree", "decline"]])
    unasked.agree(town.actor("supervisor"), case.id, pk)
    said = read(town, case, pk)
    assert (said.named, said.reason, set(said.told)) == (NAMED, REASON, FIELDS)
    for _twice in range(2):
        unasked.tell(town.actor("worker"), case.id, pk)

    row = Unasked.objects.get()
    assert [word in bytes(row.words) for word in (b"harbour", b"kill")] == [False, False]
    assert [s.detail for s in case.steps.order_by("position") if s.detail] == ["unasked_asked", "unasked_agreed", "unasked_told"]
    verbs = ("case.unasked", "case.unasked_agree", "case.unasked_tell")
    assert [len(trail(town, "team", verb)) for verb in verbs] == [1, 1, 1]


def test_a_supervisor_does_not_agree_to_what_she_asked_for(town, case):
    from spean.cases.operations import unasked

    pk = ask(town, case, who="supervisor")
    for verb in (unasked.agree, unasked.decline):
        with pytest.raises(NotAllowed):
            verb(town.actor("supervisor"), case.id, pk)
    assert may(town, case, "supervisor") == [[]]


def test_declined_nothing_is_told(town, case):
    from spean.cases.operations import unasked

    pk = ask(town, case)
    unasked.decline(town.actor("supervisor"), case.id, pk)
    for verb, who in ((unasked.agree, "supervisor"), (unasked.tell, "worker")):
        with pytest.raises(Conflict):
            verb(town.actor(who), case.id, pk)
    assert (read(town, case, pk).told, case.tasks.count()) == ({}, 0)


@pytest.mark.parametrize(("minutes", "open_"), [(0, True), (23 * 60, True), (24 * 60, False), (10_000, False)])
def test_it_ends_within_24_hours(town, case, minutes, open_):
    from spean.cases.models import Unasked
    from spean.cases.operations import unasked

    pk = agreed(town, case)
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        assert (read(town, case, pk).told != {}, may(town, case, "worker")) == (open_, [["tell"] if open_ else []])
        if not open_:
            with pytest.raises(Conflict):
                unasked.tell(town.actor("worker"), case.id, pk)
        assert (unasked.day(), Unasked.objects.get().state) == ((0, "agreed") if open_ else (1, "over"))


def test_what_was_told_is_shown_no_more_after_its_hours_either(town, case):
    from spean.cases.operations import unasked

    pk = agreed(town, case)
    unasked.tell(town.actor("worker"), case.id, pk)
    with clock.at(clock.now() + timedelta(hours=25)):
        assert (read(town, case, pk).told, unasked.day()) == ({}, 0)


def test_nobody_drops_the_notice_or_closes_the_case_over_it(town, case):
    from spean.cases.operations import closing, working
    from spean.cases.queries import told

    agreed(town, case)
    worker, task = town.actor("worker"), case.tasks.get()
    assert (task.kind, task.due_on) == ("notice", (START + timedelta(days=1)).date())
    for name in ("worker", "supervisor"):
        with pytest.raises(Conflict):
            working.drop(town.actor(name), case.id, task.id)
    with pytest.raises(Invalid) as refused:  # at its field: the word that was typed stays
        closing.ask(worker, case.id, "reached", "Her word", uuid4())
    assert (set(refused.value.fields), case.notes.count()) == ({"reason"}, 0)
    with pytest.raises(Invalid):
        working.task(worker, case.id, "mine", uuid4(), kind="notice", response="day")
    assert [row.noticed_on for row in told.told(worker, case.id).unasked] == [None]
    working.finish(worker, case.id, task.id)
    assert [row.noticed_on for row in told.told(worker, case.id).unasked] == [START.date()]
    closing.ask(worker, case.id, "reached", "", uuid4())


def test_what_is_agreed_to_while_the_closing_waits_keeps_the_case_open_too(town, case):
    from spean.cases.operations import closing, unasked

    pk = ask(town, case)
    closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
    unasked.agree(town.actor("supervisor"), case.id, pk)
    with pytest.raises(Conflict):
        closing.close(town.actor("supervisor"), case.id)


def test_it_is_no_consent(town, case):
    from spean.cases.operations import consent

    agreed(town, case)
    for purpose in ("referral", "authority"):
        with pytest.raises(Conflict):
            consent.require(case, purpose=purpose, recipient=None, fields=["name"])


def test_nothing_is_left_open_by_the_form(town, case):
    for bad in ({"named": " "}, {"reason": ""}, {"why": "no"}, {"fields": frozenset()}, {"fields": frozenset({"nonsense"})}):
        with pytest.raises(Invalid):
            ask(town, case, **bad)


def test_today_tells_supervisors_what_waits_and_the_data_protection_officer_what_was_agreed_to(town, case):
    from spean.cases.queries import cases, unasked

    ask(town, case)
    tiles = {tile.name: tile.count for tile in cases.tiles(town.actor("supervisor"))}
    assert tiles["cases_unasked"] == 1
    agreed(town, case)
    worker = town.actor("worker")
    officer = replace(worker, seats=(replace(worker.seats[0], role="data_protection_officer"),))
    assert [(tile.count, tile.query) for tile in unasked.tiles(officer)] == [(1, "verb=case.unasked_agree")]
    assert unasked.tiles(town.actor("supervisor")) == []
