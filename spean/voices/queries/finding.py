"""The search among issues: only those that the reader may see are ever looked at, counted or ranked.

And what the search of sealed concerns shows: counted facts, and the places that can be chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import finding, words
from spean.kernel.paging import PAGE, in_language
from spean.kernel.words import Part
from spean.places import spelling
from spean.places.models import Place
from spean.voices.indexing import ISSUES
from spean.voices.models import Concern, Issue
from spean.voices.queries.concerns import ConcernRow, concern_row
from spean.voices.queries.issues import IssueRow, Wanted, issue_row, listed


@dataclass(frozen=True)
class IssueHit:
    """An issue that was found, and the place in its words that was looked for."""

    row: IssueRow
    snippet: tuple[Part, ...]


@dataclass(frozen=True)
class IssuesFound:
    """A page of what was found, the best first. `total` is at most `finding.MOST`; `next` is 0 on the last page."""

    rows: tuple[IssueHit, ...]
    total: int
    next: int

    @property
    def more(self) -> bool:
        """Whether there may be more than was counted."""
        return self.total >= finding.MOST


def found_issues(actor: Actor, text: str, *, wanted: Wanted | None = None, begin: int = 0) -> IssuesFound:
    """The issues of one list with every word of `text`, or with this number. Seven queries at most."""
    among = listed(actor, wanted or Wanted())
    asked = finding.terms(text, spelling.asked_tokens)
    numbers = ISSUES.find(asked, among)
    named = finding.number_asked(text)
    if named is not None and among.filter(number=named).exists():
        numbers = [named, *(n for n in numbers if n != named)]
    begin = begin if 0 <= begin < len(numbers) else 0
    shown = numbers[begin : begin + PAGE]
    found = among.filter(number__in=shown).select_related("committee").prefetch_related("places__place")
    hits = {i.number: IssueHit(issue_row(i), _snippet(i, [t.word for t in asked])) for i in found}
    return IssuesFound(
        tuple(hits[n] for n in shown if n in hits), len(numbers), begin + PAGE if begin + PAGE < len(numbers) else 0
    )


def _snippet(issue: Issue, looked_for: list[str]) -> tuple[Part, ...]:
    """Where the words stand, of the summary or of the other language's words; nothing when only the title has them."""
    own = in_language(issue.summary_km, issue.summary_en)
    others = (issue.title_km, issue.title_en, issue.summary_km, issue.summary_en)
    for text in (own, *others):
        parts = words.snippet(text, looked_for)
        if any(part.found for part in parts):
            return parts
    return ()


def concern_rows(actor: Actor, found: Sequence[UUID]) -> tuple[ConcernRow, ...]:
    """The counted facts of these concerns, in this order; of those that the actor may see."""
    concerns = access.visible(actor, "concern.see", Concern.objects.select_related("place", "assigned_to"))
    rows = {c.id: concern_row(c) for c in concerns.filter(pk__in=found)}
    return tuple(rows[pk] for pk in found if pk in rows)


def search_places(actor: Actor) -> list[tuple[str, str]]:
    """(path, name) of the provinces and districts from which there are concerns that the actor may search."""
    return places_of(access.visible(actor, "concern.search", Concern.objects.all()))


def places_of(rows: QuerySet[Any]) -> list[tuple[str, str]]:
    """(path, name) of the provinces and districts in which the places of these rows lie. Two queries."""
    paths = rows.exclude(place=None).order_by().values_list("place__path", flat=True).distinct()
    wanted = {"/".join(path.split("/")[:depth]) + "/" for path in paths for depth in (2, 3) if path.count("/") >= depth}
    found = Place.objects.current().filter(path__in=wanted).order_by("path")
    return [(p.path, p.name if p.level == "province" else f"– {p.name}") for p in found]
