"""What pages and papers show of reports: the list of a project, and one as it stands or as it was frozen."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.paging import PAGE, cursor_day
from spean.programme.models import Project, Report
from spean.programme.periods import periods
from spean.programme.queries.report_content import checksum
from spean.programme.queries.report_content import said as said_now
from spean.programme.report_enums import Chapter, ReportFor, ReportState

VERBS = ("write", "send", "back", "sign", "drop", "correct")


@dataclass(frozen=True)
class ReportRow:
    """One report in the list. `name` is its number, "" until it is signed."""

    id: UUID
    name: str
    version: int
    reader: str
    starts_on: date
    ends_on: date
    state: str
    state_label: str
    signed_on: date | None


@dataclass(frozen=True)
class ReportList:
    """The reports of a project, and the periods that a new one can be of."""

    project: UUID
    project_name: str
    rows: tuple[ReportRow, ...]
    after: str
    periods: tuple[tuple[date, date], ...]
    may: frozenset[str]


@dataclass(frozen=True)
class ReportPage:
    """One report. `said` is what it says in the reader's language, frozen once it is signed."""

    row: ReportRow
    project: UUID
    project_name: str
    said: dict[str, Any]
    made_by: str
    made_on: date
    sent_by: str
    signed_by: str
    why_back: str
    replaces: ReportRow | None
    replaced_by: ReportRow | None
    checksum: str
    whole: bool  # that the frozen content is still what was signed
    roles: tuple[str, ...]
    kept: dict[str, str]
    may: frozenset[str]


def reports(actor: Actor, project_id: UUID, *, to: str | None = None, after: str = "") -> ReportList:
    """A page of those of a project, the newest period first. Three queries."""
    project = access.get(actor, "project.measure", Project.objects.all(), project_id, to=to)
    rows = access.visible(actor, "report.see", project.reports.select_related("project", "corrects"))
    may = access.allowed(actor, "project", ("report",), project)
    left = periods(project, clock.today()) if may else []
    if after:
        day, key = cursor_day(after)
        rows = rows.filter(Q(ends_on__lt=day) | Q(ends_on=day, pk__lt=key))
    found = list(rows.order_by("-ends_on", "-id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = f"{last.ends_on.isoformat()}.{last.id}" if last else ""
    return ReportList(project.id, project.name, tuple(map(_row, found[:PAGE])), following, tuple(left), may)


def report(actor: Actor, project_id: UUID, report_id: UUID, *, to: str | None = None) -> ReportPage:
    """One of them, if the actor may do `to` to it."""
    known = ("project__organisation", "project__programme", "corrects__project", "made_by", "sent_by", "signed_by")
    rows = Report.objects.filter(project=project_id).select_related(*known)
    r = access.get(actor, "report.see", rows, report_id, to=to)
    said = r.content["en" if get_language() == "en" else "km"] if r.content else said_now(r)
    later = r.corrections.exclude(state=ReportState.DROPPED).select_related("project", "corrects").order_by("-version").first()
    return ReportPage(
        row=_row(r),
        project=r.project_id,
        project_name=r.project.name,
        said=said,
        made_by=r.made_by.name,
        made_on=r.made_on,
        sent_by=r.sent_by.name if r.sent_by else "",
        signed_by=r.signed_by.name if r.signed_by else "",
        why_back=r.why_back,
        replaces=_row(r.corrects) if r.corrects else None,
        replaced_by=_row(later) if later else None,
        checksum=r.checksum,
        whole=not r.content or checksum(r.content) == r.checksum,
        roles=tuple(said["roles"]),
        kept=_kept(r),
        may=access.allowed(actor, "report", VERBS, r),
    )


def _kept(r: Report) -> dict[str, str]:
    texts = {one.chapter: one for one in r.chapters.all()}
    return {
        f"{code}_{language}": getattr(texts[code], f"text_{language}") if code in texts else ""
        for code in Chapter.values
        for language in ("km", "en")
    }


def _row(r: Report) -> ReportRow:
    number = r.number or (r.corrects.number if r.corrects else None)
    return ReportRow(
        id=r.id,
        name=f"{r.project.code}-R{number}" if number else "",
        version=r.version,
        reader=str(ReportFor(r.reader).label),
        starts_on=r.starts_on,
        ends_on=r.ends_on,
        state=r.state,
        state_label=str(ReportState(r.state).label),
        signed_on=r.signed_on,
    )
