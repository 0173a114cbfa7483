"""Custodians and ways back: who names whom, who helps whom (A-12), what opens (C-14), and what stands in the trail."""

from datetime import timedelta
from itertools import combinations

import pytest

from accounts.house import PASSWORD, Person, an_organisation, invited
from spean.accounts import custodians, operations, today
from spean.accounts.access import SYSTEM
from spean.accounts.models import Custodian, RecoveryRequest
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked, NotAllowed, NotYours
from spean.privacy import audit, custody, keys
from spean.privacy.models import Deposit, DepositShare, UnlockSession

NEW = "umbrella quiet spoon granite"


def another_team(house, name):
    return operations.add_team(SYSTEM, house.org.id, name_km="ក", name_en=name)


def appoint(house, person):
    """Named by the administrator, vouched for by the supervisor, as they do it."""
    made = operations.name_custodian(house["admin"].actor(), house.org.id, username=person.user.username)
    operations.confirm_custodian(house["sophea"].actor(), made.id, fingerprint=keys.fingerprint(person.id))
    return made


@pytest.fixture
def kept(house):
    """The house with three custodians: one of another team, one of another organisation, and the officer."""
    _org, elsewhere = an_organisation()
    trio = [
        house.add("manager", "programme_manager", another_team(house, "Office")),
        house.add("partner", "network_coordinator", elsewhere),
        house.add("auditor", "analyst", another_team(house, "Numbers")),
    ]
    for person in trio:
        appoint(house, person)
    house.trio = trio
    return house


def leave(house, *names):
    for name in names:
        assert operations.leave_with_custodians(house[name].actor())


def opened(house, way="custodians", by="sophea", who="dara", seat=None):
    """Opened by the supervisor, taken up in dara's browser: (request, secret)."""
    code = operations.open_request(house[by].actor(), seat or house[who].membership(), way=way)
    return operations.take_up(who, code=code)


def help_with(house, request, *helpers):
    for person in helpers:
        operations.release_share(person.actor(), request, fingerprint=custody.digits_of(request))


# -- who may be one ----------------------------------------------------------------------------------------------------
def test_nobody_who_administers_and_no_two_of_one_team_keep_shares(kept):
    Custodian.objects.filter(user=kept.trio[2].user).update(state="ended")
    _other, team = an_organisation()
    invited(team, "chief", "organisation_administrator")
    colleague = invited(kept["manager"].user.memberships.get().team, "colleague", "analyst")
    for name in ("admin", "chief", colleague.user.username, "nobody", "\x00"):
        with pytest.raises(Invalid):
            operations.name_custodian(kept["admin"].actor(), kept.org.id, username=name)


def test_a_custodian_does_not_become_an_administrator(kept):
    token = operations.invite(SYSTEM, kept.team, "organisation_administrator")
    with pytest.raises(Conflict):
        operations.accept_as(kept["manager"].actor(), token)


def test_an_administrator_alone_makes_no_custodian(house):
    """Whoever is only named gets no share: a supervisor must have heard the digits."""
    for n in range(3):
        person = house.add(f"puppet{n}", "analyst", another_team(house, f"Team {n}"))
        made = operations.name_custodian(house["admin"].actor(), house.org.id, username=person.user.username)
        with pytest.raises(NotYours):
            operations.confirm_custodian(house["admin"].actor(), made.id, fingerprint=keys.fingerprint(person.id))
    assert not operations.leave_with_custodians(house["dara"].actor())
    assert not Deposit.objects.exists()


def test_wrong_digits_make_no_custodian(house):
    person = house.add("manager", "programme_manager", another_team(house, "Office"))
    made = operations.name_custodian(house["admin"].actor(), house.org.id, username="manager")
    for actor, digits, error in (
        (house["sophea"].actor(), keys.fingerprint(house["dara"].id), Invalid),
        (house["sophea"].actor(locked=True), keys.fingerprint(person.id), Locked),
        (house["dara"].actor(), keys.fingerprint(person.id), NotYours),
    ):
        with pytest.raises(error):
            operations.confirm_custodian(actor, made.id, fingerprint=digits)
    assert operations.healthy_custodians(house.org.id) == frozenset()


