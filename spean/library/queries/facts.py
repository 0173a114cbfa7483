"""Facts for the desk: the list with its filters, one fact with its history, and what has to be checked this week."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, StrIndex, Substr
from django.utils import translation

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import Invalid
from spean.kernel.paging import PAGE, counts, in_language
from spean.kernel.text import clean
from spean.library import wording
from spean.library.enums import PageKind, Shape, Unit, VersionState
from spean.library.models import CLAIM, Fact, FactUse, FactVersion, LawQuestion, Way
from spean.library.operations.facts import Said, said_of
from spean.library.queries.showing import Shown, shown

WEEK = timedelta(days=7)
LONGEST_QUERY = 80


@dataclass(frozen=True)
class Wanted:
    """Which facts a list shows."""

    view: str = "all"
    area: str = ""
    words: str = ""


@dataclass(frozen=True)
class FactRow:
    """One line of the list."""

    id: UUID
    key: str
    name: str
    value: str
    state: str
    state_label: str
    waiting: bool
    mine: bool
    overdue: bool
    due_on: date | None
    demonstration: bool


@dataclass(frozen=True)
class FactList:
    """One page of rows; `after` opens the next one; `count` is told as more than MOST once it is higher."""

    rows: tuple[FactRow, ...]
    after: str
    count: int


@dataclass(frozen=True)
class VersionView:
    """One wording of a fact: what it says, as it would be shown, who wrote it, what became of it."""

    number: int
    said: Said
    shown: Shown
    state_label: str
    writer: str  # "" for a seed
    written_on: date
    decider: str
    decided_on: date | None
    differs: frozenset[str]


@dataclass(frozen=True)
class Use:
    """A page that tells of the fact's subject."""

    kind: str
    kind_label: str
    slug: str
    title: str
    papers: tuple[tuple[str, str], ...]  # the leaflets made from the page: they change with it


@dataclass(frozen=True)
class FactPage:
    """A fact with everything about it, and what this reader may do."""

    row: FactRow
    subject: str
    said: Said
    shown: Shown
    checker: str
    waiting: VersionView | None
    history: tuple[VersionView, ...]
    uses: tuple[Use, ...]
    others: tuple[FactRow, ...]
    may: frozenset[str]


def facts(actor: Actor, wanted: Wanted, after: str = "") -> FactList:
    """The facts that this reader may see, by key. 2 queries."""
    found = _wanted(actor, access.visible(actor, "fact.see", Fact.objects.all()), wanted)
    count = counts({"n": found})["n"]
    if after:
        if not wording.is_key(after):
            raise Invalid
        found = found.filter(key__gt=after)
    rows = list(found.order_by("key")[: PAGE + 1])
    shown_rows = tuple(fact_row(actor, fact) for fact in rows[:PAGE])
    return FactList(shown_rows, rows[PAGE - 1].key if len(rows) > PAGE else "", count)


def _wanted(actor: Actor, found: QuerySet[Fact], wanted: Wanted) -> QuerySet[Fact]:
    views = {
        "week": due_this_week(),
        "publish": Q(waiting=True, proposed_by__isnull=False) & ~Q(proposed_by=actor.id),
        "waiting": Q(waiting=True),
        "overdue": Q(state=ClaimState.VERIFIED, valid_until__lt=clock.today()),
        **{state: Q(state=state) for state in ClaimState.values},
    }
    found = found.filter(views.get(wanted.view, Q()))
    if wanted.area:
        found = found.filter(key__startswith=f"{wanted.area}.")
    for word in clean(wanted.words)[:LONGEST_QUERY].split():
        named = Q(name_km__icontains=word) | Q(name_en__icontains=word) | Q(source_text__icontains=word)
        found = found.filter(named | Q(key__icontains=word) | Q(subject__icontains=word))
    return found


def due_this_week() -> Q:
    """What the public is shown and has to be checked again by this day in a week, or had to be before."""
    return Q(state=ClaimState.VERIFIED, valid_until__lte=clock.today() + WEEK)


def tallies(actor: Actor) -> dict[str, int]:
    """How many facts have to be checked this week, and how many wordings of others wait for this person. One query."""
    due = access.visible(actor, "fact.see", Fact.objects.filter(due_this_week()))
    waiting = access.visible(actor, "fact.publish", Fact.objects.filter(proposed_by__isnull=False))
    return counts({"week": due, "publish": waiting})


