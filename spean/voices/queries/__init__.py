"""Reads of concerns and issues, as plain values ready to show."""

from spean.kernel.paging import MOST, Page
from spean.voices.deadlines import all_days as deadlines
from spean.voices.queries.concerns import (
    ConcernHead,
    ConcernRow,
    concern_head,
    inbox,
    inbox_count,
    own_report,
    own_reports,
    receiving_teams,
)
from spean.voices.queries.finding import IssueHit, IssuesFound, concern_rows, found_issues, search_places
from spean.voices.queries.imports import ImportRow, ImportView, import_view, imports
from spean.voices.queries.issues import SORTS as ISSUE_SORTS
from spean.voices.queries.issues import (
    AnswerView,
    IssuePage,
    IssueRow,
    IssueStart,
    Wanted,
    issue_page,
    issue_row,
    issue_start,
    issues,
    issues_count,
    number,
    open_issues_of,
    overdue_filter,
)
from spean.voices.queries.ladders import RungView, StepView
from spean.voices.queries.lane import GroupPage, GroupRow, LaneTotals, group_page, lane, lane_totals
from spean.voices.queries.matches import Match, matches
from spean.voices.queries.stretches import SORTS as INBOX_SORTS
from spean.voices.queries.ties import TiedIssues, TiedTo, TiePage, issues_about, tie_page
from spean.voices.queries.today import today
from spean.voices.queries.weights import Weight, weights

__all__ = [
    "INBOX_SORTS",
    "ISSUE_SORTS",
    "MOST",
    "AnswerView",
    "ConcernHead",
    "ConcernRow",
    "GroupPage",
    "GroupRow",
    "ImportRow",
    "ImportView",
    "IssueHit",
    "IssuePage",
    "IssueRow",
    "IssueStart",
    "IssuesFound",
    "LaneTotals",
    "Match",
    "Page",
    "RungView",
    "StepView",
    "TiePage",
    "TiedIssues",
    "TiedTo",
    "Wanted",
    "Weight",
    "concern_head",
    "concern_rows",
    "deadlines",
    "found_issues",
    "group_page",
    "import_view",
    "imports",
    "inbox",
    "inbox_count",
    "issue_page",
    "issue_row",
    "issue_start",
    "issues",
    "issues_about",
    "issues_count",
    "lane",
    "lane_totals",
    "matches",
    "number",
    "open_issues_of",
    "overdue_filter",
    "own_report",
    "own_reports",
    "receiving_teams",
    "search_places",
    "tie_page",
    "today",
    "weights",
]
