"""Facts as a sheet: given out as XLSX, and brought in after a look at what becomes of each row."""

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from spean.accounts import access
from spean.collect import sheets
from spean.collect.sheetwriter import XLSX_TYPE, Sheet, xlsx
from spean.kernel.errors import Invalid, NotAllowed
from spean.kernel.paging import in_language
from spean.library import sheet
from spean.library.operations import bringing
from spean.library.queries.exporting import fact_rows
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.fields import PlainForm
from spean.surfaces.pages import page

VERDICTS = {
    bringing.NEW: _("New"),
    bringing.CHANGED: _("A proposal"),
    bringing.SAME: _("Here already"),
    bringing.FAULTY: _("Faulty"),
}
AFTER = _("Nobody sees them on a page yet: another manager or coordinator checks them and publishes.")


class FactSheetForm(PlainForm):
    """A sheet, or the rows that were read from it a moment ago."""

    sheet = forms.FileField(
        required=False,
        label=_("The sheet of facts"),
        help_text=_("XLSX or CSV with the headings of the sheet that you took from here."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    rows = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The rows, each with its number."""
        data = super().clean() or self.cleaned_data
        try:
            data["rows"] = (
                _kept(data["rows"]) if data.get("rows") and not data.get("sheet") else sheets.read(data.get("sheet")).rows
            )
        except Invalid as error:
            self.add_error("sheet", error.message)
        return data


def _kept(text: str) -> tuple[sheet.Row, ...]:
    """The rows as the page gave them out; Invalid for what is none."""
    try:
        return tuple((int(number), [str(cell) for cell in cells]) for number, cells in json.loads(text))
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise Invalid({"sheet": sheets.REASONS["damaged"]}) from None


def _to_keep(rows: tuple[sheet.Row, ...], good: set[int]) -> str:
    """The headings and the rows that would be brought in, for the page's own form."""
    return json.dumps([rows[0], *(row for row in rows[1:] if row[0] in good)], ensure_ascii=False)


@require_safe
def give(request: HttpRequest) -> HttpResponse:
    """All facts, and on a second leaf what the units are."""
    actor = acting(request)
    if not access.may(actor, "fact.see"):
        raise NotAllowed
    units = [["unit", "ខ្មែរ", "English"], *sheet.unit_words()]
    headers = {"Content-Disposition": 'attachment; filename="spean-facts.xlsx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(xlsx(Sheet("Facts", fact_rows(actor)), Sheet("Units", units)), content_type=XLSX_TYPE, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form; what would become of each row; and, with `import`, what became of them."""
    actor = acting(request)
    if not access.may(actor, "fact.write"):
        raise NotAllowed
    if request.method != "POST":
        return _show(request, FactSheetForm())
    form = FactSheetForm(request.POST, request.FILES)
    if "import" in request.POST:
        done = attempt(form, lambda data: bringing.bring_in(actor, data["rows"]))
        if done is None:
            return _show(request, form)
        told = {"new": done[bringing.NEW], "changed": done[bringing.CHANGED]}
        say(request, _("Brought in: %(new)d new, %(changed)d proposals.") % told, AFTER)
        return redirect("desk:facts")
    return _show(request, form, attempt(form, lambda data: bringing.look(actor, data["rows"])))


def _show(request: HttpRequest, form: FactSheetForm, found: Any = None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    differ = [row for row in found or () if row.verdict != bringing.SAME]
    rows = [(row, VERDICTS[row.verdict], in_language(*row.name)) for row in differ]
    good = {row.read.number for row in differ if row.verdict != bringing.FAULTY}
    kept = _to_keep(form.cleaned_data["rows"], good) if good else ""
    shown = {"rows": rows, "good": len(good), "same": len(found or ()) - len(differ), "kept": kept, "looked": found is not None}
    return page(request, "desk/fact_sheet.html", status=status, form=form, **shown)
