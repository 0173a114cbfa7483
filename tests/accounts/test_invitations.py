"""Invitations: once, for a while, for the right role."""

from datetime import timedelta
from uuid import uuid4

import pytest
from factories import load_places, place

from accounts.house import PASSWORD, invited
from spean.accounts import operations, queries
from spean.accounts.access import SYSTEM
from spean.accounts.models import Invitation, User
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.privacy import keys

PERSON = {"username": "newcomer", "name": "New Comer", "password": PASSWORD, "language": "km"}


def test_a_link_works_once(house):
    token = operations.invite(house["sophea"].actor(), house.team, "case_worker")
    operations.accept_invitation(token, **PERSON)

    with pytest.raises(NotYours):
        operations.accept_invitation(token, **{**PERSON, "username": "another"})


def test_a_link_expires_after_fourteen_days(house):
    token = operations.invite(house["sophea"].actor(), house.team, "case_worker")
    last_day, next_day = (clock.now() + timedelta(days=n) for n in (14, 15))

    with clock.at(next_day), pytest.raises(NotYours):
        operations.accept_invitation(token, **PERSON)
    with clock.at(last_day):
        assert operations.find_invitation(token).role == "case_worker"


def test_a_withdrawn_link_is_dead(house):
    actor = house["sophea"].actor()
    token = operations.invite(actor, house.team, "volunteer", place=_village())
    operations.withdraw_invitation(actor, house.team.id, Invitation.objects.get(state="waiting").pk)

    with pytest.raises(NotYours):
        operations.find_invitation(token)


def test_the_database_holds_no_token(house):
    token = operations.invite(house["sophea"].actor(), house.team, "case_worker")
    assert token not in str(list(Invitation.objects.values()))


@pytest.mark.parametrize("role", ["organisation_administrator", "data_protection_officer", "programme_manager", "nobody"])
def test_a_supervisor_invites_only_those_she_leads(house, role):
    with pytest.raises(Invalid):
        operations.invite(house["sophea"].actor(), house.team, role)


def test_an_administrator_invites_to_every_role(house):
    codes = [code for code, _word in queries.may_invite_to(house["admin"].actor(), house.team.id)]
    assert len(codes) == 9


@pytest.mark.parametrize("name", ["dara", "officer"])
def test_others_invite_nobody(house, name):
    with pytest.raises(NotAllowed):
        operations.invite(house[name].actor(), house.team, "case_worker")


def test_a_volunteer_needs_a_village(house):
    with pytest.raises(Invalid):
        operations.invite(house["sophea"].actor(), house.team, "volunteer")


def test_sent_twice_it_is_made_once(house):
    actor, sent = house["sophea"].actor(), uuid4()
    operations.invite(actor, house.team, "case_worker", sent_id=sent)

    with pytest.raises(Conflict):
        operations.invite(actor, house.team, "case_worker", sent_id=sent)


def test_a_sign_in_name_is_taken_whatever_its_case(house):
    token = operations.invite(SYSTEM, house.team, "case_worker")

    with pytest.raises(Invalid) as refused:
        operations.accept_invitation(token, **{**PERSON, "username": " SoPhea "})
    assert list(refused.value.fields) == ["username"]
    assert operations.find_invitation(token)


@pytest.mark.parametrize("typed", ["", "ab", "a b\u202ec", "x" * 41, "@sok", "\ud800abc"])
def test_names_that_cannot_be_typed_again_are_refused(house, typed):
    token = operations.invite(SYSTEM, house.team, "case_worker")
    with pytest.raises(Invalid):
        operations.accept_invitation(token, **{**PERSON, "username": typed})


@pytest.mark.parametrize("password", ["short", "password1234", "newcomer newcomer", "១២៣៤៥៦៧៨៩០១២"])
def test_a_password_that_could_be_guessed_is_refused(house, password):
    token = operations.invite(SYSTEM, house.team, "case_worker")
    with pytest.raises(Invalid) as refused:
        operations.accept_invitation(token, **{**PERSON, "password": password})
    assert list(refused.value.fields) == ["password"]
    assert not User.objects.filter(username="newcomer").exists()


def test_a_khmer_name_and_password_work(house):
    token = operations.invite(SYSTEM, house.team, "case_worker")
    password = "ទូកដង្ហែមេឃផ្កាយស្វាយទន្លេ"
    user, _code = operations.accept_invitation(token, **{**PERSON, "username": "សុខដារ៉ា", "password": password})

    assert keys.unlock(user.id, password) is not None
    assert user.check_password(password)


def test_somebody_who_has_an_account_joins_one_more_team(house):
    team = operations.add_team(SYSTEM, house.org.id, name_km="ពីរ", name_en="Second")
    token = operations.invite(SYSTEM, team, "case_worker")

    operations.accept_as(house["dara"].actor(), token)

    assert {s.team for s in house["dara"].actor().seats} == {house.team.id, team.id}
    with pytest.raises(NotYours):
        operations.find_invitation(token)


def test_nobody_has_the_same_role_twice(house):
    token = operations.invite(SYSTEM, house.team, "case_worker")
    with pytest.raises(Conflict):
        operations.accept_as(house["dara"].actor(), token)


def test_the_first_of_an_organisation_needs_nobody(house):
    org = operations.found_organisation(SYSTEM, kind="ngo", level="local", name_km="ពីរ", name_en="Other")
    team = operations.add_team(SYSTEM, org.id, name_km="ក", name_en="First team")
    first = invited(team, "first", "supervisor")

    operations.start_team_key(first.actor(), team.id)

    assert keys.holders(team.id) == [first.id]


def _village():
    load_places()
    return place("14010101")
