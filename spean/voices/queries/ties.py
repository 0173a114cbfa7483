"""Which recruiter an issue is about, and which issues are about a recruiter: for those who may say so, and nobody else."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.paging import in_language
from spean.voices.models import Issue, IssueConcern, IssueRecruiter

#: issues about one recruiter that are listed at once, at most
MOST_LISTED = 50


@dataclass(frozen=True)
class TiedTo:
    """That an issue is, or was, about a recruiter."""

    recruiter: UUID
    name: str
    other_name: str
    on: date
    tied_by: str
    left_on: date | None
    left_by: str


@dataclass(frozen=True)
class TiedIssues:
    """The issues about one recruiter that a reader may open, the latest first, and all the voices behind them."""

    rows: tuple[tuple[UUID, str], ...]
    more: bool
    voices: int


@dataclass(frozen=True)
class TiePage:
    """An issue, whom it is about, and whom it was about before, the latest first."""

    id: UUID
    number: str
    title: str
    now: TiedTo | None
    before: tuple[TiedTo, ...]


def tie_page(actor: Actor, issue_id: UUID) -> TiePage:
    """One issue for somebody who may say whom it is about."""
    from spean.voices.queries.issues import number  # it shows the tie of an issue

    issue = access.get(actor, "issue.see", Issue.objects.all(), issue_id, to="issue.tie")
    ties = ties_of(issue.pk)
    now = next((tie for tie in ties if tie.left_on is None), None)
    title = in_language(issue.title_km, issue.title_en)
    return TiePage(issue.pk, number(issue), title, now, tuple(tie for tie in ties if tie.left_on is not None))


def recruiter_of(issue_id: UUID) -> TiedTo | None:
    """Whom an issue is about now. For who was let in to the issue already."""
    found = ties_of(issue_id)
    return found[0] if found and found[0].left_on is None else None


def ties_of(issue_id: UUID) -> tuple[TiedTo, ...]:
    """Whom an issue is about, then whom it was about before, the latest first. For who was let in already."""
    ties = IssueRecruiter.objects.filter(issue=issue_id).select_related("recruiter", "tied_by", "left_by")
    rows = sorted(ties, key=lambda t: (t.left_on is None, t.left_on or t.on, t.on, t.pk), reverse=True)
    return tuple(_tied(row) for row in rows)


def _tied(row: IssueRecruiter) -> TiedTo:
    name, other = (in_language(*names) for names in _both(row.recruiter.title_km, row.recruiter.title_en))
    by, left_by = row.tied_by.name, row.left_by.name if row.left_by else ""
    return TiedTo(row.recruiter_id, name, other if other != name else "", row.on, by, row.left_on, left_by)


def _both(km: str, en: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The names for a reader of each language, the other one where one is wanting; then the other way round."""
    return (km or en, en or km), (en or km, km or en)


def issues_about(actor: Actor, recruiter_id: UUID) -> TiedIssues:
    """The issues about a recruiter that this actor may tie, and how many concerns are behind them. Two queries."""
    from spean.voices.queries.issues import number  # it shows the tie of an issue

    tied = IssueRecruiter.objects.filter(issue=OuterRef("pk"), recruiter=recruiter_id, left_on=None)
    found = access.visible(actor, "issue.tie", Issue.objects.all()).filter(Exists(tied))
    rows = list(found.order_by("-moved_on", "pk")[: MOST_LISTED + 1])
    voices = IssueConcern.objects.filter(issue__in=found.order_by().values("pk"), left_on=None)
    labels = tuple((i.pk, f"{number(i)} · {in_language(i.title_km, i.title_en)}") for i in rows[:MOST_LISTED])
    return TiedIssues(labels, len(rows) > MOST_LISTED, voices.values("concern").distinct().count())
