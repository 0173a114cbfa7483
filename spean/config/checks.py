"""What an operator's `spean check` looks at: Django's own checks, the engine, the database, the keystore, the assets."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection

from spean.config import health
from spean.kernel.errors import Refusal

OLDEST_SQLITE = (3, 51, 3)  # before it, a rare reset of the WAL could corrupt a database
OLDEST_POSTGRESQL = 15_00_00
KEYSTORE_FILE = "keystore.sqlite3"


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    name: str
    ok: bool
    words: str
    fatal: bool = True


def installation() -> Iterator[Finding]:
    """Every finding, in the order in which to mend them."""
    yield from _framework()
    yield _engine()
    yield from _database()
    yield from _rows()
    yield from _keystore()
    yield _custodians()
    yield _assets()
    yield _room()
    yield _photos()
    yield _media()
    yield Finding(
        "https", settings.HTTPS, "cookies are Secure" if settings.HTTPS else "SPEAN_HTTPS is 0: only for a trial", fatal=False
    )
    yield Finding("debug", not settings.DEBUG, "off" if not settings.DEBUG else "SPEAN_DEBUG is 1: error pages show code")


def _framework() -> Iterator[Finding]:
    # what Django adds for deployment supposes HTTPS in front: those are notes until SPEAN_HTTPS says that it is there
    found = [m for m in checks.run_checks(include_deployment_checks=settings.HTTPS) if not m.is_silenced()]
    serious = [m for m in found if m.is_serious()]
    yield Finding("django", not serious, f"{len(serious)} errors, {len(found) - len(serious)} warnings")
    for message in found:
        yield Finding(message.id or "django", ok=False, words=str(message.msg), fatal=message.is_serious())


def _engine() -> Finding:
    if connection.vendor == "sqlite":
        version = sqlite3.sqlite_version_info
        words = f"SQLite {'.'.join(map(str, version))}"
        return Finding("engine", version >= OLDEST_SQLITE, words, fatal=False)
    try:
        connection.ensure_connection()
        number = int(getattr(connection, "pg_version", 0))
    except DatabaseError:
        return Finding("engine", ok=False, words="PostgreSQL does not answer")
    return Finding("engine", number >= OLDEST_POSTGRESQL, f"PostgreSQL {number // 10000}.{number % 10000}")


def _database() -> Iterator[Finding]:
    for name, ready, mend in (
        ("database", health.database, "it does not answer; look at SPEAN_DATABASE_URL"),
        ("migrations", health.migrations, "the tables are behind; run `spean migrate`"),
    ):
        try:
            ok = ready()
        except DatabaseError:
            ok = False
        yield Finding(name, ok, "ready" if ok else mend)


def _rows() -> Iterator[Finding]:
    """Whether PostgreSQL itself keeps rows with their organisation: docs/decisions/0032."""
    from spean.accounts import rows

    if connection.vendor != "postgresql":
        return
    try:
        state = rows.state()
    except DatabaseError:
        yield Finding("rows", ok=False, words="could not be looked at")
        return
    kept = len(rows.tables()) - len(state.lacking)
    words = f"{kept} of {len(rows.tables())} tables of cases keep their rows with their organisation"
    yield Finding("rows", not state.lacking, f"{words}; run `spean migrate`" if state.lacking else words)
    if state.bypasses:
        yield Finding("role", ok=False, words=f"{state.role} passes every policy: serve as one without SUPERUSER and BYPASSRLS")
    else:
        words = f"{state.role} owns tables and could switch policies off; see docs/howto/install.md"
        yield Finding("role", not state.owns, words if state.owns else f"{state.role} owns nothing", fatal=False)


def keystore_state() -> dict[str, str]:
    """What the keystore holds, counted; reading it makes nothing."""
    path = settings.KEYSTORE_DIR / KEYSTORE_FILE
    if not path.exists():
        return {"file": f"{path} (missing)", "pepper": "missing"}
    state = {"file": str(path), "mode": stat.filemode(path.stat().st_mode)}
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        names = {row[0] for row in database.execute("SELECT name FROM secret")}
        state["pepper"] = "present" if "pepper" in names else "missing"
        state["audit key"] = "present" if "audit-ed25519" in names else "missing"
        for label, table in (("tokens", "token"), ("erased", "erased"), ("anchors", "anchor")):
            state[label] = str(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
    except sqlite3.DatabaseError as error:
        state["pepper"] = f"unreadable ({type(error).__name__})"
    finally:
        database.close()
    return state


def _keystore() -> Iterator[Finding]:
    state = keystore_state()
    yield Finding("keystore", state["pepper"] == "present", f"pepper {state['pepper']}, {state.get('tokens', 0)} tokens")
    path = settings.KEYSTORE_DIR / KEYSTORE_FILE
    if path.exists():
        private = all(not p.stat().st_mode & 0o077 for p in (path, path.parent)) and path.stat().st_uid == os.geteuid()
        yield Finding("keystore mode", private, "only for the server's user" if private else "others on this machine may read it")
    if connection.vendor == "sqlite":
        apart = Path(str(settings.DATABASES["default"]["NAME"])).parent not in (
            settings.KEYSTORE_DIR,
            *settings.KEYSTORE_DIR.parents,
        )
        words = "apart from the database" if apart else "in the database's folder: one stolen backup would hold both"
        yield Finding("keystore place", apart, words, fatal=False)


def _custodians() -> Finding:
    """Organisations whose people read what is sealed, and that could not open lost keys. Counted, nobody named."""
    from spean.accounts import custodians

    try:
        orgs = custodians.needing_custodians()
        lacking, due = len(custodians.missing_custodians(orgs)), len(custodians.practices_due(orgs))
    except (DatabaseError, Refusal):
        return Finding("custodians", ok=False, words="could not be looked at", fatal=False)
    words = f"{len(orgs) - lacking} of {len(orgs)} organisations with keys have three who can help; {due} must practise"
    return Finding("custodians", not lacking and not due, words, fatal=False)


def _room() -> Finding:
    from spean.collect import room

    if not room.has_room_for_words():
        return Finding("room", ok=False, words="the disk is full: no report is taken in; see docs/howto/operate.md")
    files = room.has_room_for_files()
    return Finding(
        "room", files, "enough" if files else "little: photos and recordings are refused, words are taken", fatal=False
    )


def _photos() -> Finding:
    """Whether photos of contracts can be read, in every language of ours."""
    from spean.collect import tessdata

    if not settings.READERS:
        return Finding("photos", ok=True, words="SPEAN_READERS is 0: no photos of contracts are taken", fatal=False)
    lacking, found = tessdata.missing(settings.TESSDATA), tessdata.folder(settings.TESSDATA)
    if lacking:
        words = f"no language data for {', '.join(lacking)}; Debian: apt-get install {tessdata.packages(lacking)}"
        return Finding("photos", ok=False, words=words, fatal=False)
    return Finding("photos", ok=True, words=f"{settings.READERS} at once, language data in {found}", fatal=False)


def _media() -> Finding:
    """Whether the pictures and readings that public pages show are on the disk: a backup may have been put back without them."""
    from spean.library.queries import media

    try:
        shown, missing = media.counted()
    except DatabaseError:
        return Finding("media", ok=False, words="could not be looked at", fatal=False)
    words = f"{shown} pictures and readings on public pages"
    return Finding("media", not missing, f"{words}, {missing} not on the disk" if missing else words, fatal=False)


def _assets() -> Finding:
    manifest = Path(str(settings.DJANGO_VITE["default"]["manifest_path"]))
    return Finding("assets", manifest.exists(), "built" if manifest.exists() else "not built; run `make setup`")
