"""What the server's processes remember together for minutes, never on a disk: counters, used tokens, keys of the day.

A small SQLite file in a file system that is memory (tmpfs), readable by this user alone. Where a machine has none, each
process remembers for itself. Nothing here is worth keeping: whatever goes wrong ends in forgetting, never in an error.
"""

import logging
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from spean.kernel import clock
from spean.kernel.turnstile import Turnstile

log = logging.getLogger("spean.memory")
MOST_PAGES = 16_384  # of 4 KB: 64 MB, reached by no flood that one machine can answer
KEPT_SECONDS = 1_300.0  # longer than two of the longest windows
_SCHEMA = """
CREATE TABLE IF NOT EXISTS secret (name TEXT, day TEXT, value BLOB NOT NULL, PRIMARY KEY (name, day)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hits (what TEXT, mark BLOB, slot INTEGER, n INTEGER NOT NULL, until REAL NOT NULL,
    PRIMARY KEY (what, mark, slot)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS hits_until ON hits (until);
CREATE TABLE IF NOT EXISTS used (token BLOB PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS used_until ON used (until);
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
"""
_MORE = (
    "INSERT INTO hits VALUES (?, ?, ?, 1, ?) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n,"
    " coalesce((SELECT n FROM hits AS h WHERE h.what = hits.what AND h.mark = hits.mark AND h.slot = hits.slot - 1), 0)"
)


class Counter(NamedTuple):
    """How often something may be asked for: its name, and the seconds over which it is counted."""

    what: str
    seconds: float


class Memory:
    """One memory. Safe between threads and, where there is a file, between processes."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0
        self._swept = 0.0
        self._keys: dict[tuple[str, str], bytes] = {}

    @property
    def is_shared(self) -> bool:
        """Whether other processes see it."""
        return self._folder is not None

    def key(self, name: str) -> bytes:
        """32 bytes that live until tomorrow."""
        day = clock.today().isoformat()
        if (name, day) not in self._keys:
            self._keys = {known: value for known, value in self._keys.items() if known[1] == day}
            self._keys[name, day] = self._do(lambda db: _day_key(db, name, day))
        return self._keys[name, day]

    def count(self, *wanted: tuple[Counter, bytes]) -> list[float]:
        """Count one of each, and say how many there were in the last window, this one among them."""
        now = time.monotonic()

        def work(db: sqlite3.Connection) -> list[float]:
            self._sweep(db, now)
            return [self._more(db, counter, mark, now) for counter, mark in wanted]

        return self._do(work)

    def level(self, counter: Counter, mark: bytes = b"") -> float:
        """How many there were in the last window."""
        now = time.monotonic()
        return self._do(lambda db: _estimate(now, counter, *_two_slots(db, counter, mark, now)), begin="")

    def take(self, counter: Counter, mark: bytes, most: int) -> float:
        """Count one unless `most` are reached: 0, or the seconds after which there is room again (then nothing is counted)."""
        now = time.monotonic()

        def work(db: sqlite3.Connection) -> float:
            self._sweep(db, now)
            this, last = _two_slots(db, counter, mark, now)
            if _estimate(now, counter, this, last) + 1 <= most:
                self._more(db, counter, mark, now)
                return 0.0
            return counter.seconds - now % counter.seconds if this >= most else min(counter.seconds, 10.0)

        return self._do(work)

    def give_back(self, *wanted: tuple[Counter, bytes]) -> None:
        """Count one of each less: what was taken turned out to be nothing that is counted."""
        now = time.monotonic()

        def work(db: sqlite3.Connection) -> None:
            for counter, mark in wanted:
                here = (counter.what, mark, int(now // counter.seconds))
                db.execute("UPDATE hits SET n = n - 1 WHERE what = ? AND mark = ? AND slot = ? AND n > 0", here)

        self._do(work)

    def once(self, token: bytes, seconds: float) -> bool:
        """Whether this token comes for the first time in these seconds."""
        now = time.monotonic()

        def work(db: sqlite3.Connection) -> bool:
            self._sweep(db, now)
            return db.execute("INSERT OR IGNORE INTO used VALUES (?, ?)", (token, now + seconds)).rowcount == 1

        return self._do(work)

    def note(self, name: str, value: str) -> None:
        """Remember a word."""
        now = time.monotonic()
        self._do(lambda db: db.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (name, value, now)) and None)

    def noted(self, name: str, seconds: float) -> str:
        """The word, unless it was last noted longer ago; then ""."""
        since = time.monotonic() - seconds
        query = "SELECT value FROM note WHERE name = ? AND at > ?"
        row = self._do(lambda db: db.execute(query, (name, since)).fetchone(), begin="")
        return str(row[0]) if row else ""

    def forget(self) -> None:
        """Begin again, with new keys."""
        self._keys.clear()
        self._do(lambda db: [db.execute(f"DELETE FROM {table}") for table in ("secret", "hits", "used", "note")] and None)  # noqa: S608 - our own names

    def remove(self) -> None:
        """Close it, and take its folder away: when the server ends."""
        with self._lock:
            self._close()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _more(self, db: sqlite3.Connection, counter: Counter, mark: bytes, now: float) -> float:
        until = now + 2 * counter.seconds
        this, last = db.execute(_MORE, (counter.what, mark, int(now // counter.seconds), until)).fetchone()
        return _estimate(now, counter, this, last)

    def _sweep(self, db: sqlite3.Connection, now: float) -> None:
        if now - self._swept < 10:  # noqa: PLR2004 - seconds
            return
        self._swept = now
        for table in ("hits", "used"):
            db.execute(f"DELETE FROM {table} WHERE until < ? OR until > ?", (now, now + 2 * KEPT_SECONDS))  # noqa: S608 - our own names

    @property
    def _turn(self) -> AbstractContextManager[None]:
        """Processes take turns at a shared file."""
        return Turnstile(self._folder / "memory").turn() if self._folder else nullcontext()

    # -- the file ----------------------------------------------------------------------------------------
    def _do[T](self, work: Callable[[sqlite3.Connection], T], begin: str = "BEGIN IMMEDIATE") -> T:
        """In one transaction; where it begins with nothing, one reading, which waits for nobody.

        A memory that is broken is thrown away; after that this process remembers alone.
        """
        with self._lock:
            try:
                return self._within(work, begin)
            except (sqlite3.Error, OSError) as error:
                log.warning("the memory broke (%s) and is begun anew, in this process alone", type(error).__name__)
                self._close()
                self._folder = None
                return self._within(work, begin)

    def _within[T](self, work: Callable[[sqlite3.Connection], T], begin: str) -> T:
        if not begin and self._is_open:
            return work(self._open())
        with self._turn:
            db = self._open()
            db.execute(begin or "BEGIN")
            try:
                found = work(db)
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")
            return found

    @property
    def _is_open(self) -> bool:
        """By this process: a child must not use its parent's handle."""
        return self._connection is not None and self._pid == os.getpid()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or not self._is_open:
            where = str(self._folder / "memory.sqlite3") if self._folder else ":memory:"
            db = sqlite3.connect(where, timeout=2, isolation_level=None, check_same_thread=False)
            db.execute("PRAGMA journal_mode=WAL").fetchone()
            db.execute("PRAGMA synchronous=OFF")
            db.execute(f"PRAGMA max_page_count={MOST_PAGES}").fetchone()
            db.executescript(_SCHEMA)
            self._connection, self._pid = db, os.getpid()
        return self._connection

    def _close(self) -> None:
        if self._connection is not None and self._pid == os.getpid():
            self._connection.close()
        self._connection = None


