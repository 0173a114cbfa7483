"""A person's own list, made from five answers that stand in the address and are kept nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from spean.kernel.claims import is_shown
from spean.library import amounts
from spean.library.enums import AgeGroup, Destination, Kind, PageKind, Paper, Unit, When, Work
from spean.library.models import Step, Way
from spean.library.queries.pages import StepView, WayPage, WayRow, made, row, subjects
from spean.library.queries.showing import Shelf

#: how a page names what the age means here
TOO_YOUNG, TOO_OLD, FINE, NOT_KNOWN = "young", "old", "fine", ""


@dataclass(frozen=True)
class Answers:
    """The five answers; each may be missing, and what is no answer is left out."""

    to: str = ""
    work: str = ""
    age: str = ""
    have: tuple[str, ...] = ()
    when: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Iterable[str]]) -> "Answers":
        """From an address's query: the last of several, of papers all."""
        books = {"to": Destination, "work": Work, "age": AgeGroup, "when": When}
        last = {name: (list(given.get(name, ())) or [""])[-1] for name in books}
        known = {name: value if value in books[name].values else "" for name, value in last.items()}
        papers = set(given.get("have", ()))
        return cls(**known, have=tuple(paper for paper in Paper.values if paper in papers))

    def pairs(self) -> list[tuple[str, str]]:
        """As the query of an address, always in one order."""
        found: list[tuple[str, str]] = []
        for name in (f.name for f in fields(self)):
            value = getattr(self, name)
            found += [(name, one) for one in (value if isinstance(value, tuple) else (value,)) if one]
        return found


@dataclass(frozen=True)
class ListStep:
    """A step, and whether the papers that it ends with are in hand."""

    view: StepView
    is_done: bool


@dataclass(frozen=True)
class OwnList:
    """What somebody has to do, for the way that fits best; other ways; and warnings, which come first."""

    answers: Answers
    page: WayPage | None
    steps: tuple[ListStep, ...]
    age: str
    warnings: tuple[WayRow, ...]
    others: tuple[WayRow, ...]


def own_list(answers: Answers) -> OwnList:
    """The list. 4 queries at most, whatever was answered."""
    rows = [way for way in Way.objects.order_by("position") if _fits(way, answers)]
    found = [way for way in rows if way.kind == Kind.WAY]
    warnings = [way for way in rows if way.kind == Kind.WARNING]
    first = found[0] if found else None
    named = {way.state_subject for way in rows if way.state_subject}
    shelf = Shelf.of({*named, *(subjects(PageKind.WAY, first.slug) if first else ())})
    page = made(first, list(Step.objects.filter(way=first).order_by("position")), shelf) if first else None
    return OwnList(
        answers=answers,
        page=page,
        steps=tuple(ListStep(step, _is_done(step, answers)) for step in page.steps) if page else (),
        age=_age(first, shelf, answers.age) if first else NOT_KNOWN,
        warnings=tuple(row(way, shelf) for way in warnings),
        others=tuple(row(way, shelf) for way in found[1:]),
    )


def _fits(way: Way, answers: Answers) -> bool:
    """Whether a way is to there and for this work; a warning also where only the work is the same."""
    there = way.destination == (answers.to or way.destination)
    work = answers.work in ("", Work.ANY) or answers.work in way.works
    if way.kind == Kind.WARNING:
        return (there and work and bool(answers.to or answers.work)) or (answers.work in way.works and answers.work in _ALARMING)
    return there and work


_ALARMING = (Work.ONLINE, Work.MARRIAGE, Work.VENUES)


def _is_done(step: StepView, answers: Answers) -> bool:
    return bool(step.gives) and set(step.gives) <= set(answers.have)


def _age(way: Way, shelf: Shelf, age: str) -> str:
    """What checked facts say of this age; nothing where none is checked or no age was told."""
    named = way.glance.get("age", [])
    spans = [
        span
        for fact in shelf.facts.values()
        if fact.subject in named and fact.unit == Unit.AGE and is_shown(fact.state) and (span := amounts.read(fact.amount))
    ]
    if not spans or not age:
        return NOT_KNOWN
    low, high = (int(end) for end in age.split("-"))
    if high < min(span.low for span in spans):
        return TOO_YOUNG
    oldest = [span.high for span in spans if span.high != span.low]
    return TOO_OLD if oldest and low > max(oldest) else FINE
