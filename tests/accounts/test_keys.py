"""Keys of people and teams: who gives them, who never gets them, what happens when somebody leaves or forgets."""

from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password

from accounts.house import PASSWORD, a_subject, invited
from spean.accounts import operations, queries
from spean.accounts.access import SYSTEM
from spean.accounts.models import Membership
from spean.kernel.errors import Conflict, Invalid, Locked, NotAllowed, NotYours
from spean.kernel.text import khmer_digits
from spean.privacy import keys
from spean.privacy.models import TeamWrap

OTHER_PASSWORD = "pepper bicycle monsoon teacher"


def test_a_member_who_was_given_the_key_reads(house):
    subject = a_subject(house)
    assert house["dara"].actor().ring.data_key(subject) == house["sophea"].actor().ring.data_key(subject)


def test_the_digits_may_be_typed_in_khmer(house):
    house.add("new", "case_worker")
    heard = khmer_digits(keys.fingerprint(house["new"].id)).replace(" ", "")

    operations.grant_key(house["sophea"].actor(), house.team.id, house["new"].id, fingerprint=heard)

    assert keys.holds_team_key(house["new"].id, house.team.id)


def test_wrong_digits_give_nothing(house):
    house.add("new", "case_worker")
    with pytest.raises(Invalid):
        operations.grant_key(
            house["sophea"].actor(), house.team.id, house["new"].id, fingerprint=keys.fingerprint(house["dara"].id)
        )
    assert not keys.holds_team_key(house["new"].id, house.team.id)


def test_without_her_own_keys_open_nobody_gives_any(house):
    house.add("new", "case_worker")
    actor, digits = house["sophea"].actor(locked=True), keys.fingerprint(house["new"].id)
    with pytest.raises(Locked):
        operations.grant_key(actor, house.team.id, house["new"].id, fingerprint=digits)


@pytest.mark.parametrize("name", ["admin", "officer", "dara"])
def test_only_a_supervisor_gives_keys(house, name):
    house.add("new", "case_worker")
    with pytest.raises((NotAllowed, NotYours)):
        operations.grant_key(house[name].actor(), house.team.id, house["new"].id, fingerprint=keys.fingerprint(house["new"].id))


@pytest.mark.parametrize("name", ["admin", "officer"])
def test_roles_without_a_need_are_never_given_a_key(house, name):
    with pytest.raises(NotYours):
        operations.grant_key(house["sophea"].actor(), house.team.id, house[name].id, fingerprint=keys.fingerprint(house[name].id))


def test_a_membership_written_into_the_database_reads_nothing(house):
    """C-04: the administrator and the owner of the database make themselves case workers of the team."""
    subject = a_subject(house)
    Membership.objects.create(user=house["admin"].user, team=house.team, role="supervisor", since="2026-01-01")
    actor = house["admin"].actor()

    assert actor.has("supervisor")
    with pytest.raises(NotYours):
        actor.ring.data_key(subject)
    with pytest.raises(NotAllowed):
        operations.grant_key(actor, house.team.id, actor.id, fingerprint=keys.fingerprint(actor.id))
    with pytest.raises(Conflict):
        operations.start_team_key(actor, house.team.id)


def test_a_password_set_in_the_database_opens_no_key(house):
    user = house["dara"].user
    user.password = make_password(OTHER_PASSWORD)
    user.save()

    assert user.check_password(OTHER_PASSWORD)
    assert keys.unlock(user.id, OTHER_PASSWORD) is None
    with pytest.raises(Invalid):
        operations.change_password(house["dara"].actor(locked=True), user, old=OTHER_PASSWORD, new="river lotus hammer piano")


def test_wraps_copied_to_another_user_open_nothing(house):
    subject = a_subject(house)
    wrap = TeamWrap.objects.first()
    TeamWrap.objects.create(team=wrap.team, epoch=wrap.epoch, user=house["admin"].id, blob=bytes(wrap.blob))

    with pytest.raises(NotYours):
        house["admin"].actor().ring.data_key(subject)


# -- another team of the organisation --------------------------------------------------------------------------
def test_a_second_team_starts_when_a_certified_supervisor_vouched(house):
    team = operations.add_team(SYSTEM, house.org.id, name_km="ពីរ", name_en="Second")
    house.add("second", "supervisor", team)

    with pytest.raises(NotAllowed):
        operations.start_team_key(house["second"].actor(), team.id)
    assert queries.colleagues_to_vouch_for(house["sophea"].actor()) == [(house["second"].id, "Second (Second)")]

    operations.vouch(house["sophea"].actor(), house["second"].id, fingerprint=keys.fingerprint(house["second"].id))
    operations.start_team_key(house["second"].actor(), team.id)

    assert keys.has_team_key(team.id)
    assert queries.colleagues_to_vouch_for(house["sophea"].actor()) == []


