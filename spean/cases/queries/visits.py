"""Visits as lists: of a case, without a word; a volunteer's own cards, without anything of the case; whom one can ask."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import IntegerField, Value, When
from django.utils.translation import gettext as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.cases import hours
from spean.cases.models import Case, Visit
from spean.cases.operations import visits as operations
from spean.cases.rebuild_enums import FOLLOW_MOVES, FollowState
from spean.cases.visit_enums import VISIT_MOVES, VisitKind, VisitResult, VisitState, WhyThis
from spean.kernel import clock
from spean.kernel.ids import group
from spean.kernel.paging import counts
from spean.voices.operations.unfolding import Offer, offer_if_any

MOST_OFFERED = 200  # volunteers, the nearest first
FOLLOW_UPS = 2  # what is due next, and what is due after it


@dataclass(frozen=True)
class VisitRow:
    """One visit of a case. `follow_up` is the follow-up into which what was told can be taken over; `may` fits its state."""

    id: UUID
    code: str
    kind: str
    volunteer: str
    why: str
    place: str
    by_day: date
    asked_on: date
    asked_by: str
    opened_on: date | None
    ends: datetime
    state: str
    state_label: str
    result: str
    result_label: str
    told_on: date | None
    follow_up: UUID | None
    may: frozenset[str]


@dataclass(frozen=True)
class Card:
    """What a volunteer sees of a visit, beside the alias."""

    id: UUID
    code: str
    kind: str
    kind_label: str
    place: str
    by_day: date
    ends: datetime


@dataclass(frozen=True)
class ToAsk:
    """For the form of a case: which volunteers, the nearest first, and which follow-ups."""

    volunteers: tuple[tuple[UUID, str], ...]
    follow_ups: tuple[tuple[UUID, int], ...]  # id, month


def rows(actor: Actor, case_id: UUID) -> tuple[VisitRow, ...]:
    """Those of one case: whose card is there first, then the newest. One query, and the case's own."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    found = case.visits.select_related("volunteer", "asked_by", "place", "follow_up").order_by("-asked_on", "-id")
    return tuple(sorted(map(_row, found), key=lambda row: row.state != VisitState.ASKED))


def _row(v: Visit) -> VisitRow:
    ends = hours.moment(v.ends_on, v.ends_hour)
    state = VisitState.OVER if v.state == VisitState.ASKED and not operations.holds(v) else VisitState(v.state)
    takes = v.result == VisitResult.MET and v.follow_up is not None and v.follow_up.state in FOLLOW_MOVES["do"][0]
    return VisitRow(
        id=v.id,
        code=group(v.code, 3),
        kind=str(VisitKind(v.kind).label),
        volunteer=v.volunteer.name,
        why=str(WhyThis(v.why).label) if v.why else "",
        place=v.place.name,
        by_day=v.by_day,
        asked_on=v.asked_on,
        asked_by=v.asked_by.name,
        opened_on=v.opened_on,
        ends=ends,
        state=state,
        state_label=str(state.label),
        result=v.result,
        result_label=str(VisitResult(v.result).label) if v.result else "",
        told_on=v.told_on,
        follow_up=v.follow_up_id if takes else None,
        may=frozenset({"call_back"} if state in VISIT_MOVES["call_back"][0] else ()),
    )


def to_ask(actor: Actor, case_id: UUID) -> ToAsk:
    """Whom one can ask for what. Three queries."""
    case = access.get(actor, "case.see", Case.objects.select_related("place"), case_id)
    planned = case.follow_ups.filter(state=FollowState.PLANNED).order_by("due_on", "month")
    return ToAsk(_volunteers(case), tuple(planned.values_list("id", "month")[:FOLLOW_UPS]))


def _volunteers(case: Case) -> tuple[tuple[UUID, str], ...]:
    seats = operations.seats_of(case).select_related("user", "place")
    wider = sorted(operations.in_place(case.place), key=len, reverse=True) if case.place else []
    near = [When(place__path__startswith=inside, then=Value(at)) for at, inside in enumerate(wider)]
    ranked = seats.annotate(far=Choose(*near, default=Value(len(near)), output_field=IntegerField()) if near else Value(0))
    found = {s.user_id: s for s in reversed(ranked.order_by("far", "user__name", "id")[:MOST_OFFERED])}
    return tuple((pk, f"{s.user.name} · {s.place.name}" if s.place else s.user.name) for pk, s in reversed(found.items()))


def cards(actor: Actor) -> tuple[Card, ...]:
    """A volunteer's own cards, what is due first. One query."""
    found = access.visible(actor, "visit.see", Visit.objects.select_related("place")).order_by("by_day", "id")
    return tuple(map(_card, found[: operations.MOST]))


def card(actor: Actor, visit_id: UUID) -> Card:
    """One of them, to tell what came of it: also after it has gone. One query."""
    return _card(access.get(actor, "visit.tell", Visit.objects.select_related("place"), visit_id))


def _card(v: Visit) -> Card:
    ends = hours.moment(v.ends_on, v.ends_hour)
    return Card(v.id, group(v.code, 3), v.kind, str(VisitKind(v.kind).label), v.place.name, v.by_day, ends)


@dataclass(frozen=True)
class Own:
    """A volunteer's card, with what their telephone needs to keep it: for how many seconds yet, and to whom a word is sealed.

    No `offer` where the team has no key: of that card nothing could be told without a network.
    """

    card: Card
    left: int
    offer: Offer | None


def own(actor: Actor) -> tuple[Own, ...]:
    """A volunteer's own cards, as they may be kept, what is due first. A query, and one for each team."""
    found = access.visible(actor, "visit.see", Visit.objects.select_related("place", "case__team__organisation"))
    rows = list(found.order_by("by_day", "id")[: operations.MOST])
    offers = {team.id: offer_if_any(team) for team in {v.case.team_id: v.case.team for v in rows}.values()}
    made = ((_card(v), offers[v.case.team_id]) for v in rows)
    return tuple(Own(card, int((card.ends - clock.now()).total_seconds()), offer) for card, offer in made)


def tiles(actor: Actor) -> list[Tile]:
    """How many cards a volunteer has, for Today. One query."""
    if not access.may(actor, "visit.see"):
        return []
    many = access.visible(actor, "visit.see", Visit.objects.all()).count()
    return [Tile("visits", _("Visits that you are asked for"), many, "due", "desk:visits", "")]


def numbers(volunteer: Actor, first: date, next_month: date) -> tuple[int, int]:
    """(visits that a volunteer told of in these days, cards that wait now). The caller asked who may. One query."""
    told = Visit.objects.filter(volunteer=volunteer.id, told_on__gte=first, told_on__lt=next_month)
    found = counts({"told": told, "open": access.visible(volunteer, "visit.see", Visit.objects.all())})
    return found["told"], found["open"]
