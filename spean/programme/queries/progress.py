"""How far a project came: of each indicator baseline, target, actual, per cent, by period and by place; and over projects.

As many queries for one number as for ten thousand. Only numbers that a second person confirmed are counted. Where nobody asks for
places and parts, the database adds what may be told as it stands (`sums.py`).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import NotYours
from spean.kernel.paging import in_language
from spean.kernel.small import INSIDE_THRESHOLD
from spean.programme.amounts import NOTHING, Amount, MixedUnits, together
from spean.programme.models import Indicator, Programme, Project, Target, Value
from spean.programme.queries import sums
from spean.programme.result_enums import ADDS, BOOKS, ResultKind, Unit, ValueState
from spean.programme.told import Told, parts_of, told
from spean.programme.told import baseline as baseline_told

Days = tuple[date, date] | None


@dataclass(frozen=True)
class Period:
    """What was reached in a period, and what should have been. None: nothing is written down."""

    starts_on: date
    ends_on: date
    actual: Amount | None
    target: Amount | None
    hidden: bool = False  # there is a number, and it is too small to be told


@dataclass(frozen=True)
class Standing:
    """A confirmed number, as it is told."""

    starts_on: date
    ends_on: date
    path: str
    place: Any
    said: Told


@dataclass(frozen=True)
class AtPlace:
    """What was reached in one place."""

    name: str
    actual: Amount


@dataclass(frozen=True)
class InPart:
    """What was reached of a part of a breakdown: at least that, where a number has no such parts, or is too small to be told."""

    by: str
    code: str
    label: str
    actual: Amount


@dataclass(frozen=True)
class Line:
    """One indicator as it stands."""

    id: UUID
    code: str
    name: str
    unit: str
    unit_label: str
    rising: bool
    adds: bool
    baseline: Amount | None
    baseline_year: int | None
    target: Amount | None  # of the whole project where numbers add up, else of the latest period
    actual: Amount | None
    reached: int | None  # per cent of the target
    periods: tuple[Period, ...]
    #: these two only where the whole was asked for
    places: tuple[AtPlace, ...]
    parts: tuple[InPart, ...]


@dataclass(frozen=True)
class Group:
    """A result and its indicators."""

    kind_label: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Progress:
    """The page of a project's progress."""

    project: UUID
    name: str
    starts_on: date
    ends_on: date
    groups: tuple[Group, ...]
    waiting: int


@dataclass(frozen=True)
class Across:
    """One indicator of the ready set over the projects of a programme. Without `sum`, `why` says what forbids it."""

    code: str
    name: str
    unit_label: str
    projects: tuple[tuple[str, Amount], ...]
    sum: Amount | None
    why: str


def progress(actor: Actor, project_id: UUID) -> Progress:
    """How far a project came. Seven queries."""
    project = access.get(actor, "project.measure", Project.objects.all(), project_id)
    groups, waiting = groups_of(project)
    return Progress(project.id, project.name, project.starts_on, project.ends_on, groups, waiting)


def at_places(actor: Actor, project_id: UUID, indicator_id: UUID) -> tuple[AtPlace, ...]:
    """What was reached of one indicator in each place that has numbers of its own. Three queries."""
    project = access.get(actor, "project.measure", Project.objects.all(), project_id)
    one = Indicator.objects.filter(project=project, pk=indicator_id).first()
    if one is None:
        raise NotYours
    return _places(one.unit, _standing({one.id: one}, None, parts=False, k=INSIDE_THRESHOLD)[one.id])


def groups_of(
    project: Project, days: Days = None, *, whole: bool = False, k: int = INSIDE_THRESHOLD
) -> tuple[tuple[Group, ...], int]:
    """(its results with their indicators, how many numbers wait); with `days` only what lies within them. `k`: see `told`.

    `whole`: with what was reached in each place and of each part.
    """
    lines, waiting = _lines([project.id], days, whole=whole, k=k)
    grouped: dict[UUID, list[Line]] = defaultdict(list)
    for result, line in lines[project.id]:
        grouped[result].append(line)
    groups = [
        Group(str(ResultKind(one.kind).label), in_language(one.title_km, one.title_en), tuple(grouped[one.id]))
        for one in project.results.order_by("position")
        if one.id in grouped
    ]
    return tuple(groups), waiting


def across(actor: Actor, programme_id: UUID) -> tuple[str, tuple[Across, ...]]:
    """(the programme's name, each indicator that several of its projects measure, added where that is true). Five queries."""
    programme = access.get(actor, "programme.see", Programme.objects.all(), programme_id)
    seen = access.visible(actor, "project.measure", Project.objects.filter(programme=programme)).order_by("starts_on", "id")
    names = {project.id: project.name for project in seen}
    found: dict[str, list[tuple[str, Line]]] = defaultdict(list)
    for project, lines in _lines(list(names))[0].items():
        for _result, line in lines:
            if line.actual is not None:
                found[line.code].append((names[project], line))
    return programme.name, tuple(_across(code, found[code]) for code in sorted(found))


def _across(code: str, lines: list[tuple[str, Line]]) -> Across:
    amounts = [line.actual for _name, line in lines if line.actual is not None]
    sum_, why = amounts[0], ""
    try:
        for amount in amounts[1:]:
            sum_ = sum_.beside(amount)
    except MixedUnits as refusal:
        why = str(refusal.message)
    first = lines[0][1]
    parts = tuple((name, line.actual) for name, line in lines if line.actual is not None)
    return Across(code, first.name, first.unit_label, parts, None if why else sum_, why)


