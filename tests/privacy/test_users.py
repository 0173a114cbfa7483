"""Users' keys: password, recovery code, change, reset."""

import hashlib
import threading
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel import errors
from spean.privacy import derivation, keys
from spean.privacy.keys.users import _read_code, write_code
from spean.privacy.keystore import keystore
from spean.privacy.models import UserKey
from spean.privacy.sealing import BrokenSeal

from .conftest import PASSWORD


def test_a_password_opens_the_same_keys_each_time(new_person):
    ring = new_person()
    assert keys.unlock(ring.user, PASSWORD).secret_bytes() == ring.secret_bytes()


def test_a_wrong_password_and_an_unknown_user_open_nothing(new_person):
    assert keys.unlock(new_person().user, "wrong") is None
    assert keys.unlock(uuid4(), PASSWORD) is None


def test_a_khmer_password_typed_in_another_order_of_marks_is_the_same():
    salt = bytes(16)
    assert keys.derive("cafe\u0301", salt) == keys.derive("caf\u00e9", salt)


def test_key_and_verifier_are_apart_and_need_the_pepper(settings, tmp_path):
    first = keys.derive(PASSWORD, bytes(16))
    settings.KEYSTORE_DIR = tmp_path / "other"
    second = keys.derive(PASSWORD, bytes(16))
    assert len({first.kek, first.verifier, second.kek, second.verifier, hashlib.sha256(first.kek).digest()}) == 5


def test_the_recovery_code_opens_the_keys_without_the_pepper(db, settings, tmp_path):
    user = uuid4()
    code = keys.make_user_keys(user, PASSWORD)
    secret = keys.unlock(user, PASSWORD).secret_bytes()
    settings.KEYSTORE_DIR = tmp_path / "lost"
    assert keys.unlock(user, PASSWORD) is None
    assert keys.unlock_with_recovery(user, code).secret_bytes() == secret
    assert keys.unlock_with_recovery(user, code.lower().replace(" ", "-").replace("O", "0")).secret_bytes() == secret
    assert keys.unlock_with_recovery(uuid4(), code) is None


@given(st.binary(min_size=20, max_size=20))
def test_a_recovery_code_reads_back(secret):
    assert _read_code(write_code(secret)) == secret


@given(st.binary(min_size=20, max_size=20), st.integers(0, 35), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_letter_in_a_recovery_code_is_noticed(secret, at, letter):
    typed = write_code(secret).replace(" ", "")
    changed = typed[:at] + letter + typed[at + 1 :]
    assert _read_code(changed) == (secret if changed == typed else None)


@given(st.text())
def test_no_text_upsets_the_reader_of_recovery_codes(typed):
    assert _read_code(typed) is None


def test_a_new_recovery_code_ends_the_old_one(db):
    user = uuid4()
    old = keys.make_user_keys(user, PASSWORD)
    new = keys.new_recovery_code(user, keys.unlock(user, PASSWORD))
    assert keys.unlock_with_recovery(user, old) is None
    assert keys.unlock_with_recovery(user, new) is not None


def test_a_changed_password_opens_the_same_keys(house):
    ring = house.second
    keys.change_password(ring.user, ring, "another one")
    assert keys.unlock(ring.user, PASSWORD) is None
    assert keys.unlock(ring.user, "another one").secret_bytes() == ring.secret_bytes()


def test_another_persons_ring_changes_nothing(house):
    with pytest.raises(errors.NotYours):
        keys.change_password(house.first.user, house.second, "mine now")


def test_keys_are_made_once(new_person):
    with pytest.raises(errors.Conflict):
        keys.make_user_keys(new_person().user, PASSWORD)


def test_a_reset_reaches_nothing(house):
    subject = uuid4()
    keys.new_subject(subject, org=house.org, teams=[house.team], users=[house.second.user])
    keys.replace_user_keys(house.second.user, "new words")
    ring = keys.unlock(house.second.user, "new words")
    with pytest.raises(errors.NotYours):
        ring.data_key(subject)
    assert not keys.is_certified(house.org, house.second.user)
    assert keys.is_stale(house.team)


def test_a_fingerprint_names_the_keys(house):
    before = keys.fingerprint(house.second.user)
    assert before == keys.fingerprint(house.second.user) != keys.fingerprint(house.first.user)
    keys.replace_user_keys(house.second.user, PASSWORD)
    assert keys.fingerprint(house.second.user) != before


def test_a_swapped_public_key_is_noticed_by_its_owner(house):
    rogue = bytes(house.outsider.box.public_key)
    UserKey.objects.filter(user=house.second.user).update(public_box=rogue)
    with pytest.raises(BrokenSeal):
        keys.unlock(house.second.user, PASSWORD)


def test_private_keys_of_one_user_do_not_open_in_anothers_row(house):
    row = UserKey.objects.get(user=house.second.user)
    UserKey.objects.filter(user=house.first.user).update(sealed_by_password=row.sealed_by_password, salt=row.salt)
    assert keys.unlock(house.first.user, PASSWORD) is None


def test_nothing_stored_holds_a_private_key(house):
    row = UserKey.objects.get(user=house.first.user)
    stored = b"".join(
        bytes(getattr(row, f)) for f in ("salt", "public_box", "public_sign", "sealed_by_password", "sealed_by_recovery")
    )
    assert house.first._box_seed not in stored
    assert house.first._sign_seed not in stored


def test_a_ring_is_neither_shown_nor_pickled(house):
    import pickle

    assert repr(house.first) == "<KeyRing>"
    with pytest.raises(TypeError):
        pickle.dumps(house.first)


def test_who_waits_too_long_for_a_derivation_is_told(monkeypatch):
    monkeypatch.setattr(derivation, "QUEUE_SECONDS", 0.05)
    for _ in range(derivation.AT_ONCE):
        derivation._gate.acquire()
    try:
        with pytest.raises(errors.Unavailable):
            keys.derive(PASSWORD, bytes(16))
    finally:
        for _ in range(derivation.AT_ONCE):
            derivation._gate.release()


def test_the_parameters_follow_the_policy_when_nothing_else_is_said(settings, monkeypatch):
    del settings.SPEAN_ARGON2
    used = []
    real = derivation.argon2id
    monkeypatch.setattr(derivation, "argon2id", lambda *a: used.append(a[2:]) or real(*a))
    keys.derive(PASSWORD, bytes(16))
    assert used == [(3, 64 * 1024)]


def test_threads_derive_at_once():
    found = []
    threads = [threading.Thread(target=lambda: found.append(keys.derive(PASSWORD, bytes(16)).kek)) for _ in range(8)]
    keystore().pepper()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
