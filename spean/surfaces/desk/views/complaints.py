"""Complaints about one of us: written down by anybody, looked at by a team outside of that line."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotAllowed, NotYours
from spean.programme.complaint_enums import COMPLAINT_MOVES
from spean.programme.operations import complaints as operations
from spean.programme.queries import complaints as queries
from spean.programme.queries.programmes import teams_to_choose
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.complaint_forms import CloseForm, ComplaintForm
from spean.surfaces.pages import page

SENT = _("Sealed to a team outside of that one, and sent. Nobody else sees that it exists; you cannot open it again.")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that the reader's team looks at."""
    actor = acting(request)
    if not access.may(actor, "complaint.see"):
        raise NotAllowed
    return page(request, "desk/complaints.html", found=queries.complaints(actor, after=request.GET.get("after", "")))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write one down; it is sealed, and cannot be opened again here."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    if not access.may(actor, "complaint.make"):
        raise NotAllowed
    form = ComplaintForm(posted, teams=teams_to_choose(actor))
    if posted is not None and attempt(form, lambda d: operations.make(actor, form.said(), d["sent_id"])):
        say(request, SENT)
        return redirect("desk:today")
    return page(request, "desk/complaint_new.html", status=status_of(form), form=form)


@require_safe
def complaint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them, opened; it stands in the trail."""
    return _show(request, pk, CloseForm())


def _show(request: HttpRequest, pk: UUID, close: CloseForm) -> HttpResponse:
    found = queries.opened(acting(request), pk)
    return page(request, "desk/complaint.html", status=status_of(close), found=found, close=close)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Begin to look into it, or close it."""
    if verb not in COMPLAINT_MOVES:
        raise NotYours
    actor, form = acting(request), CloseForm(request.POST)
    if verb == "take":
        operations.move(actor, pk, verb)
    else:
        queries.check(actor, pk, verb)
        if not attempt(form, lambda d: operations.move(actor, pk, verb, d["outcome"])):
            return _show(request, pk, form)
    say(request, _("Saved."))
    return redirect("desk:complaint", pk=pk)
