"""What a project wants to reach, and one indicator with all its numbers: for those who answer for them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import NotYours
from spean.kernel.paging import PAGE, cursor_day, in_language
from spean.kernel.small import INSIDE_THRESHOLD
from spean.programme import ready
from spean.programme.models import Indicator, Project, Result, Target, Value
from spean.programme.result_enums import BOOKS, Breakdown, ResultKind, Unit, ValueState
from spean.programme.told import Parts, baseline, parts_of, told, whole

#: what the form of an indicator begins with
KEPT = (
    *("code", "name_km", "name_en", "definition_km", "definition_en", "source_km", "source_en"),
    *("unit", "rising", "guarded", "by", "baseline", "baseline_year"),
)


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator in the tree."""

    id: UUID
    code: str
    name: str
    unit_label: str
    targets: int
    numbers: int
    waiting: int


@dataclass(frozen=True)
class ResultRow:
    """One result, how deep it stands, its indicators."""

    id: UUID
    kind: str
    kind_label: str
    title: str
    depth: int
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class Framework:
    """The whole tree of a project, top first."""

    project: UUID
    project_name: str
    results: tuple[ResultRow, ...]
    ready: tuple[tuple[str, str], ...]  # (number, names) of those of the ready set that are not all taken in
    may: frozenset[str]


@dataclass(frozen=True)
class PartView:
    """A part of a number; None: too few to be told."""

    label: str
    amount: Decimal | None


@dataclass(frozen=True)
class ValueView:
    """A number with its evidence and what became of it. `may` are the verbs that fit the reader."""

    id: UUID
    starts_on: date
    ends_on: date
    place: str
    place_code: str
    amount: Decimal | None
    out_of: int | None
    evidence: str
    state: str
    state_label: str
    entered_by: str
    entered_on: date
    decided_by: str
    decided_on: date | None
    counted_on: date | None
    threshold: int
    guarded: bool  # the reader gets it with small parts left out
    correction: bool
    parts: tuple[tuple[str, tuple[PartView, ...]], ...]
    kept_parts: dict[str, Any]
    may: frozenset[str]