def test_there_are_three_and_no_more(kept):
    extra = kept.add("extra", "analyst", another_team(kept, "More"))
    with pytest.raises(Invalid):
        operations.name_custodian(kept["admin"].actor(), kept.org.id, username=extra.user.username)
    with pytest.raises(NotAllowed):
        operations.name_custodian(extra.actor(), kept.org.id, username="dara")


# -- leaving keys --------------------------------------------------------------------------------------------------------
def test_keys_are_left_once_when_they_open_and_anew_when_a_custodian_changes(kept):
    leave(kept, "dara")
    assert not operations.leave_with_custodians(kept["dara"].actor())
    operations.end_custodian(kept["admin"].actor(), Custodian.objects.get(user=kept["auditor"].user).pk)
    assert DepositShare.objects.filter(owner=kept["dara"].id).count() == 2
    assert not operations.leave_with_custodians(kept["dara"].actor())
    appoint(kept, kept.add("fourth", "analyst", another_team(kept, "Fourth")))
    leave(kept, "dara")
    trio = operations.healthy_custodians(kept.org.id)
    assert custody.left_with(kept["dara"].id) == (kept.org.id, trio)
    assert kept["fourth"].id in trio


def test_a_custodian_may_withdraw(kept):
    mine = Custodian.objects.get(user=kept["partner"].user)
    operations.end_custodian(kept["partner"].actor(), mine.pk)
    with pytest.raises(NotYours):
        operations.end_custodian(kept["manager"].actor(), Custodian.objects.get(user=kept["auditor"].user).pk)
    assert len(operations.healthy_custodians(kept.org.id)) == 2


def test_a_custodian_who_leaves_or_gets_new_keys_can_help_no_more(kept):
    operations.end_membership(SYSTEM, kept["partner"].membership())
    keys.replace_user_keys(kept["auditor"].id, PASSWORD)
    assert operations.healthy_custodians(kept.org.id) == {kept["manager"].id}
    assert custodians.missing_custodians([kept.org.id]) == {kept.org.id: 2}


# -- the ceremony --------------------------------------------------------------------------------------------------------
def test_each_pair_of_custodians_gives_the_same_keys_back(kept):
    leave(kept, "dara")
    before, password = keys.unlock(kept["dara"].id, PASSWORD).secret_bytes(), PASSWORD
    for n, pair in enumerate(combinations(kept.trio, 2)):
        request, secret = opened(kept)
        help_with(kept, request, *pair)
        user, code = operations.finish_request(request, secret, password=f"{NEW} {n}")
        assert keys.unlock(user.id, password) is None
        password = f"{NEW} {n}"
        assert keys.unlock(user.id, password).secret_bytes() == before
        assert keys.unlock_with_recovery(user.id, code).secret_bytes() == before
        assert keys.unlock_with_recovery(user.id, kept["dara"].code) is None
        kept.people["dara"] = Person(user, code, password)
        leave(kept, "dara")


def test_one_custodian_alone_opens_nothing_however_often(kept):
    leave(kept, "dara")
    for person in kept.trio:
        request, secret = opened(kept)
        help_with(kept, request, person, person)
        with pytest.raises(Conflict):
            operations.finish_request(request, secret, password=NEW)
    assert keys.unlock(kept["dara"].id, PASSWORD) is not None


def test_nobody_helps_in_what_they_opened_or_to_themselves(kept):
    """A-12: a custodian who supervises opens the request, so two others must help; nor to one's own keys."""
    leave(kept, "dara")
    token = operations.invite(SYSTEM, kept.team, "supervisor")
    operations.accept_as(kept["manager"].actor(), token)
    request, _secret = opened(kept, by="manager")
    with pytest.raises(NotYours):
        help_with(kept, request, kept["manager"])
    own, _secret = opened(kept, by="manager", way="new_keys")
    RecoveryRequest.objects.filter(pk=own).update(user=kept["auditor"].user, way="custodians")
    with pytest.raises(NotYours):
        help_with(kept, own, kept["auditor"])


