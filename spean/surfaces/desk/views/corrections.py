"""Requests for a correction of the register: the queue, one request, the answer, and the second person."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from spean.accounts import access
from spean.directory.operations import correcting
from spean.directory.queries import register as queries
from spean.kernel.errors import Conflict, NotAllowed, NotYours
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.recruiter_forms import AnswerForm
from spean.surfaces.pages import page


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The requests that wait, the oldest first; or all of them."""
    actor = acting(request)
    if not access.may(actor, "correction.see"):
        raise NotAllowed
    view = "all" if request.GET.get("view") == "all" else "open"
    found = queries.corrections(actor, view=view, after=request.GET.get("after", ""))
    return page(request, "desk/corrections.html", found=found, view=view)


@require_safe
def correction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request with its answer."""
    return _show(request, queries.correction(acting(request), pk))


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Write the answer, or stand by it as the second person."""
    actor = acting(request)
    if verb == "answer":
        form, found = AnswerForm(request.POST), queries.correction(actor, pk)
        if "answer" not in found.may:
            raise Conflict
        if not attempt(form, lambda d: correcting.answer(actor, pk, **d)):
            return _show(request, found, form)
        say(request, _("Saved. Another manager or coordinator reads it and publishes it."))
    elif verb == "publish":
        correcting.publish(actor, pk)
        say(request, _("Published: everybody reads the answer on the page of this recruiter."))
    else:
        raise NotYours
    return redirect("desk:correction", pk=pk)


def _show(request: HttpRequest, found: queries.CorrectionRow, form: Any = None) -> HttpResponse:
    begun = {"outcome": found.outcome, "answer_km": found.answer_km, "answer_en": found.answer_en}
    form = form or AnswerForm(initial=begun)
    return page(request, "desk/correction.html", status=status_of(form), correction=found, form=form)