def test_who_was_not_vouched_for_vouches_for_nobody(house):
    team = operations.add_team(SYSTEM, house.org.id, name_km="ពីរ", name_en="Second")
    house.add("second", "supervisor", team)
    house.add("third", "supervisor", team)
    with pytest.raises(NotAllowed):
        operations.vouch(house["second"].actor(), house["third"].id, fingerprint=keys.fingerprint(house["third"].id))


def test_nobody_vouches_across_organisations(house):
    org = operations.found_organisation(SYSTEM, kind="ngo", level="local", name_km="ពីរ", name_en="Other")
    other = invited(operations.add_team(SYSTEM, org.id, name_km="ក", name_en="First"), "other", "supervisor")
    with pytest.raises(NotYours):
        operations.vouch(house["sophea"].actor(), other.id, fingerprint=keys.fingerprint(other.id))


# -- leaving ---------------------------------------------------------------------------------------------------
def test_a_leaver_reads_nothing_old_or_new(house):
    old = a_subject(house)
    ring = house["dara"].actor().ring
    operations.end_membership(house["sophea"].actor(), house["dara"].membership())
    new = a_subject(house)

    for subject in (old, new):
        with pytest.raises(NotYours):
            ring.data_key(subject)
    assert keys.is_stale(house.team.id)


def test_the_key_changes_when_a_supervisor_next_opens_hers(house):
    subjects = [a_subject(house) for _n in range(5)]
    house.add("third", "case_worker")
    house.give_key("sophea", "third")
    operations.end_membership(house["sophea"].actor(), house["dara"].membership())

    moved = [operations.tend_keys(house["sophea"].actor(), limit=2) for _n in range(4)]

    assert moved == [2, 2, 1, 0]
    assert not keys.is_stale(house.team.id)
    assert keys.team_waiting(house.team.id) == []
    assert set(keys.holders(house.team.id)) == {house["sophea"].id, house["third"].id}
    assert len(house["third"].actor().ring.data_keys(subjects)) == 5


def test_tending_changes_nothing_when_nobody_left(house):
    a_subject(house)
    assert operations.tend_keys(house["sophea"].actor()) == 0
    assert keys.current_epoch(house.team.id) == 1


def test_the_last_holder_cannot_leave_the_team_with_what_it_holds(house):
    a_subject(house)
    operations.end_membership(house["sophea"].actor(), house["dara"].membership())
    with pytest.raises(Conflict):
        operations.end_membership(house["admin"].actor(), house["sophea"].membership())
    assert keys.holds_team_key(house["sophea"].id, house.team.id)


# -- passwords and printed codes -----------------------------------------------------------------------------------
def test_another_password_opens_the_same_keys(house):
    subject, dara = a_subject(house), house["dara"]
    before = dara.actor().ring.data_key(subject)

    operations.change_password(dara.actor(), dara.user, old=PASSWORD, new=OTHER_PASSWORD)

    assert keys.unlock(dara.id, PASSWORD) is None
    assert keys.unlock(dara.id, OTHER_PASSWORD).data_key(subject) == before
    assert keys.unlock_with_recovery(dara.id, dara.code).data_key(subject) == before


def test_the_printed_code_opens_the_same_keys_under_a_new_password(house):
    subject, dara = a_subject(house), house["dara"]
    before = dara.actor().ring.data_key(subject)

    operations.recover(" DARA", code=dara.code.lower().replace(" ", "-"), password=OTHER_PASSWORD)

    dara.password = OTHER_PASSWORD
    assert dara.actor().ring.data_key(subject) == before
    assert dara.user.check_password(OTHER_PASSWORD)


def test_a_new_code_retires_the_old(house):
    dara = house["dara"]
    code = operations.new_recovery_code(dara.actor(), dara.user)

    with pytest.raises(Invalid):
        operations.recover("dara", code=dara.code, password=OTHER_PASSWORD)
    assert operations.recover("dara", code=code, password=OTHER_PASSWORD).id == dara.id


@pytest.mark.parametrize("name", ["dara", "nobody-of-this-name"])
def test_a_wrong_code_says_the_same_whether_the_name_exists(house, name):
    with pytest.raises(Invalid) as refused:
        operations.recover(name, code="AAAA " * 9, password=OTHER_PASSWORD)
    assert list(refused.value.fields) == ["code"]


def test_a_code_does_not_open_somebody_elses_account(house):
    with pytest.raises(Invalid):
        operations.recover("sophea", code=house["dara"].code, password=OTHER_PASSWORD)


def test_who_left_does_not_come_back_by_the_code(house):
    operations.end_membership(house["sophea"].actor(), house["dara"].membership())
    with pytest.raises(Invalid):
        operations.recover("dara", code=house["dara"].code, password=OTHER_PASSWORD)


def test_a_weak_password_keeps_the_old_one(house):
    dara = house["dara"]
    with pytest.raises(Invalid):
        operations.change_password(dara.actor(), dara.user, old=PASSWORD, new="password")
    assert keys.unlock(dara.id, PASSWORD) is not None
    assert keys.unlock(uuid4(), PASSWORD) is None
