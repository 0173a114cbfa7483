"""The IATI file of a project on the desk: what it needs, and the file to take."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from spean.kernel.errors import NotYours
from spean.kernel.text import ROW_FIGURES, whole_number
from spean.programme.operations import iati as operations
from spean.programme.queries import iati as queries
from spean.programme.queries.iati import IatiPage
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.fields import PlainForm
from spean.surfaces.desk.iati_forms import MoneyForm, PublishingForm
from spean.surfaces.pages import page

ACTS = ("publish", "money", "leave_money")


@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file says beside what the project says."""
    return _sheet(request, queries.page(acting(request), pk))


def _sheet(request: HttpRequest, found: IatiPage, wrong: dict[str, PlainForm] | None = None) -> HttpResponse:
    forms: dict[str, Any] = {
        "publish": PublishingForm(initial=found.kept, auto_id="publish-%s"),
        "money": MoneyForm.of("money", None, donors=found.donors),
        **(wrong or {}),
    }
    status = status_of(*(wrong or {}).values())
    return page(request, "desk/project_iati.html", status=status, found=found, forms=forms, wrong=wrong or {})


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Who reports it, a line of money more or less."""
    if verb not in ACTS:
        raise NotYours
    actor = acting(request)
    found = queries.page(actor, pk, to="project.report")
    form: Any
    if verb == "publish":
        form = PublishingForm(request.POST, auto_id="publish-%s")
        done = attempt(form, lambda _d: operations.publish(actor, pk, form.words()))
    elif verb == "money":
        form = MoneyForm.of("money", request.POST, donors=found.donors)
        done = attempt(form, lambda d: operations.add_money(actor, pk, form.words(), d["sent_id"]))
    else:
        row = whole_number(request.POST.get("row", ""), ROW_FIGURES)
        form, done = None, operations.leave_money(actor, pk, row) is None
    if not done:
        return _sheet(request, found, {verb: form})
    say(request, _("Saved."))
    return redirect("desk:project_iati", pk=pk)


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The activity file, IATI 2.03."""
    code, content = queries.file(acting(request), pk)
    name = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in code)
    headers = {
        "Content-Disposition": f'attachment; filename="iati-{name}.xml"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/xml; charset=utf-8", headers=headers)
