"""Which SQLite runs: the one bundled with pysqlite3, so that a machine's old library cannot corrupt a WAL."""

import sys
from functools import partial
from typing import Any

#: SQLite's default limits by category: columns of a result, parameters of a statement (since 3.32)
LIMITS = {"SQLITE_LIMIT_COLUMN": (2, 2_000), "SQLITE_LIMIT_VARIABLE_NUMBER": (9, 32_766)}


def use_bundled_sqlite() -> str:
    """Put pysqlite3 in the place of sqlite3, before Django imports it; return the version in use."""
    try:
        import pysqlite3
    except ImportError:  # no wheel for this machine: the system's library, which `spean check` reports
        import sqlite3

        return sqlite3.sqlite_version
    from pysqlite3 import dbapi2

    class Connection(dbapi2.Connection):
        """Answers what Django 6.1 asks of Python's own module, which pysqlite3 0.6 does not have yet."""

        def getlimit(self, category: int) -> int:
            return dict(LIMITS.values())[category]

    if not hasattr(dbapi2.Connection, "getlimit") and not isinstance(dbapi2.connect, partial):
        connect: Any = partial(dbapi2.connect, factory=Connection)
        pysqlite3.connect = dbapi2.connect = connect
    for name, (category, _limit) in LIMITS.items():
        for module in (pysqlite3, dbapi2):
            if not hasattr(module, name):
                setattr(module, name, category)
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2
    return str(pysqlite3.sqlite_version)


def count_rows() -> None:
    """Let SQLite count its tables anew, by which it chooses an index; PostgreSQL does so by itself.

    With a limit it reads some hundred rows of an index and keeps numbers alone; without one it would keep samples of
    what stands there.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 400")
            cursor.execute("PRAGMA optimize = 0x10002")  # every table, also those not asked by this process
