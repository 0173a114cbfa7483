"""Sheets of concerns: the template, the upload, the preview, and the import part by part."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.collect import sheets
from spean.collect.sheetwriter import CSV_TYPE, XLSX_TYPE, Sheet, comma_separated, xlsx
from spean.kernel.errors import NotAllowed, NotYours
from spean.kernel.text import whole_number
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.import_forms import ColumnsForm, SheetForm
from spean.surfaces.pages import page
from spean.voices import columns, queries
from spean.voices.enums import ImportState
from spean.voices.operations import importing, previewing
from spean.voices.operations.previewing import Preview

DOWNLOADS: dict[str, tuple[str, Callable[[Sequence[Sequence[str]]], bytes]]] = {
    "xlsx": (XLSX_TYPE, lambda rows: xlsx(Sheet("Concerns", rows), columns_sheet())),
    "csv": (CSV_TYPE, comma_separated),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The sheets of the reader's teams: who, when, how many rows; never what they say."""
    actor = acting(request)
    if not access.may(actor, "import.see"):
        raise NotAllowed
    found = queries.imports(actor, after=request.GET.get("after", ""))
    return page(request, "desk/imports.html", found=found, may_import=bool(importing.may_import_for(actor)))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload a sheet. It is sealed and looked at; nothing is imported yet."""
    actor = acting(request)
    teams = [(team.id, f"{team.name} · {team.organisation.name}") for team in importing.may_import_for(actor)]
    if not teams:
        raise NotAllowed
    posted = request.method == "POST"
    form = SheetForm(request.POST, request.FILES, teams=teams) if posted else SheetForm(teams=teams)
    made = attempt(form, lambda d: _upload(actor, d)) if posted else None
    if made:
        return redirect("desk:import", pk=made)
    return page(request, "desk/import_new.html", status=status_of(form), form=form)


def _upload(actor: Actor, data: dict) -> UUID:
    grid = sheets.read(data["sheet"])
    return importing.upload(actor, data["team"], data["source"], grid, data["sent_id"])


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty sheet with our headings; the XLSX has the words that its cells may hold on a second sheet."""
    if not access.may(acting(request), "import.make"):
        raise NotAllowed
    return _download(kind, [[" / ".join(columns.both(c.label)) for c in columns.Column]], "spean-concerns")


@require_safe
def faulty(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The faulty rows with the reasons in a last column, to be corrected and uploaded again."""
    if kind not in DOWNLOADS:
        raise NotYours
    return _download(kind, previewing.faulty_rows(acting(request), pk), "spean-faulty-rows")


@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet: what would be imported, how far it is, or what became of it."""
    actor = acting(request)
    return _show(request, queries.import_view(actor, pk), _preview(request, actor, pk))


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Say which column is which, begin, do the next part, or throw the sheet away."""
    if verb not in ACTS:
        raise NotYours
    return ACTS[verb](request, acting(request), pk)


def _columns(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    preview = previewing.look(actor, pk)
    form = ColumnsForm(request.POST, headings=preview.head.headings, columns=preview.head.columns)
    if not attempt(form, lambda d: importing.assign(actor, pk, d["chosen"])):
        return _show(request, queries.import_view(actor, pk), preview, form)
    say(request, _("The rows are read anew. Nothing is imported yet."))
    return redirect("desk:import", pk=pk)


def _start(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    importing.start(actor, pk)
    return redirect(f"{reverse('desk:import', args=[pk])}?go=1")


def _part(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    importing.go_on(actor, pk, whole_number(request.POST.get("part", "")))
    return redirect("desk:import", pk=pk)


def _discard(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    importing.discard(actor, pk)
    say(request, _("The sheet is thrown away. What was imported before stays."))
    return redirect("desk:imports")


ACTS = {"columns": _columns, "start": _start, "part": _part, "discard": _discard}


def _preview(request: HttpRequest, actor: Actor, pk: UUID) -> Preview | None:
    """What the sheet says; None once it is being imported, and for a member who has not got the team's key."""
    if queries.import_view(actor, pk).row.state != ImportState.PREVIEW:
        return None
    try:
        return previewing.look(actor, pk, after=request.GET.get("after", ""))
    except NotYours:
        return None


def _show(
    request: HttpRequest, found: queries.ImportView, preview: Preview | None, form: ColumnsForm | None = None
) -> HttpResponse:
    if preview and form is None:
        form = ColumnsForm(None, headings=preview.head.headings, columns=preview.head.columns)
    status = status_of(form) if form else 200
    return page(request, "desk/import.html", status=status, found=found, preview=preview, form=form, go="go" in request.GET)


def columns_sheet() -> Sheet:
    """The words that cells may hold: code, Khmer, English."""
    heading = [" / ".join(columns.both(_("Column"))), " / ".join(columns.both(_("Code"))), "ខ្មែរ", "English"]
    rows = [
        [" / ".join(columns.both(column.label)), choice.value, *columns.both(choice.label)]
        for column, (codebook, _default) in columns.CODEBOOKS.items()
        for choice in codebook
    ]
    return Sheet("Codes", [heading, *rows])


def _download(kind: str, rows: Sequence[Sequence[str]], name: str) -> HttpResponse:
    if kind not in DOWNLOADS:
        raise NotYours
    mime, write = DOWNLOADS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(write(rows), content_type=mime, headers=headers)
