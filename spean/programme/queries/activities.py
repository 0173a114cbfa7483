"""What pages show of activities: the list, one with its lists and counts, and what a form may offer."""

from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import NotYours
from spean.kernel.months import first_day, later
from spean.kernel.paging import PAGE, Page, counts, cursor_day, in_either
from spean.places.models import Place
from spean.programme import activity_enums as codes
from spean.programme.enums import PartnerRole
from spean.programme.lines import LISTS, TIES, lists_of
from spean.programme.models import Activity, Attendances, Cost, Project, ProjectPartner
from spean.programme.operations.activities import Kept, members
from spean.programme.queries.programmes import called

VERBS = ("change", "fill", "count", "plan", "hold", "report", "reopen", "cancel", "check_in", "print_codes", "publish")
MOST_TO_CHOOSE = 200
MOST_LINES = 500


@dataclass(frozen=True)
class ActivityRow:
    """One line of the list."""

    id: UUID
    kind: str
    kind_label: str
    setting: str
    name: str
    place: str
    venue: str
    on: date
    until: date
    starts: time | None
    ends: time | None
    state: str
    state_label: str
    attended: int | None


@dataclass(frozen=True)
class ListRow:
    """A list of an activity, and how many lines it has."""

    name: str
    label: str
    number: int


@dataclass(frozen=True)
class Group:
    """Attendances of one group."""

    code: str
    label: str
    number: int


@dataclass(frozen=True)
class AxisView:
    """Attendances along one axis; no groups where nobody counted them."""

    axis: str
    label: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class ActivityPage:
    """One activity. `kept` is what its form begins with."""

    row: ActivityRow
    kept: dict[str, Any]
    place: str  # its code
    by_hand: int | None  # how many were counted there, without its parts
    whole: tuple[UUID, str] | None  # the event that it is a part of
    project: str
    about: str
    presides: str
    audience: str
    topics: tuple[str, ...]
    cancelled_for: str
    written_by: str
    parts: tuple[ActivityRow, ...]
    lists: tuple[ListRow, ...]
    axes: tuple[AxisView, ...]
    spent: tuple[tuple[Decimal, Decimal, str], ...]  # planned, spent, in which money
    large: bool
    public: bool
    may: frozenset[str]


@dataclass(frozen=True)
class LineView:
    """One line of a list: what it says, in the order of its fields."""

    id: UUID
    said: dict[str, Any]
    cells: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class ListPage:
    """One list of an activity, with its lines."""

    row: ActivityRow
    name: str
    label: str
    hint: str
    lines: tuple[LineView, ...]
    may: bool


