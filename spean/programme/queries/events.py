"""What pages and papers show of an event: who was let in where, its codes, its programme, and what everybody may read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min

from spean.accounts.access import Actor
from spean.kernel.errors import NotYours
from spean.kernel.paging import in_either
from spean.programme.activity_enums import LARGE, OPEN, Attendee
from spean.programme.models import Activity, Question, Ticket
from spean.programme.operations.events import came, mark_of
from spean.programme.queries.activities import ActivityRow, Group, activity_row, axes, seen, spent, with_place


@dataclass(frozen=True)
class Place:
    """Who came to one place and day of an event: let in at a gate, by kind; and counted by hand, where somebody did."""

    row: ActivityRow
    gate: int
    groups: tuple[Group, ...]
    by_hand: int | None

    @property
    def came(self) -> int | None:
        """One figure: what was counted by hand where it was, else what the gates say. The two are never added up."""
        return self.by_hand if self.by_hand is not None else (self.gate or None)


@dataclass(frozen=True)
class Headcount:
    """Who came to an event, by place and by kind."""

    row: ActivityRow
    places: tuple[Place, ...]
    groups: tuple[Group, ...]
    gate: int
    came: int


@dataclass(frozen=True)
class Gate:
    """What a gate's page needs, and no more: it is kept on telephones."""

    id: UUID
    name: str
    place: str
    on: date
    mark: str
    came: int


@dataclass(frozen=True)
class Sheet:
    """Codes that were made together."""

    id: UUID
    kind: str
    number: int


@dataclass(frozen=True)
class ItemView:
    """One item of a programme."""

    id: UUID
    on: date
    starts: time
    ends: time
    what: str
    who: str
    where: str


@dataclass(frozen=True)
class EventPaper:
    """An event as its poster and its programme tell it: what, where, when and who presides."""

    row: ActivityRow
    about: str
    presides: str
    organisation: str
    parts: tuple[ActivityRow, ...]
    items: tuple[ItemView, ...]


@dataclass(frozen=True)
class EventReport:
    """The report of an event, of the same evening."""

    paper: EventPaper
    head: Headcount
    axes: tuple[Any, ...]
    questions: tuple[tuple[str, str], ...]  # topic, words
    spent: tuple[Any, ...]
    partners: tuple[tuple[str, str], ...]


def _large(actor: Actor, pk: UUID, to: str = "") -> Any:
    a = seen(actor, pk, to)
    if a.kind not in LARGE and a.part_of_id is None:
        raise NotYours
    return a


def _whole(a: Activity) -> list[Any]:
    """An event and its parts, its own place first."""
    return [a, *with_place(Activity.objects.filter(part_of=a)).order_by("on", "starts", "id")]


def _groups(said: dict[str, int]) -> tuple[Group, ...]:
    return tuple(Group(kind, str(kind.label), said[kind]) for kind in Attendee if said.get(kind))


def headcount(actor: Actor, pk: UUID) -> Headcount:
    """Who came, by place and kind. Of an event its parts as well."""
    return _headcount(_large(actor, pk))


def _headcount(a: Any) -> Headcount:
    all_of_it = _whole(a)
    let_in = came([one.id for one in all_of_it])
    places = tuple(
        Place(activity_row(one), sum(let_in.get(one.id, {}).values()), _groups(let_in.get(one.id, {})), one.attended)
        for one in all_of_it
    )
    kinds: dict[str, int] = {}
    for said in let_in.values():
        for kind, n in said.items():
            kinds[kind] = kinds.get(kind, 0) + n
    shown = tuple(p for p in places if p.came is not None) or places
    return Headcount(activity_row(a), shown, _groups(kinds), sum(kinds.values()), sum(p.came or 0 for p in places))


def gate(actor: Actor, pk: UUID) -> Gate:
    """What the page of a gate shows. One may stand there who may let people in."""
    a = _large(actor, pk, "check_in")
    return Gate(
        a.id, a.name, in_either(a.venue_km, a.venue_en) or a.place.name, a.on, mark_of(a.part_of_id or a.id), gate_count(a.id)
    )


def gate_count(pk: UUID) -> int:
    """How many were let in there, at all gates together."""
    return sum(came([pk]).get(pk, {}).values())


def sheets(actor: Actor, pk: UUID) -> tuple[Any, tuple[Sheet, ...]]:
    """The event, and the codes that were made for it, as they were made together."""
    a = _large(actor, pk, "print_codes")
    rows = a.tickets.values("sheet", "kind").annotate(n=Count("id"), first=Min("id")).order_by("first")
    return activity_row(a), tuple(Sheet(r["sheet"], str(Attendee(r["kind"]).label), r["n"]) for r in rows)


def codes(actor: Actor, pk: UUID, sheet: UUID) -> tuple[str, list[str]]:
    """(of which kind, the codes) of one printing."""
    row, _sheets = sheets(actor, pk)
    found = list(Ticket.objects.filter(activity=row.id, sheet=sheet).order_by("position").values_list("kind", "code"))
    if not found:
        raise NotYours
    return str(Attendee(found[0][0]).label), [code for _kind, code in found]


def _item(i: Any) -> ItemView:
    ends = (datetime.combine(i.on, i.starts) + timedelta(minutes=i.minutes)).time()
    who, where = in_either(i.who_km, i.who_en), in_either(i.where_km, i.where_en)
    return ItemView(i.id, i.on, i.starts, ends, in_either(i.what_km, i.what_en), who, where)


def paper(actor: Actor, pk: UUID) -> EventPaper:
    """What stands on the poster and the programme of an event."""
    return _paper(_large(actor, pk))


def _paper(a: Any) -> EventPaper:
    return EventPaper(
        row=activity_row(a),
        about=in_either(a.about_km, a.about_en),
        presides=in_either(a.presides_km, a.presides_en),
        organisation=a.organisation.name,
        parts=tuple(map(activity_row, with_place(a.parts.filter(state__in=OPEN)).order_by("on", "starts", "id"))),
        items=tuple(map(_item, a.items.order_by("on", "starts", "id"))),
    )


def public_event(pk: UUID) -> EventPaper:
    """An event that everybody may read of: what, where, when, and its programme. No figure stands in it."""
    rows = with_place(Activity.objects.filter(public=True, state__in=OPEN, kind__in=LARGE, part_of=None))
    found = rows.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise NotYours
    return _paper(found)


def report(actor: Actor, pk: UUID) -> EventReport:
    """What an event came to: who came, what was asked, what it cost."""
    a = _large(actor, pk)
    known = [one.id for one in _whole(a)]
    questions = Question.objects.filter(activity__in=known).order_by("activity__on", "activity", "id")
    asked = [(q.get_topic_display(), q.words) for q in questions]
    partners = tuple(a.partners.order_by("id").values_list("name", "task"))
    return EventReport(_paper(a), _headcount(a), axes(known), tuple(asked), spent(known), partners)
