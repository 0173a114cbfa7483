"""Reads of released figures for the public door: how long answers take, what became of promises, the trend, all as lines.

It knows what was released and nothing else, so nothing hidden can be here: not as a number, nor as an order of lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from spean.evidence import register
from spean.evidence.disclosure import ReleasedCell, ReleasedLine, line_from
from spean.evidence.models import Release, Table
from spean.voices import enums

QUARTERS = 12
_QUARTER_ENDS = (3, 6, 9, 12)
FATE_LABELS = {
    "kept": _("promise kept"),
    "done": _("said to be done"),
    "open": _("not yet due"),
    "broken": _("promise broken"),
    "refused": _("the office cannot"),
}
RUNG_LABELS = {
    "commune": enums.Level.COMMUNE.label,
    "district": enums.Level.DISTRICT.label,
    "province": enums.Level.PROVINCE.label,
    "country": enums.Level.NATION.label,
    register.BEYOND: _("Beyond the nation"),
}


@dataclass(frozen=True)
class Slice:
    """Some of the voices of a line. None: hidden. `code` is that of its first column."""

    code: str
    label: str
    voices: int | None


@dataclass(frozen=True)
class Wait:
    """How long the voices of some levels waited. `weeks` is 0 where no median may be told; `over`: longer than that."""

    label: str
    total: int | None
    slices: tuple[Slice, ...]
    weeks: int
    over: bool


@dataclass(frozen=True)
class Half:
    """A half-year's answers in one place: by level and days, and by what became of them."""

    first: date
    last: date
    released_on: date
    name: str
    together: bool
    total: int
    waits: tuple[Wait, ...]
    fates: tuple[Slice, ...]
    hidden: bool


@dataclass(frozen=True)
class Quarter:
    """What was told of a place at the end of a quarter: all voices so far."""

    first: date
    raised: int
    answered: int
    kept: int
    overdue: int


def half(province_path: str = "") -> Half | None:
    """The latest half-year's answers in the nation or one province. None before the first, and where nothing could be told."""
    release = Release.objects.filter(table=Table.ANSWERS).exclude(cells=[]).order_by("-period").first()
    line = _line(release, province_path)
    if release is None or line is None:
        return None
    promises = Release.objects.filter(table=Table.PROMISES, period=release.period).first()
    other = _line(promises, province_path)
    alike = other if other and (other.path, other.reason) == (line.path, line.reason) else None
    after = date(release.period.year + release.period.month // 7, 7 if release.period.month == 1 else 1, 1)
    cells = [*line.cells, *(alike.cells if alike else ())]
    return Half(
        first=release.period,
        last=after - timedelta(days=1),
        released_on=release.released_on,
        name=_name(line, get_language() or "km"),
        together=bool(line.reason),
        total=line.total,
        waits=_waits(line),
        fates=tuple(_slice(c, FATE_LABELS) for c in alike.cells if len(alike.cells) > 1) if alike else (),
        hidden=any(cell.voices is None for cell in cells),
    )


def _line(release: Release | None, province_path: str) -> ReleasedLine | None:
    """The province's line; where it is told with others, theirs; else the nation's."""
    lines = [line_from(row) for row in release.cells] if release else []
    wanted = [line for line in lines if province_path and line.path == province_path and not line.reason]
    wanted += [line for line in lines if province_path and line.reason]
    return (wanted or lines or [None])[0]


def _waits(line: ReleasedLine) -> tuple[Wait, ...]:
    found = []
    medians = {median.groups: median for median in line.medians}
    for groups in dict.fromkeys(cell.groups for cell in line.cells):
        cells = [cell for cell in line.cells if cell.groups == groups]
        numbers = [cell.voices for cell in cells]
        told = medians.get(groups)
        label = _joined(groups, RUNG_LABELS) if len(groups) < len(register.RUNGS) else gettext("All levels together")
        total = None if None in numbers else sum(n or 0 for n in numbers)
        slices = tuple(_days(cell) for cell in cells)
        found.append(Wait(label, total, slices, told.weeks if told else 0, bool(told and told.over)))
    return tuple(found)


def _days(cell: ReleasedCell) -> Slice:
    """Up to so many days, between two numbers of days, or more than so many."""
    bounds = [0, *(most for most, _code in register.DAYS)]
    least = bounds[register.BUCKETS.index(cell.columns[0])]
    if register.LATER in cell.columns:
        label = gettext("more than %(days)d days") % {"days": least} if least else gettext("any number of days")
    else:
        most = bounds[register.BUCKETS.index(cell.columns[-1]) + 1]
        label = gettext("up to %(days)d days") if not least else gettext("%(least)d to %(days)d days")
        label = label % {"days": most, "least": least + 1}
    return Slice(cell.columns[0], label, cell.voices)


def _slice(cell: ReleasedCell, labels: dict[str, object]) -> Slice:
    return Slice(cell.columns[0], _joined(cell.columns, labels), cell.voices)


def _joined(codes: Sequence[str], labels: dict[str, object]) -> str:
    """One or several words: "District or Province"."""
    return gettext(" or ").join(str(labels[code]) for code in codes)


def _name(line: ReleasedLine, language: str) -> str:
    if line.reason:
        with override(language):
            return gettext("Other provinces")
    return line.name_en if language == "en" else line.name_km


def trend(province_path: str = "") -> tuple[Quarter, ...]:
    """What was told at the end of each of the last twelve quarters, oldest first; nothing is made anew for it."""
    ends = Release.objects.filter(table=Table.VOICES, period__month__in=_QUARTER_ENDS).order_by("-period")[:QUARTERS]
    found = []
    for release in reversed(ends):
        for row in release.cells:
            mine = row["path"] == province_path if province_path else row["parent"] == ""
            if mine and row["reason"] != "together":
                numbers = {name: row[name] for name in ("raised", "answered", "kept", "overdue")}
                found.append(Quarter(release.period.replace(month=release.period.month - 2), **numbers))
    return tuple(found)


HEAD = ("table", "period", "released_on", "place", "name_km", "name_en", "told", "what", "voices")


def released_lines() -> Iterator[tuple[str, ...]]:
    """Every number that these pages show, one a line: the latest month, the quarters' ends, all half-years.

    What was told of recruiters stands on their own pages alone, beside the right to a correction.
    """
    voices = Release.objects.filter(table=Table.VOICES).order_by("-period")
    shown = [*voices[:1], *voices.filter(period__month__in=_QUARTER_ENDS)[:QUARTERS]]
    for release in {r.pk: r for r in shown}.values():
        for row in release.cells:
            head = _head(release, row["path"], row["name_km"], row["name_en"], row["reason"])
            yield from ((*head, name, str(row[name])) for name in ("raised", "answered", "kept", "overdue"))
    for release in Release.objects.filter(table__in=(Table.ANSWERS, Table.PROMISES)).order_by("table", "-period"):
        for line in map(line_from, release.cells):
            head = _head(release, line.path, line.name_km, line.name_en, line.reason)
            yield (*head, "total", str(line.total))
            for cell in line.cells:
                what = "+".join(filter(None, cell.groups)) + ":" + "+".join(cell.columns)
                yield (*head, what.removeprefix(":"), "" if cell.voices is None else str(cell.voices))
            yield from ((*head, "median weeks " + "+".join(m.groups), f"{'>' * m.over}{m.weeks}") for m in line.medians)


def _head(release: Release, path: str, km: str, en: str, reason: str) -> tuple[str, ...]:
    code = path.rstrip("/").rpartition("/")[2]
    days = (release.period.isoformat(), release.released_on.isoformat())
    return (release.table, *days, code, km, en, reason or "alone")
