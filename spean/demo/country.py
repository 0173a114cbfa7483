"""A whole country: a volunteer in every village, a million concerns, in parts that are each one transaction.

Each part is written down in the database together with what it made. A build that was cut short goes on with the next part:
nothing is made twice. What a part makes follows from the seed, its name, and the day on which the build began.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from django.db import connection, transaction

from spean.config import migrating
from spean.demo import crowd, helping, land, people, plan, recruiting, town
from spean.demo.province import Share, write
from spean.demo.sealers import Sealers
from spean.evidence.operations import publish_many, release_month
from spean.kernel import clock
from spean.places.enums import Level
from spean.places.models import Place
from spean.places.operations import load_countries, load_gazetteer
from spean.privacy import audit
from spean.privacy.keystore import keystore
from spean.privacy.models import TreeHead
from spean.voices.models import Issue

SIZE = "country"
TABLE = "demo_part"
#: SQLite's own memory while it builds: the indexes of random ids do not fit into its usual 2 MB
_CACHE_KIB = 300_000
#: of all concerns, those that name no place
_PLACELESS = 0.03
#: receipt numbers are slow by intent: so many reports of each province have a real one
_RECEIPTS = 40


@dataclass(frozen=True)
class Measure:
    """How much is made. For tests: some provinces, few villages, and without the people of the ordinary demo."""

    concerns: int = 1_000_000
    issues: int = 30_000
    provinces: tuple[str, ...] = ()
    villages: int | None = None
    tour: bool = True
    processes: int = 2


class Part(NamedTuple):
    """One transaction of the build."""

    name: str
    run: Callable[[], Any]
    says: str  # what the progress tells
    counts: int = 1


def build(measure: Measure | None = None, *, seed: int = town.SEED, progress: town.Progress | None = None) -> None:
    """The country; what was made before is kept."""
    measure, progress = measure or Measure(), progress or town.tell
    town.require_ours()
    said = town.told()
    if said is not None and said.get("size") != SIZE:
        town.wipe()
        said = None
    migrating.migrate()
    said = said or {"state": "building", "seed": seed, "size": SIZE, "began": clock.now().isoformat(), "seconds": 0}
    town.mark(**said)
    began = clock.now()
    load_countries(progress)
    load_gazetteer(progress)
    _make(measure, seed, datetime.fromisoformat(said["began"]), progress)
    _finish(progress)
    said = town.told() or said
    took = round(said["seconds"] + (clock.now() - began).total_seconds(), 1)
    town.mark(**{**said, "state": "ready", "built_on": clock.today().isoformat(), "seconds": took})


def _make(measure: Measure, seed: int, now: datetime, progress: town.Progress) -> None:
    done, sealers = _done(), Sealers(measure.processes)
    _widen()
    try:
        parts = list(_parts(measure, seed, now, sealers, progress))
        totals = {says: sum(p.counts for p in parts if p.says == says) for says in {p.says for p in parts}}
        made = dict.fromkeys(totals, 0)
        for part in parts:
            if part.name not in done:
                _write(part)
            made[part.says] += part.counts
            progress(made[part.says], totals[part.says], part.says)
    finally:
        sealers.end()


@transaction.atomic
def _write(part: Part) -> None:
    """Keys are on the disk before what they open: the keystore's batch ends first."""
    with keystore().batch():
        part.run()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (name) VALUES (%s)", [part.name])  # noqa: S608 - our own table


def _done() -> set[str]:
    """The parts that were made before."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (name VARCHAR(40) PRIMARY KEY)")
        cursor.execute(f"SELECT name FROM {TABLE}")  # noqa: S608 - our own table
        return {name for (name,) in cursor.fetchall()}


def _widen() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _parts(measure: Measure, seed: int, now: datetime, sealers: Sealers, progress: town.Progress) -> Iterator[Part]:
    """All of them, in order."""
    provinces = list(Place.objects.current().filter(level=Level.PROVINCE).order_by("code"))
    provinces = [p for p in provinces if not measure.provinces or p.code in measure.provinces]
    start = now.replace(year=now.year - plan.YEARS, day=1)
    if measure.tour:
        yield Part("cast", lambda: _cast(seed, start, now), "people of the demo")
    for province in provinces:
        yield Part(f"people.{province.code}", lambda p=province: _settle(p, measure, start), "provinces with their people")
    for share in _shares(provinces, measure):
        work = lambda s=share: write(s, Random(f"{seed}.{s.code}"), now, sealers, progress)  # noqa: E731 - of this share
        yield Part(f"voices.{share.code}", work, "concerns", share.concerns)
    for share in _shares(provinces, measure):
        yield Part(f"stories.{share.code}", lambda s=share: _publish(s), "issues published", share.issues)
    yield Part("figures", lambda: release_month(now.date().replace(day=1) - timedelta(days=1)), "month of figures")


def _cast(seed: int, start: datetime, now: datetime) -> None:
    """The people of the ordinary demo, with the sign-ins that are told; and who helps."""
    with clock.at(start):
        rng = Random(seed)
        here = land.choose(rng)
        cast = people.gather(rng, here)
    helping.furnish(cast, here, now)
    recruiting.furnish(cast, here, now)
    town.mark(**{**(town.told() or {}), "sign_ins": cast.sign_ins})


def _settle(province: Place, measure: Measure, start: datetime) -> None:
    with clock.at(start):
        crowd.settle(province, measure.villages)


def _shares(provinces: list[Place], measure: Measure) -> list[Share]:
    """How much falls to each province: as much as it has villages. What names no place goes to the nation's desk."""
    placeless = round(measure.concerns * _PLACELESS) if measure.tour else 0
    villages = Place.objects.current().filter(level=Level.VILLAGE)
    weights = [villages.filter(path__startswith=p.path).count() for p in provinces]
    whole, shares, number = sum(weights), [], 1
    for n, (province, weight) in enumerate(zip(provinces, weights, strict=True)):
        issues = max(30, round(measure.issues * weight / whole)) if measure.issues else 0
        concerns = round((measure.concerns - placeless) * weight / whole)
        shares.append(Share(province, concerns, issues, number, n * _RECEIPTS, _RECEIPTS, measure.villages))
        number += issues
    if placeless:
        shares.append(Share(None, placeless, 0, number, len(provinces) * _RECEIPTS, _RECEIPTS, measure.villages))
    return shares


def _publish(share: Share) -> None:
    numbers = (share.first_number, share.first_number + share.issues - 1)
    for begin in range(numbers[0], numbers[1] + 1, 500):
        publish_many(Issue.objects.filter(number__gte=begin, number__lte=min(begin + 499, numbers[1])).order_by("number"))


def _finish(progress: town.Progress) -> None:
    """Heads are signed for witnesses; the database looks at what it holds, so that it plans well."""
    orgs = list(TreeHead.objects.values_list("org", flat=True))
    for number, org in enumerate(orgs, 1):
        audit.checkpoint(org)
        progress(number, len(orgs), "trails signed")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
