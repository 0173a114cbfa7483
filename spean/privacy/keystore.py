"""The keystore: pepper, audit key, erasure tokens, anchors and pins, in a small SQLite file outside the database.

Who holds the database but not this file reads nothing, erases nothing and adds no key. Back it up by `copy_to`, apart
from the database; losing it loses every sealed record.
"""

import atexit
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from nacl.signing import SigningKey

from spean.kernel import clock, errors

FILE_NAME = "keystore.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (subject BLOB PRIMARY KEY, token BLOB NOT NULL, key_id BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased (subject BLOB PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS anchor (org BLOB PRIMARY KEY, public_key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pin (
    kind TEXT, org BLOB, owner BLOB, epoch INTEGER, public_keys BLOB, retired INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, org, owner, epoch, public_keys)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_CHUNK = 500


class Entry(NamedTuple):
    """What is kept of one subject: half of its data key, and the id of the whole, against which a wrap is checked."""

    token: bytes
    key_id: bytes | None


class Keystore:
    """One keystore file. Safe between threads and processes; every write is on the disk when it returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0
        self._known: dict[str, bytes] = {}
        self._batch: sqlite3.Connection | None = None
        self._mine = threading.local()  # `held`: what this thread keeps at the end of its `later` block

    # -- secrets of the installation ---------------------------------------------------------------------
    def pepper(self) -> bytes:
        """32 bytes mixed into every password; made at the first use."""
        return self._secret("pepper")

    def audit_key(self) -> SigningKey:
        """The key that signs the audit trail's heads; made at the first use."""
        return SigningKey(self._secret("audit-ed25519"))

    def _secret(self, name: str) -> bytes:
        if name not in self._known:
            with self._writing() as db:
                db.execute("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, os.urandom(32)))
                row = db.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
            self._known[name] = row[0]
        return self._known[name]

    # -- erasure tokens ----------------------------------------------------------------------------------
    def put_token(self, subject: UUID) -> bytes:
        """The subject's token, made if there is none; Conflict if it was erased, at its end within a `later` block."""
        held = self._held()
        if held is None:
            return self._put(subject, os.urandom(32), None).token
        kept = self.entries([subject]).get(subject)
        return held.setdefault(subject, Entry(os.urandom(32), None)).token if kept is None else kept.token

    def put(self, subject: UUID, token: bytes, key_id: bytes) -> None:
        """Keep a subject's token and the id of its data key, in one durable write; at its end within a `later` block."""
        held = self._held()
        if held is not None:
            held[subject] = Entry(token, key_id)
        else:
            self._keep(subject, Entry(token, key_id))

    def _keep(self, subject: UUID, entry: Entry) -> None:
        if self._put(subject, *entry).token != entry.token:
            raise errors.Conflict

    def _held(self) -> dict[UUID, Entry] | None:
        return getattr(self._mine, "held", None)

    @contextmanager
    def later(self) -> Iterator[None]:
        """Tokens that this thread puts within the block are kept at its end, in one durable write; till then it alone finds them.

        End it inside the database's transaction, so that a key is on the disk before what it opens. Nothing of the keystore
        is held meanwhile: who waits for the database must not have what somebody else in the database waits for. Where the
        block fails, nothing is kept. A block within a block is part of it.
        """
        if self._held() is not None:
            yield
            return
        held: dict[UUID, Entry] = {}
        self._mine.held = held
        try:
            yield
        finally:
            self._mine.held = None
        if held:
            with self.batch():
                for subject, entry in held.items():
                    self._keep(subject, entry)

    def _put(self, subject: UUID, token: bytes, key_id: bytes | None) -> Entry:
        with self._writing() as db:
            if db.execute("SELECT 1 FROM erased WHERE subject = ?", (subject.bytes,)).fetchone():
                raise errors.Conflict
            db.execute(
                "INSERT INTO token VALUES (?, ?, ?) ON CONFLICT (subject) DO UPDATE"
                " SET key_id = coalesce(excluded.key_id, key_id)",
                (subject.bytes, token, key_id),
            )
            row = db.execute("SELECT token, key_id FROM token WHERE subject = ?", (subject.bytes,)).fetchone()
            return Entry(*row)

    def put_new(self, made: Iterable[tuple[UUID, bytes, bytes]]) -> None:
        """Keep (subject, token, key id) of many subjects that were just made, in one durable write. For loading."""
        rows = sorted((subject.bytes, token, key_id) for subject, token, key_id in made)  # neighbours lie on one page
        with self._writing() as db:
            db.executemany("INSERT INTO token VALUES (?, ?, ?)", rows)

    def token(self, subject: UUID) -> bytes | None:
        """The subject's token; None when there never was one or it was erased."""
        entry = self.entries([subject]).get(subject)
        return entry.token if entry else None

    def entries(self, subjects: Iterable[UUID]) -> dict[UUID, Entry]:
        """What is kept of each of these subjects that has a token."""
        wanted, found = [s.bytes for s in subjects], {}
        for at in range(0, len(wanted), _CHUNK):
            part = wanted[at : at + _CHUNK]
            marks = ",".join("?" * len(part))
            rows = self._read(f"SELECT subject, token, key_id FROM token WHERE subject IN ({marks})", part)  # noqa: S608 - question marks only
            found.update({UUID(bytes=row[0]): Entry(row[1], row[2]) for row in rows})
        held = self._held()
        if held:
            found.update({UUID(bytes=subject): held[UUID(bytes=subject)] for subject in wanted if UUID(bytes=subject) in held})
        return found

    def erase(self, subject: UUID) -> None:
        """Destroy the token: from now on no copy of the database, however old, opens this subject."""
        (self._held() or {}).pop(subject, None)
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO erased VALUES (?, ?)", (subject.bytes, clock.today().isoformat()))
            db.execute("DELETE FROM token WHERE subject = ?", (subject.bytes,))
        self._read("PRAGMA wal_checkpoint(TRUNCATE)", ())  # so that no page with the token stays in the log

    def drop_token(self, subject: UUID) -> None:
        """Destroy a token that was lent for minutes. Unlike `erase` it leaves no mark that there was one."""
        with self._writing() as db:
            gone = db.execute("DELETE FROM token WHERE subject = ?", (subject.bytes,)).rowcount
        if gone:
            self._read("PRAGMA wal_checkpoint(TRUNCATE)", ())

    # -- whom to trust: outside the database, so that its administrator cannot add a key ---------------------
    def pin_anchor(self, org: UUID, ed25519_pub: bytes) -> None:
        """Fix the organisation's first key; Conflict when another one is fixed already."""
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO anchor VALUES (?, ?)", (org.bytes, ed25519_pub))
            row = db.execute("SELECT public_key FROM anchor WHERE org = ?", (org.bytes,)).fetchone()
            if row[0] != ed25519_pub:
                raise errors.Conflict

    def anchor(self, org: UUID) -> bytes | None:
        """The organisation's first Ed25519 key, from which all certificates descend."""
        rows = self._read("SELECT public_key FROM anchor WHERE org = ?", (org.bytes,))
        return rows[0][0] if rows else None

    def pin(self, kind: str, org: UUID, owner: UUID, epoch: int, public_keys: bytes) -> None:
        """Remember that these public keys of a user or team came through the application's own door."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO pin VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET retired = 0",
                (kind, org.bytes, owner.bytes, epoch, public_keys),
            )

    def pin_new(self, pins: Iterable[tuple[str, UUID, UUID, int, bytes]]) -> None:
        """`pin` for many keys that were just made, in one durable write. For loading."""
        rows = [(kind, org.bytes, owner.bytes, epoch, public_keys) for kind, org, owner, epoch, public_keys in pins]
        with self._writing() as db:
            db.executemany("INSERT INTO pin VALUES (?, ?, ?, ?, ?, 0)", rows)

    def retire_pins(self, kind: str, org: UUID, owner: UUID, *, keep: bytes) -> None:
        """Trust only the keys `keep` of this user or team from now on."""
        with self._writing() as db:
            db.execute(
                "UPDATE pin SET retired = 1 WHERE kind = ? AND org = ? AND owner = ? AND public_keys <> ?",
                (kind, org.bytes, owner.bytes, keep),
            )

    def is_pinned(self, kind: str, org: UUID, owner: UUID, epoch: int, public_keys: bytes) -> bool:
        """Whether these keys are pinned and not retired."""
        query = "SELECT 1 FROM pin WHERE kind = ? AND org = ? AND owner = ? AND epoch = ? AND public_keys = ? AND retired = 0"
        return bool(self._read(query, (kind, org.bytes, owner.bytes, epoch, public_keys)))

    # -- notes that no administrator of the database can change -----------------------------------------------
    def note(self, name: str, value: str) -> None:
        """Keep a word under a name."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str:
        """The word; nothing where there is none."""
        rows = self._read("SELECT value FROM note WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    # -- the file ------------------------------------------------------------------------------------------
    def copy_to(self, path: Path) -> None:
        """A whole copy of the keystore, for its own backup; never beside the database's."""
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        copy = sqlite3.connect(path)
        try:
            with self._lock, _unavailable():
                self._open().backup(copy)
        finally:
            copy.close()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None and self._pid == os.getpid():
                self._connection.close()
            self._connection = None

    def forget(self) -> None:
        """Close the file and remember nothing of it: for who throws it away."""
        self.close()
        self._known.clear()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Within the block all writes are one write, durable when it ends. Others wait, readers of this process too.

        Never wait for the database within it where others use both (`later` is for that): it is for who makes a whole town alone.
        """
        self.pepper()
        self.audit_key()  # made before, lest they be undone with the block and stay remembered
        with self._writing() as db:
            outer, self._batch = self._batch, db  # a batch within a batch is part of it
            try:
                yield
            finally:
                self._batch = outer

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _unavailable():
            if self._batch is not None:
                yield self._batch
                return
            db = self._open()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _read(self, query: str, values: Iterable[Any]) -> list[Any]:
        with self._lock, _unavailable():
            return self._open().execute(query, tuple(values)).fetchall()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._pid != os.getpid():  # a forked child must not use its parent's handle
            self._make_file()
            db = sqlite3.connect(self.path, timeout=20, isolation_level=None, check_same_thread=False)
            db.execute("PRAGMA journal_mode=WAL").fetchone()
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA secure_delete=ON")
            db.executescript(_SCHEMA)
            self._connection, self._pid = db, os.getpid()
        return self._connection

    def _make_file(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.folder.stat().st_mode & 0o077:
            self.folder.chmod(0o700)
        with suppress(FileExistsError):  # never open one that is there: closing it would drop this process's locks on it
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if self.path.stat().st_mode & 0o177:
            self.path.chmod(0o600)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _unavailable() -> Iterator[None]:
    """Without its keystore the application does nothing with sealed content."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise errors.Unavailable from error


_stores: dict[str, Keystore] = {}
_stores_lock = threading.Lock()


def keystore() -> Keystore:
    """The keystore of `settings.KEYSTORE_DIR`, whichever that is at the moment."""
    folder = str(settings.KEYSTORE_DIR)
    known = _stores.get(folder)
    if known is not None:
        return known
    with _stores_lock:
        if folder not in _stores:
            for other in _stores.values():
                other.close()
            _stores.clear()
            _stores[folder] = Keystore(Path(folder))
        return _stores[folder]


@atexit.register
def _close_all() -> None:
    for store in _stores.values():
        store.close()
