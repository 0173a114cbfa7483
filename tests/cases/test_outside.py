"""A packet for an organisation without an account: exactly what was agreed to, by link and code, once; and what ends it."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from tests.cases.test_consent import START, at_start, give  # noqa: F401 - fixtures
from tests.cases.test_referrals import FIELDS, NEEDS, UNTIL, case, trail, wraps  # noqa: F401 - fixtures

DAY = START.date()
NAMED, CALL = "House of the invented river", "Dara of the team, 012 000 111"


@pytest.fixture
def consent(town, case):  # noqa: F811 - a fixture
    return give(town, case, named=NAMED)


def ask(town, case, consent, who="worker", sent_id=None, **more):  # noqa: F811 - a fixture
    from spean.cases.operations import outside

    known = {"kind": "service", "need": "law", "urgency": "days", "fields": FIELDS, "until": UNTIL, "needs": NEEDS, "call": CALL}
    asked = outside.Outside(**{"consent": consent, **known, **more})
    return outside.ask(town.actor(who), case.id, asked, sent_id or uuid4())


def laid(town, case, consent, **more):  # noqa: F811 - a fixture
    """A packet that waits: the referral, its link and its code."""
    from spean.cases.operations import outside

    pk = ask(town, case, consent, **more)
    return pk, outside.hand(town.actor("worker"), pk, uuid4())


def open_(made):
    from spean.handed.operations import opening

    return opening.open_once(made.link, made.code)


def answer(made, move, code=""):
    from spean.handed.operations import opening

    return opening.answer(made.link, made.code, move, code)


def wrong(made):
    from spean.kernel.ids import with_check_digit

    return with_check_digit(f"{(int(made.code[:-1]) + 1) % 10**17:017d}")


def state(pk):
    from spean.cases.models import Referral

    return Referral.objects.get(pk=pk).state


def details(case):  # noqa: F811 - a fixture
    return [s.detail for s in case.steps.order_by("position") if s.detail]


# -- handed, opened, answered ---------------------------------------------------------------------------------------------------
def test_it_tells_exactly_what_was_agreed_to_once_and_in_each_language(town, case, consent):  # noqa: F811
    from spean.cases.operations import outside

    sent = uuid4()
    pk = {ask(town, case, consent, sent_id=sent) for _twice in range(2)}.pop()
    seen = outside.preview(town.actor("worker"), pk)
    sent = uuid4()
    made = {outside.hand(town.actor("worker"), pk, sent) for _twice in range(2)}.pop()
    told = open_(made)

    assert set(told.content) == {"about", "told", "call"}
    assert told.content == seen
    assert [words for _label, words in told.content["told"]["en"]] == [
        "ចាន់ សុភា · Chan Sophea · Phea",
        f"{NEEDS}\nLegal help or complaint",
    ]
    assert told.content["call"] == CALL
    assert NAMED not in json.dumps(told.content, ensure_ascii=False)  # they know who they are; in other hands it tells nobody
    again = open_(made)
    assert (again.content, again.state, again.opened_on) == (None, "opened", DAY)
    assert details(case) == ["outside_asked", "outside_given", "outside_opened"]
    assert trail(town, "team", "referral.unseal") == ["public"]


def test_a_packet_opens_for_its_code_alone_and_nothing_of_the_code_is_kept(town, case, consent):  # noqa: F811
    from django.core import serializers

    from spean.handed.models import Packet
    from spean.privacy import keys

    pk, made = laid(town, case, consent)
    assert wraps(pk) == 1
    assert [reader.kind for reader in keys.readers(pk)] == ["receipt"]
    for name in ("worker", "supervisor"):
        with pytest.raises(NotYours):
            town.actor(name).ring.data_key(pk)
    row = serializers.serialize("json", Packet.objects.all())
    assert [sign for sign in (made.code, made.code[:-1], made.link, pk.hex) if sign in row] == []
    open_(made)
    assert (wraps(pk), bytes(Packet.objects.get().said)) == (0, b"")


def test_they_say_that_they_help_then_what_came_of_it(town, case, consent):  # noqa: F811
    pk, made = laid(town, case, consent)
    for early in ("serve", "finish"):
        with pytest.raises(Conflict):
            answer(made, early, "served" if early == "finish" else "")
    open_(made)
    assert [answer(made, "serve").state for _twice in range(2)] == ["serves"] * 2
    with pytest.raises(Invalid):
        answer(made, "finish", "nonsense")
    assert (answer(made, "finish", "partly").state, state(pk)) == ("done", "done")
    assert details(case)[2:] == ["outside_opened", "outside_serves", "outside_outcome"]
    with pytest.raises(Conflict):
        answer(made, "refuse", "full")


def test_they_cannot_with_a_reason(town, case, consent):  # noqa: F811
    from spean.cases.models import Referral

    pk, made = laid(town, case, consent)
    open_(made)
    answer(made, "refuse", "area")

    one = Referral.objects.get(pk=pk)
    assert (one.state, one.refused_for, open_(made).state) == ("refused", "area", "refused")


# -- who guesses ----------------------------------------------------------------------------------------------------------------
def test_five_wrong_codes_close_it_and_the_sender_sees_it_on_today(town, case, consent):  # noqa: F811
    from spean.cases.queries import referrals
    from spean.handed.operations import opening

    pk, made = laid(town, case, consent)
    said = set()
    for _try in range(5):
        with pytest.raises(Invalid) as refused:
            opening.open_once(made.link, wrong(made))
        said.add(str(refused.value.message))
    with pytest.raises(Invalid) as late:
        open_(made)

    said.add(str(late.value.message))
    assert (len(said), state(pk), wraps(pk)) == (1, "shut", 0)
    assert details(case)[-1] == "outside_shut"
    tiles = {tile.name: tile.count for tile in referrals.tiles(town.actor("worker"))}
    assert tiles["referrals_shut"] == 1
    assert trail(town, "team", "referral.shut") == ["public"]


def test_a_right_code_begins_the_count_anew_and_a_typing_error_is_no_try(town, case, consent):  # noqa: F811
    from spean.handed.models import Packet
    from spean.handed.operations import opening

    _pk, made = laid(town, case, consent)
    mistyped = str((int(made.code[0]) + 1) % 10) + made.code[1:]
    for code in (made.code[:-1], mistyped, "", "not digits"):
        with pytest.raises(Invalid) as refused:
            opening.open_once(made.link, code)
        assert str(refused.value.message) == str(opening.INCOMPLETE)
    assert Packet.objects.get().tries == 0
    for _try in range(4):
        with pytest.raises(Invalid):
            opening.open_once(made.link, wrong(made))
    assert (open_(made).state, Packet.objects.get().tries) == ("opened", 0)


@pytest.mark.parametrize("link", ["x" * 43, "", "រ", "a/b", "\ud800"])
def test_a_link_that_is_nobodys_answers_as_a_wrong_code_does(town, case, consent, link):  # noqa: F811
    from spean.handed.operations import opening

    _pk, made = laid(town, case, consent)
    for at, code in ((link, made.code), (made.link, wrong(made))):
        with pytest.raises(Invalid) as refused:
            opening.open_once(at, code)
        assert str(refused.value.message) == str(opening.UNKNOWN)


# -- what ends it ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("opened", [False, True])
def test_taken_back_it_opens_no_more_and_who_has_the_code_is_told_to_destroy_it(town, case, consent, opened):  # noqa: F811
    from spean.cases.operations import consent as agreeing

    pk, made = laid(town, case, consent)
    if opened:
        open_(made)
    agreeing.withdraw(town.actor("worker"), case.id, consent)

    assert (state(pk), wraps(pk), open_(made).state, open_(made).content) == ("called_back", 0, "back", None)
    with pytest.raises(Conflict):
        answer(made, "serve")


def test_its_day_ends_it_also_before_the_daily_round_and_seven_days_unopened_do(town, case, consent):  # noqa: F811
    from spean.cases.operations import referral_days

    first, unopened = laid(town, case, consent)
    second, opened = laid(town, case, consent, until=DAY + timedelta(days=3))
    open_(opened)
    with clock.at(clock.now() + timedelta(days=4)):
        assert open_(opened).state == "over"
        with pytest.raises(Conflict):
            answer(opened, "serve")
        assert referral_days.day() == (0, 1)
    with clock.at(clock.now() + timedelta(days=8)):
        assert referral_days.day() == (1, 0)
        assert (state(first), state(second), open_(unopened).state) == ("lapsed", "over", "over")


# -- by which agreement, by whom ------------------------------------------------------------------------------------------------
def test_only_the_consent_that_names_them_counts(town, case, consent):  # noqa: F811
    from spean.cases.operations import consent as agreeing
    from spean.cases.operations import outside

    other = give(town, case, named="Another invented house", fields=frozenset({"name", "story"}))
    with pytest.raises(Invalid) as refused:
        ask(town, case, consent, fields=frozenset({"name", "story"}), needs="")
    assert list(refused.value.fields) == ["fields_told"]
    for bad in (
        {"call": " "},
        {"until": date(2027, 12, 1)},
        {"fields": frozenset({"name"}), "needs": NEEDS},
        {"kind": "hand_back"},
    ):
        with pytest.raises(Invalid):
            ask(town, case, consent, **bad)
    pk = ask(town, case, consent)
    agreeing.withdraw(town.actor("worker"), case.id, consent)
    assert [(one.id, one.name) for one in outside.named(town.actor("worker"), case.id)] == [(other, "Another invented house")]
    with pytest.raises((Conflict, NotYours)):
        outside.hand(town.actor("worker"), pk, uuid4())


def test_a_transfer_is_handed_by_a_supervisor_who_did_not_ask(town, case, consent):  # noqa: F811
    from spean.cases.operations import outside

    pk = ask(town, case, consent, kind="transfer")
    with pytest.raises(NotYours):
        outside.hand(town.actor("worker"), pk, uuid4())
    outside.hand(town.actor("supervisor"), pk, uuid4())
    assert state(pk) == "given"


def test_who_knows_what_tells_the_day_on_which_it_was_opened_and_to_whom(town, case, consent):  # noqa: F811
    from spean.cases.operations import outside
    from spean.cases.queries import told

    _pk, made = laid(town, case, consent)
    open_(made)
    unopened, _made = laid(town, case, consent)
    lapsed = ask(town, case, consent)
    seen = told.told(town.actor("worker"), case.id)
    assert {row.id: row.opened_on for row in seen.given} == {_pk: DAY, unopened: None}
    assert [row.id for row in seen.asked] == [lapsed]
    assert set(outside.names(town.actor("worker"), case.id).values()) == {NAMED}
    assert trail(town, "team", "case.read") != []
