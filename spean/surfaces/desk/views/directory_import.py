"""A list of services in HSDS: looked at first, then brought into the help directory."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spean.accounts import access
from spean.directory.operations import importing
from spean.kernel.errors import NotAllowed
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.fields import PlainForm, PlainText
from spean.surfaces.pages import page

VERDICTS = {
    importing.NEW: _("New"),
    importing.CHANGED: _("Changed since it came"),
    importing.SAME: _("Here already"),
    importing.FAULTY: _("Faulty"),
}


class ListForm(PlainForm):
    """A file, or what was read from it a moment ago."""

    source = PlainText(max_length=160, label=_("Name of the list"), help_text=_("Everybody reads it as the source of the facts."))
    sheet = forms.FileField(
        required=False, label=_("The list, as HSDS 3 in JSON"), widget=forms.FileInput(attrs={"accept": ".json,application/json"})
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The words of the file."""
        data = super().clean() or self.cleaned_data
        upload = data.get("sheet")
        if upload and upload.size > importing.MOST_BYTES:
            self.add_error("sheet", _("This file is too large. Divide it into parts of at most 1 MB."))
        elif upload:
            data["text"] = upload.read().decode("utf-8-sig", "replace")
        elif not data.get("text"):
            self.add_error("sheet", _("Choose the file."))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form; what would become of each service; and, with `import`, what became of them."""
    actor = acting(request)
    if not access.may(actor, "entry.write"):
        raise NotAllowed
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _show(request, ListForm())
    if "import" in request.POST:
        done = attempt(form, lambda d: importing.bring_in(actor, d["text"], d["source"]))
        if done is not None:
            say(request, _("Brought in: %(new)d new, %(changed)d changed.") % done_words(done), _AFTER)
            return redirect("desk:directory")
        return _show(request, form)
    rows = attempt(form, lambda d: importing.look(actor, d["text"], d["source"]))
    return _show(request, form, rows)


_AFTER = _("Nobody has checked them: another manager or coordinator does, and calls the numbers.")


def done_words(done: Any) -> dict[str, int]:
    """How many of each."""
    return {"new": done[importing.NEW], "changed": done[importing.CHANGED]}


def _show(request: HttpRequest, form: ListForm, rows: Any = None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    shown = [(row, VERDICTS[row.verdict]) for row in rows or ()]
    good = sum(row.verdict in {importing.NEW, importing.CHANGED} for row in rows or ())
    text = form.cleaned_data.get("text", "") if rows else ""
    source = form.cleaned_data.get("source", "") if rows else ""
    return page(request, "desk/directory_import.html", status=status, form=form, rows=shown, good=good, text=text, source=source)
