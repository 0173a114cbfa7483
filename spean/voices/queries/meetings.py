"""Meetings of committees: the list, and one agenda, ready for the screen and for paper."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import NotYours
from spean.kernel.paging import PAGE, Page, cursor_day, in_language
from spean.voices import enums
from spean.voices.enums import IssueState, MeetingState
from spean.voices.models import Issue, Letter, Meeting, Minute
from spean.voices.queries.issues import IssueRow, issue_row
from spean.voices.queries.weights import Weight, weights

MOST_ITEMS = 60  # on one agenda; what does not fit waits for the next meeting


@dataclass(frozen=True)
class MeetingRow:
    """One line of the list."""

    id: UUID
    committee: str
    on: date
    state: str
    state_label: str
    rhythm: str = ""  # in words, where the committee meets regularly


@dataclass(frozen=True)
class AgendaItem:
    """One issue on an agenda, in public-safe words."""

    row: IssueRow
    summary: str
    weight: Weight
    promised: str
    decision: str
    decision_label: str
    on_behalf: bool
    to_decide: bool


@dataclass(frozen=True)
class MeetingPage:
    """A meeting with its agenda."""

    row: MeetingRow
    items: tuple[AgendaItem, ...]
    more: bool
    may: frozenset[str]


@dataclass(frozen=True)
class LetterView:
    """A letter as it was written."""

    id: UUID
    number: int
    kind_label: str
    committee_km: str
    committee_en: str
    organisation_km: str
    organisation_en: str
    text_km: str
    text_en: str
    on: date
    issue: UUID


def meetings(actor: Actor, *, after: str = "") -> Page:
    """A page of the meetings that this actor may see, the latest day first."""
    found = access.visible(actor, "meeting.see", Meeting.objects.select_related("committee"))
    if after:
        day, key = cursor_day(after)
        found = found.filter(Q(on__lt=day) | Q(on=day, pk__gt=key))
    rows = list(found.order_by("-on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(_row(m) for m in rows[:PAGE]), f"{last.on.isoformat()}.{last.id}" if last else "")


def _row(m: Meeting) -> MeetingRow:
    rhythm = str(enums.Rhythm(m.repeats_months).label) if m.repeats_months else ""
    return MeetingRow(m.id, m.committee.name, m.on, m.state, str(MeetingState(m.state).label), rhythm)


def meeting_page(actor: Actor, meeting_id: UUID) -> MeetingPage:
    """One meeting: what waits for it or, once held, what it said. An office never meets here what it must not learn of."""
    meeting = access.get(actor, "meeting.see", Meeting.objects.select_related("committee"), meeting_id)
    minutes = {m.issue_id: m for m in meeting.minutes.all()}
    seen = access.visible(actor, "issue.see", Issue.objects.select_related("committee"))
    found = list(_on_the_agenda(seen, meeting, set(minutes))[: MOST_ITEMS + 1])
    weighed = weights(i.pk for i in found)
    found.sort(
        key=lambda i: (i.state == IssueState.COMMITTED, not _overdue(i), -weighed[i.pk].voices, i.due_on or date.max, i.number)
    )
    decidable = set(
        access.visible(actor, "issue.minute", Issue.objects.filter(pk__in=[i.pk for i in found])).values_list("pk", flat=True)
    )
    if meeting.state == MeetingState.CANCELLED:
        decidable = set()
    items = tuple(_item(i, weighed[i.pk], minutes.get(i.pk), to_decide=i.pk in decidable) for i in found[:MOST_ITEMS])
    may = access.allowed(actor, "meeting", enums.MEETING_MOVES, meeting)
    return MeetingPage(_row(meeting), items, len(found) > MOST_ITEMS, may)


def _on_the_agenda(seen: QuerySet[Issue], meeting: Meeting, minuted: set[UUID]) -> QuerySet[Issue]:
    open_here = Q(committee=meeting.committee_id, state__in=(IssueState.RAISED, IssueState.CONTESTED, IssueState.COMMITTED))
    told = Q(pk__in=minuted)
    wanted = told if meeting.state == MeetingState.CANCELLED else open_here | told
    return seen.filter(wanted).prefetch_related("places__place", "answers").order_by("due_on", "number")


def _overdue(issue: Issue) -> bool:
    return bool(issue.due_on and issue.due_on < clock.today())


def _item(issue: Issue, weight: Weight, minute: Minute | None, *, to_decide: bool) -> AgendaItem:
    promised = [a.what for a in issue.answers.all() if a.kind == enums.AnswerKind.COMMITMENT and a.done_on is None]
    return AgendaItem(
        row=issue_row(issue),
        summary=in_language(issue.summary_km, issue.summary_en),
        weight=weight,
        promised=promised[-1] if promised and issue.state == IssueState.COMMITTED else "",
        decision=minute.decision if minute else "",
        decision_label=str(enums.Decision(minute.decision).label) if minute else "",
        on_behalf=bool(minute and minute.on_behalf),
        to_decide=to_decide and minute is None,
    )


def letter(actor: Actor, letter_id: UUID) -> LetterView:
    """One letter, for who may write letters about its issue."""
    issues = access.visible(actor, "issue.letter", Issue.objects.all())
    found = Letter.objects.select_related("committee", "organisation").filter(pk=letter_id, issue__in=issues).first()
    if found is None:
        raise NotYours
    return _letter(found)


def letters(actor: Actor, issue_id: UUID) -> tuple[LetterView, ...]:
    """The letters about an issue, the latest first; none for who may not write them."""
    issues = access.visible(actor, "issue.letter", Issue.objects.filter(pk=issue_id))
    found = Letter.objects.select_related("committee", "organisation").filter(issue__in=issues).order_by("-number")[:20]
    return tuple(_letter(x) for x in found)


def _letter(x: Letter) -> LetterView:
    return LetterView(
        id=x.id, number=x.number, kind_label=str(enums.LetterKind(x.kind).label), committee_km=x.committee.name_km,
        committee_en=x.committee.name_en, organisation_km=x.organisation.name_km, organisation_en=x.organisation.name_en,
        text_km=x.text_km, text_en=x.text_en, on=x.on, issue=x.issue_id,
    )  # fmt: skip
