"""A volunteer's card: an alias, a code, a commune and a day, for 72 hours; what he tells is the team's alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Invalid, Locked, NotAllowed, NotYours
from tests.cases.test_consent import START, at_start  # noqa: F401 - fixtures
from tests.cases.test_referrals import trail

ALIAS, SAID = "the one with the red bicycle", "Her uncle stood at the gate"
TODAY = date(2027, 3, 1)


@pytest.fixture
def case(town, at_start):  # noqa: F811 - a fixture
    case = town.case()
    agreed(town, case)
    return case


def agreed(town, case):
    from spean.cases.operations import consent

    given = consent.Given("visit", frozenset({"home"}), date(2027, 4, 1), "thumb")
    return consent.give(town.actor("worker"), case.id, given, uuid4())


def vouched(town, who="faraway"):
    from spean.privacy import keys

    keys.certify_user(town.rings["supervisor"], town.teams["team"].organisation_id, town.users[who].id)


def ask(town, case, sent_id=None, to="volunteer", **more):
    from spean.cases.operations import visits

    known = {"kind": "look_in", "by_day": clock.today(), "alias": ALIAS, "safe": True}
    wanted = visits.Wanted(volunteer=town.users[to].id, **{**known, **more})
    return visits.ask(town.actor("worker"), case.id, wanted, sent_id or uuid4())


def refused(town, case, **more):
    with pytest.raises(Invalid) as error:
        ask(town, case, **more)
    return set(error.value.fields)


def cards(town, who="volunteer"):
    from spean.cases.operations import visits
    from spean.cases.queries import visits as queries

    opened = visits.open_cards(town.actor(who))
    assert {card.id for card in queries.cards(town.actor(who))} == set(opened)
    return list(opened.values())


def tell(town, pk, result="met", who="volunteer", sent_id=None):
    from spean.cases.operations import visits

    visits.tell(town.actor(who, locked=True), pk, result, SAID, sent_id or uuid4())


def tasks(case):
    return list(case.tasks.values_list("kind", "response", "state", "words"))


def details(case):
    return [detail for detail in case.steps.order_by("position").values_list("detail", flat=True) if detail]


def readers(pk):
    from spean.privacy import keys

    return {str(reader.kind) for reader in keys.readers(pk)}


def test_the_one_who_is_asked_sees_a_card_and_nothing_of_the_case(town, case):
    from spean.cases.operations import reading
    from spean.cases.operations import visits as operations
    from spean.cases.queries import visits

    sent = uuid4()
    pk = {ask(town, case, sent_id=sent) for _twice in range(2)}.pop()
    [card] = visits.cards(town.actor("volunteer"))

    assert (card.place, card.kind, card.by_day) == (town.place("140101").name, "look_in", TODAY)
    assert vars(card).keys() == {"id", "code", "kind", "kind_label", "place", "by_day", "ends"}
    assert card.id == pk
    assert (cards(town), cards(town, "faraway")) == ([ALIAS], [])
    assert (readers(pk), readers(case.id)) == ({"user", "team"}, {"team"})
    assert ALIAS.encode() not in bytes(case.visits.get().alias)
    with pytest.raises((NotYours, NotAllowed)):
        reading.read(town.actor("volunteer"), case.id)
    with pytest.raises(Locked):
        operations.open_cards(town.actor("volunteer", locked=True))


def test_each_opening_is_in_the_trail_and_the_first_on_the_course(town, case):
    ask(town, case)
    cards(town), cards(town)
    assert details(case) == ["visit", "visit_seen"]
    volunteer = str(town.users["volunteer"].id)
    assert trail(town, "team", "visit.read") == [volunteer, volunteer]
    assert case.visits.get().opened_on == TODAY


def test_it_is_asked_only_as_the_person_agreed_and_as_is_safe(town, at_start):  # noqa: F811 - a fixture
    case = town.case()
    assert refused(town, case) == {"volunteer"}
    agreed(town, case)
    for more, field in (
        ({"safe": False}, "safe"),
        ({"alias": " "}, "alias"),
        ({"alias": "Sophea from the market"}, "alias"),
        ({"alias": "ចាន់"}, "alias"),
        ({"alias": "012 345 678"}, "alias"),
        ({"by_day": TODAY + timedelta(days=3)}, "by_day"),
        ({"by_day": TODAY - timedelta(days=1)}, "by_day"),
        ({"kind": "story"}, "kind"),
        ({"kind": "follow_up"}, "follow_up"),
        ({"to": "worker"}, "volunteer"),
        ({"to": "faraway", "why": "known"}, "volunteer"),
    ):
        assert refused(town, case, **more) == {field}
    vouched(town)
    assert refused(town, case, to="faraway") == {"why"}
    assert not case.visits.exists()
    assert ask(town, case, to="faraway", why="known")


def test_it_is_gone_after_72_hours_also_before_the_daily_round(town, case):
    from spean.cases.operations import visits

    pk = ask(town, case)
    with clock.at(START + timedelta(hours=71)):
        assert cards(town) == [ALIAS]
    with clock.at(START + timedelta(hours=72)):
        assert cards(town) == []
        assert [visits.day() for _twice in range(2)] == [1, 0]
    row = case.visits.get()
    assert (row.state, bytes(row.alias), readers(pk)) == ("over", b"", set())
    assert details(case) == ["visit", "visit_seen", "visit_over"]


def test_asked_again_its_hours_begin_anew_and_the_old_card_is_gone(town, case):
    ask(town, case)
    with clock.at(START + timedelta(hours=71)):
        ask(town, case, alias="the tall one")
        assert cards(town) == ["the tall one"]
    with clock.at(START + timedelta(hours=100)):
        assert cards(town) == ["the tall one"]
    assert sorted(case.visits.values_list("state", flat=True)) == ["asked", "called_back"]


def test_no_more_than_20_at_once(town, case):
    from spean.cases.models import Visit
    from spean.cases.operations import visits

    first = ask(town, case)
    row = Visit.objects.get(pk=first)
    Visit.objects.bulk_create(
        Visit(**{f.attname: getattr(row, f.attname) for f in Visit._meta.fields} | {"id": uuid4(), "sent_hash": uuid4().hex})
        for _each in range(visits.MOST - 1)
    )
    with pytest.raises(Invalid) as error:
        ask(town, case, kind="message")
    assert error.value.fields == {"volunteer": visits.FULL}
    vouched(town)
    assert ask(town, case, to="faraway", why="nobody")


def test_what_ends_it_ends_it_at_once(town, case):
    from spean.accounts.models import Membership
    from spean.cases.operations import closing, consent, visits

    pk = ask(town, case)
    visits.call_back(town.actor("worker"), case.id, pk)
    assert (cards(town), readers(pk)) == ([], set())

    ask(town, case)
    consent.withdraw(town.actor("worker"), case.id, case.consents.get().id)
    assert cards(town) == []
    agreed(town, case)
    ask(town, case)
    Membership.objects.filter(user=town.users["volunteer"]).update(state="ended")
    assert not cards(town)
    Membership.objects.filter(user=town.users["volunteer"]).update(state="active")
    closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
    closing.close(town.actor("supervisor"), case.id)
    assert (cards(town), set(case.visits.values_list("state", flat=True))) == ([], {"called_back"})
    assert details(case).count("visit_back") == 3


def test_he_tells_once_and_only_the_team_reads_it(town, case):
    from spean.cases.operations import visits

    pk, sent = ask(town, case), uuid4()
    for _twice in range(2):
        tell(town, pk, sent_id=sent)
    row = case.visits.get()

    assert (row.state, row.result, bytes(row.alias), cards(town)) == ("told", "met", b"", [])
    assert (readers(pk), readers(row.word.id)) == (set(), {"team"})
    assert tasks(case) == [("visited", "day", "to_do", b"")]
    assert visits.read(town.actor("worker"), case.id).said[pk] == visits.SaidVisit("", SAID)
    assert details(case) == ["visit", "visit_told"]
    with pytest.raises(NotYours):
        tell(town, pk)
    with pytest.raises((NotYours, NotAllowed)):
        visits.read(town.actor("volunteer"), case.id)


def test_not_safe_is_a_task_within_the_hour(town, case):
    tell(town, ask(town, case), "unsafe")
    case.refresh_from_db()
    assert (tasks(case), case.due_on) == ([("safety", "hour", "to_do", b"")], TODAY)
    assert details(case) == ["visit", "visit_unsafe"]


def test_what_was_seen_can_be_told_after_the_card_has_gone_for_fourteen_days_and_by_nobody_else(town, case):
    from spean.cases.operations import visits

    late, back = ask(town, case), ask(town, case, kind="message")
    for who in ("faraway", "worker", "supervisor"):
        with pytest.raises(NotYours):
            tell(town, late, who=who)
    visits.call_back(town.actor("worker"), case.id, back)
    tell(town, back, "not_home")
    with clock.at(START + timedelta(days=14)):
        visits.day()
        tell(town, late, "unsafe")
    again = ask(town, case)
    with clock.at(START + timedelta(days=15)), pytest.raises(NotYours):
        tell(town, again)


def test_what_was_told_of_a_follow_up_can_be_taken_over_into_it(town, case):
    from spean.cases.operations import following
    from spean.cases.queries import visits

    following.begin(town.actor("worker"), case.id, TODAY)
    first = case.follow_ups.order_by("due_on")[0]
    assert visits.to_ask(town.actor("worker"), case.id).follow_ups[0] == (first.id, 1)
    tell(town, ask(town, case, kind="follow_up", follow_up=first.id))
    assert visits.rows(town.actor("worker"), case.id)[0].follow_up == first.id
    following.do(town.actor("worker"), case.id, first.id, following.Told("visit", SAID), uuid4())
    assert visits.rows(town.actor("worker"), case.id)[0].follow_up is None


def test_the_nearest_volunteers_are_offered_first(town, case):
    from spean.cases.queries import visits

    offered = visits.to_ask(town.actor("worker"), case.id).volunteers
    assert [pk for pk, _name in offered] == [town.users["volunteer"].id, town.users["faraway"].id]


def test_what_his_telephone_sealed_is_read_by_the_team_and_a_broken_one_says_so(town, case):
    from spean.cases.operations import visits
    from tests.voices.test_envelopes import flipped, sealed

    for kind, change, expected in (
        ("look_in", bytes, visits.SaidVisit("", SAID)),
        ("message", flipped, visits.SaidVisit("", "", broken=True)),
    ):
        pk, sent = ask(town, case, kind=kind), uuid4()
        blob = change(sealed(town.teams["team"], sent, {"text": SAID}, visits.WORD))
        visits.tell(town.actor("volunteer", locked=True), pk, "met", "", sent, blob)
        assert visits.read(town.actor("worker"), case.id).said[pk] == expected
