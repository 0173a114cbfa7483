"""Which recruiter of the register an issue is about: found by name, licence number or telephone; or none."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spean.directory.queries import recruiters
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.fields import PlainForm, PlainText
from spean.surfaces.pages import page
from spean.voices import queries
from spean.voices.operations import tying

TIED = _("Saved. Figures are made anew at the end of the month; until then nothing that everybody reads changes.")
UNTIED = _("Saved: it is about no recruiter. A number that counted it is taken back with the next figures.")


class FindForm(PlainForm):
    """Whom to look for. The words come by POST and stand in no address."""

    q = PlainText(
        max_length=recruiters.LONGEST,
        label=_("Name, licence number or telephone number"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TieForm(PlainForm):
    """The recruiter that was chosen; nothing for none."""

    recruiter = forms.UUIDField(
        required=False, error_messages={"invalid": _("Choose a recruiter that was found in the register.")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recruiter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom the issue is about; with words, who is found; with a choice, that it is kept."""
    actor = acting(request)
    found = queries.tie_page(actor, pk)
    if "q" in request.POST:
        form = FindForm(request.POST)
        return _show(request, found, form, recruiters.search(form.cleaned_data["q"]) if form.is_valid() else None)
    if request.method != "POST":
        return _show(request, found, FindForm())
    form = TieForm(request.POST)
    if not attempt(form, lambda data: tying.tie(actor, pk, data["recruiter"])):
        return _show(request, found, FindForm(), wrong=form)
    say(request, TIED if form.cleaned_data["recruiter"] else UNTIED)
    return redirect("desk:issue", pk=pk)


def _show(
    request: HttpRequest, found: queries.TiePage, form: FindForm, register: Any = None, wrong: TieForm | None = None
) -> HttpResponse:
    status = status_of(form, *((wrong,) if wrong else ()))
    return page(request, "desk/issue_recruiter.html", status=status, issue=found, form=form, register=register, wrong=wrong)
