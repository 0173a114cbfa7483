"""The empty database of the tests is migrated once; other workers copy it, with SQLite later runs of the same migrations too."""

import fcntl
import hashlib
import shutil
from pathlib import Path
from typing import IO, Any

import django

from spean.config.settings import PACKAGE

#: what makes the tables besides the migrations themselves
ALSO = ("privacy/triggers.py", "kernel/finding.py")


def fingerprint() -> str:
    """Of all that decides what the migrated database holds. Another Django, another database."""
    made = hashlib.sha256(django.__version__.encode())
    for path in sorted([*PACKAGE.glob("*/migrations/*.py"), *(PACKAGE / name for name in ALSO)]):
        made.update(f"\n{path.relative_to(PACKAGE)}\n".encode() + path.read_bytes())
    return made.hexdigest()[:16]


class Turn:
    """Of several workers one makes what the others wait for."""

    def __init__(self, lock: Path) -> None:
        self._lock: IO[str] | None = lock.open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def over(self) -> None:
        """The next one's turn; twice is once."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


class PostgresTemplate:
    """The migrated database of a cluster. It is gone with the cluster, which `scripts/with_postgres` makes for one run."""

    NAME = "spean_migrated"
    copied = False  # the copy is made by Django, from its setting TEMPLATE, and removed like any other

    def __init__(self, folder: Path, connection: Any) -> None:
        database = connection.settings_dict
        self.turn = Turn(folder / f"postgres-{database['HOST']}-{database['PORT']}.lock")
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.NAME])
            self.made = cursor.fetchone() is not None
        if self.made:
            database["TEST"]["TEMPLATE"] = self.NAME
            self.turn.over()

    def keep(self, connection: Any) -> None:
        """Copy what was migrated just now, if it was."""
        if not self.made:
            name = connection.settings_dict["NAME"]
            connection.close()
            connection.close_pool()  # a database that others copy has nobody in it
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{self.NAME}" TEMPLATE "{name}"')
        self.turn.over()


class SqliteTemplate:
    """The database as it was after its migrations, in pytest's own cache. Who finds none makes it; the others wait for it."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.path = folder / f"{fingerprint()}.sqlite3"
        self.turn = Turn(self.path.with_suffix(".lock"))
        self.copied = self.path.exists()
        if self.copied:
            self.turn.over()
            part = database.with_suffix(".part")  # the database itself is opened by SQLite alone
            shutil.copyfile(self.path, part)
            part.replace(database)

    def keep(self, connection: Any) -> None:
        """Keep a copy of what was migrated just now, if it was; those of other migrations go."""
        if not self.copied:
            for old in self.path.parent.glob("*.sqlite3"):
                old.unlink()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.path.with_suffix(".part"))])
            self.path.with_suffix(".part").replace(self.path)
        self.turn.over()
