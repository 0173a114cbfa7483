"""Members, rules, and the trail that they leave."""

from datetime import timedelta

import pytest
from factories import load_places, place

from accounts.house import an_organisation, invited
from spean.accounts import access, operations, queries, trail
from spean.accounts.access import SYSTEM
from spean.accounts.models import Membership, Organisation, Team
from spean.accounts.signals import handed_over
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours


@pytest.fixture
def handovers():
    """What was handed over during the test."""
    heard = []
    listen = lambda **said: heard.append((said["giver"], said["taker"]))  # noqa: E731
    handed_over.connect(listen, weak=False, dispatch_uid="test")
    yield heard
    handed_over.disconnect(dispatch_uid="test")


def test_the_last_seat_closes_the_account(house):
    operations.end_membership(house["sophea"].actor(), house["dara"].membership())
    house["dara"].user.refresh_from_db()
    assert not house["dara"].user.is_active


def test_with_another_seat_the_account_stays_open(house):
    team = operations.add_team(SYSTEM, house.org.id, name_km="ពីរ", name_en="Second")
    operations.accept_as(house["dara"].actor(), operations.invite(SYSTEM, team, "case_worker"))
    first = house["dara"].user.memberships.get(team=house.team)

    operations.end_membership(house["sophea"].actor(), first.pk)

    assert [s.team for s in house["dara"].actor().seats] == [team.id]


def test_a_supervisor_ends_no_membership_of_another_team(house):
    _org, team = an_organisation()
    other = invited(team, "other", "case_worker")
    with pytest.raises(NotYours):
        operations.end_membership(house["sophea"].actor(), other.membership())


@pytest.mark.parametrize("name", ["dara", "officer"])
def test_others_end_nothing(house, name):
    with pytest.raises(NotYours):
        operations.end_membership(house[name].actor(), house["sophea"].membership())


def test_work_is_handed_to_another_who_can_open_it(house, handovers):
    taker = house["sophea"].membership()
    operations.hand_over(house["sophea"].actor(), house["dara"].membership(), to_membership_id=taker)
    assert handovers == [(house["dara"].id, house["sophea"].id)]


@pytest.mark.parametrize("name", ["admin", "dara"])
def test_work_is_not_handed_to_oneself_or_to_somebody_without_a_key_role(house, handovers, name):
    taker = house[name].membership()
    with pytest.raises(Invalid):
        operations.hand_over(house["sophea"].actor(), house["dara"].membership(), to_membership_id=taker)
    assert handovers == []


# -- founding ------------------------------------------------------------------------------------------------------
def test_a_committee_belongs_to_a_place_of_its_level(db):
    load_places()
    words = {"kind": "commune_committee", "level": "local", "name_km": "គ", "name_en": "Committee"}
    with pytest.raises(Invalid):
        operations.found_organisation(SYSTEM, place=place("1401"), **words)
    operations.found_organisation(SYSTEM, place=place("140101"), **words)
    with pytest.raises(Invalid):
        operations.found_organisation(SYSTEM, place=place("140101"), **words)


@pytest.mark.parametrize("name", ["dara", "officer", "sophea"])
def test_only_an_administrator_founds_and_adds(house, name):
    with pytest.raises(NotAllowed):
        operations.found_organisation(house[name].actor(), kind="ngo", level="local", name_km="ក", name_en="X")
    with pytest.raises(NotAllowed):
        operations.add_team(house[name].actor(), house.org.id, name_km="ក", name_en="X")


def test_an_administrator_adds_no_team_to_another_organisation(house):
    other, _team = an_organisation()
    with pytest.raises(NotYours):
        operations.add_team(house["admin"].actor(), other.id, name_km="ក", name_en="X")


