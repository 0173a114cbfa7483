"""Legal matters: by the tables, an office told only with consent, the ten days, hearings, protection, who helps, money."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from spean.cases import law_enums as codes
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours

START = datetime(2027, 3, 15, 3, 0, tzinfo=UTC)
TODAY = date(2027, 3, 15)


@pytest.fixture
def case(town):
    with clock.at(START), translation.override("en"):
        yield town.case(age="25-59", country="TH", sex="woman")


def agree(town, case, fields=("name", "story")):
    from spean.cases.operations import consent

    agreed = consent.Given("authority", frozenset(fields), date(2027, 9, 1), "thumb", named="The labour department")
    return consent.give(town.actor("worker"), case.id, agreed, uuid4())


def consider(town, case, kind="agency", office="labour_province", sent=None):
    from spean.cases.operations import law

    words = law.Words("Agency STAR", "No 12", text="They took my MONEY")
    return law.consider(town.actor("worker"), case.id, kind, office, words, sent or uuid4())


def move(town, case, pk, verb, on=TODAY, **more):
    from spean.cases.operations import law

    law.move(town.actor("worker"), case.id, pk, law.Moved(verb, on, **more))
    return case.matters.get(pk=pk).state


def hearing(town, case, pk, on=TODAY + timedelta(days=10), sent=None, words=(), **more):
    from spean.cases.operations import hearings

    planned = hearings.Planned(**{"on": on, "place": "court", "purpose": "trial", **more})
    return hearings.plan(town.actor("worker"), case.id, pk, planned, hearings.Words(*words), sent or uuid4())


def over(town, case, pk, which, verb, anew=None):
    from spean.cases.operations import hearings

    hearings.over(town.actor("worker"), case.id, pk, which, verb, "They WAITED", anew)


def protect(town, case, pk, kind="screen", sent=None):
    from spean.cases.operations import law

    return law.protect(town.actor("worker"), case.id, pk, kind, "court", TODAY, "She is AFRAID", sent or uuid4())


def aid(town, case, pk, verb, **more):
    from spean.cases.operations import law

    law.aid(town.actor("worker"), case.id, pk, law.Aid(verb, TODAY, **more))


def row(town, case, at=0):
    from spean.cases.queries.law import matters

    return matters(town.actor("worker"), case.id)[at]


def opened(town, case):
    from spean.cases.operations import law

    return law.read(town.actor("worker"), case.id)


def due(case):
    case.refresh_from_db()
    return case.due_on


# -- a complaint -------------------------------------------------------------------------------------------------------------
def test_against_an_agency_the_answer_is_due_after_ten_days_and_then_late(town, case):
    sent = uuid4()
    pk = {consider(town, case, sent=sent) for _twice in range(2)}.pop()
    agree(town, case)
    for _twice in range(2):
        assert move(town, case, pk, "make", on=TODAY - timedelta(days=2)) == "made"
    kept = case.matters.get()

    assert (kept.made_on, kept.answer_by, due(case)) == (date(2027, 3, 13), date(2027, 3, 23), date(2027, 3, 23))
    assert row(town, case).law.source == "S11, 2013"
    assert b"STAR" not in bytes(kept.words)
    with clock.at(START + timedelta(days=9)):
        late = row(town, case)
        assert (late.late, len(late.law.rules)) == (True, 2)
        move(town, case, pk, "accept", on=clock.today())
        assert due(case) == date(2027, 3, 23), "it has to be dealt with, not only taken"
        move(town, case, pk, "decide", on=clock.today(), outcome="partly", text="Half")
        assert (due(case), row(town, case).answer_by, row(town, case).outcome) == (None, None, "Partly for the person")
    assert opened(town, case).words[pk].text == "They took my MONEY\nHalf"


def test_the_ten_days_are_those_that_everybody_reads():
    """What the desk reckons with and what the library tells people is one number."""
    import tomllib
    from pathlib import Path

    import spean.library
    from spean.cases import law

    text = (Path(spean.library.__file__).parent / "data/facts/papers.toml").read_text(encoding="utf-8")
    told = next(fact for fact in tomllib.loads(text)["fact"] if fact["key"] == "pra.complaint.time")
    assert (told["amount"], told["unit"]) == (str((law.answer_by("agency", TODAY) - TODAY).days), "days")
    assert [law.answer_by(kind, TODAY) for kind in codes.MatterKind if kind != "agency"] == [None] * 4
    assert all(rule.source and rule.words.km and rule.words.en for rule in law.rules().values())


def test_an_office_is_told_only_what_the_person_agreed_to(town, case):
    from spean.cases.operations import consent

    pk = consider(town, case, "criminal", "police")
    agree(town, case, ("name",))
    for tell, field in ((lambda: move(town, case, pk, "make"), "verb"), (lambda: protect(town, case, pk), "office")):
        with pytest.raises(Invalid) as refused:
            tell()
        assert set(refused.value.fields) == {field}
    made = agree(town, case)
    assert move(town, case, pk, "make", office="prosecutor", answer_by=date(2027, 5, 1)) == "made"
    protect(town, case, pk)
    consent.withdraw(town.actor("worker"), case.id, made)
    move(town, case, pk, "drop")
    with pytest.raises(Invalid):
        move(town, case, pk, "appeal")
    kept = case.matters.get()
    assert (kept.state, kept.office, kept.answer_by, kept.measures.count()) == (
        "dropped", "prosecutor", date(2027, 5, 1), 1,
    )  # fmt: skip


def test_who_was_told_stands_on_the_list_that_is_read_out(town, case):
    from spean.cases.queries.told import told

    pk = consider(town, case)
    assert told(town.actor("worker"), case.id).offices == ()
    agree(town, case)
    move(town, case, pk, "make")
    protect(town, case, pk, "secret")
    rows = told(town.actor("worker"), case.id).offices
    assert [(one.office, one.on) for one in rows] == [("Labour department of the province", TODAY), ("Court", TODAY)]
    move(town, case, pk, "refuse")
    move(town, case, pk, "appeal", office="court")
    rows = told(town.actor("worker"), case.id).offices  # the first office still knows
    assert {one.office for one in rows if one.why == "A complaint against a recruitment agency"} == {
        "Labour department of the province", "Court",
    }  # fmt: skip
    move(town, case, pk, "mistake")
    assert told(town.actor("worker"), case.id).offices == ()


def test_a_charge_is_dealt_with_from_the_first_moment_and_says_who_should_not_be_punished(town, case):
    pk = consider(town, case, "charge", "court")
    one = row(town, case)
    assert (one.state, one.charge, one.verbs) == ("accepted", True, ("decide", "drop", "mistake"))
    assert one.law.source == "S21; article 14(7) from memory, 2016; S1, S2, 2008"
    with pytest.raises(Invalid):
        move(town, case, pk, "withdraw")
    with pytest.raises(Invalid):
        move(town, case, pk, "decide")
    assert move(town, case, pk, "decide", outcome="for") == "decided"


STRANGE = ({"kind": "x"}, {"office": "x"})


@pytest.mark.parametrize("more", STRANGE)
def test_what_cannot_be_is_refused(town, case, more):
    with pytest.raises(Invalid) as refused:
        consider(town, case, **more)
    assert set(refused.value.fields) == set(more)


def test_days_are_in_order_and_ids_are_of_this_case(town, case):
    pk, other = consider(town, case), town.case()
    agree(town, case)
    for on in (TODAY + timedelta(days=1),):
        with pytest.raises(Invalid):
            move(town, case, pk, "make", on=on)
    move(town, case, pk, "make")
    with pytest.raises(Invalid):
        move(town, case, pk, "accept", on=TODAY - timedelta(days=1))
    with pytest.raises(NotYours):
        move(town, other, pk, "accept")
    with pytest.raises(Invalid):
        move(town, case, pk, "win")


@given(st.sampled_from(sorted(codes.MatterKind)), st.lists(st.sampled_from(sorted(codes.MATTER_MOVES))))
def test_whatever_is_tried_the_table_holds(kind, verbs):
    """A charge is never made or taken back by the person; what was a mistake stays one; everything else has a way on."""
    charge = kind == codes.MatterKind.CHARGE
    now = codes.MatterState.ACCEPTED if charge else codes.MatterState.CONSIDERED
    for verb in verbs:
        if verb in codes.verbs_of(kind, now):
            now = codes.MATTER_MOVES[verb][1]
    assert not charge or now not in {"considered", "withdrawn", "refused", "settled"}
    assert bool(codes.verbs_of(kind, now)) == (now != codes.MatterState.MISTAKEN)


# -- hearings ----------------------------------------------------------------------------------------------------------------
def test_a_hearing_is_due_the_person_is_told_before_and_somebody_goes_along(town, case):
    from spean.cases.operations import working

    pk, sent, worker = consider(town, case, "charge", "court"), uuid4(), town.users["worker"].pk
    told = ("Room 3 at 8", "An aunt", "")
    which = {hearing(town, case, pk, sent=sent, words=told, goes=worker) for _twice in range(2)}.pop()
    task = case.tasks.get()
    assert (task.due_on, task.kind, due(case)) == (TODAY + timedelta(days=7), "legal", TODAY + timedelta(days=7))
    one = row(town, case).hearings[0]
    assert (one.told, one.goes, one.planned) == (False, town.users["worker"].name, True)
    working.finish(town.actor("worker"), case.id, task.id)
    assert (row(town, case).hearings[0].told, due(case)) == (True, TODAY + timedelta(days=10))
    with pytest.raises(Invalid):
        over(town, case, pk, which, "hold")
    with clock.at(START + timedelta(days=11)):
        assert row(town, case).hearings[0].late
        for _twice in range(2):
            over(town, case, pk, which, "hold")
        assert due(case) is None
    words = opened(town, case).words[which]
    assert (words.where, words.who, words.text) == ("Room 3 at 8", "An aunt", "They WAITED")


def test_a_postponed_hearing_is_planned_anew_and_nobody_is_told_of_the_old_day(town, case):
    pk = consider(town, case, "charge", "court")
    which = hearing(town, case, pk, words=("Room 3",))
    with pytest.raises(Invalid):
        over(town, case, pk, which, "postpone", TODAY - timedelta(days=1))
    for _twice in range(2):
        over(town, case, pk, which, "postpone", TODAY + timedelta(days=2))
    assert [(h.state, h.on) for h in case.matters.get().hearings.order_by("on")] == [
        ("planned", TODAY + timedelta(days=2)), ("postponed", TODAY + timedelta(days=10)),
    ]  # fmt: skip
    assert sorted(case.tasks.values_list("state", "due_on")) == [("dropped", TODAY + timedelta(days=7)), ("to_do", TODAY)]
    over(town, case, pk, case.matters.get().hearings.order_by("on")[0].id, "cancel")
    assert due(case) is None
    last = hearing(town, case, pk, tell=False)
    assert case.matters.get().hearings.get(pk=last).tell is None
    move(town, case, pk, "mistake")
    assert (due(case), case.matters.get().hearings.get(pk=last).state) == (None, "cancelled")


def test_a_hearing_that_cannot_be_is_refused(town, case):
    pk = consider(town, case)
    with pytest.raises(Conflict):
        hearing(town, case, pk)
    charge = consider(town, case, "charge", "court")
    for wrong in ({"place": "x"}, {"purpose": "x"}, {"goes": town.users["manager"].pk}):
        with pytest.raises(Invalid) as refused:
            hearing(town, case, charge, **wrong)
        assert set(refused.value.fields) == set(wrong)
    with pytest.raises(NotYours):
        over(town, case, charge, uuid4(), "cancel")


# -- protection, help, money -------------------------------------------------------------------------------------------------
def test_protection_is_asked_refused_given_and_ends(town, case):
    from spean.cases.operations import law

    pk, sent, worker = consider(town, case, "criminal", "court"), uuid4(), town.actor("worker")
    agree(town, case)
    asked = {protect(town, case, pk, "media", sent) for _twice in range(2)}.pop()
    for verb, state in (("refuse", "refused"), ("give", "given"), ("end", "ended")):
        for _twice in range(2):
            law.answer(worker, case.id, pk, asked, verb, TODAY, verb)
        assert row(town, case).measures[0].state == state
    with pytest.raises(Invalid):
        law.answer(worker, case.id, pk, asked, "refuse", TODAY, "")
    with pytest.raises(NotYours):
        law.answer(worker, case.id, pk, uuid4(), "give", TODAY, "")
    assert opened(town, case).words[asked] == "She is AFRAID\nrefuse\ngive\nend"
    assert row(town, case).protection.source == "S145, S146, 2009; from memory, 2008"


def test_who_helps_with_the_law_is_of_the_directory_or_has_a_name(town, case):
    pk = consider(town, case)
    with pytest.raises(Invalid) as refused:
        aid(town, case, pk, "ask")
    assert set(refused.value.fields) == {"lawyer"}
    with pytest.raises(Invalid) as refused:
        aid(town, case, pk, "ask", entry=uuid4())
    assert set(refused.value.fields) == {"entry"}
    for _twice in range(2):
        aid(town, case, pk, "ask", lawyer="Ms LAW")
    aid(town, case, pk, "take", text="She takes it")
    assert (case.matters.get().aid_state, opened(town, case).words[pk].lawyer) == ("taken", "Ms LAW")
    aid(town, case, pk, "end")
    with pytest.raises(Invalid):
        aid(town, case, pk, "ask")
    with pytest.raises(Conflict):
        aid(town, case, pk, "refuse", lawyer="Somebody")
    steps = [(s.kind, s.detail) for s in case.steps.order_by("position")]
    assert steps == [("opened", ""), ("law", ""), *[("law", "legal_aid")] * 3]


def test_what_is_claimed_is_summed_from_the_money_of_the_case(town, case):
    from spean.cases.operations import law, money

    worker, pk = town.actor("worker"), consider(town, case, "civil", "court")
    about = {"kind": "compensation", "currency": "USD", "other": "agency"}
    owed = money.begin(worker, case.id, about, "STAR", "", uuid4())
    for what, amount in (("claimed", 900), ("agreed", 600), ("received", 250)):
        money.add(worker, case.id, owed, what, Decimal(amount), TODAY, "", uuid4())
    assert "claim" in row(town, case).may
    law.claim(worker, case.id, pk, [owed])
    claims = opened(town, case).money[pk]
    assert [(one.currency, one.sums.claimed, one.sums.agreed, one.sums.received, one.sums.open) for one in claims] == [
        ("US dollar", 900, 600, 250, 350)
    ]
    with pytest.raises(NotYours):
        law.claim(worker, case.id, pk, [uuid4()])
    law.claim(worker, case.id, pk, [])
    assert opened(town, case).money[pk] == ()


# -- reading -----------------------------------------------------------------------------------------------------------------
def test_it_is_in_the_trail_before_it_is_read_and_another_says_why(town, case):
    from spean.cases.operations import law
    from spean.privacy.models import AuditEntry

    consider(town, case)
    law.read(town.actor("worker"), case.id)
    with pytest.raises(Invalid):
        law.read(town.actor("supervisor"), case.id)
    law.read(town.actor("supervisor"), case.id, "review")
    assert AuditEntry.objects.filter(verb="case.law_read").count() == 2


def test_the_list_asks_as_often_for_one_as_for_three(town, case, django_assert_num_queries):
    from spean.cases.queries.law import law_glance, matters

    for wanted in (1, 3):
        while case.matters.count() < wanted:
            hearing(town, case, consider(town, case, "charge", "court"))
        actor = town.actor("worker")
        with django_assert_num_queries(7):
            assert len(matters(actor, case.id)) == wanted
        with django_assert_num_queries(2):
            glance = law_glance(case)
        assert (glance.all, glance.open, glance.hearing, glance.late) == (wanted, wanted, TODAY + timedelta(days=10), False)


@pytest.mark.parametrize(("age", "said"), [("0-17", True), ("25-59", False)])
def test_that_a_duty_to_report_a_child_is_not_known_stands_on_the_case_and_the_screening_of_a_child(town, age, said):
    case, worker = town.case(age=age), town.client("worker")
    for page in ("", "screening/"):
        text = worker.get(f"/en/desk/cases/{case.id}/{page}").content.decode()
        assert ("to which office and until when, is not known. Ask a lawyer" in text, "Not verified yet" in text) == (said, said)