@dataclass(frozen=True)
class TargetView:
    """A target of a period."""

    starts_on: date
    ends_on: date
    amount: Decimal


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator. `places` are those of the project, to choose."""

    id: UUID
    code: str
    project: UUID
    project_name: str
    result: str
    name: str
    definition: str
    source: str
    unit: str
    unit_label: str
    rising: bool
    guarded: bool
    ready: bool
    by: tuple[tuple[str, str, tuple[tuple[str, Any], ...]], ...]  # (breakdown, its label, its codes)
    baseline: Decimal | None
    baseline_year: int | None
    kept: dict[str, Any]
    targets: tuple[TargetView, ...]
    values: tuple[ValueView, ...]
    after: str  # opens the numbers that follow
    places: tuple[tuple[str, str], ...]
    may: frozenset[str]


def framework(actor: Actor, project_id: UUID, *, to: str | None = None) -> Framework:
    """The tree of a project. Six queries."""
    project = access.get(actor, "project.measure", Project.objects.all(), project_id, to=to)
    targets = _many(Target.objects.filter(indicator__project=project))
    values = Value.objects.filter(indicator__project=project)
    confirmed, waiting = (_many(values.filter(state=state)) for state in (ValueState.CONFIRMED, ValueState.WAITING))
    inside: dict[UUID, list[IndicatorRow]] = {}
    known = set()
    for one in project.indicators.order_by("code"):
        known.add(one.code)
        label = str(Unit(one.unit).label)
        name = in_language(one.name_km, one.name_en)
        many = (targets.get(one.id, 0), confirmed.get(one.id, 0), waiting.get(one.id, 0))
        inside.setdefault(one.result_id, []).append(IndicatorRow(one.id, one.code, name, label, *many))
    return Framework(
        project=project.id,
        project_name=project.name,
        results=tuple(_tree(list(project.results.order_by("position")), inside, None, 0)),
        ready=_left(known),
        may=access.allowed(actor, "project", ("frame", "enter"), project),
    )


def _many(rows: QuerySet[Any]) -> dict[UUID, int]:
    """How many of these each indicator has."""
    return dict(rows.order_by().values_list("indicator").annotate(n=Count("id")))


def _tree(results: list[Result], inside: dict[UUID, list[IndicatorRow]], under: UUID | None, depth: int) -> list[ResultRow]:
    found = []
    for one in results:
        if one.under_id == under:
            title = in_language(one.title_km, one.title_en)
            label = str(ResultKind(one.kind).label)
            found.append(ResultRow(one.id, one.kind, label, title, depth, tuple(inside.get(one.id, ()))))
            found += _tree(results, inside, one.id, depth + 1)
    return found


def _left(known: set[str]) -> tuple[tuple[str, str], ...]:
    """(number, its figures in words) of the ready set that the project has not all taken in."""
    left: dict[str, list[str]] = {}
    missing = {one.number for one in ready.indicators() if one.code not in known}
    for one in ready.indicators():
        if one.number in missing:
            left.setdefault(one.number, []).append(in_language(one.name_km, one.name_en))
    return tuple((number, "; ".join(names)) for number, names in left.items())


def indicator(
    actor: Actor, project_id: UUID, indicator_id: UUID, *, to: str | None = None, after: str = "", number: UUID | None = None
) -> IndicatorPage:
    """One indicator with its targets and a page of its numbers, the newest period first, or this number alone. Eight queries."""
    project = access.get(actor, "project.measure", Project.objects.all(), project_id, to=to)
    one = Indicator.objects.filter(project=project, pk=indicator_id).select_related("result").first()
    if one is None:
        raise NotYours
    rows, following = _numbers(one.values.filter(pk=number) if number else one.values.all(), after)
    verbs = {verb: _may(actor, verb, rows) for verb in ("confirm", "refuse", "correct")}
    may = access.allowed(actor, "project", ("frame", "enter"), project)
    return IndicatorPage(
        id=one.id,
        code=one.code,
        project=project.id,
        project_name=project.name,
        result=in_language(one.result.title_km, one.result.title_en),
        name=in_language(one.name_km, one.name_en),
        definition=in_language(one.definition_km, one.definition_en),
        source=in_language(one.source_km, one.source_en),
        unit=one.unit,
        unit_label=str(Unit(one.unit).label),
        rising=one.rising,
        guarded=one.guarded,
        ready=one.ready,
        by=tuple((by, str(Breakdown(by).label), tuple(BOOKS[by].choices)) for by in one.by),
        baseline=one.baseline if "frame" in may else baseline(one),
        baseline_year=one.baseline_year,
        kept={**{name: getattr(one, name) for name in KEPT}, "result": str(one.result_id)},
        targets=tuple(TargetView(t.starts_on, t.ends_on, t.amount) for t in one.targets.order_by("starts_on")),
        values=tuple(_value(actor, one, v, verbs) for v in rows),
        after=following,
        places=tuple((at.place.code, at.place.name) for at in project.places.select_related("place").order_by("path")),
        may=may,
    )


def _numbers(numbers: QuerySet[Value], after: str) -> tuple[list[Value], str]:
    """A page of them, and what opens the next one."""
    if after:
        day, key = cursor_day(after)
        numbers = numbers.filter(Q(starts_on__lt=day) | Q(starts_on=day, pk__gt=key))
    shown = numbers.select_related("place", "entered_by", "decided_by").prefetch_related("parts")
    rows = list(shown.order_by("-starts_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.starts_on.isoformat()}.{last.id}" if last else ""


def _may(actor: Actor, verb: str, numbers: list[Value]) -> frozenset[UUID]:
    """Those of these numbers to which the actor may do this."""
    rows = Value.objects.filter(pk__in=[number.pk for number in numbers])
    return frozenset(access.visible(actor, f"value.{verb}", rows).values_list("id", flat=True))


def _value(actor: Actor, one: Indicator, v: Any, verbs: dict[str, frozenset[UUID]]) -> ValueView:
    """Whoever wrote it down or decides on it reads it whole; everybody else what is told of it."""
    own = actor.id in (v.entered_by_id, v.decided_by_id) or v.id in verbs["confirm"]
    written = parts_of(v.parts.all())
    said = whole(v, written) if own else told(v, one, written)
    amounts = said.parts
    by = {name: None for name, _code in amounts}
    return ValueView(
        id=v.id,
        starts_on=v.starts_on,
        ends_on=v.ends_on,
        place=v.place.name if v.place else "",
        place_code=v.place.code if v.place else "",
        amount=said.amount,
        out_of=said.out_of,
        evidence=v.evidence,
        state=v.state,
        state_label=str(ValueState(v.state).label),
        entered_by=v.entered_by.name,
        entered_on=v.entered_on,
        decided_by=v.decided_by.name if v.decided_by else "",
        decided_on=v.decided_on,
        counted_on=v.counted_on,
        threshold=v.threshold or INSIDE_THRESHOLD * said.guarded,
        guarded=said.guarded,
        correction=v.corrects_id is not None,
        parts=tuple((str(Breakdown(name).label), _parts(name, amounts)) for name in by),
        kept_parts={f"part-{name}-{code}": amount for (name, code), amount in amounts.items()},
        may=frozenset(verb for verb, ids in verbs.items() if v.id in ids and not (verb == "correct" and v.counted_on)),
    )


def _parts(by: str, amounts: Parts) -> tuple[PartView, ...]:
    return tuple(PartView(str(label), amounts[by, code]) for code, label in BOOKS[by].choices if (by, code) in amounts)


def results_to_choose(actor: Actor, project_id: UUID) -> list[tuple[str, str]]:
    """(id, title) of the results of a project."""
    project = access.get(actor, "project.measure", Project.objects.all(), project_id)
    return [(str(r.id), in_language(r.title_km, r.title_en)) for r in project.results.order_by("position")]
