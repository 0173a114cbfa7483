"""A new epoch (C-13): stopped anywhere and begun again, every subject stays readable and no wrap is left twice."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection

from spean.kernel import errors
from spean.privacy import keys
from spean.privacy.models import DataKeyWrap, TeamKey

from .conftest import House


class Stopped(BaseException):
    """The process ended here."""


@contextmanager
def stopping_after(statements: int) -> Iterator[None]:
    """Let so many writing statements reach the database, then end."""
    left = [statements]

    def count(execute: Callable, sql: str, params: object, many: object, context: dict) -> object:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            if left[0] == 0:
                raise Stopped
            left[0] -= 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


def made(house: House, number: int) -> dict[UUID, bytes]:
    subjects = [uuid4() for _ in range(number)]
    return {s: keys.new_subject(s, org=house.org, teams=[house.team]) for s in subjects}


def test_every_subject_moves_to_the_new_epoch(house):
    before = made(house, 12)
    assert keys.rotate_team(house.first, house.org, house.team) == 2
    assert sorted(keys.team_waiting(house.team)) == sorted(before)
    assert [keys.rewrap_some(house.second, house.team, 5) for _ in range(4)] == [5, 5, 2, 0]
    assert keys.team_waiting(house.team) == []
    assert house.first.data_keys(before) == house.second.data_keys(before) == before
    assert set(DataKeyWrap.objects.values_list("epoch", flat=True)) == {2}


def test_subjects_are_readable_and_new_ones_use_the_new_epoch_while_it_goes_on(house):
    old = made(house, 4)
    keys.revoke_team(house.team, house.second.user)
    assert keys.is_stale(house.team)
    keys.rotate_team(house.first, house.org, house.team)
    assert not keys.is_stale(house.team)
    keys.rewrap_some(house.first, house.team, 2)
    new = made(house, 1)
    assert house.first.data_keys([*old, *new]) == {**old, **new}
    assert [r.epoch for s in new for r in keys.readers(s)] == [2]
    assert house.second.data_keys([*old, *new]) == {}


def test_rotating_again_while_wraps_wait_goes_on_with_the_same_epoch(house):
    made(house, 3)
    assert [keys.rotate_team(house.first, house.org, house.team) for _ in range(3)] == [2, 2, 2]
    keys.rewrap_some(house.first, house.team, 10)
    assert keys.rotate_team(house.first, house.org, house.team) == 3


def test_stopped_at_random_points_nothing_is_lost_or_doubled(house):
    dice = random.Random(13)
    before = made(house, 200)
    stops = 0
    for _ in range(50):
        with stopping_after(dice.randint(0, 20)):
            try:
                keys.rotate_team(house.first, house.org, house.team)
                keys.rewrap_some(house.first, house.team, dice.randint(1, 12))
            except Stopped:
                stops += 1
        assert house.first.data_keys(before) == before
    while keys.rewrap_some(house.first, house.team, 50):
        pass
    assert stops > 20
    assert house.second.data_keys(before) == before
    assert DataKeyWrap.objects.count() == len(before)
    assert keys.team_waiting(house.team) == []


KILLED = """
import os, signal, sys
import django

django.setup()
from django.db import connection
connection.settings_dict["NAME"] = os.environ["KILLED_DATABASE"]
from uuid import UUID
from spean.privacy import keys

ring = keys.KeyRing.from_bytes(sys.stdin.buffer.read())
left = [int(sys.argv[3])]

def count(execute, sql, params, many, context):
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
    return execute(sql, params, many, context)

with connection.execute_wrapper(count):
    keys.rotate_team(ring, UUID(sys.argv[1]), UUID(sys.argv[2]))
    while keys.rewrap_some(ring, UUID(sys.argv[2]), 20):
        pass
"""


@pytest.mark.django_db(transaction=True)
def test_killed_by_the_system_and_begun_again_every_subject_is_readable(db, new_person, own_keystore):
    """C-13 with SIGKILL: another process is ended at growing points of its writes; then the work is finished here."""
    org, team, ring = uuid4(), uuid4(), new_person()
    keys.certify_user(ring, org, ring.user)
    keys.make_team_key(ring, org, team)
    before = {s: keys.new_subject(s, org=org, teams=[team]) for s in (uuid4() for _ in range(100))}
    told = {
        **os.environ,
        "KILLED_DATABASE": str(connection.settings_dict["NAME"]),
        "SPEAN_KEYSTORE_DIR": str(own_keystore),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    ends = []
    for point in (3, 70, 10_000):
        command = [sys.executable, "-c", KILLED, str(org), str(team), str(point)]
        ends.append(subprocess.run(command, input=ring.secret_bytes(), env=told, check=False, capture_output=True).returncode)
        assert ring.data_keys(before) == before
    assert ends == [-signal.SIGKILL] * 2 + [0]
    assert DataKeyWrap.objects.count() == len(before)
    assert keys.team_waiting(team) == []


def test_stopped_between_the_new_wrap_and_the_old_ones_end_it_is_finished(house):
    """Where each statement is its own transaction, both wraps may stand: the next run takes the old one away."""
    ((subject, key),) = made(house, 1).items()
    keys.rotate_team(house.first, house.org, house.team)
    old = DataKeyWrap.objects.get(subject=subject)
    keys.rewrap_some(house.first, house.team, 1)
    old.save(force_insert=True)
    assert keys.rewrap_some(house.first, house.team, 1) == 1
    assert house.second.data_key(subject) == key
    assert [r.epoch for r in keys.readers(subject)] == [2]


def test_a_broken_wrap_stays_where_it_is_and_stops_no_other(house):
    before = made(house, 5)
    broken = DataKeyWrap.objects.order_by("pk").first()
    DataKeyWrap.objects.filter(pk=broken.pk).update(blob=b"broken")
    keys.rotate_team(house.first, house.org, house.team)
    assert keys.rewrap_some(house.first, house.team, 3) == 3
    assert keys.rewrap_some(house.first, house.team, 3) == 1
    assert keys.team_waiting(house.team) == [broken.subject]
    assert len(house.first.data_keys(before)) == 4


def test_who_does_not_hold_the_key_rotates_and_rewraps_nothing(house):
    made(house, 1)
    with pytest.raises(errors.NotYours):
        keys.rotate_team(house.outsider, house.org, house.team)
    with pytest.raises(errors.NotYours):
        keys.rewrap_some(house.outsider, house.team, 1)


def test_somebody_who_joins_later_reads_what_came_before(house):
    before = made(house, 3)
    keys.rotate_team(house.first, house.org, house.team)
    keys.rewrap_some(house.first, house.team, 1)
    keys.certify_user(house.first, house.org, house.outsider.user)
    keys.grant_team(house.second, house.org, house.team, house.outsider.user)
    assert house.outsider.data_keys(before) == before
    assert keys.holders(house.team) == [house.first.user, house.second.user, house.outsider.user]


def test_an_erased_subject_is_not_carried_along(house):
    ((subject, _),) = made(house, 1).items()
    wrap = DataKeyWrap.objects.get(subject=subject)
    keys.erase_subject(subject)
    keys.finish_erasures()
    wrap.save(force_insert=True)
    keys.rotate_team(house.first, house.org, house.team)
    assert keys.rewrap_some(house.first, house.team, 5) == 0
    assert not DataKeyWrap.objects.exists()


def test_a_teams_key_is_made_once(house):
    with pytest.raises(errors.Conflict):
        keys.make_team_key(house.first, house.org, house.team)
    assert TeamKey.objects.count() == 1
