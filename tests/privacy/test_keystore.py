"""The keystore: durable, private, and the same for every thread."""

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from spean.kernel import errors
from spean.privacy.keystore import Keystore, keystore
from tests.reading import file_bytes, files_in


def test_the_folder_and_the_file_are_the_owners_alone():
    keystore().pepper()
    assert stat.S_IMODE(keystore().folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(keystore().path.stat().st_mode) == 0o600


def test_pepper_and_audit_key_stay_the_same_when_opened_again():
    store, again = keystore(), Keystore(keystore().folder)
    assert (store.pepper(), bytes(store.audit_key())) == (again.pepper(), bytes(again.audit_key()))
    assert store.pepper() != bytes(store.audit_key())
    again.close()


def test_writes_are_synced_in_full():
    keystore().pepper()
    assert keystore()._open().execute("PRAGMA synchronous").fetchone() == (2,)


def test_another_folder_is_another_keystore(settings, tmp_path):
    pepper = keystore().pepper()
    settings.KEYSTORE_DIR = tmp_path / "other"
    assert keystore().pepper() != pepper


def test_a_token_is_made_once_and_erased_for_good():
    subject = uuid4()
    token = keystore().put_token(subject)
    assert keystore().put_token(subject) == keystore().token(subject) == token
    keystore().erase(subject)
    keystore().erase(subject)
    assert keystore().token(subject) is None
    with pytest.raises(errors.Conflict):
        keystore().put_token(subject)


def test_a_test_that_opens_a_databases_file_beside_sqlite_is_stopped():
    with pytest.raises(RuntimeError, match=r"tests\.reading"):
        (Path(os.environ["SPEAN_DATA_DIR"]) / "any.sqlite3-wal").read_bytes()


def test_an_erased_token_is_nowhere_in_the_files():
    subject = uuid4()
    token = keystore().put_token(subject)
    keystore().erase(subject)
    assert token not in file_bytes(*files_in(keystore().folder))


def test_a_token_is_on_the_disk_when_the_process_dies(settings):
    subject = uuid4()
    script = (
        "import os, sys; from pathlib import Path; from uuid import UUID; from django.conf import settings; settings.configure();"
        "from spean.privacy.keystore import Keystore;"
        "print(Keystore(Path(sys.argv[1])).put_token(UUID(sys.argv[2])).hex(), flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", script, str(settings.KEYSTORE_DIR), str(subject)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, keystore().token(subject).hex()) == (-9, done.stdout.strip())


def test_an_anchor_is_fixed_once():
    org = uuid4()
    assert keystore().anchor(org) is None
    keystore().pin_anchor(org, b"a" * 32)
    keystore().pin_anchor(org, b"a" * 32)
    with pytest.raises(errors.Conflict):
        keystore().pin_anchor(org, b"b" * 32)
    assert keystore().anchor(org) == b"a" * 32


def test_threads_share_it():
    subjects = [uuid4() for _ in range(50)]
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(keystore().put_token, subjects))
    assert {s: e.token for s, e in keystore().entries(subjects).items()} == dict(zip(subjects, tokens, strict=True))


def test_many_subjects_are_read_at_once():
    subjects = [uuid4() for _ in range(1201)]
    db = keystore()._open()
    db.executemany("INSERT INTO token VALUES (?, ?, NULL)", [(s.bytes, s.bytes) for s in subjects])
    assert len(keystore().entries([*subjects, uuid4()])) == 1201


def test_a_copy_is_whole(tmp_path):
    subject = uuid4()
    token = keystore().put_token(subject)
    keystore().copy_to(tmp_path / "copy")
    copy = sqlite3.connect(tmp_path / "copy")
    assert copy.execute("SELECT token FROM token WHERE subject = ?", (subject.bytes,)).fetchone()[0] == token
    copy.close()


def test_a_keystore_that_cannot_be_written_is_a_refusal(settings, tmp_path):
    (tmp_path / "file").write_text("no folder")
    settings.KEYSTORE_DIR = tmp_path / "file" / "keystore"
    with pytest.raises(errors.Unavailable):
        keystore().pepper()
