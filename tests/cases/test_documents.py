"""A document that somebody keeps: each step by the table, an authority told only with consent, its end with a receipt."""

from datetime import UTC, date, datetime
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from spean.cases import ledger_enums as codes
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours

START = datetime(2027, 3, 15, 3, 0, tzinfo=UTC)
TODAY = date(2027, 3, 15)


@pytest.fixture
def case(town):
    with clock.at(START):
        yield town.case(age="25-59", country="TH", sex="man")


def take(town, case, sent=None, **more):
    from spean.cases.operations.documents import Taken, Words, take

    taken = Taken(**{"kind": "passport", "holder_kind": "captain", "country": "TH", "since": date(2027, 1, 20), **more})
    return take(town.actor("worker"), case.id, taken, Words("Captain HOLDER", "N123", "Pier 4", "For safety"), sent or uuid4())


def demand(town, case, pk, way="volunteer", on=TODAY, sent=None):
    from spean.cases.operations import documents

    documents.demand(town.actor("worker"), case.id, pk, way, on, "They TALKED", sent or uuid4())


def hear(town, case, pk, outcome, at=0):
    from spean.cases.operations import documents

    asked = case.documents.get(pk=pk).demands.order_by("id")[at]
    documents.hear(town.actor("worker"), case.id, pk, asked.id, outcome, TODAY)


def end(town, case, pk, verb, on=TODAY, **more):
    from spean.cases.operations import documents

    documents.end(town.actor("worker"), case.id, pk, verb, on, **more)


def state(case, pk):
    return case.documents.get(pk=pk).state


def rows(town, case):
    from spean.cases.queries.documents import documents

    return documents(town.actor("worker"), case.id)


def test_a_passport_from_the_captain_to_its_owner(town, case):
    from spean.cases.operations import documents

    sent, asked = uuid4(), uuid4()
    pk = {take(town, case, sent) for _twice in range(2)}.pop()
    for _twice in range(2):
        demand(town, case, pk, sent=asked)
    assert state(case, pk) == "asked"
    hear(town, case, pk, "promised")
    assert (state(case, pk), rows(town, case)[0].may) == ("promised", {"end", "demand", "hear"})
    end(town, case, pk, "return", receipt="thumb")

    row, kept = rows(town, case)[0], case.documents.get(pk=pk)
    assert (row.state, row.away, kept.receipt, kept.since) == ("returned", False, "thumb", date(2027, 1, 1))
    assert [one.outcome for one in row.demands] == ["promised"]
    assert b"HOLDER" not in bytes(kept.words)
    opened = documents.read(town.actor("worker"), case.id)
    assert (opened.documents[pk].holder, opened.demands[row.demands[0].id]) == ("Captain HOLDER", "They TALKED")
    told = [(step.kind, step.detail) for step in case.steps.order_by("position")]
    details = ["", "demanded", "demanded", "document_moved"]
    assert told == [("opened", ""), *(("document", detail) for detail in details)]


def test_an_authority_is_told_only_what_the_person_agreed_to(town, case):
    from spean.cases.operations import consent, documents

    def authorities():
        return [(one.name, one.until) for one in documents.read(town.actor("worker"), case.id).authorities]

    pk = take(town, case)
    for way in codes.TELLS_AUTHORITY:
        with pytest.raises(Invalid) as refused:
            demand(town, case, pk, way)
        assert set(refused.value.fields) == {"way"}
    agreed = consent.Given("authority", frozenset({"name", "story"}), date(2027, 6, 1), "thumb", named="The province")
    made = consent.give(town.actor("worker"), case.id, agreed, uuid4())
    demand(town, case, pk, "letter")
    assert authorities() == [("The province", date(2027, 6, 1))]
    consent.withdraw(town.actor("worker"), case.id, made)
    assert authorities() == []
    with pytest.raises(Invalid):
        demand(town, case, pk, "police")

    assert case.documents.get(pk=pk).demands.count() == 1


def test_a_refusal_does_not_end_what_others_still_ask(town, case):
    pk = take(town, case)
    demand(town, case, pk, "self")
    demand(town, case, pk, "volunteer")
    hear(town, case, pk, "refused")
    assert state(case, pk) == "asked"
    hear(town, case, pk, "no_answer", at=1)
    assert state(case, pk) == "held"


def test_what_is_back_has_a_receipt_or_a_reason(town, case):
    pk = take(town, case)
    with pytest.raises(Invalid):
        end(town, case, pk, "return")
    end(town, case, pk, "lose")
    with pytest.raises(Conflict):
        demand(town, case, pk)
    end(town, case, pk, "return", words="She cannot write; the village chief SAW it")
    end(town, case, pk, "take_again")

    kept = case.documents.get(pk=pk)
    assert (kept.state, kept.ended_on, kept.receipt) == ("held", None, "none")


WRONG = [{"kind": "x"}, {"holder_kind": "x"}, {"country": "XX"}, {"since": date(2027, 4, 1)}]


@pytest.mark.parametrize("more", WRONG)
def test_what_cannot_be_is_refused(town, case, more):
    with pytest.raises(Invalid) as refused:
        take(town, case, **more)
    assert set(refused.value.fields) == set(more)


def test_days_are_in_order_and_ids_are_of_this_case(town, case):
    pk, other = take(town, case), town.case()
    with pytest.raises(Invalid):
        demand(town, case, pk, on=date(2026, 12, 31))
    with pytest.raises(Invalid):
        end(town, case, pk, "lose", on=date(2027, 3, 16))
    with pytest.raises(NotYours):
        demand(town, other, pk)


def test_the_law_is_shown_with_its_source_and_as_not_verified():
    from spean.cases.enums import Country
    from spean.cases.holding import rules

    assert set(rules()) <= set(Country.values)
    assert all(rule.source and rule.words.km and rule.words.en for rule in rules().values())


@given(st.lists(st.sampled_from(sorted(codes.DOCUMENT_MOVES))))
def test_whatever_is_tried_the_table_holds(verbs):
    """It is back, replaced or lost only by the verb that says so; what is back is asked for no more until it is taken again."""
    from spean.cases.operations.course import after

    now, last = codes.DocumentState.HELD, ""
    enters = {"returned": "return", "replaced": "replace", "lost": "lose"}
    for verb in verbs:
        try:
            then = after(codes.DOCUMENT_MOVES, verb, now)
        except Conflict:
            assert now not in codes.DOCUMENT_MOVES[verb][0]
            continue
        assert (then in codes.AWAY) or verb == enters[then]
        if now in {"returned", "replaced"}:
            assert verb == "take_again"
        now, last = then, verb
    assert (now in enters) == (last in enters.values())
    assert any(now in states for states, _to in codes.DOCUMENT_MOVES.values()), "there is always a way on"


def test_erasing_the_case_erases_who_keeps_it(town, case):
    from spean.cases.operations import retention

    pk = take(town, case)
    demand(town, case, pk)
    retention._erase(case.pk)

    kept = case.documents.get(pk=pk)
    assert (bytes(kept.words), bytes(kept.demands.get().words)) == (b"", b"")


def test_steps_of_before_become_details_of_their_kind(town, case):
    moved = import_module("spean.cases.migrations.0013_document_details")
    end(town, case, take(town, case), "return", receipt="thumb")
    steps = case.steps.order_by("position").values_list("kind", "detail")
    after = list(steps)
    assert after[-2:] == [("document", ""), ("document", "document_moved")]
    moved.to_kinds(apps, None)
    assert steps.last() == ("document_moved", "")
    moved.to_details(apps, None)
    assert list(steps) == after
