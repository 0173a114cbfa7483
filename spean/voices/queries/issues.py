"""Issues: the lists, one page for every role, and what a new one starts with."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.paging import BROKEN, PAGE, Page, counts, in_language
from spean.voices import enums, rungs
from spean.voices.models import Answer, Concern, Issue, IssuePlace
from spean.voices.queries.ladders import RungView, StepView, history_of, rungs_of
from spean.voices.queries.ties import TiedTo, recruiter_of
from spean.voices.queries.weights import Weight, weights

DUE_SOON_DAYS = 7
#: what somebody may do with an issue, apart from seeing it
VERBS = (
    "rewrite", "approve", "raise", "join", "commit", "decline", "finish", "clear", "confirm", "contest",
    "lift", "letter", "escalate", "avoid", "border", "reopen", "merge", "split", "tally", "name", "proof", "tie",
)  # fmt: skip


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
    proofs: tuple[UUID, ...]


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
    steps: tuple[StepView, ...]
    rungs: tuple[RungView, ...]
    weight: Weight
    avoided: tuple[str, ...]
    crosses_border: bool
    from_cases: bool
    merged_into: tuple[UUID, str] | None
    others: tuple[tuple[UUID, str], ...]
    answers: tuple[AnswerView, ...]
    committees: tuple[tuple[UUID, str], ...]
    recruiter: TiedTo | None
    may: frozenset[str]


@dataclass(frozen=True)
class IssueStart:
    """What a new issue begins with."""

    team: UUID
    concern: UUID | None = None
    kind: str = ""
    place: str = ""


def overdue_filter() -> Q:
    """Issues whose answer or promise is past its day."""
    return Q(state__in=(enums.IssueState.RAISED, enums.IssueState.COMMITTED), due_on__lt=clock.today())


def issue_filters() -> dict[str, Q]:
    """The lists that an issue may stand in, by their name in the address."""
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


_PATH = re.compile(r"[A-Z]{2}/(?:[0-9]{2,8}/)*")
#: the ways to sort the issues: which column, and whether its last value comes first
SORTS = {"moved": ("moved_on", True), "due": ("due_on", False), "raised": ("raised_on", True), "number": ("number", True)}


@dataclass(frozen=True)
class Wanted:
    """Which issues, and in which order; what is unknown is left out."""

    view: str = "all"
    kind: str = ""
    level: str = ""  # of the committee that is asked now
    place: str = ""  # a path: issues of this place, or of places inside it
    sort: str = "moved"


def issues(actor: Actor, *, wanted: Wanted | None = None, view: str = "all", after: str = "") -> Page:
    """A page of the issues that this actor may see, latest move first unless asked otherwise.

    What has no due day, or was not raised, comes last where these are sorted by. Keys are read before rows: an issue is long.
    """
    wanted = wanted or Wanted(view)
    keys, cursor = _keys(listed(actor, wanted), SORTS.get(wanted.sort, SORTS["moved"]), after)
    rows = Issue.objects.select_related("committee").prefetch_related("places__place").in_bulk(keys)
    return Page(tuple(issue_row(rows[key]) for key in keys if key in rows), cursor)


def issues_count(actor: Actor, wanted: Wanted) -> int:
    """How many issues there are of this kind, counted no further than MOST + 1."""
    return counts({"all": listed(actor, wanted)})["all"]


def listed(actor: Actor, wanted: Wanted) -> QuerySet[Issue]:
    """The issues of one list that this actor may see."""
    filters = issue_filters()
    found = access.visible(actor, "issue.see", Issue.objects.all()).filter(filters.get(wanted.view, filters["all"]))
    if wanted.view == "to_approve":
        found = access.visible(actor, "issue.approve", found)
    if wanted.kind in enums.Kind:
        found = found.filter(kind=wanted.kind)
    if wanted.level in enums.Level:
        found = found.filter(level=wanted.level)
    if _PATH.fullmatch(wanted.place):
        inside = IssuePlace.objects.filter(issue=OuterRef("pk"), place__path__startswith=wanted.place)
        found = found.filter(Exists(inside))
    return found


def _keys(found: QuerySet[Issue], sort: tuple[str, bool], after: str) -> tuple[list[UUID], str]:
    """The keys of one page, and the cursor of the next: first those with a value in the column, then those without."""
    column, last_first = sort
    begin = _begin(after, day=column != "number")
    rows: list[tuple[Any, UUID]] = []
    if begin is None or begin[0] is not None:
        valued = found.filter(**{f"{column}__isnull": False})
        if begin is not None:
            beyond = Q(**{f"{column}__{'lt' if last_first else 'gt'}": begin[0]}) | Q(pk__gt=begin[1])
            valued = valued.filter(beyond, **{f"{column}__{'lte' if last_first else 'gte'}": begin[0]})
        ordered = valued.order_by(f"-{column}" if last_first else column, "pk")
        rows = list(ordered.values_list(column, "pk")[: PAGE + 1])
    if len(rows) <= PAGE and Issue._meta.get_field(column).null:
        without = found.filter(**{f"{column}__isnull": True})
        if begin is not None and begin[0] is None:
            without = without.filter(pk__gt=begin[1])
        rows += without.order_by("pk").values_list(column, "pk")[: PAGE + 1 - len(rows)]
    if len(rows) <= PAGE:
        return [key for _value, key in rows], ""
    value, key = rows[PAGE - 1]
    return [key for _value, key in rows[:PAGE]], f"{'' if value is None else value}.{key}"


def _begin(after: str, *, day: bool) -> tuple[Any, UUID] | None:
    """Where the last page ended; a broken cursor is Invalid."""
    if not after:
        return None
    try:
        value, key = after.split(".")
        if not value:
            return None, UUID(key)
        return date.fromisoformat(value) if day else int(value[:9].encode("ascii")), UUID(key)
    except ValueError as error:
        raise Invalid({"after": BROKEN}) from error


def number(issue: Issue) -> str:
    """The issue's number as people write it: S-0012."""
    return f"S-{issue.number:04d}"


