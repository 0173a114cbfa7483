"""The search among what was published: the words of stories, their kinds and places; nothing that is not public already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from spean.evidence.models import PublishedIssue
from spean.evidence.published import Story, story_of
from spean.kernel import finding, words
from spean.kernel.finding import Doc, Index
from spean.kernel.words import Part
from spean.places import spelling
from spean.voices import enums
from spean.voices.indexing import facts

STORIES = Index("evidence_story_search")
PAGE = 20


@dataclass(frozen=True)
class Hit:
    """A story that was found, with the places in its words that were looked for."""

    story: Story
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]


@dataclass(frozen=True)
class Found:
    """A page of what was found, the best first. `total` is at most `finding.MOST`; `next` is 0 on the last page."""

    rows: tuple[Hit, ...]
    total: int
    next: int

    @property
    def more(self) -> bool:
        """Whether there may be more than was counted."""
        return self.total >= finding.MOST


def keep(row: PublishedIssue) -> None:
    """Keep the words of a story as they are now; in the transaction that publishes it."""
    STORIES.put(doc_of(row))


def mend(*, anew: bool = False) -> tuple[int, int]:
    """Make the index what the table is: (rows written, rows forgotten)."""
    numbers = list(PublishedIssue.objects.order_by("number").values_list("number", flat=True))
    return STORIES.mend(numbers, _docs, anew=anew)


def _docs(numbers: Sequence[int]) -> Iterator[Doc]:
    found = PublishedIssue.objects.select_for_update(of=("self",)).select_related("province", "district")
    return (doc_of(row) for row in found.filter(number__in=numbers))


def doc_of(row: PublishedIssue) -> Doc:
    """A story as it is kept."""
    return Doc(
        number=row.number,
        title=f"{row.title_km}\n{row.title_en}",
        body=f"{row.summary_km}\n{row.summary_en}",
        tokens=facts(row.kind, [p for p in (row.district, row.province) if p is not None]),
    )


def search(text: str, *, path: str = "", kind: str = "", begin: int = 0) -> Found:
    """The stories that have every word of `text`, in a place and of a kind if they are given. Five queries at most."""
    among = PublishedIssue.objects.all()
    if path:
        among = among.filter(Q(province__path=path) | Q(district__path=path))
    if kind:
        among = among.filter(kind=kind) if kind in enums.Kind else among.none()
    asked = finding.terms(text, spelling.asked_tokens)
    numbers = STORIES.find(asked, among)
    named = finding.number_asked(text)
    if named is not None and among.filter(number=named).exists():
        numbers = [named, *(n for n in numbers if n != named)]
    begin = begin if 0 <= begin < len(numbers) else 0
    wanted = numbers[begin : begin + PAGE]
    rows = {r.number: r for r in PublishedIssue.objects.select_related("province", "district").filter(number__in=wanted)}
    looked_for = [t.word for t in asked]
    hits = tuple(_hit(rows[n], looked_for) for n in wanted if n in rows)
    return Found(hits, len(numbers), begin + PAGE if begin + PAGE < len(numbers) else 0)


def _hit(row: PublishedIssue, looked_for: list[str]) -> Hit:
    """In the reader's language; where only the other one holds what was looked for, its summary is shown."""
    story = story_of(row)
    own, other = (row.summary_en, row.summary_km) if get_language() == "en" else (row.summary_km, row.summary_en)
    title, snippet = words.marked(story.title, looked_for), words.snippet(own, looked_for)
    if not any(part.found for part in (*title, *snippet)):
        elsewhere = words.snippet(other, looked_for)
        snippet = elsewhere if any(part.found for part in elsewhere) else snippet
    return Hit(story, title, snippet)
