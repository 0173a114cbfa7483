"""A report as PDF and as a workbook, made from what it says: the same report gives the same bytes."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from spean.collect.sheetwriter import XLSX_TYPE, Sheet, xlsx
from spean.programme.queries.reports import ReportPage
from spean.surfaces.desk.report_words import blocks, days, indicators
from spean.surfaces.papers import as_download, paper
from spean.surfaces.templatetags.spean import day, digits

Rows = list[list[str]]


def name_of(found: ReportPage) -> str:
    """The name of its files: its number and version, or that it is a draft."""
    row = found.row
    signed = f"{row.name}-v{row.version}" if row.signed_on else f"draft-{row.starts_on}-{row.ends_on}"
    return "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in signed)


def head(found: ReportPage) -> list[tuple[str, str]]:
    """What stands on top: whose report of what, to whom, its number, who signed it by role."""
    said, row = found.said, found.row
    lines = [
        (_("Organisation"), said["organisation"]),
        (_("Project"), f"{said['code']} · {said['project']}"),
        (_("Programme"), said["programme"]),
        (_("Period"), days(said["period"])),
        (_("Who reads it"), said["reader"]),
        *((role, name) for role, name in said["partners"]),
        (_("Where it works"), ", ".join(said["places"])),
    ]
    if row.signed_on:
        lines += [
            (_("Number"), f"{row.name}, {_('version %(n)s') % {'n': digits(row.version)}}"),
            (_("Signed"), day(row.signed_on)),
        ]
        lines += zip((_("Sent by"), _("Signed by")), said["roles"], strict=False)
    else:
        lines += [(_("Number"), _("Draft: not signed yet"))]
    return [(label, text) for label, text in lines if text]


def pdf(found: ReportPage) -> bytes:
    """As A4, tagged, in the language of the page."""
    told = {
        "title": f"{_('Report')}: {found.said['project']}",
        "about": days(found.said["period"]),
        "head": head(found),
        "blocks": [block.plain() for block in blocks(found.said)],
        "confirmed": _confirmed(found),
        "checksum": found.checksum,
        "signed_on": found.row.signed_on.isoformat() if found.row.signed_on else "",
    }
    words = {
        "foot": found.row.name or _("Draft"),
        "checksum": _("Checksum of the content (SHA-256)"),
        "target": _("Line: target"),
    }
    return paper("project_report", translation.get_language() or "km", words, told)


def _confirmed(found: ReportPage) -> str:
    told = ", ".join(f"{role or '–'} ({digits(many)})" for role, many in found.said["confirmed"])
    return f"{_('Numbers were confirmed by')}: {told}" if told else ""


def workbook(found: ReportPage) -> bytes:
    """One leaf for each table, with plain numbers that a program can read."""
    leaves = [
        (_("Report"), _report(found)),
        (_("Indicators"), _indicators(found.said)),
        (_("Periods"), _periods(found.said)),
        (_("In parts"), _parts(found.said)),
        (_("By place"), _places(found.said)),
        (_("Activities"), _activities(found.said)),
        (_("Who came"), _groups(found.said)),
        (_("Costs"), _costs(found.said)),
        (_("Who bears the costs"), _donors(found.said)),
    ]
    return xlsx(*(Sheet(name[:31], rows) for name, rows in leaves))


def _report(found: ReportPage) -> Rows:
    rows = [[_("What"), _("Text")], *([label, text] for label, text in head(found))]
    rows += [[one["title"], one["text"]] for one in found.said["chapters"] if one["text"]]
    rows += [[_("Numbers were confirmed by"), f"{role}: {many}"] for role, many in found.said["confirmed"]]
    return [*rows, [_("Checksum of the content (SHA-256)"), found.checksum or "–"]]


def _indicators(said: dict[str, Any]) -> Rows:
    top = [
        *(_("Result"), _("Code"), _("Indicator"), _("What is counted"), _("Where the numbers come from"), _("What one is")),
        *(_("Baseline"), _("In which year"), _("Target"), _("Reached"), _("Of the target"), _("Since the beginning")),
    ]
    return [top, *(_indicator(result, one) for result, one in indicators(said))]


def _indicator(result: dict[str, Any], one: dict[str, Any]) -> list[str]:
    words = [result["title"], *(one[name] for name in ("code", "name", "definition", "source", "unit_label"))]
    base = [_plain(one["baseline"]), str(one["baseline_year"] or ""), _plain(one["target"])]
    return [*words, *base, _plain(one["actual"]), "" if one["reached"] is None else f"{one['reached']}%", _plain(one["so_far"])]


def _periods(said: dict[str, Any]) -> Rows:
    top = [_("Code"), _("From which day"), _("Until which day"), _("Target"), _("Reached")]
    every = ((one["code"], period) for _result, one in indicators(said) for period in one["periods"])
    few = _("fewer than may be told")
    return [top, *([c, *p["days"], _plain(p["target"]), few if p["hidden"] else _plain(p["actual"])] for c, p in every)]


def _parts(said: dict[str, Any]) -> Rows:
    every = ((one["code"], part) for _result, one in indicators(said) for part in one["parts"])
    return [[_("Code"), _("By what"), _("Part"), _("Reached")], *([c, by, label, _plain(n)] for c, (by, label, n) in every)]


def _places(said: dict[str, Any]) -> Rows:
    every = ((one["code"], place) for _result, one in indicators(said) for place in one["places"])
    return [[_("Code"), _("Place"), _("Reached")], *([c, name, _plain(n)] for c, (name, n) in every)]


def _activities(said: dict[str, Any]) -> Rows:
    top = [_("From which day"), _("Until which day"), _("Kind"), _("What"), _("Where"), _("Who came")]
    return [top, *([*a["days"], a["kind"], a["name"], a["place"], str(a["came"] or "")] for a in said["activities"])]


def _groups(said: dict[str, Any]) -> Rows:
    every: Iterable[tuple[str, Any]] = ((axis, group) for axis, groups in said["groups"] for group in groups)
    hidden = _("not shown")
    return [
        [_("By what"), _("Group"), _("Who came")],
        *([by, label, hidden if n is None else str(n)] for by, (label, n) in every),
    ]


def _costs(said: dict[str, Any]) -> Rows:
    top = [_("What for"), _("In which money"), _("Planned"), _("Spent")]
    return [top, *([c["kind"], c["currency"], c["planned"], c["spent"]] for c in said["costs"])]


def _donors(said: dict[str, Any]) -> Rows:
    rows = ([donor or _("not divided"), currency, spent] for donor, currency, spent in said["donors"])
    return [[_("Donor"), _("In which money"), _("Spent")], *rows]


def _plain(amount: dict[str, Any] | None) -> str:
    """A number that a program can read; of one that is at least that, with the word."""
    if amount is None:
        return ""
    return _("at least %(n)s") % {"n": amount["value"]} if amount["more"] else str(amount["value"])


def _as_pdf(found: ReportPage) -> HttpResponse:
    return as_download(pdf(found), name_of(found))


def _as_workbook(found: ReportPage) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name_of(found)}.xlsx"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(workbook(found), content_type=XLSX_TYPE, headers=headers)


SHAPES: dict[str, Callable[[ReportPage], HttpResponse]] = {"pdf": _as_pdf, "xlsx": _as_workbook}