def areas() -> tuple[str, ...]:
    """The first parts of the keys that there are: kh, law, th."""
    first = Substr("key", 1, StrIndex(Concat("key", Value(".")), Value(".")) - 1)
    return tuple(sorted(Fact.objects.annotate(area=first).values_list("area", flat=True).order_by("area").distinct()))


def fact_row(actor: Actor, fact: Fact) -> FactRow:
    """One line of the list."""
    said = _plainly(fact)
    return FactRow(
        id=fact.id, key=fact.key, name=said.name, value=said.value, state=fact.state,
        state_label=str(ClaimState(fact.state).label), waiting=fact.waiting, mine=fact.proposed_by_id == actor.id,
        overdue=said.overdue, due_on=fact.valid_until, demonstration=fact.demonstration,
    )  # fmt: skip


def _plainly(claim: Any) -> Shown:
    """As it would be shown, without who checked it: no organisation is fetched for it."""
    copy = Fact(**{field: getattr(claim, field) for field in CLAIM})
    copy.key, copy.state = getattr(claim, "key", ""), getattr(claim, "state", ClaimState.UNVERIFIED)
    return shown(copy)


def previews(said: Said) -> dict[str, Shown]:
    """How a page would show it in each language, once somebody else has checked it."""
    made = {}
    for language in ("km", "en"):
        with translation.override(language):
            made[language] = _plainly(said)
    return made


def fact_page(actor: Actor, fact_id: UUID) -> FactPage:
    """One fact. A fixed number of queries, however long its history."""
    known = Fact.objects.select_related("checked_for", "checked_by")
    fact = access.get(actor, "fact.see", known, fact_id)
    versions = [_version(v, fact) for v in fact.versions.select_related("written_by", "decided_by").order_by("-number")[:PAGE]]
    waiting = fact.versions.filter(state=VersionState.WAITING).values_list("number", flat=True).first()
    others = Fact.objects.filter(subject=fact.subject).exclude(pk=fact.pk).order_by("key")[:PAGE]
    may = set(access.allowed(actor, "fact", ("propose", "publish", "refuse", "withdraw"), fact))
    return FactPage(
        row=fact_row(actor, fact),
        subject=fact.subject,
        said=said_of(fact),
        shown=shown(fact),
        checker=fact.checked_by.name if fact.checked_by else "",
        waiting=next((v for v in versions if v.number == waiting), None),
        history=tuple(versions),
        uses=uses(fact.subject),
        others=tuple(fact_row(actor, other) for other in others),
        may=frozenset(may),
    )


def _version(version: FactVersion, fact: Fact) -> VersionView:
    return VersionView(
        number=version.number,
        said=said_of(version),
        shown=_plainly(said_of(version)),
        state_label=str(VersionState(version.state).label),
        writer=version.written_by.name if version.written_by else "",
        written_on=version.written_on,
        decider=version.decided_by.name if version.decided_by else "",
        decided_on=version.decided_on,
        differs=frozenset(name for name in CLAIM if getattr(version, name) != getattr(fact, name)),
    )


def uses(subject: str) -> tuple[Use, ...]:
    """Every page that changes when a fact about this subject changes."""
    rows = list(FactUse.objects.filter(subject=subject).order_by("page_kind", "page_slug"))
    titles: dict[tuple[str, str], str] = {}
    of = {kind: [row.page_slug for row in rows if row.page_kind == kind] for kind in PageKind.values}
    for way in Way.objects.filter(slug__in=of[PageKind.WAY]):
        titles[PageKind.WAY, way.slug] = in_language(way.title_km, way.title_en)
    for one in LawQuestion.objects.filter(slug__in=of[PageKind.LAW]):
        titles[PageKind.LAW, one.slug] = in_language(one.question_km, one.question_en)
    known = [(row.page_kind, row.page_slug) for row in rows if (row.page_kind, row.page_slug) in titles]
    papers = tuple((shape.value, str(shape.label)) for shape in Shape)
    return tuple(Use(kind, str(PageKind(kind).label), slug, titles[kind, slug], papers) for kind, slug in known)


def unit_choices() -> list[tuple[str, str]]:
    """The units for a form, with a mark where the number stands."""
    return [(value, str(label).replace("{n}", "…")) for value, label in Unit.choices]
