"""The inbox, one concern's counted facts, and a volunteer's own reports."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.models import Team
from spean.kernel.paging import PAGE, Page, counts, cursor_day, in_language
from spean.privacy import keys
from spean.voices import enums
from spean.voices.models import Concern
from spean.voices.operations.intake import reads_reports
from spean.voices.queries.issues import number
from spean.voices.queries.stretches import SORTS, URGENCIES, Lists, first_keys

OPEN_STATES = (enums.ConcernState.NEW, enums.ConcernState.OPEN, enums.ConcernState.WAITING)


#: an answer or a question waits for the volunteer who sent the report
HAS_ANSWER = Q(state__in=(enums.ConcernState.ANSWERED, enums.ConcernState.WAITING))


@dataclass(frozen=True)
class ConcernRow:
    """One line of the inbox: counted facts only."""

    id: UUID
    kind: str
    danger: str
    danger_label: str
    place: str
    state: str
    state_label: str
    received_on: date
    channel: str
    answer_wish: str
    assigned_to: str
    urgent_words: bool = False
    alike: UUID | None = None
    times: int = 1


@dataclass(frozen=True)
class ConcernHead:
    """A concern's counted facts, and what this actor may do with it."""

    row: ConcernRow
    happened: str
    sex: str
    age: str
    team: UUID
    may: frozenset[str]
    issues: tuple[tuple[UUID, str], ...]
    files: tuple[tuple[UUID, str], ...]
    readers: frozenset[str]
    thread_readers: frozenset[str]
    wish: str
    same: int = 1  # reports of this team with the same words


def _one_of_its_words() -> Q:
    """Of equal reports that wait alike, the first stands for all. What was sealed in a page cannot be compared."""
    same = {name: OuterRef(name) for name in ("alike", "team", "state", "kind", "danger")}
    earlier = Concern.objects.filter(assigned_to=None, sealed_in_page=False, pk__lt=OuterRef("pk"), **same)
    apart = Q(alike=None) | Q(sealed_in_page=True) | Q(assigned_to__isnull=False) | ~Q(state__in=OPEN_STATES)
    return apart | ~Q(Exists(earlier))


def _times(actor: Actor, concerns: list[Concern]) -> dict[UUID, int]:
    """How many unfinished reports say the same as each of these, in the flood lane too. One query, none without words."""
    words = {c.alike for c in concerns if c.alike and not c.sealed_in_page and c.state in OPEN_STATES}
    if not words:
        return {}
    waiting = Concern.objects.filter(alike__in=words, state__in=(*OPEN_STATES, enums.ConcernState.HELD))
    rows = access.visible(actor, "concern.see", waiting).order_by().values("alike").annotate(times=Count("pk"))
    return {row["alike"]: row["times"] for row in rows if row["alike"]}


#: the lists by their name in the address: which states, and which urgencies (None: all)
_STATES: dict[str, tuple[str, ...]] = {
    "unfinished": OPEN_STATES,
    "danger": OPEN_STATES,
    **{state: (state,) for state in ("new", "open", "waiting", "answered", "joined", "closed")},
}


def listed(concerns: QuerySet[Any], view: str) -> QuerySet[Any]:
    """Those of `concerns` that stand in this list."""
    found = concerns.filter(state__in=_STATES.get(view, OPEN_STATES))
    return found.filter(urgency=0) if view == "danger" else found


def inbox(
    actor: Actor, *, view: str = "unfinished", kind: str = "", mine: bool = False, sort: str = "urgency", after: str = ""
) -> Page:
    """A page of the concerns that this actor's teams hold, by urgency and then the oldest first, or by day.

    Two queries; three where words are equal.
    """
    teams = tuple(sorted({s.team for s in actor.seats}))
    urgencies = (0,) if view == "danger" else URGENCIES
    lists = Lists(teams, _STATES.get(view, OPEN_STATES), urgencies, sort if sort in SORTS else "urgency")
    found, cursor = first_keys(_held(actor, kind, mine=mine).filter(_one_of_its_words()), lists, after)
    rows = Concern.objects.select_related("place", "assigned_to").in_bulk([key for *_order, key in found])
    shown = [rows[key] for *_order, key in found if key in rows]
    times = _times(actor, shown)
    return Page(tuple(concern_row(c, times.get(c.alike, 1) if c.alike else 1) for c in shown), cursor)


