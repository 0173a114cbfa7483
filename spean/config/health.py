"""Two addresses for whoever watches over the server: is it alive, and may it be given readers."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


def database() -> bool:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations() -> bool:
    """Every change of the tables has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def keystore() -> bool:
    """The folder of the pepper and the erasure tokens is there and holds something."""
    return settings.KEYSTORE_DIR.is_dir() and any(settings.KEYSTORE_DIR.iterdir())


def room() -> bool:
    """There is room on the disk for what people report."""
    from spean.collect.room import has_room_for_words

    return has_room_for_words()


CHECKS: dict[str, Callable[[], bool]] = {"database": database, "migrations": migrations, "keystore": keystore, "room": room}
# Once the tables are right they stay right for this process: looking again would cost a query a migration.
_settled: set[str] = set()


def missing() -> list[str]:
    """The ids of what is not there, in the order of CHECKS."""
    absent = []
    for name, check in CHECKS.items():
        if name in _settled:
            continue
        try:
            ready = check()
        except (DatabaseError, OSError):
            logger.warning("the check of readiness did not pass", extra={"ids": {"check": f"spean.{name}"}}, exc_info=True)
            ready = False
        if not ready:
            absent.append(name)
        elif name == "migrations":
            _settled.add(name)
    return absent


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else, so that a slow database does not get it restarted."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when readers may come, else 503 and the ids of what is missing."""
    absent = missing()
    return JsonResponse(
        {"ready": not absent, "missing": absent}, status=503 if absent else 200, headers={"Cache-Control": "no-store"}
    )
