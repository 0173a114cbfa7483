"""What pages show of volunteers: the roster, one of them, the reader's own work, what is due. Nothing sealed but in `told`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import MembershipState
from spean.accounts.models import Membership, Organisation
from spean.accounts.today import Tile
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked, NotYours
from spean.kernel.months import later
from spean.kernel.paging import BROKEN, PAGE, Page, counts
from spean.places.models import Place
from spean.privacy import audit
from spean.privacy.sealing import open_sealed
from spean.programme import volunteer_enums as codes
from spean.programme import volunteering
from spean.programme.activity_enums import ActivityKind, ActivityState
from spean.programme.models import Activity, Away, Check, Conduct, Goal, Leader, Threat, Trained
from spean.programme.volunteer_lists import LISTS, SEALED, context
from spean.programme.volunteering import Due

VIEWS = {"active": _("All who work with us"), "threats": _("Threatened"), "due": _("Trainings due"), "left": _("Who left")}
VERBS = ("lead", "talk", "read")
MOST_LINES, TAIL = 60, 8
#: lists of which a line can be had as a paper
PRINTED = ("card", "trained")


@dataclass(frozen=True)
class Marks:
    """What stands beside a name: how far the selection is, the code of conduct, trainings due, leave."""

    checked: tuple[str, ...] = ()  # codes of the steps that were done
    signed: bool = False  # the edition that is signed now
    due: tuple[Due, ...] = ()
    away: bool = False
    away_until: date | None = None
    stands_in: str = ""
    threatened: bool = False  # never for a reader who does not lead them


@dataclass(frozen=True)
class VolunteerRow:
    """One line of the roster."""

    id: UUID
    name: str
    place: str
    team: str
    since: date
    until: date | None
    active: bool
    marks: Marks
    steps: int = len(codes.CheckStep)


@dataclass(frozen=True)
class Line:
    """One line of a list of a volunteer; a threat has a state, and a month its numbers in the place of a title."""

    id: UUID
    on: date
    by: str
    title: str
    cells: tuple[Any, ...]
    list: str = ""
    state: str = ""
    paper: bool = False  # can be printed


@dataclass(frozen=True)
class ListView:
    """One list with its lines, the latest first."""

    name: str
    label: str
    hint: str
    lines: tuple[Line, ...]
    may: bool
    cut: int = 0  # so many are shown, of more


@dataclass(frozen=True)
class Work:
    """What somebody did in a month. None: not for this reader."""

    sessions: int
    contacts: int
    visits: int | None = None
    reports: int | None = None


@dataclass(frozen=True)
class VolunteerPage:
    """One volunteer. `user` is who they are; `place_path` their village."""

    row: VolunteerRow
    user: UUID
    lists: tuple[ListView, ...]
    may: frozenset[str]


@dataclass(frozen=True)
class Told:
    """What is sealed of one volunteer, opened."""

    row: VolunteerRow
    lines: tuple[tuple[str, Line, str | None], ...] = ()  # (list, line, words); None: the reader's keys do not open it


@dataclass(frozen=True)
class ToPrint:
    """A card or a training, for a paper. `what` and `where` are of a training."""

    number: str
    name: str
    organisation: Organisation
    on: date
    until: date | None
    what: Any
    where: str


def roster(actor: Actor, *, view: str = "active", place: str = "", after: str = "") -> Page:
    """A page of the volunteers that the actor may see, by place. Six queries."""
    verb = "lead" if view == "threats" else "see"
    rows = _viewed(access.visible(actor, f"volunteer.{verb}", Membership.objects.all()), view)
    rows = rows.annotate(at=Coalesce("place__path", Value("")))
    if place:
        rows = rows.filter(at__startswith=place)
    if after:
        path, key = _cursor(after)
        rows = rows.filter(Q(at__gt=path) | Q(at=path, pk__gt=key))
    found: list[Any] = list(rows.select_related("user", "place", "team").order_by("at", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    shown = found[:PAGE]
    marks = marks_of([m.id for m in shown], actor)
    return Page(tuple(_row(m, marks[m.id]) for m in shown), f"{last.at}.{last.id}" if last else "")


def _cursor(cursor: str) -> tuple[str, UUID]:
    try:
        path, key = cursor.rsplit(".", 1)
        return path, UUID(key)
    except ValueError as error:
        raise Invalid({"after": BROKEN}) from error


def _viewed(rows: QuerySet[Membership], view: str) -> QuerySet[Membership]:
    if view == "left":
        return rows.filter(state=MembershipState.ENDED)
    rows = rows.filter(state=MembershipState.ACTIVE)
    if view == "threats":
        return rows.filter(Exists(Threat.objects.filter(membership=OuterRef("pk"), state__in=codes.THREATENED)))
    return rows.filter(_training_due()) if view == "due" else rows


def _training_due() -> Q:
    """Who was never trained in what everybody is, or has to be trained again; as `volunteering.due` reckons it."""
    found, today = Q(pk__in=[]), clock.today()
    for kind in codes.TrainingKind:
        had = Trained.objects.filter(membership=OuterRef("pk"), kind=kind)
        months = volunteering.months_of(kind)
        if kind in volunteering.first_kinds():
            found |= ~Q(Exists(had))
        if months:
            found |= Q(Exists(had)) & ~Q(Exists(had.filter(on__gt=later(today, -months))))
    return found


def marks_of(ids: Iterable[UUID], reader: Actor | None = None) -> dict[UUID, Marks]:
    """What stands beside these names; to who leads them, also that they are threatened. Four queries, and one for a reader."""
    wanted, today = list(ids), clock.today()
    steps: dict[UUID, set[str]] = defaultdict(set)
    trained: dict[UUID, dict[str, date]] = defaultdict(dict)
    for one, step in Check.objects.filter(membership__in=wanted).values_list("membership_id", "step"):
        steps[one].add(step)
    now = Conduct.objects.filter(membership__in=wanted, edition=volunteering.edition())
    signed = set(now.values_list("membership_id", flat=True))
    for one, kind, on in Trained.objects.filter(membership__in=wanted).order_by("on").values_list("membership_id", "kind", "on"):
        trained[one][kind] = on
    gone = {a.membership_id: a for a in away_now(wanted).select_related("stands_in__user").order_by("on")}
    threatened = _threatened(reader, wanted) if reader else set()
    return {
        one: Marks(
            threatened=one in threatened,
            checked=tuple(step for step in codes.CheckStep if step in steps[one]),
            signed=one in signed,
            due=volunteering.due(trained[one], today),
            away=one in gone,
            away_until=gone[one].until if one in gone else None,
            stands_in=_stands_in(gone.get(one)),
        )
        for one in wanted
    }


def _stands_in(leave: Away | None) -> str:
    return leave.stands_in.user.name if leave and leave.stands_in else ""


def _threatened(reader: Actor, wanted: list[UUID]) -> set[UUID]:
    led = access.visible(reader, "volunteer.lead", Membership.objects.filter(pk__in=wanted)).values("pk")
    return set(Threat.objects.filter(membership__in=led, state__in=codes.THREATENED).values_list("membership_id", flat=True))


def away_now(memberships: Any) -> QuerySet[Away]:
    """Their leave that holds today."""
    today = clock.today()
    return Away.objects.filter(Q(until__gte=today) | Q(until=None), membership__in=memberships, on__lte=today)


def _row(m: Membership, marks: Marks) -> VolunteerRow:
    return VolunteerRow(
        id=m.id,
        name=m.user.name,
        place=m.place.name if m.place else "",
        team=m.team.name,
        since=m.since,
        until=m.until,
        active=m.state == MembershipState.ACTIVE,
        marks=marks,
    )


def places(actor: Actor) -> list[tuple[str, str]]:
    """(path, name) of the provinces and districts of the volunteers. Two queries."""
    rows = access.visible(actor, "volunteer.see", Membership.objects.exclude(place=None)).order_by()
    paths = rows.values_list("place__path", flat=True).distinct()
    wanted = {"/".join(path.split("/")[:depth]) + "/" for path in paths for depth in (2, 3) if path.count("/") >= depth}
    found = Place.objects.current().filter(path__in=wanted).order_by("path")
    return [(p.path, p.name if p.level == "province" else f"– {p.name}") for p in found]


def seen(actor: Actor, membership_id: UUID, see: str = "see", to: str = "") -> Membership:
    """The volunteer, if the actor may see them, and may do `to`."""
    rows = Membership.objects.select_related("user", "place", "team")
    return access.get(actor, f"volunteer.{see}", rows, membership_id, to=f"volunteer.{to}" if to else None)


def volunteer(actor: Actor, membership_id: UUID, to: str = "") -> VolunteerPage:
    """One volunteer with every list that the actor may see."""
    found = seen(actor, membership_id, to=to)
    may = access.allowed(actor, "volunteer", VERBS, found)
    shown = [name for name, one in LISTS.items() if one.verb == "lead" or may & {"lead", "talk", "read"}]
    marks = marks_of([found.id], actor)[found.id]
    first = sorted(shown, key=lambda name: not (marks.threatened and name == "threat"))
    lists = tuple(_list(found, name, may=LISTS[name].verb in may) for name in first)
    return VolunteerPage(_row(found, marks), found.user_id, lists, may)


def number(pk: UUID) -> str:
    """What is printed on a paper, so that the office finds its line again."""
    return pk.hex[-TAIL:].upper()


@transaction.atomic
def to_print(actor: Actor, membership_id: UUID, name: str, row: UUID) -> ToPrint:
    """A line for who leads them, or a training of one's own: it stands in the trail. A card whose day is over is refused."""
    if name not in PRINTED:
        raise NotYours
    rows = Membership.objects.filter(pk=membership_id)
    is_own = name == "trained" and access.visible(actor, "volunteer.own", rows).exists()
    found = seen(actor, membership_id, see="own") if is_own else seen(actor, membership_id, to="lead")
    line: Any = LISTS[name].model.objects.filter(membership=found, pk=row).first()
    if line is None:
        raise NotYours
    until = getattr(line, "until", None)
    if until and until < clock.today():
        raise Conflict(_("This card holds no longer. Give a new one."))
    what = codes.TrainingKind(line.kind).label if name == "trained" else ""
    where = f"{line.activity.name}, {line.activity.place.name}" if name == "trained" and line.activity else ""
    audit.record(actor, "volunteer.print", found, org=found.team.organisation_id, reason=name)
    return ToPrint(number(line.id), found.user.name, found.team.organisation, line.on, until, what, where)


