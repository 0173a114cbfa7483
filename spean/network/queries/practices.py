"""Good practices as lists and pages: what the network reads, what waits for judgement, what is one's own; where it was tried."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import finding
from spean.kernel.errors import NotYours
from spean.kernel.paging import PAGE, Page, cursor_day, cursor_position, in_either
from spean.network import practice_enums as codes
from spean.network.indexing import PRACTICES
from spean.network.models import GoodPractice, PracticeReview, Trial
from spean.network.operations.practices import standing
from spean.places import queries as places
from spean.programme.activity_enums import Money

VIEWS = (
    ("", _("Published in the network")),
    ("judge", _("Those that wait for judgement")),
    ("ours", _("Those of my organisation")),
)
FILTERS = ("problem", "ground", "whom", "country")
VERBS = ("change", "send", "judge", "publish", "revise", "withdraw", "try")


@dataclass(frozen=True)
class PracticeRow:
    """One practice in a list."""

    id: UUID
    title: str
    organisation: str
    problem: str
    ground: str
    whom: str
    country: str
    sure: str
    state: str
    state_label: str
    tried: int
    worked: int
    demonstration: bool


@dataclass(frozen=True)
class TrialView:
    """Where a practice was tried again, and what came of it."""

    id: UUID
    organisation: str
    country: str
    since: date
    changed: str
    result: str
    result_label: str
    sure: str
    sure_code: str
    words: str
    told_on: date | None
    ours: bool


@dataclass(frozen=True)
class ReviewView:
    """What somebody of another organisation says of a version."""

    organisation: str
    by: str
    on: date
    version: int
    clear: str
    believable: str
    safe: str
    words: str
    newest: bool


@dataclass(frozen=True)
class PracticePage:
    """One version of a practice, with what others say of it."""

    row: PracticeRow
    body: dict[str, Any]
    said: tuple[tuple[Any, str], ...]  # (heading, words)
    towards: str
    again: str
    cost: Decimal | None
    currency: str
    written_by: str
    written_on: date
    moved_on: date
    withdrawn_for: str
    number: int
    latest: int
    shown: int
    versions: tuple[int, ...]  # that the reader may open; none for who reads only what is published
    reviews: tuple[ReviewView, ...]
    standing: int
    needed: int
    unsafe: bool
    trials: tuple[TrialView, ...]
    may: frozenset[str]


def practices(actor: Actor, *, view: str = "", text: str = "", after: str = "", **wanted: str) -> Page:
    """A page of those of one view, the latest first, or those with the words of `text`, the best first. Six queries at most."""
    rows = _of_view(actor, view)
    for name in FILTERS:
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if asked := finding.terms(text):
        return _searched(rows, asked, after)
    if after:
        day, key = cursor_day(after)
        rows = rows.filter(Q(moved_on__lt=day) | Q(moved_on=day, pk__gt=key))
    found = list(_whole(rows).order_by("-moved_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(_rows(found[:PAGE]), f"{last.moved_on.isoformat()}.{last.id}" if last else "")


def _of_view(actor: Actor, view: str) -> QuerySet[GoodPractice]:
    rows = GoodPractice.objects.all()
    if view == "ours":
        return access.visible(actor, "good_practice.see", rows).filter(organisation__in=list(actor.orgs))
    if view == "judge":
        return access.visible(actor, "good_practice.judge", rows)
    return access.visible(actor, "good_practice.see", rows).filter(state__in=codes.READ)


def _searched(rows: QuerySet[GoodPractice], asked: tuple[finding.Term, ...], after: str) -> Page:
    numbers = PRACTICES.find(asked, rows)
    begin = cursor_position(after) if after else 0
    shown = numbers[begin : begin + PAGE]
    by_number = {p.number: p for p in _whole(rows.filter(number__in=shown))}
    end = begin + PAGE
    return Page(_rows([by_number[n] for n in shown if n in by_number]), str(end) if end < len(numbers) else "")


def _whole(rows: QuerySet[GoodPractice]) -> QuerySet[GoodPractice]:
    worked = Count("trials", filter=Q(trials__result=codes.TrialResult.WORKED))
    return rows.select_related("organisation", "written_by").annotate(tried=Count("trials"), worked=worked)


def country_names() -> dict[str, str]:
    """Code -> name of the countries, in the reader's language. One query."""
    return {place.code: place.name for place in places.countries()}


def countries() -> list[tuple[str, str]]:
    """To choose from."""
    return list(country_names().items())


def _rows(found: list[Any]) -> tuple[PracticeRow, ...]:
    names = country_names()
    return tuple(_row(one, names) for one in found)