# -- rules ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "actions"),
    [
        ("sophea", {"organisation.see", "team.see", "team.invite", "team.keys", "team.outcomes"}),
        ("dara", {"organisation.see"}),
        ("admin", {"organisation.see", "organisation.manage", "team.see", "team.invite"}),
        ("officer", {"organisation.see", "audit.see"}),
    ],
)
def test_what_each_role_may_do_in_its_own_organisation(house, name, actions):
    actor = house[name].actor()
    things = {"organisation": house.org, "audit": house.org, "team": house.team}
    asked = [a for a in access.RULES if a.partition(".")[0] in things]
    assert {a for a in asked if access.decide(actor, a, things[a.partition(".")[0]]).allowed} == actions


@pytest.mark.parametrize("name", ["sophea", "dara", "admin", "officer"])
def test_nobody_may_do_anything_elsewhere(house, name):
    org, team = an_organisation()
    actor = house[name].actor()
    for action, thing in [
        (a, {"team": team}.get(a.partition(".")[0], org)) for a in access.RULES if a.startswith(("org", "team", "audit"))
    ]:
        assert not access.decide(actor, action, thing).allowed
        assert thing not in access.visible(actor, action, type(thing).objects.all())


def test_lists_and_doors_agree(house):
    for person in house.people.values():
        for action, model in [("team.see", Team), ("membership.end", Membership), ("audit.see", Organisation)]:
            seen = set(access.visible(person.actor(), action, model.objects.all()))
            assert seen == {thing for thing in model.objects.all() if access.decide(person.actor(), action, thing).allowed}


def test_who_left_may_do_nothing(house):
    operations.end_membership(house["admin"].actor(), house["officer"].membership())
    assert house["officer"].actor().seats == ()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_team_page_takes_the_same_number_of_queries_for_few_and_many(house, rows, django_assert_num_queries):
    load_places()
    for n in range(rows):
        invited(house.team, f"helper{n}", "volunteer", place=place("14010101"))
        operations.invite(SYSTEM, house.team, "case_worker")
    actor = house["sophea"].actor()
    queries.team_page(actor, house.team.id)
    with django_assert_num_queries(15):
        queries.team_page(actor, house.team.id)


# -- the trail -----------------------------------------------------------------------------------------------------
def test_the_officer_reads_who_did_what(house):
    found = trail.page(house["officer"].actor(), house.org.id)
    lines = [(r.who, r.meaning, r.name) for r in found.rows]

    assert lines[0] == ("Officer", "accepted an invitation", "Officer: Data protection officer")
    assert ("Sophea", "gave a member the team's key", "Dara: Case worker") in lines
    assert lines[-1] == ("system", "founded an organisation", "")
    assert found.verdict.ok
    assert found.verdict.size == len(found.rows)


def test_the_trail_is_filtered_and_paged(house):
    actor = house["officer"].actor()
    by_sophea = trail.page(actor, house.org.id, person=str(house["sophea"].id))
    granted = trail.page(actor, house.org.id, verb="keys.grant")
    team = trail.page(actor, house.org.id, subject=house.team.id)
    older = trail.page(actor, house.org.id, before=3)

    assert {r.who for r in by_sophea.rows} == {"Sophea"}
    assert [r.name for r in granted.rows] == ["Dara: Case worker"]
    assert [r.meaning for r in team.rows] == ["made the team's first key", "added a team"]
    assert [r.index for r in older.rows] == [2, 1, 0]


@pytest.mark.parametrize("name", ["sophea", "dara", "admin"])
def test_nobody_else_reads_the_trail(house, name):
    actor = house[name].actor()
    assert trail.organisations(actor) == []
    with pytest.raises(NotYours):
        trail.page(actor, house.org.id)
    with pytest.raises(NotYours):
        trail.people(actor, house.org.id)


def test_an_officer_of_another_organisation_reads_nothing(house):
    org, team = an_organisation()
    other = invited(team, "other", "data_protection_officer")
    with pytest.raises(NotYours):
        trail.page(other.actor(), house.org.id)
    assert trail.organisations(other.actor()) == [(org.id, "Demo house")]


def test_a_line_without_a_time_shows_its_day_only(house):
    with clock.at(clock.now() + timedelta(days=1)):
        rows = trail.page(house["officer"].actor(), house.org.id).rows
    assert not any(r.day_only for r in rows)