def own(actor: Actor) -> tuple[VolunteerPage, ...]:
    """The reader's own work as a volunteer, in each team: never what others think of them."""
    rows = access.visible(actor, "volunteer.own", Membership.objects.select_related("user", "place", "team")).order_by(
        "since", "id"
    )
    found = []
    for one in rows:
        lists = tuple(_list(one, name, may=False) for name in ("conduct", "trained", "away", "goal"))
        found.append(VolunteerPage(_row(one, marks_of([one.id])[one.id]), one.user_id, lists, frozenset({"own"})))
    return tuple(found)


def listed(found: Membership, name: str, *, may: bool) -> ListView:
    """One list of a volunteer."""
    return _list(found, name, may=may)


def _list(found: Membership, name: str, *, may: bool) -> ListView:
    kept = LISTS[name]
    related = [f for f in ("activity", "stands_in__user") if f.split("__")[0] in kept.fields]
    rows = kept.model.objects.filter(membership=found).select_related("by", *related).order_by("-on", "-id")
    lines = tuple(_line(name, one) for one in rows[: MOST_LINES + 1])
    cut = MOST_LINES if len(lines) > MOST_LINES else 0
    return ListView(name, str(kept.label), str(kept.hint), lines[:MOST_LINES], may, cut)


def _line(name: str, one: Any) -> Line:
    kept = LISTS[name]
    first = kept.books[0][0] if kept.books else ""
    cells = tuple((f, _cell(one, f)) for f in kept.fields if f not in (first, "on", "words"))
    if name == "threat":
        cells += (("state", one.get_state_display()), ("done", one.get_done_display()))
    title, state = _cell(one, first) if first else "", getattr(one, "state", "")
    title = number(one.id) if name == "card" else title
    paper = name == "trained" or (name == "card" and one.until >= clock.today())
    return Line(one.id, one.on, one.by.name, title, cells, name, state, paper)