def activities(actor: Actor, *, kind: str = "", place: str = "", month: str = "", after: str = "") -> Page:
    """A page of those that this actor may see, the latest day first; parts stand with their event. One query."""
    rows = Activity.objects.filter(part_of=None)
    if kind in codes.ActivityKind:
        rows = rows.filter(kind=kind)
    if place:
        part_there = Activity.objects.filter(part_of=OuterRef("pk"), path__startswith=place)
        rows = rows.filter(Q(path__startswith=place) | Q(Exists(part_there)))
    since, until = _month(month)
    if since and until:
        rows = rows.filter(on__lt=until, until__gte=since)
    if after:
        day, key = cursor_day(after)
        rows = rows.filter(Q(on__lt=day) | Q(on=day, pk__gt=key))
    found = list(with_place(access.visible(actor, "activity.see", rows)).order_by("-on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(map(activity_row, found[:PAGE])), f"{last.on.isoformat()}.{last.id}" if last else "")


def _month(month: str) -> tuple[date | None, date | None]:
    """The first day of a month like 2014-12, and of the next one; nothing for what is no month."""
    first = first_day(month)
    return first, first and later(first, 1)


def with_place(rows: Any) -> Any:
    """With their place, and how many came to their parts."""
    counted = Activity.objects.filter(part_of=OuterRef("pk")).order_by().values("part_of").annotate(n=Sum("attended")).values("n")
    return rows.select_related("place").annotate(of_parts=counted)


def activity_row(a: Any) -> ActivityRow:
    """One of `with_place`, as a list shows it."""
    attended = None if a.attended is None and a.of_parts is None else (a.attended or 0) + (a.of_parts or 0)
    return ActivityRow(
        id=a.id,
        kind=a.kind,
        kind_label=a.get_kind_display(),
        setting=a.get_setting_display(),
        name=a.name,
        place=a.place.name,
        venue=in_either(a.venue_km, a.venue_en),
        on=a.on,
        until=a.until,
        starts=a.starts,
        ends=a.ends,
        state=a.state,
        state_label=a.get_state_display(),
        attended=attended,
    )


def places(actor: Actor) -> list[tuple[str, str]]:
    """(path, name) of the provinces and districts in which there are activities. Two queries."""
    paths = access.visible(actor, "activity.see", Activity.objects.all()).order_by().values_list("path", flat=True).distinct()
    wanted = {"/".join(path.split("/")[:depth]) + "/" for path in paths for depth in (2, 3) if path.count("/") >= depth}
    found = Place.objects.current().filter(path__in=wanted).order_by("path")
    return [(p.path, p.name if p.level == "province" else f"– {p.name}") for p in found]


def activity(actor: Actor, activity_id: UUID, to: str = "") -> ActivityPage:
    """One of them, with its parts, how long its lists are, and who came by sex, age and kind; for a form that does `to`."""
    a = seen(actor, activity_id, to)
    topics = tuple(a.topics.order_by("id").values_list("topic", flat=True))
    parts = with_place(access.visible(actor, "activity.see", Activity.objects.filter(part_of=a))).order_by("on", "starts", "id")
    return ActivityPage(
        row=activity_row(a),
        kept={f.name: _value(a, f.name, topics) for f in fields(Kept)},
        place=a.place.code,
        by_hand=a.attended,
        whole=(a.part_of_id, a.part_of.name) if a.part_of else None,
        project=a.project.name if a.project else "",
        about=in_either(a.about_km, a.about_en),
        presides=in_either(a.presides_km, a.presides_en),
        audience=a.get_audience_display(),
        topics=tuple(str(codes.Topic(t).label) for t in topics),
        cancelled_for=a.get_cancelled_for_display(),
        written_by=a.written_by.name,
        parts=tuple(map(activity_row, parts)),
        lists=_lists(a),
        axes=axes([a.id]),
        spent=spent([a.id]),
        large=a.kind in codes.LARGE,
        public=a.public,
        may=access.allowed(actor, "activity", VERBS, a),
    )


def _lists(a: Activity) -> tuple[ListRow, ...]:
    """How long each list is, in one query."""
    many = counts({name: getattr(a, name).all() for name in lists_of(a.kind)})
    return tuple(ListRow(name, str(LISTS[name].label), n) for name, n in many.items())


def seen(actor: Actor, activity_id: UUID, to: str = "") -> Any:
    """The activity, if this actor may see it, and may do `to`."""
    rows = Activity.objects.select_related("part_of", "project", "written_by", "organisation")
    return access.get(actor, "activity.see", with_place(rows), activity_id, to=f"activity.{to}" if to else None)


def _value(a: Activity, name: str, topics: tuple[str, ...]) -> Any:
    if name == "topics":
        return topics
    return getattr(a, f"{name}_id" if name in ("project", "part_of") else name)


def axes(activities: list[UUID]) -> tuple[AxisView, ...]:
    """Who came to these, added up along each axis."""
    counted = Attendances.objects.filter(activity__in=activities).values_list("axis", "code").annotate(n=Sum("number"))
    told = {(axis, code): n for axis, code, n in counted}
    return tuple(
        AxisView(
            axis, str(codes.Axis(axis).label), tuple(Group(c, str(c.label), told[axis, c]) for c in book if (axis, c) in told)
        )
        for axis, book in codes.AXES.items()
    )


def spent(activities: list[UUID]) -> tuple[tuple[Decimal, Decimal, str], ...]:
    """(planned, spent, in which money) of these, one for each money."""
    sums = Cost.objects.filter(activity__in=activities).order_by("currency").values_list("currency")
    return tuple((p, s, str(codes.Money(c).label)) for c, p, s in sums.annotate(p=Sum("planned"), s=Sum("spent")))


def listed(actor: Actor, activity_id: UUID, name: str, to: str = "") -> ListPage:
    """One list of an activity; for a form that does `to`."""
    a = seen(actor, activity_id, to)
    if name not in lists_of(a.kind):
        raise NotYours
    kept = LISTS[name]
    rows = getattr(a, name).order_by(*kept.order)
    if "member" in kept.fields:
        rows = rows.select_related("member")
    if "donor" in kept.fields:
        rows = rows.select_related("donor__organisation")
    may = "fill" in access.allowed(actor, "activity", ("fill",), a)
    return ListPage(
        activity_row(a), name, str(kept.label), str(kept.hint), tuple(_line(name, line) for line in rows[:MOST_LINES]), may
    )


def _line(name: str, line: Any) -> LineView:
    said = {f: getattr(line, f"{f}_id" if f in TIES else f) for f in LISTS[name].fields}
    return LineView(line.id, said, tuple((f, _shown(line, f)) for f in LISTS[name].fields))


def _shown(line: Any, name: str) -> Any:
    """What a page shows of a field: the word of a code, the name of one of us or of a donor, else the value itself."""
    if name == "member":
        return line.member.name if line.member else ""
    if name == "donor":
        return called(line.donor)
    shown = getattr(line, f"get_{name}_display", None)
    return shown() if shown else getattr(line, name)


def to_choose(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What a form offers: projects of the actor's organisations, and events of which something can be a part. Two queries."""
    projects = access.visible(actor, "project.see", Project.objects.all()).order_by("-starts_on", "id")
    events = Activity.objects.filter(kind__in=codes.LARGE, part_of=None)
    changed = access.visible(actor, "activity.change", events).order_by("-on", "id")
    return {
        "project": [(str(p.id), f"{p.code} · {p.name}") for p in projects[:MOST_TO_CHOOSE]],
        "part_of": [(str(e.id), e.name) for e in changed[:MOST_TO_CHOOSE]],
    }


def colleagues(activity_id: UUID) -> list[tuple[str, str]]:
    """(id, name) of who works in the organisation of an activity."""
    found = members(Activity.objects.values_list("organisation_id", flat=True).get(pk=activity_id))
    rows = found.order_by("user__name", "user_id").values_list("user_id", "user__name").distinct()
    return [(str(pk), name) for pk, name in rows[:MOST_TO_CHOOSE]]


def donors(activity_id: UUID) -> list[tuple[str, str]]:
    """(id, name) of the donors of an activity's project."""
    project = Activity.objects.values_list("project", flat=True).get(pk=activity_id)
    rows = ProjectPartner.objects.filter(project=project, role=PartnerRole.FUNDING).select_related("organisation")
    return [(str(one.pk), called(one)) for one in rows.order_by("id")]
