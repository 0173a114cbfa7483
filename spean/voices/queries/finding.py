"""The search among issues: only those that the reader may see are ever looked at, counted or ranked."""

from dataclasses import dataclass

from spean.accounts.access import Actor
from spean.kernel import finding, words
from spean.kernel.words import Part
from spean.places import spelling
from spean.voices.indexing import ISSUES
from spean.voices.models import Issue
from spean.voices.queries.issues import IssueRow, issue_row, listed
from spean.voices.queries.paging import PAGE, in_language


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


def found_issues(actor: Actor, text: str, *, view: str = "all", kind: str = "", begin: int = 0) -> IssuesFound:
    """The issues of one list with every word of `text`, or with this number. Seven queries at most."""
    among = listed(actor, view, kind)
    asked = finding.terms(text, spelling.asked_tokens)
    numbers = ISSUES.find(asked, among)
    named = finding.number_asked(text)
    if named is not None and among.filter(number=named).exists():
        numbers = [named, *(n for n in numbers if n != named)]
    begin = begin if 0 <= begin < len(numbers) else 0
    wanted = numbers[begin : begin + PAGE]
    found = among.filter(number__in=wanted).select_related("committee").prefetch_related("places__place")
    hits = {i.number: IssueHit(issue_row(i), _snippet(i, [t.word for t in asked])) for i in found}
    return IssuesFound(
        tuple(hits[n] for n in wanted if n in hits), len(numbers), begin + PAGE if begin + PAGE < len(numbers) else 0
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
