"""The tables are made by who owns them, and served by a role that does not: docs/decisions/0032."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from spean.kernel import acting


def migrate(verbosity: int = 0) -> None:
    """Bring the tables up to date, with every row in sight."""
    with as_owner(), acting.house():
        call_command("migrate", interactive=False, verbosity=verbosity)


@contextmanager
def as_owner() -> Iterator[None]:
    """Ask as the owner, where an operator has named one; then as the role that serves again."""
    owner = {name: settings.DATABASE_OWNER[name] for name in ("USER", "PASSWORD") if settings.DATABASE_OWNER}
    server = {name: connection.settings_dict[name] for name in owner}
    try:
        _connect_as(owner)
        yield
    finally:
        _connect_as(server)


def _connect_as(who: dict[str, str]) -> None:
    if who:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone
        connection.settings_dict.update(who)
