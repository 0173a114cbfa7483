"""Stipends and costs that volunteers ask for: the list with its totals, a new one, one of them, what is done with it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotAllowed, NotYours
from spean.programme.operations import claims as operations
from spean.programme.queries import claims as queries
from spean.programme.volunteer_enums import ClaimState
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.volunteer_forms import ClaimForm, RefuseForm
from spean.surfaces.pages import page

DONE = {
    "approve": _("Approved. The programme manager pays it."),
    "refuse": _("Refused. The volunteer reads why."),
    "withdraw": _("Withdrawn."),
    "pay": _("Written down as paid. The volunteer sees it."),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see, the latest month first."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "claim.see"):
        raise NotAllowed
    view = asked.get("view", "")
    found = queries.claims(actor, view=view, after=asked.get("after", ""))
    totals, may_make = queries.totals(actor), access.may(actor, "claim.make")
    shown = {"view": view, "views": ClaimState.choices, "totals": totals, "may_make": may_make}
    return page(request, "desk/claims.html", found=found, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A volunteer asks for money."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    if not access.may(actor, "claim.make"):
        raise NotAllowed
    form = ClaimForm(posted, projects=queries.projects_to_choose(actor))
    if posted is not None and attempt(form, lambda d: operations.make(actor, form.asked(), d["sent_id"])):
        say(request, _("Sent to your supervisor, who approves it or says why not."))
        return redirect("desk:volunteering")
    return page(request, "desk/claim_new.html", status=status_of(form), form=form)


@require_safe
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them."""
    return _show(request, pk, RefuseForm())


def _show(request: HttpRequest, pk: UUID, refuse: RefuseForm) -> HttpResponse:
    found = queries.claim(acting(request), pk)
    return page(request, "desk/claim.html", status=status_of(refuse), found=found, refuse=refuse)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Approve, refuse or withdraw it, or say that it was paid."""
    if verb not in DONE:
        raise NotYours
    actor = acting(request)
    if verb != "refuse":
        operations.move(actor, pk, verb)
    else:
        form = RefuseForm(request.POST)
        queries.check(actor, pk, verb)
        if not attempt(form, lambda d: operations.move(actor, pk, verb, d["reason"])):
            return _show(request, pk, form)
    say(request, DONE[verb])
    return redirect("desk:claim", pk=pk)