def _day_key(db: sqlite3.Connection, name: str, day: str) -> bytes:
    db.execute("DELETE FROM secret WHERE day <> ?", (day,))
    db.execute("INSERT OR IGNORE INTO secret VALUES (?, ?, ?)", (name, day, os.urandom(32)))
    return bytes(db.execute("SELECT value FROM secret WHERE name = ? AND day = ?", (name, day)).fetchone()[0])


def _two_slots(db: sqlite3.Connection, counter: Counter, mark: bytes, now: float) -> tuple[int, int]:
    slot = int(now // counter.seconds)
    query = "SELECT slot, n FROM hits WHERE what = ? AND mark = ? AND slot >= ?"
    found = dict(db.execute(query, (counter.what, mark, slot - 1)).fetchall())
    return found.get(slot, 0), found.get(slot - 1, 0)


def _estimate(now: float, counter: Counter, this: int, last: int) -> float:
    """What a window that slides would hold: this slot, and the part of the last one that is not yet over."""
    return float(this + last * (1 - now % counter.seconds / counter.seconds))


def folder_in_memory(mounts: Path = Path("/proc/mounts")) -> Path | None:
    """A folder of this user and this installation in a file system that is memory; None where there is none."""
    name = f"spean-{os.getuid()}-{blake2b(str(settings.DATA_DIR).encode(), digest_size=8).hexdigest()}"
    for base in (os.environ.get("RUNTIME_DIRECTORY"), os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108 - made private below
        if base and _is_memory(Path(base), mounts) and (folder := _private(Path(base) / name)):
            return folder
    return None


def _is_memory(path: Path, mounts: Path) -> bool:
    try:
        lines: Sequence[str] = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
        real = path.resolve(strict=True)
    except OSError:
        return False
    kinds = {Path(line.split()[1]): line.split()[2] for line in lines if len(line.split()) > 2}  # noqa: PLR2004 - what, where, kind
    return next((kinds[p] for p in (real, *real.parents) if p in kinds), "") in {"tmpfs", "ramfs"}


def _private(folder: Path) -> Path | None:
    """The folder, if it is ours alone: another user of the machine may have made one of this name first."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    ours = found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder if ours and folder.is_dir() and not folder.is_symlink() else None


_memories: dict[object, Memory] = {}
_memories_lock = threading.Lock()


def memory() -> Memory:
    """The memory of this installation."""
    place = settings.DATA_DIR
    known = _memories.get(place)
    if known is not None:
        return known
    with _memories_lock:
        if place not in _memories:
            _memories[place] = Memory(folder_in_memory())
        return _memories[place]
