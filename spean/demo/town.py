"""Builds the town once, marks the folder as its own, and throws it away only where that mark is."""

import json
import shutil
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from spean.accounts.models import Organisation
from spean.config import migrating
from spean.demo import (
    casework,
    gathering,
    helping,
    land,
    library,
    networking,
    people,
    plan,
    programming,
    recruiting,
    sharing,
    travelling,
    volunteering,
)
from spean.demo.play import Play
from spean.evidence import handlers
from spean.evidence.operations import publish_issue
from spean.kernel import clock
from spean.places.operations import load_countries, load_gazetteer
from spean.privacy import audit
from spean.privacy.keystore import FILE_NAME, keystore
from spean.privacy.models import TreeHead
from spean.voices.enums import PUBLIC_STATES
from spean.voices.models import Issue

SEED = 54
MARKER = "demo.json"
Progress = Callable[[int, int, Any], None]


class NotOurs(Exception):
    """The folder holds data that the demo did not make: it is left alone."""


def marker() -> Path:
    """The file that says: everything here is invented."""
    return Path(settings.DATA_DIR) / MARKER


def told() -> dict[str, Any] | None:
    """What the marker says, or None."""
    return json.loads(marker().read_text(encoding="utf-8")) if marker().exists() else None


def is_ready() -> bool:
    """Whether the town stands."""
    said = told()
    return bool(said and said["state"] == "ready")


def require_ours() -> None:
    """Refuse a folder or database with data of others."""
    if told() is None and _has_data():
        raise NotOurs(
            f"{settings.DATA_DIR} holds data that the demo did not make, so it is left as it is. "
            "Choose another folder with SPEAN_DATA_DIR."
        )


def _has_data() -> bool:
    if Organisation._meta.db_table not in connection.introspection.table_names():
        return False
    return Organisation.objects.exists()


def wipe() -> None:
    """Throw away what the demo made: database, keys, sealed files, marker. Nothing without the marker."""
    if told() is None:
        require_ours()
        return
    if connection.vendor == "sqlite":
        connections.close_all()
        _remove(Path(str(settings.DATABASES["default"]["NAME"])))
    else:
        with migrating.as_owner():
            call_command("flush", interactive=False, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS demo_part")  # `country.TABLE`
    forget_files()
    marker().unlink()


def forget_files() -> None:
    """Throw away keys, checkpoints, sealed files, pictures of texts; other files in these folders stay."""
    folder = Path(settings.KEYSTORE_DIR)
    keystore().forget()
    _remove(folder / FILE_NAME)
    shutil.rmtree(folder / "checkpoints", ignore_errors=True)
    for files in (settings.SEALED_FILES_DIR, settings.MEDIA_DIR):
        shutil.rmtree(files, ignore_errors=True)


def _remove(database: Path) -> None:
    """An SQLite file with what stands beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def build(*, seed: int = SEED, size: float = 1.0, progress: Progress | None = None) -> None:
    """The whole town, from one seed. A build that was cut short is thrown away and begun again."""
    progress = progress or tell
    require_ours()
    if told() is not None:
        wipe()
    started = time.monotonic()
    migrating.migrate()
    mark(state="building", seed=seed, size=size)
    load_countries(progress)
    load_gazetteer(progress)
    sign_ins = make(seed=seed, size=size, now=clock.now(), progress=progress)
    took = round(time.monotonic() - started, 1)
    mark(state="ready", seed=seed, size=size, built_on=clock.today().isoformat(), seconds=took, sign_ins=sign_ins)


def make(*, seed: int, size: float, now: datetime, progress: Progress) -> list[tuple[str, str, str]]:
    """People, three years, what is published. Places are loaded already. Returns the sign-ins."""
    rng = Random(seed)
    with clock.at(now.replace(year=now.year - plan.YEARS, day=1)), transaction.atomic(), keystore().batch():
        here = land.choose(rng)
        cast = people.gather(rng, here)
    progress(cast.named, cast.named, "people of the demo")
    with clock.at(now), transaction.atomic():
        recruiting.furnish(cast, here, now)  # before the figures of which some are about
    with handlers.paused():
        Play(rng, cast, plan.make(rng, here, now=now, size=size), now).run(progress)
    with clock.at(now), transaction.atomic():
        helping.furnish(cast, here, now)
        travelling.furnish(here, now)
        networking.furnish(cast, now)
        casework.furnish(cast, here, now)
        programming.furnish(cast, now)
        gathering.furnish(cast, now)
        volunteering.furnish(cast, now)
        sharing.furnish(cast, now)
    _publish(progress)
    with transaction.atomic():
        shown = library.furnish(now)
    progress(shown, shown, "facts marked for the demonstration")
    for org in TreeHead.objects.values_list("org", flat=True):
        audit.checkpoint(org)
    return cast.sign_ins


def _publish(progress: Progress) -> None:
    public = list(Issue.objects.filter(state__in=PUBLIC_STATES).order_by("number").values_list("pk", flat=True))
    with transaction.atomic():
        for number, issue in enumerate(public, 1):
            publish_issue(issue)
            progress(number, len(public), "issues published")


def mark(**said: Any) -> None:
    """Write the marker anew, whole or not at all."""
    part = marker().with_suffix(".part")
    part.write_text(json.dumps(said, indent=1, ensure_ascii=False), encoding="utf-8")
    part.replace(marker())


def tell(done: int, total: int, what: Any) -> None:
    """One line that rewrites itself on a terminal; one line at the end elsewhere."""
    if sys.stderr.isatty():
        bar = "#" * (30 * done // max(total, 1))
        sys.stderr.write(f"\r  [{bar:30}] {done:,} of {total:,} {what}   " + ("\n" if done >= total else ""))
        sys.stderr.flush()
    elif done >= total:
        sys.stderr.write(f"  {total:,} {what}\n")