def _row(p: Any, names: dict[str, str]) -> PracticeRow:
    return PracticeRow(
        id=p.id,
        title=p.title,
        organisation=p.organisation.name,
        problem=str(codes.Problem(p.problem).label),
        ground=str(codes.Ground(p.ground).label),
        whom=str(codes.Whom(p.whom).label),
        country=names.get(p.country, p.country),
        sure=str(codes.Sure(p.sure).label),
        state=p.state,
        state_label=str(codes.PracticeState(p.state).label),
        tried=p.tried,
        worked=p.worked,
        demonstration=p.demonstration,
    )


def seen(actor: Actor, pk: UUID, verb: str) -> None:
    """Refuse, before anything that was typed is judged, whoever may not do this. Two queries."""
    access.get(actor, "good_practice.see", GoodPractice.objects.all(), pk, to=f"good_practice.{verb}")


def practice(actor: Actor, pk: UUID, *, version: str = "", to: str = "") -> PracticePage:
    """One of them, as the reader may read it: the network what is published, its writers and judges any version. 8 queries."""
    rows = _whole(GoodPractice.objects.all())
    found: Any = access.get(actor, "good_practice.see", rows, pk, to=f"good_practice.{to}" if to else None)
    may = access.allowed(actor, "good_practice", (*VERBS, "work"), found)
    versions = tuple(found.versions.order_by("number").values_list("number", flat=True)) if "work" in may else ()
    newest = found.latest if versions else found.shown
    number = next((v for v in versions if str(v) == version), newest)
    read, names = found.versions.select_related("written_by").get(number=number), country_names()
    body = read.body
    firm, unsafe = standing(found) if versions else (0, False)
    return PracticePage(
        row=_row(found, names),
        body=body,
        said=_said(body),
        towards=names.get(body["towards"], body["towards"]),
        again=str(codes.Again(body["again"]).label),
        cost=None if body["cost"] is None else Decimal(body["cost"]),
        currency=str(Money(body["currency"]).label) if body["cost"] is not None else "",
        written_by=read.written_by.name,
        written_on=read.written_on,
        moved_on=found.moved_on,
        withdrawn_for=str(codes.WhyWithdrawn(found.withdrawn_for).label) if found.withdrawn_for else "",
        number=number,
        latest=found.latest,
        shown=found.shown,
        versions=versions,
        reviews=_reviews(found) if versions else (),
        standing=firm,
        needed=codes.REVIEWS,
        unsafe=unsafe,
        trials=_trials(actor, found, names),
        may=may,
    )


def _said(body: dict[str, Any]) -> tuple[tuple[Any, str], ...]:
    heads = (
        ("about", _("The problem")),
        ("did", _("What we did")),
        ("result", _("What came of it")),
        ("why", _("Why we would do it again, or not")),
    )
    return tuple((head, in_either(body[f"{name}_km"], body[f"{name}_en"])) for name, head in heads)


def _reviews(found: GoodPractice) -> tuple[ReviewView, ...]:
    rows: QuerySet[PracticeReview] = found.reviews.select_related("organisation", "by").order_by("-version", "-on", "id")

    def label(code: str) -> str:
        return str(codes.Verdict(code).label)

    return tuple(
        ReviewView(
            organisation=r.organisation.name,
            by=r.by.name,
            on=r.on,
            version=r.version,
            clear=label(r.clear),
            believable=label(r.believable),
            safe=label(r.safe),
            words=r.words,
            newest=r.version == found.latest,
        )
        for r in rows
    )


def _trials(actor: Actor, found: GoodPractice, names: dict[str, str]) -> tuple[TrialView, ...]:
    rows: QuerySet[Trial] = found.trials.select_related("organisation").order_by("-since", "id")
    writes = access.may(actor, "trial.tell")
    return tuple(
        TrialView(
            id=t.id,
            organisation=t.organisation.name,
            country=names.get(t.country, t.country),
            since=t.since,
            changed=t.changed,
            result=t.result,
            result_label=str(codes.TrialResult(t.result).label) if t.result else "",
            sure=str(codes.Sure(t.sure).label) if t.sure else "",
            sure_code=t.sure,
            words=t.words,
            told_on=t.told_on,
            ours=writes and t.organisation_id in actor.orgs,
        )
        for t in rows
    )


def trial(actor: Actor, pk: UUID, row: UUID) -> TrialView:
    """One's own trial, for the form of its result. The refusals are those of the operation."""
    found = access.get(actor, "good_practice.see", GoodPractice.objects.all(), pk)
    one = found.trials.filter(pk=row).first()
    if one is None:
        raise NotYours
    access.require(actor, "trial.tell", one)
    return next(t for t in _trials(actor, found, country_names()) if t.id == row)


def to_judge(actor: Actor) -> QuerySet[GoodPractice]:
    """Those whose newest version the actor could judge and has not."""
    done = PracticeReview.objects.filter(practice=OuterRef("pk"), version=OuterRef("latest"), by=actor.id)
    return access.visible(actor, "good_practice.judge", GoodPractice.objects.all()).filter(~Exists(done))
