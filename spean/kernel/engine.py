"""Which SQLite runs: the one bundled with pysqlite3, so that a machine's old library cannot corrupt a WAL."""

import sys


def use_bundled_sqlite() -> str:
    """Put pysqlite3 in the place of sqlite3, before Django imports it; return the version in use."""
    try:
        import pysqlite3
    except ImportError:  # no wheel for this machine: the system's library, which `spean check` reports
        import sqlite3

        return sqlite3.sqlite_version
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    return pysqlite3.sqlite_version