def test_who_is_no_custodian_or_heard_other_digits_releases_nothing(kept):
    leave(kept, "dara")
    request, _secret = opened(kept)
    other, _other_secret = opened(kept, who="dara")
    for person, digits, error in (
        (kept["manager"].actor(), custody.digits_of(other)[::-1], Invalid),
        (kept["manager"].actor(locked=True), custody.digits_of(other), Locked),
        (kept["sophea"].actor(), custody.digits_of(other), NotYours),
        (kept["admin"].actor(), custody.digits_of(other), NotYours),
    ):
        with pytest.raises(error):
            operations.release_share(person, other, fingerprint=digits)
    with pytest.raises(NotYours):  # the newer one stopped it
        operations.release_share(kept["manager"].actor(), request, fingerprint="1" * 20)


def test_the_spoken_code_works_once_for_one_name_and_one_day(kept):
    leave(kept, "dara")
    code = operations.open_request(kept["sophea"].actor(), kept["dara"].membership(), way="custodians")
    for name, typed in (("sophea", code), ("dara", code[::-1]), ("dara", ""), ("nobody", code)):
        with pytest.raises(Invalid):
            operations.take_up(name, code=typed)
    with clock.at(clock.now() + timedelta(hours=25)), pytest.raises(Invalid):
        operations.take_up("dara", code=code)
    request, secret = operations.take_up(" DARA ", code=code)
    with pytest.raises(Invalid):
        operations.take_up("dara", code=code)
    with clock.at(clock.now() + timedelta(hours=25)), pytest.raises(NotYours):
        operations.finish_request(request, secret, password=NEW)


def test_another_browser_finishes_nothing(kept):
    leave(kept, "dara", "sophea")
    request, secret = opened(kept)
    other, others_secret = opened(kept, by="admin", who="sophea")
    help_with(kept, request, *kept.trio[:2])
    for pk, wrong in ((request, others_secret), (request, ""), (other, secret)):
        with pytest.raises(NotYours):
            operations.finish_request(pk, wrong, password=NEW)


def test_afterwards_everything_of_it_is_gone_locked_and_in_every_trail(kept):
    seat = kept["dara"].membership()
    elsewhere, team = an_organisation()
    operations.accept_as(kept["dara"].actor(), operations.invite(SYSTEM, team, "analyst"))
    leave(kept, "dara")
    stamp = kept["dara"].user.stamp
    request, secret = opened(kept, seat=seat)
    help_with(kept, request, *kept.trio[:2])
    user, _code = operations.finish_request(request, secret, password=NEW)
    assert user.stamp != stamp
    assert not UnlockSession.objects.filter(user=user.id).exists()
    assert custody.left_with(user.id) is None
    told = ["recovery.finish", "recovery.release", "recovery.release", "recovery.take", "recovery.open"]
    for org in (kept.org.id, elsewhere.id):
        assert [e.verb for e in audit.entries(org, subject=request)] == told
    with pytest.raises(NotYours):
        operations.finish_request(request, secret, password=NEW)


def test_a_weak_password_changes_nothing(kept):
    leave(kept, "dara")
    request, secret = opened(kept)
    help_with(kept, request, *kept.trio[1:])
    with pytest.raises(Invalid):
        operations.finish_request(request, secret, password="password1234")
    assert keys.unlock(kept["dara"].id, PASSWORD) is not None
    operations.finish_request(request, secret, password=NEW)


def test_the_person_is_told_and_stops_what_they_did_not_ask_for(kept):
    leave(kept, "dara")
    request, _secret = opened(kept)
    assert [t.name for t in today.tiles(kept["dara"].actor()) if t.tone == "urgent"] == ["way_back"]
    with pytest.raises(NotYours):
        operations.stop_request(kept["auditor"].actor(), request)
    operations.stop_request(kept["dara"].actor(locked=True), request)
    with pytest.raises(NotYours):
        operations.release_share(kept["manager"].actor(), request, fingerprint="1" * 20)
    assert custodians.of_oneself(kept["dara"].actor()) == ()


def test_a_day_later_nothing_is_left_of_it(kept):
    leave(kept, "dara")
    request, _secret = opened(kept)
    help_with(kept, request, kept.trio[0])
    with clock.at(clock.now() + timedelta(hours=24, minutes=1)):
        assert operations.stop_old_requests() == 1
    assert custody.released(request) == frozenset()


