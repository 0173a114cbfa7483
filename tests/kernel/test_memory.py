"""What processes remember together: counted once, used once, forgotten in time, and never on a disk."""

import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from spean.kernel import clock, memory
from spean.kernel.memory import Counter, Memory

MINUTE = Counter("minute", 60.0)


@pytest.fixture
def moment(monkeypatch):
    """A running clock that the test moves."""
    now = [6_000.0]
    monkeypatch.setattr(memory.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture(params=["shared", "alone"])
def remembered(request, tmp_path):
    found = Memory(tmp_path if request.param == "shared" else None)
    yield found
    found.remove()


def test_the_window_slides(remembered, moment):
    for _n in range(10):
        remembered.count((MINUTE, b"a"))
    assert remembered.level(MINUTE, b"a") == 10
    moment[0] += 90
    assert remembered.level(MINUTE, b"a") == 5
    moment[0] += 30
    assert remembered.level(MINUTE, b"a") == 0


def test_what_is_refused_is_not_counted(remembered, moment):
    waits = [remembered.take(MINUTE, b"a", 2) for _n in range(50)]
    assert waits == [0.0, 0.0] + [60.0] * 48
    moment[0] += 60
    assert 0 < remembered.take(MINUTE, b"a", 2) <= 10
    moment[0] += 45
    assert remembered.take(MINUTE, b"a", 2) == 0.0


def test_what_is_given_back_makes_room_and_nothing_goes_below_none(remembered, moment):
    remembered.take(MINUTE, b"a", 1)
    assert remembered.take(MINUTE, b"a", 1) > 0
    for _twice in range(2):
        remembered.give_back((MINUTE, b"a"), (MINUTE, b"b"))
    assert (remembered.level(MINUTE, b"a"), remembered.level(MINUTE, b"b")) == (0, 0)
    assert remembered.take(MINUTE, b"a", 1) == 0.0


def test_a_token_comes_once_and_is_forgotten_after_its_time(remembered, moment):
    assert [remembered.once(b"t", 60) for _n in range(3)] == [True, False, False]
    moment[0] += 61
    assert remembered.once(b"t", 60)


def test_a_token_is_used_once_by_many_at_once(tmp_path):
    several, won = [Memory(tmp_path) for _n in range(4)], []
    threads = [threading.Thread(target=lambda m=m: won.append(m.once(b"t", 60))) for m in several for _n in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(won) == [False] * 31 + [True]


def test_a_key_lives_a_day(remembered):
    today = remembered.key("near")
    assert (remembered.key("near"), len(today)) == (today, 32)
    assert remembered.key("toll") != today
    with clock.at(clock.now() + timedelta(days=1)):
        assert remembered.key("near") != today
    remembered.forget()
    assert remembered.key("near") != today


def test_another_process_remembers_the_same(tmp_path):
    mine = Memory(tmp_path)
    mine.count(*[(MINUTE, b"a")] * 3)
    script = (
        "import django; django.setup(); from pathlib import Path; from spean.kernel.memory import *;"
        f"m = Memory(Path({str(tmp_path)!r})); print(m.key('near').hex(), m.level(Counter('minute', 60.0), b'a') > 1)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert said == [mine.key("near").hex(), "True"]


def test_a_broken_memory_is_begun_anew_and_nobody_notices(tmp_path):
    (tmp_path / "memory.sqlite3").write_bytes(b"no database at all" * 100)
    found = Memory(tmp_path)
    assert found.count((MINUTE, b"a")) == [1.0]
    assert not found.is_shared


def test_only_a_private_folder_in_memory_is_taken(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    for kind, taken in (("tmpfs", True), ("ext4", False)):
        mounts.write_text(f"rootfs / ext4 rw 0 0\nnone {tmp_path} {kind} rw 0 0\n")
        monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
        found = memory.folder_in_memory(mounts)
        assert (found is not None and found.parent == tmp_path) == taken
    mounts.write_text(f"none {tmp_path} tmpfs rw 0 0\n")
    made = memory.folder_in_memory(mounts)
    made.chmod(0o755)
    assert memory.folder_in_memory(mounts) != made
    made.rmdir()
    made.symlink_to(tmp_path)
    assert memory.folder_in_memory(mounts) != made


def test_a_flood_of_neighbourhoods_does_not_fill_it(remembered, moment):
    for n in range(5_000):
        moment[0] += 1
        remembered.count((MINUTE, n.to_bytes(4)))
    kept = remembered._do(lambda db: db.execute("SELECT count(*) FROM hits").fetchone()[0])
    assert kept <= 140
