"""Reads of concerns and issues, as plain values ready to show. Lists are paged by key and never counted past a bound."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.models import Team
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.privacy import keys
from spean.voices import enums
from spean.voices.models import Answer, Concern, Issue
from spean.voices.operations.issues import committees_for

PAGE = 25
DUE_SOON_DAYS = 7
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


@dataclass(frozen=True)
class Page:
    """One page of rows; `after` opens the next one, "" when there is none."""

    rows: tuple[Any, ...]
    after: str


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


@dataclass(frozen=True)
class IssueRow:
    """One line of an issue list."""

    id: UUID
    number: str
    title: str
    kind: str
    state: str
    state_label: str
    place: str
    committee: str
    due_on: date | None
    overdue: bool
    moved_on: date


@dataclass(frozen=True)
class AnswerView:
    """One answer of a committee."""

    id: UUID
    kind: str
    what: str
    office: str
    why_not: str
    until: date | None
    given_on: date
    done_on: date | None
    done_note: str
    cleared: bool
    readings: tuple[tuple[str, str, str, int, int, date], ...]


@dataclass(frozen=True)
class IssuePage:
    """An issue with everything that its reader may see. Concerns appear as a number, never as names."""

    row: IssueRow
    title_km: str
    title_en: str
    summary_km: str
    summary_en: str
    summary: str
    places: tuple[str, ...]
    facts: tuple[tuple[str, int], ...]
    concerns: int | None
    concern_ids: tuple[UUID, ...]
    written_by: str
    approved_by: str
    opened_on: date
    raised_on: date | None
    steps: tuple[tuple[str, str, date], ...]
    answers: tuple[AnswerView, ...]
    committees: tuple[tuple[UUID, str], ...]
    may: frozenset[str]


@dataclass(frozen=True)
class IssueStart:
    """What a new issue begins with."""

    team: UUID
    concern: UUID | None = None
    kind: str = ""
    place: str = ""


@dataclass(frozen=True)
class Tile:
    """One count of Today; `link` is the list that it counts, as (door, query)."""

    name: str
    label: str
    count: int
    tone: str
    url: str
    query: str


def _urgency() -> Case:
    """0 for danger now, else 1: danger is read first."""
    return Case(When(danger=enums.Danger.NOW, then=Value(0)), default=Value(1), output_field=IntegerField())


CONCERN_FILTERS = {
    "danger": Q(danger=enums.Danger.NOW, state__in=OPEN_STATES),
    "new": Q(state=enums.ConcernState.NEW),
    "open": Q(state=enums.ConcernState.OPEN),
    "waiting": Q(state=enums.ConcernState.WAITING),
    "answered": Q(state=enums.ConcernState.ANSWERED),
    "joined": Q(state=enums.ConcernState.JOINED),
    "closed": Q(state=enums.ConcernState.CLOSED),
    "unfinished": Q(state__in=OPEN_STATES),
}


def inbox(actor: Actor, *, view: str = "unfinished", kind: str = "", mine: bool = False, after: str = "") -> Page:
    """A page of the concerns that this actor's teams hold: danger first, then the oldest day first."""
    concerns: QuerySet[Any] = access.visible(actor, "concern.see", Concern.objects.select_related("place", "assigned_to"))
    concerns = concerns.filter(CONCERN_FILTERS.get(view, CONCERN_FILTERS["unfinished"])).annotate(urgency=_urgency())
    if kind in enums.Kind:
        concerns = concerns.filter(kind=kind)
    if mine:
        concerns = concerns.filter(assigned_to=actor.id)
    concerns = _after(concerns, after)
    found = list(concerns.order_by("urgency", "received_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    cursor = f"{last.urgency}.{last.received_on.isoformat()}.{last.id}" if last else ""
    return Page(tuple(_concern_row(c) for c in found[:PAGE]), cursor)


def _after(concerns: QuerySet[Any], cursor: str) -> QuerySet[Any]:
    if not cursor:
        return concerns
    try:
        urgency, day, key = cursor.split(".")
        since, position, number = date.fromisoformat(day), UUID(key), int(urgency)
    except ValueError as error:
        raise Invalid({"after": _("This link to the next page is broken. Open the list again.")}) from error
    later = Q(urgency=number) & (Q(received_on__gt=since) | Q(received_on=since, pk__gt=position))
    return concerns.filter(Q(urgency__gt=number) | later)


def _concern_row(c: Concern) -> ConcernRow:
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
    )


def concern_head(actor: Actor, concern_id: UUID) -> ConcernHead:
    """The counted facts of one concern; opening its seal is `operations.triage.read`."""
    concern = access.get(actor, "concern.see", Concern.objects.select_related("place", "assigned_to"), concern_id)
    verbs = ("read", "answer", "ask", "assign", "pass", "close", "join")
    joined = concern.joined.select_related("issue").order_by("issue__number")
    return ConcernHead(
        row=_concern_row(concern),
        happened=str(enums.When(concern.happened).label),
        sex=str(enums.Sex(concern.sex).label),
        age=str(enums.Age(concern.age).label),
        team=concern.team_id,
        may=frozenset(v for v in verbs if access.decide(actor, f"concern.{v}", concern).allowed),
        issues=tuple((j.issue_id, f"{number(j.issue)} {_in_language(j.issue.title_km, j.issue.title_en)}") for j in joined),
        files=tuple((a.id, a.kind) for a in concern.attachments.order_by("id")),
        readers=frozenset(str(r.kind) for r in keys.readers(concern.id)),
        thread_readers=frozenset(str(r.kind) for r in keys.readers(concern.thread_id)),
        wish=concern.answer_wish,
    )


def receiving_teams(actor: Actor, team: UUID) -> list[tuple[UUID, str]]:
    """(id, team and organisation) of the teams that `team` may pass a concern to."""
    if team not in {s.team for s in actor.seats}:
        return []
    found = Team.objects.filter(receives_reports=True).exclude(pk=team).select_related("organisation").order_by("name_en", "id")
    return [(t.id, f"{t.name} · {t.organisation.name}") for t in found if keys.has_team_key(t.id)]


def own_report(actor: Actor, concern_id: UUID) -> ConcernRow:
    """One report that a volunteer sent: what became of it, never what it said."""
    concerns = Concern.objects.select_related("place", "assigned_to")
    return _concern_row(access.get(actor, "concern.see_own", concerns, concern_id))


def own_reports(actor: Actor, *, view: str = "all", after: str = "") -> Page:
    """A page of the reports that a volunteer sent: what became of each, never what it said."""
    concerns = access.visible(actor, "concern.see_own", Concern.objects.select_related("place", "assigned_to"))
    if view == "answered":
        concerns = concerns.filter(HAS_ANSWER)
    if after:
        before = _cursor_day(after)
        concerns = concerns.filter(Q(received_on__lt=before[0]) | Q(received_on=before[0], pk__gt=before[1]))
    found = list(concerns.order_by("-received_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(_concern_row(c) for c in found[:PAGE]), f"{last.received_on.isoformat()}.{last.id}" if last else "")


def _cursor_day(cursor: str) -> tuple[date, UUID]:
    try:
        day, key = cursor.split(".")
        return date.fromisoformat(day), UUID(key)
    except ValueError as error:
        raise Invalid({"after": _("This link to the next page is broken. Open the list again.")}) from error


def overdue_filter() -> Q:
    """Issues whose answer or promise is past its day."""
    return Q(state__in=(enums.IssueState.RAISED, enums.IssueState.COMMITTED), due_on__lt=clock.today())


def _issue_filters() -> dict[str, Q]:
    soon = clock.today() + timedelta(days=DUE_SOON_DAYS)
    waiting = Q(state__in=(enums.IssueState.RAISED, enums.IssueState.COMMITTED))
    return {
        "all": Q(),
        "overdue": overdue_filter(),
        "due": waiting & Q(due_on__gte=clock.today(), due_on__lte=soon),
        "to_approve": Q(state=enums.IssueState.DRAFT),
        "to_raise": Q(state=enums.IssueState.APPROVED),
        "to_answer": Q(state__in=(enums.IssueState.RAISED, enums.IssueState.CONTESTED)),
        "to_read_back": Q(state=enums.IssueState.DONE),
        **{state.value: Q(state=state) for state in enums.IssueState},
    }


def issues(actor: Actor, *, view: str = "all", kind: str = "", after: str = "") -> Page:
    """A page of the issues that this actor may see, latest move first."""
    filters = _issue_filters()
    found_issues = access.visible(actor, "issue.see", Issue.objects.select_related("committee"))
    found_issues = found_issues.filter(filters.get(view, filters["all"]))
    if view == "to_approve":
        found_issues = access.visible(actor, "issue.approve", found_issues)
    if kind in enums.Kind:
        found_issues = found_issues.filter(kind=kind)
    if after:
        day, key = _cursor_day(after)
        found_issues = found_issues.filter(Q(moved_on__lt=day) | Q(moved_on=day, pk__gt=key))
    found = list(found_issues.prefetch_related("places__place").order_by("-moved_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(issue_row(i) for i in found[:PAGE]), f"{last.moved_on.isoformat()}.{last.id}" if last else "")


def number(issue: Issue) -> str:
    """The issue's number as people write it: S-0012."""
    return f"S-{issue.number:04d}"


def issue_row(issue: Issue) -> IssueRow:
    """One line. Needs `committee` and `places__place` fetched."""
    waiting = issue.state in (enums.IssueState.RAISED, enums.IssueState.COMMITTED)
    return IssueRow(
        id=issue.id,
        number=number(issue),
        title=_in_language(issue.title_km, issue.title_en),
        kind=str(enums.Kind(issue.kind).label),
        state=issue.state,
        state_label=str(enums.IssueState(issue.state).label),
        place=", ".join(p.place.name for p in issue.places.all()),
        committee=issue.committee.name if issue.committee else "",
        due_on=issue.due_on,
        overdue=bool(waiting and issue.due_on and issue.due_on < clock.today()),
        moved_on=issue.moved_on,
    )


def _in_language(km: str, en: str) -> str:
    from django.utils.translation import get_language

    return en if get_language() == "en" else km


def issue_page(actor: Actor, issue_id: UUID, *, to: str | None = None) -> IssuePage:
    """One issue, or the refusal to do `to` with it. The concerns behind it are listed for the team that holds them only."""
    query = Issue.objects.select_related("committee", "written_by", "approved_by").prefetch_related("places__place")
    issue = access.get(actor, "issue.see", query, issue_id, to=to)
    verbs = ("rewrite", "approve", "raise", "join", "commit", "decline", "finish", "clear", "confirm", "contest")
    may = frozenset(v for v in verbs if access.decide(actor, f"issue.{v}", issue).allowed)
    holds = any(s.team == issue.team_id and s.role in (Role.CASE_WORKER, Role.SUPERVISOR) for s in actor.seats)
    joined = list(issue.joined.order_by("on", "id").values_list("concern_id", flat=True)) if holds else []
    return IssuePage(
        row=issue_row(issue),
        title_km=issue.title_km,
        title_en=issue.title_en,
        summary_km=issue.summary_km,
        summary_en=issue.summary_en,
        summary=_in_language(issue.summary_km, issue.summary_en),
        places=tuple(p.place.name for p in issue.places.all()),
        facts=tuple((str(enums.Fact(f.fact).label), f.number) for f in issue.facts.order_by("fact")),
        concerns=len(joined) if holds else None,
        concern_ids=tuple(joined),
        written_by=issue.written_by.name if holds else "",
        approved_by=issue.approved_by.name if holds and issue.approved_by else "",
        opened_on=issue.opened_on,
        raised_on=issue.raised_on,
        steps=tuple((s.state, str(enums.IssueState(s.state).label), s.on) for s in issue.steps.order_by("position")),
        answers=_answers(issue),
        committees=tuple((c.id, c.name) for c in committees_for(issue)) if "raise" in may else (),
        may=may,
    )


def _answers(issue: Issue) -> tuple[AnswerView, ...]:
    found = issue.answers.prefetch_related("readings__place").order_by("position")
    return tuple(_answer(a) for a in found)


def _answer(a: Answer) -> AnswerView:
    return AnswerView(
        id=a.id,
        kind=a.kind,
        what=a.what,
        office=str(enums.Office(a.office).label) if a.office else "",
        why_not=str(enums.WhyNot(a.why_not).label) if a.why_not else "",
        until=a.until,
        given_on=a.given_on,
        done_on=a.done_on,
        done_note=a.done_note,
        cleared=a.cleared_by_id is not None,
        readings=tuple(
            (r.outcome, str(enums.Outcome(r.outcome).label), r.place.name, r.women, r.men, r.on) for r in a.readings.all()
        ),
    )


def issue_start(actor: Actor, concern: str | None) -> IssueStart:
    """What a new issue begins with: its team and, when it grows out of a concern, that concern's kind and commune."""
    if not concern:
        teams = [s.team for s in actor.having([Role.CASE_WORKER, Role.SUPERVISOR])]
        if not teams:
            raise NotYours
        return IssueStart(teams[0])
    try:
        key = UUID(concern)
    except ValueError as error:
        raise NotYours from error
    found = access.get(actor, "concern.see", Concern.objects.select_related("place"), key)
    code = found.place.code if found.place and found.place.level == "commune" else ""
    return IssueStart(found.team_id, found.id, found.kind, code)


def open_issues_of(actor: Actor, team: UUID) -> list[tuple[UUID, str]]:
    """(id, number and title) of a team's issues that a concern may still join, latest first."""
    found = access.visible(actor, "issue.join", Issue.objects.filter(team=team)).exclude(state=enums.IssueState.CONFIRMED)
    return [(i.id, f"{number(i)} · {_in_language(i.title_km, i.title_en)}") for i in found.order_by("-moved_on", "id")[:100]]


def today(actor: Actor) -> list[Tile]:
    """What is due, overdue, urgent and waiting for this actor; each count opens the list it counts."""
    tiles: list[Tile] = []
    if access.may(actor, "concern.see"):
        tiles += _concern_tiles(actor)
    if access.may(actor, "concern.see_own"):
        reports = access.visible(actor, "concern.see_own", Concern.objects.all()).aggregate(
            sent=Count("pk"), answered=Count("pk", filter=HAS_ANSWER)
        )
        told = str(_("Reports with an answer to read"))
        tiles.append(Tile("answers", told, reports["answered"], "due", "desk:reports", "view=answered"))
        tiles.append(Tile("sent", str(_("Reports you sent")), reports["sent"], "calm", "desk:reports", ""))
    if access.may(actor, "issue.see"):
        tiles += _issue_tiles(actor)
    return tiles


def _concern_tiles(actor: Actor) -> list[Tile]:
    names: dict[str, tuple[Any, str, Q]] = {
        "danger": (_("In danger now"), "urgent", CONCERN_FILTERS["danger"]),
        "new": (_("New, not read yet"), "due", CONCERN_FILTERS["new"]),
        "open": (_("Being looked at"), "calm", CONCERN_FILTERS["open"]),
        "waiting": (_("Waiting for the person"), "calm", CONCERN_FILTERS["waiting"]),
    }
    concerns = access.visible(actor, "concern.see", Concern.objects.all())
    counts = concerns.aggregate(
        mine=Count("pk", filter=Q(assigned_to=actor.id, state__in=OPEN_STATES)),
        **{name: Count("pk", filter=q) for name, (_label, _tone, q) in names.items()},
    )
    tiles = [
        Tile(name, str(label), counts[name], tone, "desk:inbox", f"view={name}") for name, (label, tone, _q) in names.items()
    ]
    return [*tiles, Tile("mine", str(_("Assigned to you")), counts["mine"], "due", "desk:inbox", "mine=1")]


def _issue_tiles(actor: Actor) -> list[Tile]:
    wanted: list[tuple[str, Any, str, tuple[Role, ...]]] = [
        ("overdue", _("Issues overdue"), "urgent", tuple(Role)),
        ("due", _("Due within 7 days"), "due", tuple(Role)),
        ("to_approve", _("Summaries for you to approve"), "due", (Role.SUPERVISOR, Role.PROGRAMME_MANAGER)),
        ("to_raise", _("Approved, to be raised"), "due", (Role.CASE_WORKER, Role.SUPERVISOR)),
        ("to_answer", _("Waiting for your committee's answer"), "due", (Role.FOCAL_PERSON,)),
        ("committed", _("Promised, not done yet"), "calm", (Role.FOCAL_PERSON, Role.PROGRAMME_MANAGER)),
        ("to_read_back", _("To read back to the village"), "due", (Role.VOLUNTEER,)),
        ("contested", _("Contested by the community"), "urgent", (Role.CASE_WORKER, Role.SUPERVISOR, Role.PROGRAMME_MANAGER)),
    ]
    shown = [w for w in wanted if actor.having(w[3])]
    filters = _issue_filters()
    found = access.visible(actor, "issue.see", Issue.objects.all())
    counts = found.aggregate(**{name: Count("pk", filter=_own(actor, name, filters[name])) for name, *_rest in shown})
    return [Tile(name, str(label), counts[name], tone, "desk:issues", f"view={name}") for name, label, tone, _roles in shown]


def _own(actor: Actor, name: str, where: Q) -> Q:
    return where & ~Q(written_by=actor.id) if name == "to_approve" else where
