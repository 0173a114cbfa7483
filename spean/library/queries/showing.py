"""A fact ready to be shown, and texts with the facts in their places. The public sees only what somebody has checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spean.kernel import clock
from spean.kernel.claims import ClaimState, is_overdue, is_shown
from spean.kernel.paging import in_language
from spean.library import amounts, media, wording
from spean.library.models import Fact


@dataclass(frozen=True)
class Shown:
    """One published fact, with the quiet line that belongs to it."""

    key: str
    name: str
    value: str  # "100 US dollars"; of a fact in words the words
    note: str  # words beside a number
    in_words: bool
    claimant: str
    source: str
    as_of: str
    checked_on: date | None
    checked_for: str
    valid_until: date | None
    overdue: bool
    demonstration: bool


@dataclass(frozen=True)
class Piece:
    """Words, or the facts that stand at their place. Several: claims that differ, side by side."""

    text: str = ""
    facts: tuple[Shown, ...] = ()
    missing: bool = False


@dataclass(frozen=True)
class Told:
    """A text: its paragraphs, and each fact in it once, for the quiet lines under it."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    facts: tuple[Shown, ...]


@dataclass(frozen=True)
class Drawn:
    """A picture, and what it shows in the reader's language."""

    name: str
    alt: str
    wide: int
    high: int


@dataclass(frozen=True)
class Media:
    """The picture beside a text, and the reading of it in the reader's language: "" where none says what is written."""

    picture: Drawn | None
    reading: str


def shown(fact: Fact) -> Shown:
    """A fact as a page shows it. Needs `checked_for` fetched."""
    words = amounts.in_digits(in_language(fact.words_km, fact.words_en))
    value = amounts.told(fact.amount, fact.unit)
    return Shown(
        key=fact.key,
        name=amounts.in_digits(in_language(fact.name_km, fact.name_en)),
        value=value or words,
        note=words if value else "",
        in_words=not value,
        claimant=in_language(fact.claimant_km, fact.claimant_en),
        source=fact.source_text,
        as_of=amounts.as_of_told(fact.as_of),
        checked_on=fact.checked_on,
        checked_for=fact.checked_for.name if fact.checked_for else "",
        valid_until=fact.valid_until,
        overdue=is_overdue(fact.state, fact.valid_until, clock.today()),
        demonstration=fact.demonstration,
    )


class Shelf:
    """The facts of one page: fetched once, asked by key and by subject."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = {fact.key: fact for fact in facts}
        self.ready = {key: shown(fact) for key, fact in self.facts.items() if is_shown(fact.state)}

    @classmethod
    def of(cls, subjects: Iterable[str]) -> "Shelf":
        """Every fact about these subjects. One query."""
        return cls(Fact.objects.filter(subject__in=list(subjects)).select_related("checked_for").order_by("-as_of", "key"))

    def about(self, subject: str) -> tuple[Shown, ...]:
        """The published claims about a subject, the latest first."""
        return tuple(self.ready[key] for key, fact in self.facts.items() if fact.subject == subject and key in self.ready)

    def at(self, key: str) -> tuple[Shown, ...]:
        """What stands at a reference: the fact itself first, then what others claim of the same subject."""
        fact = self.facts.get(key)
        return tuple(sorted(self.about(fact.subject), key=lambda one: one.key != key)) if fact else ()

    def is_withdrawn(self, key: str) -> bool:
        """Whether this fact was taken back, and nothing else is known of its subject."""
        fact = self.facts.get(key)
        return fact is not None and fact.state == ClaimState.WITHDRAWN and not self.at(key)

    def tell(self, text: str) -> Told:
        """A text with its facts. A line whose fact was withdrawn vanishes; of empty lines in a row one is left."""
        lines: list[tuple[Piece, ...]] = []
        told: dict[str, Shown] = {}
        for line in wording.paragraphs(text):
            if any(self.is_withdrawn(key) for key in wording.keys_in(line)):
                continue
            pieces = tuple(self._piece(part) for part in wording.parse(line))
            if lines and _is_only_missing(pieces) and _is_only_missing(lines[-1]):
                continue
            lines.append(pieces)
            told |= {fact.key: fact for piece in pieces for fact in piece.facts}
        return Told(tuple(lines), tuple(told.values()))

    def media(self, part: Mapping[str, Any], pairs: tuple[str, ...]) -> Media:
        """What a part has to look at and to listen to. A reading that says something else than the page is not played."""
        kept, code = part.get("media") or {}, in_language("km", "en")
        drawn = (
            Drawn(kept["picture"], kept.get(f"alt_{code}", ""), kept.get("wide", 0), kept.get("high", 0))
            if "picture" in kept
            else None
        )
        return Media(drawn, media.fitting(part, pairs, code, self))

    def _piece(self, part: wording.Part) -> Piece:
        if isinstance(part, wording.Words):
            return Piece(text=amounts.in_digits(part.text))
        facts = self.at(part.key)
        return Piece(facts=facts, missing=not facts)

    @property
    def is_demonstration(self) -> bool:
        """Whether one of them was marked for a demonstration alone."""
        return any(fact.demonstration for fact in self.ready.values())


def _is_only_missing(pieces: tuple[Piece, ...]) -> bool:
    return all(piece.missing or not piece.text.strip(" ។.,") for piece in pieces) and any(p.missing for p in pieces)


def totals(claims: Iterable[tuple[Fact, ...]]) -> Mapping[str, str]:
    """Unit of money -> the sum of these costs, each a span over what is claimed of it."""
    sums: dict[str, amounts.Amount] = {}
    for several in claims:
        span: amounts.Amount | None = None
        for fact in several:
            number = amounts.read(fact.amount)
            if number is not None:
                span = number if span is None else span.beside(number)
        if span is not None:
            unit = several[0].unit
            sums[unit] = sums[unit] + span if unit in sums else span
    return {unit: amounts.told(str(span), unit) for unit, span in sums.items()}