def issue_row(issue: Issue) -> IssueRow:
    """One line. Needs `committee` and `places__place` fetched."""
    waiting = issue.state in (enums.IssueState.RAISED, enums.IssueState.COMMITTED)
    return IssueRow(
        id=issue.id,
        number=number(issue),
        title=in_language(issue.title_km, issue.title_en),
        kind=str(enums.Kind(issue.kind).label),
        state=issue.state,
        state_label=str(enums.IssueState(issue.state).label),
        place=", ".join(p.place.name for p in issue.places.all()),
        committee=issue.committee.name if issue.committee else "",
        due_on=issue.due_on,
        overdue=bool(waiting and issue.due_on and issue.due_on < clock.today()),
        moved_on=issue.moved_on,
    )


def issue_page(actor: Actor, issue_id: UUID, *, to: str | None = None) -> IssuePage:
    """One issue, or the refusal to do `to` with it. The concerns behind it are listed for the team that holds them only."""
    query = Issue.objects.select_related("committee", "written_by", "approved_by", "merged_into").prefetch_related(
        "places__place"
    )
    issue = access.get(actor, "issue.see", query, issue_id, to=to)
    may = access.allowed(actor, "issue", VERBS, issue)
    holds = any(s.team == issue.team_id and s.role in (Role.CASE_WORKER, Role.SUPERVISOR) for s in actor.seats)
    inside = holds or any(s.org == issue.organisation_id for s in actor.having([Role.PROGRAMME_MANAGER]))
    joined = list(issue.joined.filter(left_on=None).order_by("on", "id").values_list("concern_id", flat=True)) if holds else []
    return IssuePage(
        row=issue_row(issue),
        title_km=issue.title_km,
        title_en=issue.title_en,
        summary_km=issue.summary_km,
        summary_en=issue.summary_en,
        summary=in_language(issue.summary_km, issue.summary_en),
        places=tuple(p.place.name for p in issue.places.all()),
        facts=tuple((str(enums.Fact(f.fact).label), f.number) for f in issue.facts.order_by("fact")),
        concerns=len(joined) if holds else None,
        concern_ids=tuple(joined),
        written_by=issue.written_by.name if holds else "",
        approved_by=issue.approved_by.name if holds and issue.approved_by else "",
        opened_on=issue.opened_on,
        raised_on=issue.raised_on,
        steps=history_of(issue, inside=inside),
        rungs=rungs_of(issue, inside=inside),
        weight=weights([issue.pk])[issue.pk],
        avoided=tuple(issue.avoided.values_list("level", flat=True)) if inside else (),
        crosses_border=issue.crosses_border,
        from_cases=issue.from_cases,
        others=tuple(o for o in open_issues_of(actor, issue.team_id) if o[0] != issue.pk) if "merge" in may else (),
        merged_into=(issue.merged_into.pk, number(issue.merged_into)) if issue.merged_into else None,
        answers=_answers(issue),
        committees=tuple((c.id, c.name) for c in rungs.first_committees(issue)) if "raise" in may else (),
        recruiter=recruiter_of(issue.pk) if inside else None,
        may=may,
    )


def _answers(issue: Issue) -> tuple[AnswerView, ...]:
    found = issue.answers.prefetch_related("readings__place", "proofs").order_by("position")
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
        proofs=tuple(p.pk for p in a.proofs.all()),
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
    return [(i.id, f"{number(i)} · {in_language(i.title_km, i.title_en)}") for i in found.order_by("-moved_on", "id")[:100]]
