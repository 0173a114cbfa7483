"""Unlocked sessions: 15 idle minutes, 8 hours in all, and nothing for who has only the database (C-03)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.privacy import keys, sessions
from spean.privacy.models import UnlockSession

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def opened(house):
    with clock.at(START):
        return house.first, sessions.open_for("session", house.first)


def ring_at(minutes, secret):
    with clock.at(START + timedelta(minutes=minutes)):
        return sessions.ring_for("session", secret)


def test_the_secret_opens_the_ring(opened):
    ring, secret = opened
    assert ring_at(1, secret).secret_bytes() == ring.secret_bytes()


@pytest.mark.parametrize("secret", [None, "", "wrong"])
def test_without_the_secret_it_stays_shut(opened, secret):
    assert ring_at(1, secret) is None


def test_another_session_does_not_open_with_this_secret(opened):
    _, secret = opened
    with clock.at(START):
        assert sessions.ring_for("other", secret) is None
        assert sessions.ring_for(None, secret) is None


def test_it_locks_after_fifteen_idle_minutes(opened):
    assert ring_at(15, opened[1]) is not None
    assert ring_at(30, opened[1]) is not None
    assert ring_at(46, opened[1]) is None
    assert ring_at(31, opened[1]) is None


def test_it_locks_after_eight_hours_whatever_is_done(opened):
    for minutes in range(0, 481, 10):
        assert ring_at(minutes, opened[1]) is not None
    assert ring_at(481, opened[1]) is None


def test_a_clock_that_is_set_right_by_a_minute_locks_nothing(opened):
    assert ring_at(-1, opened[1]) is not None


def test_a_clock_that_goes_back_locks_for_nobody_knows_how_long_it_was_open(opened):
    assert ring_at(-60, opened[1]) is None
    assert ring_at(0, opened[1]) is None


def test_reading_is_a_write_once_a_minute(opened, django_assert_num_queries):
    with django_assert_num_queries(1), clock.at(START + timedelta(seconds=59)):
        assert sessions.ring_for("session", opened[1])
    with django_assert_num_queries(2), clock.at(START + timedelta(seconds=61)):
        assert sessions.ring_for("session", opened[1])


def test_locking_one_and_all(house):
    secrets = {name: sessions.open_for(name, house.first) for name in ("a", "b", "c")}
    sessions.lock("a")
    assert [bool(sessions.ring_for(n, s)) for n, s in secrets.items()] == [False, True, True]
    sessions.lock_user(house.first.user)
    assert [bool(sessions.ring_for(n, s)) for n, s in secrets.items()] == [False, False, False]


def test_the_table_holds_no_key_and_no_secret(opened):
    ring, secret = opened
    row = UnlockSession.objects.get()
    stored = repr([getattr(row, f.attname) for f in UnlockSession._meta.fields]).encode() + bytes(row.box)
    assert secret.encode() not in stored
    assert b"session'" not in stored
    assert ring._box_seed not in stored


def test_a_box_moved_to_another_session_or_user_does_not_open(opened):
    _, secret = opened
    UnlockSession.objects.update(user=uuid4())
    assert ring_at(1, secret) is None


def test_a_revoked_team_is_gone_from_an_open_session(house):
    subject = uuid4()
    keys.new_subject(subject, org=house.org, teams=[house.team])
    secret = sessions.open_for("s", house.second)
    ring = sessions.ring_for("s", secret)
    assert ring.data_keys([subject])
    keys.revoke_team(house.team, house.second.user)
    assert ring.data_keys([subject]) == {}
    assert sessions.ring_for("s", secret).data_keys([subject]) == {}


def test_old_sessions_are_forgotten(opened):
    with clock.at(START + timedelta(minutes=10)):
        assert sessions.forget_old() == 0
    with clock.at(START + timedelta(minutes=16)):
        assert sessions.forget_old() == 1
