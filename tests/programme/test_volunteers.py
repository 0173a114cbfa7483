"""Volunteers: what is written of them, what is sealed and from whom, what is due, which villages have nobody, what is erased."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked, NotAllowed, NotYours

NOON = datetime(2014, 12, 11, 12, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
TODAY = date(2014, 12, 11)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


def seat(town, name="volunteer"):
    return town.users[name].memberships.get()


def write(town, name, by="supervisor", who="volunteer", **said):
    from spean.programme.operations import volunteers

    return volunteers.add(town.actor(by), seat(town, who).id, name, {"on": TODAY, **said}, uuid4())


def row(town, name="volunteer", by="supervisor", view="active"):
    from spean.programme.queries import volunteers

    return next((one for one in volunteers.roster(town.actor(by), view=view).rows if one.id == seat(town, name).id), None)


def test_the_roster_says_how_far_somebody_is(town):
    assert (row(town).marks.checked, row(town).marks.signed, len(row(town).marks.due)) == ((), False, 4)
    for step in ("interview", "known"):
        write(town, "check", step=step)
    write(town, "conduct", edition=1, way="thumb")
    for kind in ("migration", "listening", "safeguarding", "keeping"):
        write(town, "trained", kind=kind)
    marks = row(town, by="administrator").marks
    assert (marks.checked, marks.signed, marks.due) == (("interview", "known"), True, ())


def test_a_training_is_done_again_and_the_list_of_those_due_agrees(town):
    from spean.programme.queries import volunteers

    for kind in ("migration", "listening", "safeguarding", "keeping"):
        write(town, "trained", kind=kind, on=TODAY - timedelta(days=364))
    assert (row(town).marks.due, row(town, view="due")) == ((), None)
    with clock.at(NOON + timedelta(days=2)):
        assert [one.kind for one in row(town, view="due").marks.due] == ["safeguarding", "keeping"]
        write(town, "trained", kind="safeguarding")
        assert [one.kind for one in row(town).marks.due] == ["keeping"]
        told = {tile.name: tile.count for tile in volunteers.tiles(town.actor("supervisor"))}
    assert told == {"volunteers_threats": 0, "volunteers_due": 2}


def test_a_long_list_says_that_it_is_cut(town, monkeypatch):
    from spean.programme.queries import volunteers

    monkeypatch.setattr(volunteers, "MOST_LINES", 2)
    for many, shown, cut in ((2, 2, 0), (3, 2, 2)):
        while volunteers.Trained.objects.count() < many:
            write(town, "trained", kind="safety")
        found = {one.name: one for one in volunteers.volunteer(town.actor("supervisor"), seat(town).id).lists}["trained"]
        assert (len(found.lines), found.cut) == (shown, cut)


def test_nobody_judges_themselves_and_each_role_does_its_own(town):
    from spean.accounts.models import Membership
    from spean.programme.operations import volunteers

    for by in ("coordinator", "administrator"):
        with pytest.raises(NotAllowed):
            write(town, "conduct", by=by, edition=1, way="thumb")
    for by in ("worker", "volunteer", "analyst", "stranger", "officer"):
        with pytest.raises(NotYours):
            write(town, "conduct", by=by, edition=1, way="thumb")
    with pytest.raises(NotAllowed):
        write(town, "talk", by="manager", kind="visit", outcome="well")
    Membership.objects.create(user=town.users["supervisor"], team=town.teams["team"], role="volunteer", since=TODAY)
    own = Membership.objects.get(user=town.users["supervisor"], role="volunteer")
    with pytest.raises(NotYours):
        volunteers.add(town.actor("supervisor"), own.id, "talk", {"on": TODAY, "kind": "visit", "outcome": "well"}, uuid4())


def test_what_is_sealed_opens_to_the_supervisors_of_the_team_alone(town):
    from spean.privacy.models import AuditEntry
    from spean.programme.models import Talk
    from spean.programme.queries import volunteers

    write(town, "talk", kind="debrief", outcome="rest", words="She cannot sleep since the visit")
    pk = seat(town).id
    told = volunteers.told(town.actor("supervisor"), pk)
    assert [said for _list, _line, said in told.lines] == ["She cannot sleep since the visit"]
    assert AuditEntry.objects.filter(verb="volunteer.read", subject_id=str(pk)).count() == 1
    assert b"sleep" not in bytes(Talk.objects.get().words)
    with pytest.raises(Locked):
        volunteers.told(town.actor("supervisor", locked=True), pk)
    for by in ("manager", "coordinator", "administrator"):
        with pytest.raises(NotAllowed):
            volunteers.told(town.actor(by), pk)
    for by in ("worker", "volunteer", "faraway", "stranger"):
        with pytest.raises(NotYours):
            volunteers.told(town.actor(by), pk)


def test_the_volunteer_sees_their_own_work_and_never_what_others_think(town):
    from spean.programme.queries import volunteers

    write(town, "talk", kind="visit", outcome="support", words="Slow")
    write(town, "goal", sessions=4, contacts=60, visits=0, reports=0)
    own = volunteers.own(town.actor("volunteer"))[0]
    assert [one.name for one in own.lists] == ["conduct", "trained", "away", "goal"]
    assert own.lists[3].lines[0].cells[:2] == (("sessions", 4), ("contacts", 60))
    of_administrator = volunteers.volunteer(town.actor("administrator"), seat(town).id)
    assert {one.name for one in of_administrator.lists} & {"talk", "threat"} == set()


def test_a_threat_goes_up_sealed_and_is_urgent_until_it_is_over(town):
    from spean.programme.models import Threat
    from spean.programme.operations import volunteers
    from spean.programme.queries import volunteers as queries

    sent, said = uuid4(), {"on": TODAY, "kind": "home", "words": "A broker stood at my door"}
    volunteer, boss, pk = town.actor("volunteer", locked=True), town.actor("supervisor"), seat(town).id
    first, again = (volunteers.threatened(volunteer, pk, said, sent) for _twice in range(2))
    assert (first, Threat.objects.count()) == (again, 1)
    assert next((t.name, t.count) for t in queries.tiles(boss)) == ("volunteers_threats", 1)
    assert [row(town, by=by).marks.threatened for by in ("supervisor", "manager", "coordinator", "administrator")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert row(town, by="administrator", view="threats") is None
    assert queries.told(boss, pk).lines[0][2] == "A broker stood at my door"
    with pytest.raises(Conflict):
        volunteers.answer(boss, pk, first, "close")
    with pytest.raises(Invalid):
        volunteers.answer(boss, pk, first, "act", "gossip")
    volunteers.answer(boss, pk, first, "act", "plan")
    volunteers.answer(boss, pk, first, "close")
    assert queries.tiles(boss)[0].count == 0
    with pytest.raises(NotYours):  # nobody sends in another's name
        volunteers.threatened(town.actor("faraway"), pk, said, uuid4())


@pytest.mark.parametrize(
    ("name", "said", "field"),
    [
        ("check", {"step": "gossip"}, "step"),
        ("conduct", {"edition": 2, "way": "thumb"}, "edition"),
        ("trained", {"kind": "migration", "on": TODAY + timedelta(days=1)}, "on"),
        ("trained", {"kind": "migration", "activity": uuid4()}, "activity"),
        ("away", {"why": "birth", "until": TODAY - timedelta(days=1)}, "until"),
        ("away", {"why": "birth", "stands_in": uuid4()}, "stands_in"),
        ("threat", {"kind": "words", "words": " "}, "words"),
    ],
)
def test_what_is_wrong_is_said(town, name, said, field):
    with pytest.raises(Invalid) as refused:
        write(town, name, **said)
    assert field in refused.value.fields


def test_a_village_whose_volunteer_is_away_has_nobody_unless_somebody_stands_in(town):
    from spean.accounts.models import Team
    from spean.programme.queries.volunteer_coverage import coverage

    Team.objects.filter(pk=town.teams["team"].pk).update(place=town.place("14"))

    def seen(by="manager"):
        whole, page = coverage(town.actor(by))
        return (whole.covered, whole.villages), [(one.covered, len(one.without), len(one.away)) for one in page.rows]

    assert seen() == ((2, 3), [(1, 1, 0), (1, 0, 0)])
    write(town, "away", why="birth")
    assert seen() == ((1, 3), [(0, 1, 1), (1, 0, 0)])
    write(town, "away", why="birth", stands_in=seat(town, "faraway").id)
    assert row(town).marks.stands_in == town.users["faraway"].name
    with clock.at(NOON + timedelta(days=300)):
        assert seen("supervisor")[0] == (1, 3)


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_takes_as_many_queries_for_one_as_for_three(town, django_assert_num_queries, many):
    from spean.accounts.models import Membership, Team, User
    from spean.programme.queries import volunteers
    from spean.programme.queries.volunteer_coverage import coverage

    for n in range(many):
        user = User.objects.create(username=f"more{n}", name=f"More {n}")
        Membership.objects.create(user=user, team=town.teams["team"], role="volunteer", place=town.place("14010102"), since=TODAY)
    Team.objects.filter(pk=town.teams["team"].pk).update(place=town.place("14"))
    boss = town.actor("supervisor")
    with django_assert_num_queries(6):
        assert len(volunteers.roster(boss).rows) == 2 + many
    with django_assert_num_queries(8):
        coverage(boss)


def test_what_is_sealed_goes_two_years_after_somebody_left(town):
    from django.apps import apps

    from spean.accounts.operations import end_membership
    from spean.privacy.fields import SealedField
    from spean.programme.models.volunteers import OfVolunteer
    from spean.programme.operations import volunteers
    from spean.programme.queries import volunteers as queries

    models = apps.get_app_config("programme").get_models()
    sealed = [
        (m, f.name) for m in models if issubclass(m, OfVolunteer) for f in m._meta.get_fields() if isinstance(f, SealedField)
    ]
    for name, said in (
        ("check", {"step": "known"}),
        ("talk", {"kind": "visit", "outcome": "well"}),
        ("threat", {"kind": "home"}),
    ):
        write(town, name, words="PLANTED", **said)
    write(town, "talk", who="faraway", kind="visit", outcome="well", words="PLANTED")
    end_membership(town.actor("supervisor"), seat(town).id)
    with pytest.raises(Conflict):
        write(town, "conduct", edition=1, way="thumb")
    assert [said for *_line, said in queries.told(town.actor("supervisor"), seat(town).id).lines] == ["PLANTED"] * 3
    with clock.at(NOON + timedelta(days=730)):
        assert volunteers.erase_left() == 0
    with clock.at(NOON + timedelta(days=733)):
        assert (volunteers.erase_left(), volunteers.erase_left()) == (3, 0)
    left = [(m.__name__, m.objects.exclude(**{name: b""}).count()) for m, name in sealed]
    assert left == [("Check", 0), ("Talk", 1), ("Threat", 0)]