def inbox_count(actor: Actor, *, view: str = "unfinished", kind: str = "", mine: bool = False) -> int:
    """How many concerns stand in this list, counted no further than MOST + 1."""
    return counts({"all": listed(_held(actor, kind, mine=mine), view)})["all"]


def _held(actor: Actor, kind: str, *, mine: bool) -> QuerySet[Any]:
    concerns = access.visible(actor, "concern.see", Concern.objects.all())
    if kind in enums.Kind:
        concerns = concerns.filter(kind=kind)
    return concerns.filter(assigned_to=actor.id) if mine else concerns


def concern_row(c: Concern, times: int = 1) -> ConcernRow:
    """A concern's counted facts; `times` when its row stands for several with the same words."""
    return ConcernRow(
        id=c.id,
        kind=str(enums.Kind(c.kind).label),
        danger=c.danger,
        danger_label=str(enums.Danger(c.danger).label),
        place=c.place.name if c.place else "",
        state=c.state,
        state_label=str(enums.ConcernState(c.state).label),
        received_on=c.received_on,
        channel=str(enums.Channel(c.channel).label),
        answer_wish=str(enums.AnswerWish(c.answer_wish).label),
        assigned_to=c.assigned_to.name if c.assigned_to else "",
        urgent_words=c.urgent_words,
        alike=c.alike,
        times=times,
    )


def concern_head(actor: Actor, concern_id: UUID) -> ConcernHead:
    """The counted facts of one concern; opening its seal is `operations.triage.read`."""
    concern = access.get(actor, "concern.see", Concern.objects.select_related("place", "assigned_to"), concern_id)
    verbs = ("read", "answer", "ask", "assign", "pass", "close", "join", "release", "set_aside")
    joined = concern.joined.select_related("issue").order_by("issue__number")
    return ConcernHead(
        row=concern_row(concern),
        happened=str(enums.When(concern.happened).label),
        sex=str(enums.Sex(concern.sex).label),
        age=str(enums.Age(concern.age).label),
        team=concern.team_id,
        may=access.allowed(actor, "concern", verbs, concern),
        issues=tuple((j.issue_id, f"{number(j.issue)} {in_language(j.issue.title_km, j.issue.title_en)}") for j in joined),
        files=tuple((a.id, a.kind) for a in concern.attachments.order_by("id")),
        readers=frozenset(str(r.kind) for r in keys.readers(concern.id)),
        thread_readers=frozenset(str(r.kind) for r in keys.readers(concern.thread_id)),
        wish=concern.answer_wish,
        same=_same(concern),
    )


def _same(concern: Concern) -> int:
    if concern.alike is None or concern.sealed_in_page:
        return 1
    return Concern.objects.filter(alike=concern.alike, team=concern.team_id).count()


def receiving_teams(actor: Actor, team: UUID) -> list[tuple[UUID, str]]:
    """(id, team and organisation) of the teams that `team` may pass a concern to."""
    if team not in {s.team for s in actor.seats}:
        return []
    others = Team.objects.filter(receives_reports=True).exclude(pk=team).select_related("organisation", "place")
    found = others.order_by("name_en", "id")
    return [(t.id, f"{t.name} · {t.organisation.name}") for t in found if reads_reports(t)]


def own_report(actor: Actor, concern_id: UUID) -> ConcernRow:
    """One report that a volunteer sent: what became of it, never what it said."""
    concerns = Concern.objects.select_related("place", "assigned_to")
    return concern_row(access.get(actor, "concern.see_own", concerns, concern_id))


def own_reports(actor: Actor, *, view: str = "all", after: str = "") -> Page:
    """A page of the reports that a volunteer sent: what became of each, never what it said."""
    concerns = access.visible(actor, "concern.see_own", Concern.objects.select_related("place", "assigned_to"))
    if view == "answered":
        concerns = concerns.filter(HAS_ANSWER)
    if after:
        before = cursor_day(after)
        concerns = concerns.filter(Q(received_on__lt=before[0]) | Q(received_on=before[0], pk__gt=before[1]))
    found = list(concerns.order_by("-received_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(concern_row(c) for c in found[:PAGE]), f"{last.received_on.isoformat()}.{last.id}" if last else "")
