"""Taking everything: the rows of every table, the database's own files, the data folder with the keystore, logs, leftovers."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tests.reading import file_bytes

from .searching import Loot


def rows() -> Iterator[tuple[str, str, Any]]:
    """(table, column, value) of every row there is."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
            columns = [described[0] for described in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield table, column, bytes(value) if isinstance(value, memoryview) else value


def take(loot: Loot, logs: list[Path], temporary: Path) -> Loot:
    """All of it."""
    held: dict[str, list[bytes]] = {}
    for table, _column, value in rows():
        held.setdefault(table, []).append(value if isinstance(value, bytes) else str(value).encode())
    for table, values in held.items():
        loot.add(f"table {table}", b"\n".join(values))
    for path in database_files():
        loot.add(f"database file {path.suffix or path.name}", file_bytes(path))
    for path in write_ahead_logs():
        loot.add_large("write-ahead log", file_bytes(path))
    loot.add_folder(Path(settings.DATA_DIR), "data folder")
    loot.add_folder(temporary, "temporary files")
    for path in logs:
        loot.add("log", file_bytes(path))
    return loot


def database_files() -> list[Path]:
    """The database's own files, where this process may read them."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        return [path for end in ("", "-wal", "-shm", "-journal") if (path := Path(name + end)).exists()]
    folder, oid = _cluster()
    return _readable(folder / "base" / str(oid))


def write_ahead_logs() -> list[Path]:
    """PostgreSQL's; SQLite's is one of the database's files."""
    return [] if connection.vendor == "sqlite" else _readable(_cluster()[0] / "pg_wal")


def _cluster() -> tuple[Path, int]:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()")
        folder, oid = cursor.fetchone()
    return Path(folder), oid


def _readable(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_file()) if os.access(folder, os.R_OK) else []


def secrets_in_reach() -> set[bytes]:
    """Every value of 32 bytes, or that could be made into one, in the tables, the sessions and the keystore."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    found: set[bytes] = set()
    for _table, _column, value in rows():
        found |= _as_keys(value)
    for session in Session.objects.all():
        for value in SessionStore(session.session_key).load().values():
            found |= _as_keys(value)
        found |= _as_keys(session.session_key)
    for path in (Path(settings.KEYSTORE_DIR)).glob("*.sqlite3"):
        import sqlite3

        with sqlite3.connect(path) as store:
            for (table,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for row in store.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608 - as above
                    for value in row:
                        found |= _as_keys(value)
    return found


def _as_keys(value: Any) -> set[bytes]:
    from hashlib import sha256

    if isinstance(value, str):
        made = {sha256(value.encode()).digest()}
        if len(value) == 64:
            try:
                made.add(bytes.fromhex(value))
            except ValueError:
                return made
        return made
    if isinstance(value, bytes | memoryview):
        value = bytes(value)
        return {value} if len(value) == 32 else {value[:32], value[-32:]} if len(value) > 32 else set()
    return set()
