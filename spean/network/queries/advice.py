"""Requests for advice and mentoring pairs, as lists and pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.models import Organisation
from spean.kernel.paging import PAGE, Page, cursor_day
from spean.network import advice_enums as codes
from spean.network.models import Advice, Answer, GoodPractice, Pair
from spean.network.practice_enums import READ, Problem

MOST_OFFERED = 200
VIEWS = (("", _("Everything")), ("unanswered", _("Those nobody has answered")), ("ours", _("Those of my organisation")))


@dataclass(frozen=True)
class AdviceRow:
    """One request in a list; `to` is "" for the network."""

    id: UUID
    title: str
    problem: str
    organisation: str
    to: str
    on: date
    state: str
    state_label: str
    answers: int
    demonstration: bool


@dataclass(frozen=True)
class AnswerView:
    """One answer, perhaps with (id, title) of a practice that the network still reads."""

    id: UUID
    organisation: str
    by: str
    on: date
    words: str
    practice: tuple[UUID, str] | None
    helpful: bool


@dataclass(frozen=True)
class AdvicePage:
    """One request with its answers."""

    row: AdviceRow
    words: str
    by: str
    answers: tuple[AnswerView, ...]
    may: frozenset[str]


@dataclass(frozen=True)
class PairRow:
    """One mentoring pair."""

    id: UUID
    experienced: str
    starting: str
    problem: str
    starts_on: date
    ends_on: date
    state: str
    state_label: str


@dataclass(frozen=True)
class MeetingView:
    """That the two met."""

    on: date
    organisation: str
    by: str
    words: str


@dataclass(frozen=True)
class PairPage:
    """One pair with its meetings."""

    row: PairRow
    words: str
    proposed_by: str
    by: str
    answered_by: str
    meetings: tuple[MeetingView, ...]
    may: frozenset[str]


def requests(actor: Actor, *, view: str = "", problem: str = "", after: str = "") -> Page:
    """A page of those that the actor may see, the latest first. One query."""
    rows = unanswered(actor) if view == "unanswered" else access.visible(actor, "advice.see", Advice.objects.all())
    if view == "ours":
        rows = rows.filter(organisation__in=list(actor.orgs))
    if problem:
        rows = rows.filter(problem=problem)
    if after:
        day, key = cursor_day(after)
        rows = rows.filter(Q(on__lt=day) | Q(on=day, pk__gt=key))
    found = list(_whole(rows).order_by("-on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(map(_row, found[:PAGE])), f"{last.on.isoformat()}.{last.id}" if last else "")


def request(actor: Actor, pk: UUID, to: str = "") -> AdvicePage:
    """One of them; for a form that does `to`. Three queries."""
    found: Any = access.get(actor, "advice.see", _whole(Advice.objects.all()), pk, to=f"advice.{to}" if to else None)
    answers = found.answers.select_related("organisation", "by", "practice").order_by("on", "id")
    may = access.allowed(actor, "advice", ("answer", "mark", *codes.ADVICE_MOVES), found)
    return AdvicePage(row=_row(found), words=found.words, by=found.by.name, answers=tuple(map(_answer, answers)), may=may)


def unanswered(actor: Actor) -> QuerySet[Advice]:
    """Those that the actor could answer and nobody has."""
    none = ~Exists(Answer.objects.filter(advice=OuterRef("pk")))
    return access.visible(actor, "advice.answer", Advice.objects.all()).filter(none)


def _whole(rows: QuerySet[Advice]) -> QuerySet[Advice]:
    return rows.select_related("organisation", "to", "by").annotate(number=Count("answers"))


def _row(a: Any) -> AdviceRow:
    return AdviceRow(
        id=a.id,
        title=a.title,
        problem=str(Problem(a.problem).label),
        organisation=a.organisation.name,
        to=a.to.name if a.to else "",
        on=a.on,
        state=a.state,
        state_label=str(codes.AdviceState(a.state).label),
        answers=a.number,
        demonstration=a.demonstration,
    )


def _answer(a: Answer) -> AnswerView:
    read = a.practice is not None and a.practice.state in READ
    return AnswerView(
        id=a.id,
        organisation=a.organisation.name,
        by=a.by.name,
        on=a.on,
        words=a.words,
        practice=(a.practice.id, a.practice.title) if a.practice and read else None,
        helpful=a.helpful,
    )


def others(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the organisations in which the actor has no seat. One query."""
    found = Organisation.objects.exclude(pk__in=list(actor.orgs)).order_by("name_en")[:MOST_OFFERED]
    return [(str(o.id), o.name) for o in found]


def practices_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """(id, title) of the practices that the network reads, the latest first. One query."""
    read = access.visible(actor, "good_practice.see", GoodPractice.objects.filter(state__in=READ))
    return [(str(p.id), p.title) for p in read.order_by("-moved_on", "id")[:MOST_OFFERED]]


def pairs(actor: Actor, *, after: str = "") -> Page:
    """A page of the pairs of the actor's organisation, the latest first. One query."""
    rows = access.visible(actor, "pair.see", Pair.objects.all())
    if after:
        day, key = cursor_day(after)
        rows = rows.filter(Q(starts_on__lt=day) | Q(starts_on=day, pk__gt=key))
    found = list(rows.select_related("experienced", "starting").order_by("-starts_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(map(_pair_row, found[:PAGE])), f"{last.starts_on.isoformat()}.{last.id}" if last else "")


def pair(actor: Actor, pk: UUID, to: str = "") -> PairPage:
    """One of them; for a form that does `to`. Three queries."""
    rows = Pair.objects.select_related("experienced", "starting", "proposed_by", "by", "answered_by")
    found = access.get(actor, "pair.see", rows, pk, to=f"pair.{to}" if to else None)
    meetings = found.meetings.select_related("organisation", "by").order_by("-on", "id")
    return PairPage(
        row=_pair_row(found),
        words=found.words,
        proposed_by=found.proposed_by.name,
        by=found.by.name,
        answered_by=found.answered_by.name if found.answered_by else "",
        meetings=tuple(MeetingView(m.on, m.organisation.name, m.by.name, m.words) for m in meetings),
        may=access.allowed(actor, "pair", ("meet", *codes.PAIR_MOVES), found),
    )


def _pair_row(p: Pair) -> PairRow:
    return PairRow(
        id=p.id,
        experienced=p.experienced.name,
        starting=p.starting.name,
        problem=str(Problem(p.problem).label),
        starts_on=p.starts_on,
        ends_on=p.ends_on,
        state=p.state,
        state_label=str(codes.PairState(p.state).label),
    )