def _cell(one: Any, name: str) -> Any:
    if name == "activity":
        return one.activity.name if one.activity else ""
    if name == "stands_in":
        return one.stands_in.user.name if one.stands_in else ""
    shown = getattr(one, f"get_{name}_display", None)
    return shown() if shown else getattr(one, name)


@transaction.atomic
def told(actor: Actor, membership_id: UUID) -> Told:
    """What is sealed of a volunteer, opened by a supervisor of the team: it stands in the trail."""
    found = seen(actor, membership_id, to="read")
    if actor.ring is None:
        raise Locked
    org, rows = found.team.organisation_id, []
    for name in SEALED:
        kept = LISTS[name].model.objects.filter(membership=found).exclude(words=b"").select_related("by").order_by("-on", "-id")
        rows += [(name, one) for one in kept[:MOST_LINES]]
    opened = actor.ring.data_keys(one.id for _name, one in rows)
    audit.record(actor, "volunteer.read", found, org=org)
    lines = tuple((str(LISTS[name].label), _line(name, one), _words(org, name, one, opened)) for name, one in rows)
    return Told(_row(found, marks_of([found.id])[found.id]), lines)


def _words(org: UUID, name: str, one: Any, opened: Mapping[UUID, bytes]) -> str | None:
    if one.id not in opened:
        return None
    return str(open_sealed(opened[one.id], one.words, context(org, name, one.id))["text"])


