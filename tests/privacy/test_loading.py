"""Loading much at once: the same trail, keys asked for once, nothing half done."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from spean.kernel import errors
from spean.privacy import audit, keys, loading
from spean.privacy.keystore import Keystore, keystore
from spean.privacy.models import AuditEntry, TreeHead

pytestmark = pytest.mark.django_db
VERB = audit.register("loading.test", "loaded")


def record(org: uuid.UUID, times: int) -> None:
    for _n in range(times):
        audit.record(audit.SYSTEM, VERB, uuid.uuid4(), org=org)


def test_a_trail_written_at_the_end_is_whole_and_goes_on() -> None:
    org = uuid.uuid4()
    record(org, 2)
    with loading.together():
        record(org, 5)
        assert AuditEntry.objects.filter(org=org).count() == 2
    record(org, 1)
    report = audit.verify(org)
    assert (report.ok, report.size) == (True, 8)


def test_a_block_that_fails_leaves_nothing() -> None:
    org, subject = uuid.uuid4(), uuid.uuid4()
    with pytest.raises(ZeroDivisionError):
        _fail(org, subject)
    assert not TreeHead.objects.filter(org=org).exists()
    assert keystore().token(subject) is None
    assert loading.current() is None


def _fail(org: uuid.UUID, subject: uuid.UUID) -> None:
    with transaction.atomic(), loading.together():
        record(org, 3)
        keystore().put_token(subject)
        raise ZeroDivisionError


def test_a_keystore_batch_is_read_within_and_on_the_disk_after(tmp_path: Any) -> None:
    store, subject = Keystore(tmp_path), uuid.uuid4()
    with store.batch():
        token = store.put_token(subject)
        assert store.token(subject) == token
        assert Keystore(tmp_path).token(subject) is None
    assert Keystore(tmp_path).token(subject) == token
    assert Keystore(tmp_path).pepper() == store.pepper()


def test_a_batch_within_a_batch_is_part_of_it(tmp_path: Any) -> None:
    store, first, second = Keystore(tmp_path), uuid.uuid4(), uuid.uuid4()
    with store.batch():
        with store.batch():
            store.put_token(first)
        assert Keystore(tmp_path).token(first) is None
        store.put_token(second)
    assert None not in {Keystore(tmp_path).token(first), Keystore(tmp_path).token(second)}


def test_what_is_kept_later_is_found_by_its_thread_alone_and_not_at_all_after_a_failure(tmp_path: Any) -> None:
    store, first, second = Keystore(tmp_path), uuid.uuid4(), uuid.uuid4()
    with store.later():
        token = store.put_token(first)
        store.put(first, token, b"id")
        with ThreadPoolExecutor(1) as other:
            assert other.submit(store.token, first).result(timeout=20) is None  # and it does not wait
        assert (store.put_token(first), store.entries([first])[first].key_id) == (token, b"id")
    assert Keystore(tmp_path).token(first) == token

    with pytest.raises(ZeroDivisionError):
        _put_later(store, second, lambda: 1 / 0)
    assert store.token(second) is None


def _put_later(store: Keystore, subject: uuid.UUID, then: Callable[[], Any]) -> None:
    with store.later():
        store.put(subject, b"t" * 32, b"id")
        then()


def test_what_was_erased_meanwhile_is_not_kept(tmp_path: Any) -> None:
    store, subject = Keystore(tmp_path), uuid.uuid4()
    with pytest.raises(errors.Conflict):
        _put_later(store, subject, lambda: Keystore(tmp_path).erase(subject))
    assert store.token(subject) is None


@pytest.mark.django_db(transaction=True)
def test_a_load_and_an_operation_that_share_a_trail_do_not_wait_for_each_other() -> None:
    """The operation has its line in the trail and then makes a key; the load has made its keys and comes to the trail."""
    if not connection.features.has_select_for_update:
        pytest.skip("one writer at a time: the second has not begun")
    org, has_line, has_keys = uuid.uuid4(), threading.Event(), threading.Event()

    def operation() -> None:
        with transaction.atomic():
            record(org, 1)
            has_line.set()
            assert has_keys.wait(20)
            keystore().put_token(uuid.uuid4())

    def load() -> None:
        assert has_line.wait(20)
        with transaction.atomic(), loading.together():
            keystore().put_token(uuid.uuid4())
            has_keys.set()
            record(org, 1)

    with transaction.atomic():
        record(org, 1)
    with ThreadPoolExecutor(2) as both:
        for one in [both.submit(closed, operation), both.submit(closed, load)]:
            one.result(timeout=30)
    assert (audit.verify(org).ok, audit.verify(org).size) == (True, 3)


def closed(do: Callable[[], None]) -> None:
    """In a thread of its own, with a connection of its own."""
    try:
        do()
    finally:
        connection.close()


def test_a_key_is_looked_up_once_in_a_load_and_each_time_outside() -> None:
    org, team, user = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    keys.make_user_keys(user, "a password of no account")
    ring = keys.unlock(user, "a password of no account")
    keys.certify_user(ring, org, user)
    keys.make_team_key(ring, org, team)
    with loading.together(), CaptureQueriesContext(connection) as loaded:
        assert [keys.has_team_key(team) for _n in range(3)] == [True] * 3
    with CaptureQueriesContext(connection) as plain:
        assert [keys.has_team_key(team) for _n in range(3)] == [True] * 3
    assert (len(loaded), len(plain)) == (3, 12)
    with loading.together():
        subject = uuid.uuid4()
        key = keys.new_subject(subject, org=org, teams=[team])
        assert ring.data_key(subject) == key


def test_once_an_operation_each_key_is_judged_once_and_a_refusal_is_asked_again():
    from spean.privacy.loading import once, remembered

    asked = []

    @remembered
    def look(name):
        asked.append(name)
        if name == "refused":
            raise LookupError
        return name.upper()

    look("a"), look("a")
    with once(), once():
        assert [look("a"), look("a"), look("b")] == ["A", "A", "B"]
        for _twice in range(2):
            with pytest.raises(LookupError):
                look("refused")
    look("a")
    assert asked == ["a", "a", "a", "b", "refused", "refused", "a"]


def test_what_was_judged_in_one_operation_is_judged_anew_in_the_next():
    from spean.privacy.loading import once, remembered

    answers = iter([True, False])

    @remembered
    def trusted():
        return next(answers)

    with once():
        assert trusted()
        assert trusted()
    with once():
        assert not trusted()