def _lines(
    projects: list[UUID], days: Days = None, *, whole: bool = False, k: int = INSIDE_THRESHOLD
) -> tuple[dict[UUID, list[tuple[UUID, Line]]], int]:
    """By project, (result, line) of each indicator in the order of its code; and how many numbers wait."""
    indicators = list(Indicator.objects.filter(project__in=projects).order_by("code"))
    within = {"starts_on__gte": days[0], "ends_on__lte": days[1]} if days else {}
    targets: dict[UUID, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(indicator__project__in=projects, **within).order_by("starts_on"):
        targets[target.indicator_id].append(target)
    waiting = Value.objects.filter(indicator__project__in=projects, state=ValueState.WAITING, **within).count()
    values: dict[UUID, list[Standing]] = {}
    if whole:
        values = _standing({one.id: one for one in indicators}, days, parts=True, k=k)
        reached = {one.id: _by_period(one.unit, values[one.id]) for one in indicators}
    else:
        reached = sums.of(indicators, within, k)
    found: dict[UUID, list[tuple[UUID, Line]]] = defaultdict(list)
    for one in indicators:
        line = _line(one, targets[one.id], reached.get(one.id, {}), values.get(one.id, []), k)
        found[one.project_id].append((one.result_id, line))
    return found, waiting


def _standing(known: dict[UUID, Indicator], days: Days, *, parts: bool, k: int) -> dict[UUID, list[Standing]]:
    """The confirmed numbers of these indicators one by one, the oldest first."""
    within = {"starts_on__gte": days[0], "ends_on__lte": days[1]} if days else {}
    rows = Value.objects.filter(indicator__in=known, state=ValueState.CONFIRMED, **within)
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for value in (rows.prefetch_related("parts") if parts else rows).select_related("place").order_by("starts_on", "path"):
        said = told(value, known[value.indicator_id], parts_of(value.parts.all()) if parts else {}, k)
        found[value.indicator_id].append(Standing(value.starts_on, value.ends_on, value.path, value.place, said))
    return found


def _line(one: Indicator, targets: list[Target], reached: sums.ByPeriod, values: list[Standing], k: int) -> Line:
    unit, adds = one.unit, one.unit in ADDS
    periods = _periods(unit, targets, reached)
    told = [p for p in periods if p.actual is not None]
    if adds:
        actual = together(p.actual for p in told if p.actual is not None)
        if actual and any(p.hidden for p in periods):
            actual = replace(actual, more=True)
        target = together(p.target for p in periods if p.target is not None)
    else:
        actual = told[-1].actual if told else None
        target = _latest_target(unit, targets, told[-1].ends_on if told else None)
    known = baseline_told(one, k)
    baseline = None if known is None else Amount(known, unit)
    per_cent = actual.of(target, baseline, rising=one.rising) if actual and target else None
    return Line(
        id=one.id,
        code=one.code,
        name=in_language(one.name_km, one.name_en),
        unit=unit,
        unit_label=str(Unit(unit).label),
        rising=one.rising,
        adds=adds,
        baseline=baseline,
        baseline_year=one.baseline_year,
        target=target,
        actual=actual,
        reached=per_cent,
        periods=periods,
        places=_places(unit, values),
        parts=_parts(one, values),
    )


def _parts(one: Indicator, values: list[Standing]) -> tuple[InPart, ...]:
    """What was reached of each part, over all numbers."""
    found = []
    for by in one.by if one.unit in ADDS else ():
        for code, label in BOOKS[by].choices:
            amounts = [v.said.parts.get((by, code)) for v in values]
            known = [amount for amount in amounts if amount is not None]
            if known:
                more = len(known) < len(amounts)
                found.append(InPart(by, code, str(label), Amount(sum(known, NOTHING), one.unit, None, more)))
    return tuple(found)


def _by_period(unit: str, values: list[Standing]) -> sums.ByPeriod:
    found: dict[tuple[date, date], list[Standing]] = defaultdict(list)
    for value in values:
        found[value.starts_on, value.ends_on].append(value)
    return {days: _sum(unit, of_period) for days, of_period in found.items()}


def _periods(unit: str, targets: list[Target], reached: sums.ByPeriod) -> tuple[Period, ...]:
    """Every period of a target or a number, oldest first."""
    wanted = {(t.starts_on, t.ends_on): Amount(t.amount, unit) for t in targets}
    return tuple(
        Period(*days, reached.get(days), wanted.get(days), hidden=days in reached and reached[days] is None)
        for days in sorted({*wanted, *reached})
    )


def _sum(unit: str, values: Sequence[Standing]) -> Amount | None:
    return sums.of_one_period(unit, [(v.said.amount, v.said.out_of) for v in values])


def _latest_target(unit: str, targets: list[Target], until: date | None) -> Amount | None:
    """The target of the period that the latest number is of, else of the last one that began, else the first."""
    if not targets:
        return None
    begun = [t for t in targets if until is None or t.starts_on <= until]
    return Amount((begun[-1] if begun else targets[0]).amount, unit)


def _places(unit: str, values: list[Standing]) -> tuple[AtPlace, ...]:
    """What was reached in each place that has numbers of its own; the latest one where numbers do not add up."""
    by_place: dict[str, list[Standing]] = defaultdict(list)
    for value in values:
        if value.place and value.said.amount is not None:
            by_place[value.path].append(value)
    found = []
    for path in sorted(by_place):
        own = by_place[path] if unit in ADDS else by_place[path][-1:]
        actual = _sum(unit, own)
        if actual is not None:
            found.append(AtPlace(own[0].place.name, actual))
    return tuple(found)