def work(user: UUID, first: date, next_month: date) -> Work:
    """The sessions that somebody led or wrote down in a month, and the contacts there. One query."""
    leads = Leader.objects.filter(activity=OuterRef("pk"), member=user)
    held = Activity.objects.filter(
        Q(written_by=user) | Q(Exists(leads)),
        kind=ActivityKind.OUTREACH,
        state__in=(ActivityState.HELD, ActivityState.REPORTED),
        on__gte=first,
        on__lt=next_month,
    )
    rows = list(held.values_list("pk", "attended"))
    return Work(len(rows), sum(n or 0 for _pk, n in rows))


def goal(membership: UUID, first: date) -> Work:
    """What is hoped for in that month; nothing where nobody agreed on anything. One query."""
    one = Goal.objects.filter(membership=membership, on=first).order_by("-id").first()
    return Work(one.sessions, one.contacts, one.visits, one.reports) if one else Work(0, 0, 0, 0)


def tiles(actor: Actor) -> list[Tile]:
    """For Today of a supervisor: who is threatened, and whose trainings are due. One query."""
    if not access.may(actor, "volunteer.talk"):
        return []
    mine = access.visible(actor, "volunteer.talk", Membership.objects.all())
    found = counts({view: _viewed(mine, view) for view in ("threats", "due")})
    told = {"threats": (_("Volunteers who are threatened"), "urgent"), "due": (_("Volunteers with a training due"), "calm")}
    return [
        Tile(f"volunteers_{view}", str(label), found[view], tone, "desk:volunteers", f"view={view}")
        for view, (label, tone) in told.items()
    ]