# -- without custodians ----------------------------------------------------------------------------------------------------
def test_without_custodians_new_keys_open_nothing_until_they_are_given_again(house):
    with pytest.raises(Invalid):
        opened(house)
    request, secret = opened(house, way="new_keys")
    user, code = operations.finish_request(request, secret, password=NEW)
    assert keys.unlock(user.id, NEW).team_secrets() == {}
    assert keys.unlock(user.id, PASSWORD) is None
    assert not keys.is_certified(house.org.id, user.id)
    assert [w.name for w in today.waiting_for_key(house["sophea"].actor())] == ["Dara"]
    house.people["dara"] = Person(user, code, NEW)
    operations.tend_keys(house["sophea"].actor())
    house.give_key("sophea", "dara")
    assert keys.holds_team_key(user.id, house.team.id)


@pytest.mark.parametrize(("name", "error"), [("dara", NotYours), ("officer", NotYours)])
def test_only_who_looks_after_somebody_opens_a_way_back_and_never_for_themselves(house, name, error):
    with pytest.raises(error):
        operations.open_request(house[name].actor(), house["sophea"].membership(), way="new_keys")
    with pytest.raises(NotYours):
        operations.open_request(house["sophea"].actor(), house["sophea"].membership(), way="new_keys")
    with pytest.raises(Invalid):
        operations.open_request(house["sophea"].actor(), house["dara"].membership(), way="practice")


# -- practice and figures ----------------------------------------------------------------------------------------------------
def test_a_practice_proves_that_two_can_open_and_is_due_again_after_ninety_days(kept):
    leave(kept, "dara", "sophea")
    manager, partner = kept["manager"], kept["partner"]
    found = custodians.page(kept["officer"].actor(), kept.org.id)
    assert (found.practised_on, found.is_practice_due, found.routes.left, found.routes.percent) == (None, True, 2, 0)
    practice = operations.start_practice(manager.actor(), kept.org.id)
    with pytest.raises(Conflict):
        operations.finish_practice(manager.actor(), practice)
    digits = custodians.digits_of_practice(manager.actor(), practice)
    operations.release_share(partner.actor(), practice, fingerprint=digits)
    with pytest.raises(NotYours):
        operations.finish_practice(partner.actor(), practice)
    operations.finish_practice(manager.actor(), practice)
    found = custodians.page(kept["officer"].actor(), kept.org.id)
    people = found.routes.people
    assert (found.practised_on, found.is_practice_due) == (clock.today(), False)
    assert (found.routes.tested, found.routes.percent) == (2, 200 // people)
    assert Deposit.objects.count() == 2
    assert custodians.practices_due([kept.org.id]) == []
    with clock.at(clock.now() + timedelta(days=91)):
        assert custodians.practices_due([kept.org.id]) == [kept.org.id]


def test_a_practice_needs_a_custodian_and_three_who_can_help(kept):
    with pytest.raises(NotYours):
        operations.start_practice(kept["dara"].actor(), kept.org.id)
    with pytest.raises(NotYours):
        operations.start_practice(kept["sophea"].actor(), kept.org.id)
    operations.end_custodian(kept["admin"].actor(), Custodian.objects.get(user=kept["auditor"].user).pk)
    with pytest.raises(Conflict):
        operations.start_practice(kept["manager"].actor(), kept.org.id)


def test_missing_custodians_are_told_on_today_to_who_can_name_them(house):
    assert custodians.needing_custodians() == [house.org.id]
    for name in ("admin", "officer"):
        assert [(t.name, t.count, t.tone) for t in today.tiles(house[name].actor()) if t.name == "custodians"] == [
            ("custodians", 3, "urgent")
        ]
    assert "custodians" not in [t.name for t in today.tiles(house["dara"].actor())]


def test_the_page_of_custodians_takes_the_same_number_of_queries_for_few_and_many(kept):
    actor, counted = kept["admin"].actor(), []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for names in (("dara",), ("sophea", "officer")):
        leave(kept, *names)
        for name in names:
            operations.open_request(kept["admin"].actor(), kept[name].membership(), way="new_keys")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            custodians.page(actor, kept.org.id)
        counted.append(len(seen))
    assert counted[0] == counted[1]
