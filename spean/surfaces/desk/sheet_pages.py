"""What is given out as a sheet and brought in again after a look at what becomes of each row: the same for facts and texts."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.collect import sheets
from spean.collect.sheetwriter import XLSX_TYPE, Sheet, xlsx
from spean.kernel.errors import Invalid, NotAllowed
from spean.kernel.paging import in_language
from spean.library import sheet
from spean.library.operations import bringing
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.fields import PlainForm
from spean.surfaces.pages import page


@dataclass(frozen=True)
class Book:
    """One kind of sheet: who may, what is in it, what is done with its rows, and how its page talks."""

    name: str  # of the file
    see: str  # the rule that who takes one must have
    write: str  # that who brings one in must have
    leaves: Callable[[Actor], list[Sheet]]
    look: Callable[..., Any]
    bring_in: Callable[..., Any]
    told: Callable[[Any], str]  # what is said once it is in
    changed: str | Promise
    title: str | Promise
    lede: str | Promise
    every: str | Promise
    listing: str
    taken_at: str

    def verdicts(self) -> dict[str, str | Promise]:
        """What each verdict is called."""
        return {
            bringing.NEW: _("New"),
            bringing.CHANGED: self.changed,
            bringing.SAME: _("Here already"),
            bringing.FAULTY: _("Faulty"),
        }


class SheetForm(PlainForm):
    """A sheet, or the rows that were read from it a moment ago."""

    sheet = forms.FileField(
        required=False,
        label=_("The sheet"),
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


def given(request: HttpRequest, book: Book) -> HttpResponse:
    """The workbook, to be saved."""
    actor = acting(request)
    if not access.may(actor, book.see):
        raise NotAllowed
    headers = {"Content-Disposition": f'attachment; filename="{book.name}.xlsx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(xlsx(*book.leaves(actor)), content_type=XLSX_TYPE, headers=headers)


def brought(request: HttpRequest, book: Book) -> HttpResponse:
    """The form; what would become of each row; and, with `import`, what became of them."""
    actor = acting(request)
    if not access.may(actor, book.write):
        raise NotAllowed
    if request.method != "POST":
        return _show(request, book, SheetForm())
    form = SheetForm(request.POST, request.FILES)
    if "import" in request.POST:
        done = attempt(form, lambda data: book.bring_in(actor, data["rows"]))
        if done is None:
            return _show(request, book, form)
        say(request, book.told(done))
        return redirect(book.listing)
    return _show(request, book, form, attempt(form, lambda data: book.look(actor, data["rows"])))


def _show(request: HttpRequest, book: Book, form: SheetForm, found: Any = None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    differ = [row for row in found or () if row.verdict != bringing.SAME]
    words = book.verdicts()
    rows = [(row, words[row.verdict], in_language(*row.name)) for row in differ]
    good = {row.read.number for row in differ if row.verdict != bringing.FAULTY}
    kept = _to_keep(form.cleaned_data["rows"], good) if good else ""
    shown = {"rows": rows, "good": len(good), "same": len(found or ()) - len(differ), "kept": kept, "looked": found is not None}
    return page(request, "desk/sheet.html", status=status, form=form, book=book, **shown)
