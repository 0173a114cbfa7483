"""The empty SQLite database of the tests is migrated once: other workers, and later runs with the same migrations, copy it."""

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


class Template:
    """The database as it was after its migrations, in pytest's own cache. Who finds none makes it; the others wait for it."""

    def __init__(self, folder: Path | None) -> None:
        self.path = folder / f"{fingerprint()}.sqlite3" if folder else None
        self.copied = False
        self._lock: IO[str] | None = None

    def copy_to(self, database: Path) -> None:
        """Copy it if it is there; else hold what others wait for, until `keep`."""
        if self.path is None:
            return
        self._lock = self.path.with_suffix(".lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        if not self.path.exists():
            return
        self._release()
        part = database.with_suffix(".part")  # the database itself is opened by SQLite alone
        shutil.copyfile(self.path, part)
        part.replace(database)
        self.copied = True

    def keep(self, connection: Any) -> None:
        """Keep a copy of what was migrated just now, if it was; those of other migrations go."""
        if self.path is not None and self._lock is not None:
            for old in self.path.parent.glob("*.sqlite3"):
                old.unlink()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.path.with_suffix(".part"))])
            self.path.with_suffix(".part").replace(self.path)
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None
