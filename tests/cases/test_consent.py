"""What a person agreed to holds for that purpose, recipient, fields and time; and not a moment after it is taken back."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
FIELDS = frozenset({"name", "needs"})


def given(**more):
    """To a partner, name and needs, for a month."""
    from spean.cases.operations.consent import Given

    known = {"purpose": "referral", "fields": FIELDS, "until": date(2027, 4, 1), "how": "thumb", "words": "Not my brother"}
    return Given(**{**known, **more})


@pytest.fixture
def at_start():
    with clock.at(START):
        yield


@pytest.fixture
def case(town, at_start):
    return town.case()


@pytest.fixture
def partner(town):
    return town.teams["partner"].organisation_id


def ask(case, partner, **more):
    from spean.cases.operations import consent

    consent.require(case, **{"purpose": "referral", "recipient": partner, "fields": ["name"], **more})


def give(town, case, who="worker", sent_id=None, **more):
    from spean.cases.operations import consent

    return consent.give(town.actor(who), case.id, given(**more), sent_id or uuid4())


def test_it_holds_for_what_was_agreed_and_for_nothing_else(town, case, partner):
    sent = uuid4()
    made = {give(town, case, sent_id=sent, recipient=partner) for _twice in range(2)}
    row = case.consents.get()

    assert (made, set(row.fields.values_list("field", flat=True))) == ({row.id}, FIELDS)
    assert b"brother" not in bytes(row.words)
    ask(case, partner)
    ask(case, partner, fields=["name", "needs"])
    with translation.override("en"):
        with pytest.raises(Conflict) as refused:
            ask(case, partner, fields=["name", "story"])
        assert "What happened" in str(refused.value.message)
    for other in ({"purpose": "authority"}, {"recipient": None}, {"recipient": uuid4()}):
        with pytest.raises(Conflict):
            ask(case, partner, **other)


def test_it_ends_with_its_day(town, case, partner):
    give(town, case, recipient=partner)
    with clock.at(START + timedelta(days=31)):
        ask(case, partner)
    with clock.at(START + timedelta(days=32)), pytest.raises(Conflict):
        ask(case, partner)


def test_taken_back_it_holds_no_more_and_whoever_shares_by_it_is_told(town, case, partner):
    from spean.cases.operations import consent
    from spean.cases.signals import consent_withdrawn

    told, made = [], give(town, case, recipient=partner)

    def listen(**said):
        told.append(said["consent"])

    consent_withdrawn.connect(listen)
    for _twice in range(2):
        consent.withdraw(town.actor("worker"), case.id, made)
    with pytest.raises(Conflict):
        ask(case, partner)
    give(town, case, recipient=partner)
    ask(case, partner)

    assert told == [made]


def test_two_consents_do_not_add_up_to_what_neither_allows_at_once(town, case, partner):
    give(town, case, recipient=partner, fields=frozenset({"name"}))
    give(town, case, recipient=partner, fields=frozenset({"needs"}))
    with pytest.raises(Conflict):
        ask(case, partner, fields=["name", "needs"])


WRONG = [
    ({"fields": frozenset()}, "fields_told"),
    ({"fields": frozenset({"x"})}, "fields_told"),
    ({"recipient": None}, "named"),
    ({"until": date(2027, 2, 28)}, "until"),
    ({"until": date(2028, 4, 1)}, "until"),
    ({"how": "spoken"}, "witness"),
    ({"by": "both", "guardian": "Aunt"}, "by"),
]


@pytest.mark.parametrize(("more", "name"), WRONG)
def test_what_cannot_be_is_refused_with_its_reason(town, case, partner, more, name):
    with pytest.raises(Invalid) as refused:
        give(town, case, **{"recipient": partner, **more})

    assert name in refused.value.fields
    assert case.consents.count() == 0


@pytest.mark.parametrize("age", ["0-17", "not_said"])
def test_a_child_agrees_with_a_guardian_or_two_of_us_decide(town, at_start, partner, age):
    from spean.cases.operations import consent

    case, more = town.case(age=age), {"recipient": partner}
    for wrong in ({"by": "self"}, {"by": "both"}):
        with pytest.raises(Invalid):
            give(town, case, **more, **wrong)
    made = give(town, case, **more, by="staff")
    with pytest.raises(Conflict):
        ask(case, partner)
    with pytest.raises(NotAllowed):
        consent.agree(town.actor("worker"), case.id, made)
    for _twice in range(2):
        consent.agree(town.actor("supervisor"), case.id, made)
    ask(case, partner)
    consent.withdraw(town.actor("worker"), case.id, made)
    give(town, case, **more, by="both", guardian="Grandmother")

    ask(case, partner)


def test_nobody_else_writes_one_and_a_closed_case_can_still_take_one_back(town, case, partner):
    from spean.cases.operations import closing, consent

    made = give(town, case, recipient=partner)
    for name in ("volunteer", "manager", "stranger"):
        with pytest.raises(NotYours):
            give(town, case, who=name, recipient=partner)
    closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
    closing.close(town.actor("supervisor"), case.id)
    with pytest.raises(Conflict):
        give(town, case, recipient=partner)
    with clock.at(START + timedelta(days=400)):
        consent.withdraw(town.actor("worker"), case.id, made)
        assert case.consents.get().withdrawn_on == clock.today()

    case.refresh_from_db()
    assert case.moved_on == START.date()  # five years are still counted from the end
