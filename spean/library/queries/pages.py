"""The public pages: ways to go, one way, questions about the law. Each with a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spean.kernel.claims import is_shown
from spean.kernel.paging import in_language
from spean.library import texts
from spean.library.enums import MONEY, CorridorState, Destination, Kind, PageKind
from spean.library.models import FactUse, LawQuestion, Step, Way
from spean.library.queries.showing import Media, Shelf, Shown, Told, totals


@dataclass(frozen=True)
class Corridor:
    """Whether people can go this way now. `code` is "" where nobody has checked it."""

    code: str
    label: str
    facts: tuple[Shown, ...]

    @property
    def is_shut(self) -> bool:
        """Whether the page must say first that nobody can go."""
        return self.code in (CorridorState.CLOSED, CorridorState.SUSPENDED)


@dataclass(frozen=True)
class WayRow:
    """One line of the list."""

    slug: str
    title: str
    lede: str
    destination: str  # in words
    is_warning: bool
    corridor: Corridor | None


@dataclass(frozen=True)
class Cost:
    """What a way costs: the sum of what was checked, and how many of the costs nobody has checked."""

    total: tuple[str, ...]
    known: int
    missing: int
    parts: tuple[Shown, ...]
    brokers: tuple[Shown, ...]
    asks_brokers: bool


@dataclass(frozen=True)
class StepView:
    """One step."""

    position: int
    name: str
    title: str
    told: Told
    authority: str
    documents: tuple[str, ...]
    gives: tuple[str, ...]
    media: Media


@dataclass(frozen=True)
class WayPage:
    """A way, or a warning, with everything that its page says."""

    row: WayRow
    lede: Told
    cost: Cost
    wage: tuple[Shown, ...]
    age: tuple[Shown, ...]
    contract: tuple[Shown, ...]
    time: tuple[Shown, ...]
    asked: frozenset[str]  # what a reader looks for here: where nothing is checked, the page says so
    steps: tuple[StepView, ...]
    trouble: Told
    demonstration: bool
    media: Media


@dataclass(frozen=True)
class Answer:
    """A question about the law."""

    slug: str
    question: str
    told: Told
    media: Media


def ways(destination: str = "") -> tuple[WayRow, ...]:
    """The ways in their order, then the warnings; to one destination if it is given. 2 queries."""
    found = list(Way.objects.filter(**({"destination": destination} if destination else {})).order_by("position"))
    shelf = Shelf.of({way.state_subject for way in found if way.state_subject})
    return tuple(row(way, shelf) for way in found)


def row(way: Way, shelf: Shelf) -> WayRow:
    """One line of the list."""
    lede = in_language(way.lede_km, way.lede_en)
    corridor = _corridor(way, shelf) if way.state_subject else None
    return WayRow(way.slug, _title(way), lede, str(Destination(way.destination).label), way.kind == Kind.WARNING, corridor)


def _title(way: Way) -> str:
    return in_language(way.title_km, way.title_en)


def _corridor(way: Way, shelf: Shelf) -> Corridor:
    """The latest word that somebody has checked, of several from one date the one that keeps people from going.

    That a way is open, checked too long ago, is no word on today.
    """
    facts = tuple(sorted(shelf.about(way.state_subject), key=lambda one: _caution(shelf, way.state_subject, one)))
    code = shelf.facts[facts[0].key].amount if facts else ""
    if code == CorridorState.OPEN and facts[0].overdue:
        code = ""
    return Corridor(code, facts[0].value if code else "", facts)


#: of several words from one date the first of these stands
_CAUTIOUS = (CorridorState.CLOSED, CorridorState.SUSPENDED, CorridorState.UNKNOWN, CorridorState.OPEN)


def _caution(shelf: Shelf, subject: str, fact: Shown) -> int:
    """Where a fact on whether a way is open stands: those of the latest date by their caution, then the older ones.

    A month may hold the day of another: 2026-02 and 2026-02-17 count as one date.
    """
    latest, said = shelf.facts[shelf.about(subject)[0].key].as_of, shelf.facts[fact.key]
    is_latest = latest.startswith(said.as_of) or said.as_of.startswith(latest)
    return _CAUTIOUS.index(CorridorState(said.amount)) if is_latest and said.amount in _CAUTIOUS else len(_CAUTIOUS)


def way_page(slug: str) -> WayPage | None:
    """One way. 4 queries."""
    way = Way.objects.filter(slug=slug).first()
    if way is None:
        return None
    shelf = Shelf.of(subjects(PageKind.WAY, slug))
    return made(way, list(way.steps.order_by("position")), shelf)


def subjects(kind: str, *slugs: str) -> list[str]:
    """What these pages tell of."""
    return list(FactUse.objects.filter(page_kind=kind, page_slug__in=slugs).values_list("subject", flat=True).distinct())


def made(way: Way, steps: list[Step], shelf: Shelf) -> WayPage:
    """The page of a way from its rows."""
    glance = {name: _about(shelf, named) for name, named in way.glance.items() if name in ("wage", "age", "contract", "time")}
    return WayPage(
        row=row(way, shelf),
        lede=shelf.tell(in_language(way.lede_km, way.lede_en)),
        cost=_cost(way, shelf),
        **{name: glance.get(name, ()) for name in ("wage", "age", "contract", "time")},
        asked=frozenset(way.glance),
        steps=tuple(_step(step, shelf) for step in steps),
        trouble=shelf.tell(in_language(way.trouble_km, way.trouble_en)),
        demonstration=shelf.is_demonstration,
        media=shelf.media(vars(way), texts.READ[PageKind.WAY]),
    )


def _about(shelf: Shelf, named: list[str]) -> tuple[Shown, ...]:
    return tuple(fact for subject in named for fact in shelf.about(subject))


def _cost(way: Way, shelf: Shelf) -> Cost:
    official = way.glance.get("official", [])
    by_subject = [[f for f in shelf.facts.values() if f.subject == s and is_shown(f.state) and f.unit in MONEY] for s in official]
    known = [tuple(several) for several in by_subject if several]
    return Cost(
        total=tuple(totals(known).values()),
        known=len(known),
        missing=len(official) - len(known),
        parts=_about(shelf, official),
        brokers=_about(shelf, way.glance.get("brokers", [])),
        asks_brokers="brokers" in way.glance,
    )


def _step(step: Step, shelf: Shelf) -> StepView:
    return StepView(
        position=step.position,
        name=step.name,
        title=in_language(step.title_km, step.title_en),
        told=shelf.tell(in_language(step.text_km, step.text_en)),
        authority=in_language(step.authority_km, step.authority_en),
        documents=tuple(in_language(*pair) for pair in step.documents),
        gives=tuple(step.gives),
        media=shelf.media(vars(step), texts.STEP_PAIRS),
    )


def questions() -> tuple[tuple[Answer, ...], bool]:
    """All questions with their answers, and whether a fact among them is a demonstration. 3 queries."""
    rows = list(LawQuestion.objects.order_by("position"))
    shelf = Shelf.of(subjects(PageKind.LAW, *(one.slug for one in rows)))
    told = tuple(answer(one.slug, vars(one), shelf) for one in rows)
    return told, shelf.is_demonstration


def question(slug: str) -> Answer | None:
    """One question. 3 queries."""
    one = LawQuestion.objects.filter(slug=slug).first()
    if one is None:
        return None
    shelf = Shelf.of(subjects(PageKind.LAW, slug))
    return answer(one.slug, vars(one), shelf)


def answer(slug: str, part: Mapping[str, Any], shelf: Shelf) -> Answer:
    """A question from its row, or from a version of it."""
    question = in_language(part["question_km"], part["question_en"])
    told = shelf.tell(in_language(part["answer_km"], part["answer_en"]))
    return Answer(slug, question, told, shelf.media(part, texts.READ[PageKind.LAW]))
