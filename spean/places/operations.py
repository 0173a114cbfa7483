"""Loading places: an edition becomes current, what it changes or drops is closed and kept."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import batched

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.places import spelling
from spean.places.enums import CAMBODIA, COUNTRIES, Level
from spean.places.models import ApartRow, Load, Place
from spean.places.sources import Edition, Row, Sorted, read_countries, read_gazetteer, sort_out

#: called with how many are done, how many there are, and of what (a lazy text)
Progress = Callable[[int, int, Promise], None]
_BATCH = 500


def quiet(done: int, total: int, what: Promise) -> None:
    """Report no progress."""


def load_countries(progress: Progress = quiet, rows_source: Callable[[], Edition] = read_countries) -> Load:
    """Make the countries of `rows_source` the current ones; the same again changes nothing."""
    return load_edition(rows_source(), progress)


@transaction.atomic
def load_gazetteer(progress: Progress = quiet, rows_source: Callable[[], Edition] = read_gazetteer) -> Load:
    """Make the gazetteer of `rows_source` the current one, under Cambodia; the same again changes nothing."""
    if not Place.objects.filter(source=COUNTRIES, code=CAMBODIA, until=None).exists():
        load_countries(progress)
    return load_edition(rows_source(), progress)


@transaction.atomic
def load_edition(edition: Edition, progress: Progress = quiet) -> Load:
    """Compare the edition with the current rows of its source: add, close, keep; answer with its load."""
    digest = _digest(edition)
    latest = Load.objects.filter(source=edition.source).order_by("-id").first()
    if latest and (latest.version, latest.digest) == (edition.version, digest):
        return latest
    found = sort_out(edition.rows)
    load = Load.objects.create(source=edition.source, version=edition.version, digest=digest)
    tally = _Loading(load, progress, total=len(found.placed)).run(found)
    _keep_apart(load, found)
    load.counts = {
        "rows": dict(Counter(row.level.value for row in edition.rows)),
        "placed": dict(Counter(row.level.value for row in found.placed)),
        "apart": dict(Counter(reason.value for _row, reason in found.apart)),
        **{what: tally[what] for what in ("added", "changed", "closed")},
    }
    load.save(update_fields=["counts"])
    return load


def _digest(edition: Edition) -> str:
    made = hashlib.sha256(f"{edition.source} {spelling.RULES}".encode())
    for row in edition.rows:
        made.update(repr((row.level.value, row.code, row.parent, row.name_km, row.name_en, row.kind)).encode())
    return made.hexdigest()


def _keep_apart(load: Load, found: Sorted) -> None:
    ApartRow.objects.bulk_create(
        ApartRow(
            load=load,
            level=row.level,
            code=row.code,
            parent_code=row.parent,
            name_km=row.name_km,
            name_en=row.name_en,
            reason=reason,
            raw=dict(row.raw),
        )
        for row, reason in found.apart
    )


@dataclass(slots=True)
class _Step:
    """What one level of an edition asks for."""

    new: list[Place] = field(default_factory=list)
    replaced: dict[str, int] = field(default_factory=dict)  # code -> id of the row that is closed
    refreshed: list[Place] = field(default_factory=list)  # only derived columns differ
    kept: int = 0


class _Loading:
    """One load on its way down the levels."""

    def __init__(self, load: Load, progress: Progress, total: int) -> None:
        self.load, self.progress, self.total = load, progress, total
        self.before = {p.code: p for p in Place.objects.filter(source=load.source, until=None)}
        self.parents: dict[str, tuple[int | None, str]] = {"": (None, "")}  # code -> (id, path)
        if load.source != COUNTRIES:
            country = Place.objects.get(source=COUNTRIES, code=CAMBODIA, until=None)
            self.parents[CAMBODIA] = (country.pk, country.path)
        self.replaced: dict[int, int] = {}
        self.done = 0

    def run(self, found: Sorted) -> Counter[str]:
        """Go down the levels, then close what is gone and hang kept children under their parents' new rows."""
        tally: Counter[str] = Counter()
        for level in Level:
            step = self._compare(row for row in found.placed if row.level == level)
            self._close(step.replaced.values())
            self._add(step, level)
            self.done += step.kept
            if step.kept:
                self.progress(self.done, self.total, _LEVELS_LOADED[level])
            Place.objects.bulk_update(step.refreshed, ["kind", "folded", "sound"], batch_size=_BATCH)
            tally["changed"] += len(step.replaced)
            tally["added"] += len(step.new) - len(step.replaced)
        present = {row.code for row in found.placed}
        gone = [place.pk for code, place in self.before.items() if code not in present]
        self._close(gone)
        tally["closed"] = len(gone)
        for old, new in self.replaced.items():
            Place.objects.filter(parent_id=old, until=None).update(parent_id=new)
        return tally

    def _compare(self, rows: Iterable[Row]) -> _Step:
        step = _Step()
        for row in rows:
            place = self._place(row)
            old = self.before.get(row.code)
            if old and _identity(old) == _identity(place):
                self.parents[row.code] = (old.pk, old.path)
                self._refresh(old, place, step)
                step.kept += 1
                continue
            if old:
                step.replaced[row.code] = old.pk
            step.new.append(place)
        return step

    def _place(self, row: Row) -> Place:
        parent, path = self.parents[row.parent]
        return Place(
            source=self.load.source,
            code=row.code,
            since=self.load,
            level=row.level,
            kind=row.kind,
            name_km=row.name_km,
            name_en=row.name_en,
            folded=spelling.names_folded(row.name_km, row.name_en),
            sound=spelling.name_sound(row.name_en),
            parent_id=parent,
            path=f"{path}{row.code}/",
        )

    @staticmethod
    def _refresh(old: Place, place: Place, step: _Step) -> None:
        if (old.kind, old.folded, old.sound) != (place.kind, place.folded, place.sound):
            old.kind, old.folded, old.sound = place.kind, place.folded, place.sound
            step.refreshed.append(old)

    def _close(self, ids: Iterable[int]) -> None:
        for some in batched(ids, _BATCH):
            Place.objects.filter(pk__in=some).update(until=self.load)

    def _add(self, step: _Step, level: Level) -> None:
        for some in batched(step.new, _BATCH):
            for place in Place.objects.bulk_create(some):
                self.parents[place.code] = (place.pk, place.path)
                if place.code in step.replaced:
                    self.replaced[step.replaced[place.code]] = place.pk
            self.done += len(some)
            self.progress(self.done, self.total, _LEVELS_LOADED[level])


def _identity(place: Place) -> tuple[str, str, str, str]:
    """What makes a row a new one when it differs: names, level, and where it lies."""
    return place.name_km, place.name_en, place.level, place.path


_LEVELS_LOADED: dict[Level, Promise] = {
    Level.COUNTRY: _("countries"),
    Level.PROVINCE: _("provinces"),
    Level.DISTRICT: _("districts"),
    Level.COMMUNE: _("communes"),
    Level.VILLAGE: _("villages"),
}
