"""Texts for the desk: the list, one text with its history, what a form begins with, and two versions side by side."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.paging import BROKEN, PAGE, counts, in_language
from spean.kernel.text import clean
from spean.library import labels, texts
from spean.library.enums import Destination, Kind, PageKind, TextState, Unit, VersionState
from spean.library.models import Fact, Text, TextVersion, Way
from spean.library.operations import placing
from spean.library.operations.texts import first_of
from spean.library.queries import pages
from spean.library.queries.comparing import Comparison, compared
from spean.library.queries.showing import Shelf

LONGEST_QUERY = 80
#: verbs of the desk
VERBS = ("change", "propose", "publish", "refuse", "withdraw")


@dataclass(frozen=True)
class Wanted:
    """Which texts a list shows."""

    view: str = "all"
    kind: str = ""
    words: str = ""


@dataclass(frozen=True)
class TextRow:
    """One line of the list."""

    id: UUID
    kind: str
    kind_label: str
    slug: str
    title: str
    state: str
    state_label: str
    drafted: bool
    waiting: bool
    mine: bool


@dataclass(frozen=True)
class TextList:
    """One page of rows; `after` opens the next one."""

    rows: tuple[TextRow, ...]
    after: str
    count: int


@dataclass(frozen=True)
class VersionRow:
    """One version: who wrote it, what became of it."""

    number: int
    state: str
    state_label: str
    writer: str  # "" for the files
    written_on: date
    decider: str
    decided_on: date | None


@dataclass(frozen=True)
class TextPage:
    """A text with its versions, and what this reader may do."""

    row: TextRow
    latest: int
    public: int | None
    draft: VersionRow | None
    waiting: VersionRow | None
    history: tuple[VersionRow, ...]
    change: Comparison | None
    may: frozenset[str]


@dataclass(frozen=True)
class Start:
    """What a form begins with."""

    id: UUID
    kind: str
    title: str
    body: texts.Body
    seen: int


@dataclass(frozen=True)
class FactNames:
    """The names of all facts: to show references by, and to choose facts and subjects from."""

    labels: dict[str, labels.Labels]
    facts: tuple[tuple[str, str], ...]  # key, name
    subjects: tuple[tuple[str, str, str], ...]  # subject, name, unit


def listed(actor: Actor, wanted: Wanted, after: str = "") -> TextList:
    """The texts that this reader may see: ways, then questions. 2 queries."""
    found = access.visible(actor, "text.see", Text.objects.all())
    views = {
        "publish": Q(waiting=True) & ~Q(proposed_by=actor.id),
        "waiting": Q(waiting=True),
        "drafts": Q(drafted=True),
        **{state: Q(state=state) for state in TextState.values},
    }
    found = found.filter(views.get(wanted.view, Q()))
    if wanted.kind in PageKind.values:
        found = found.filter(kind=wanted.kind)
    for word in clean(wanted.words)[:LONGEST_QUERY].split():
        found = found.filter(Q(title_km__icontains=word) | Q(title_en__icontains=word) | Q(slug__icontains=word))
    count = counts({"n": found})["n"]
    if after:
        kind, _dot, slug = after.partition(".")
        if kind not in PageKind.values or "\x00" in slug:
            raise Invalid({"after": BROKEN})
        found = found.filter(Q(kind__lt=kind) | Q(kind=kind, slug__gt=slug))
    rows = list(found.order_by("-kind", "slug")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return TextList(tuple(_row(actor, text) for text in rows[:PAGE]), f"{last.kind}.{last.slug}" if last else "", count)


def waits_for(actor: Actor) -> int:
    """How many texts of others wait for this person. One query."""
    return counts({"n": access.visible(actor, "text.publish", Text.objects.all())})["n"]


def _row(actor: Actor, text: Text) -> TextRow:
    return TextRow(
        id=text.id, kind=text.kind, kind_label=str(PageKind(text.kind).label), slug=text.slug,
        title=in_language(text.title_km, text.title_en) or text.title_km or text.slug, state=text.state,
        state_label=str(TextState(text.state).label), drafted=text.drafted, waiting=text.waiting,
        mine=text.proposed_by_id == actor.id,
    )  # fmt: skip


def text_page(actor: Actor, text_id: UUID) -> TextPage:
    """One text. A fixed number of queries, however long its history."""
    text = access.get(actor, "text.see", Text.objects.all(), text_id)
    versions = list(text.versions.select_related("written_by", "decided_by").order_by("-number")[:PAGE])
    current = {v.state: v for v in text.versions.filter(state__in=("draft", "waiting", "published"))}
    may = set(access.allowed(actor, "text", VERBS, text))
    public, waiting, draft = (current.get(s) for s in (VersionState.PUBLISHED, VersionState.WAITING, VersionState.DRAFT))
    newest = waiting or draft
    return TextPage(
        row=_row(actor, text),
        latest=versions[0].number,
        public=public.number if public else None,
        draft=_version(draft) if draft else None,
        waiting=_version(waiting) if waiting else None,
        history=tuple(_version(v) for v in versions),
        change=_compared(text.kind, public, newest) if public and newest else None,
        may=frozenset(may),
    )


def _version(v: TextVersion) -> VersionRow:
    return VersionRow(
        v.number, v.state, str(VersionState(v.state).label), v.written_by.name if v.written_by else "", v.written_on,
        v.decided_by.name if v.decided_by else "", v.decided_on,
    )  # fmt: skip


def start(actor: Actor, text_id: UUID) -> Start:
    """The draft, or what waits, or what readers see; or else the latest version."""
    text = access.get(actor, "text.see", Text.objects.all(), text_id, to="text.change")
    versions = list(text.versions.order_by("-number").defer("body"))
    first = first_of(versions)
    return Start(text.id, text.kind, _row(actor, text).title, first.body, versions[0].number)


def fact_names() -> FactNames:
    """One query."""
    rows = list(Fact.objects.order_by("key").values_list("key", "name_km", "name_en", "subject", "unit"))
    facts = tuple((key, in_language(km, en)) for key, km, en, _subject, _unit in rows)
    subjects = {subject: (subject, in_language(km, en), unit) for _key, km, en, subject, unit in reversed(rows)}
    return FactNames(labels.in_both((row[0], row[1], row[2]) for row in rows), facts, tuple(reversed(subjects.values())))


def preview(actor: Actor, text_id: UUID, number: int) -> tuple[TextRow, VersionRow, pages.WayPage | pages.Answer]:
    """A version as readers would see it, with the facts as they are now."""
    text = access.get(actor, "text.see", Text.objects.all(), text_id)
    version = _numbered(text, number)
    subject_of = placing.subjects_by_key()
    shelf = Shelf.of(texts.subjects_of(text.kind, version.body, subject_of))
    return _row(actor, text), _version(version), _as_page(text, version.body, shelf)


def _as_page(text: Text, body: texts.Body, shelf: Shelf) -> pages.WayPage | pages.Answer:
    if text.kind == PageKind.LAW:
        return pages.answer(text.slug, body, shelf)
    known = {name: value for name, value in body.items() if name != "steps"}
    chosen = {"kind": body["kind"] or Kind.WAY, "destination": body["destination"] or Destination.ELSEWHERE}  # of a draft
    return pages.made(Way(slug=text.slug, **{**known, **chosen}), placing.steps_of(body), shelf)


def compare(actor: Actor, text_id: UUID, old: int, new: int) -> tuple[TextRow, Comparison]:
    """Two versions of a text; 0 is the latest, or the one before it."""
    text = access.get(actor, "text.see", Text.objects.all(), text_id)
    latest = text.versions.order_by("-number").values_list("number", flat=True).first() or 0
    versions = (_numbered(text, old or max(1, latest - 1)), _numbered(text, new or latest))
    return _row(actor, text), _compared(text.kind, *versions)


def _compared(kind: str, *versions: TextVersion) -> Comparison:
    """Two versions with the facts as they are now. 3 queries."""
    subject_of = placing.subjects_by_key()
    shelf = Shelf.of(subject for one in versions for subject in texts.subjects_of(kind, one.body, subject_of))
    old, new = versions
    return compared(kind, old, new, fact_names(), shelf)


def _numbered(text: Text, number: int) -> TextVersion:
    version = text.versions.select_related("written_by", "decided_by").filter(number=number).first()
    if version is None:
        raise NotYours
    return version


def subject_units() -> dict[str, tuple[str, ...]]:
    """For each line of the box that says the most important first, the units of facts that can stand in it."""
    wages = (Unit.USD_MONTH, Unit.THB_DAY, Unit.MYR_MONTH, Unit.KRW_HOUR, Unit.JPY_HOUR, Unit.WORDS)
    times = (Unit.YEARS, Unit.MONTHS, Unit.DAYS, Unit.WORKING_DAYS, Unit.HOURS, Unit.WORDS)
    money = (Unit.USD, Unit.THB, Unit.JPY)
    return {
        "official": money, "brokers": (*money, Unit.WORDS), "wage": wages, "age": (Unit.AGE, Unit.WORDS), "contract": times,
        "time": times,
    }  # fmt: skip
