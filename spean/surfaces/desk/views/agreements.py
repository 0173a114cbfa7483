"""Agreements between organisations: the list of one's own, a new one, one of them, what is done with it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotAllowed, NotYours
from spean.network.agreement_enums import REASONED
from spean.network.operations import agreements as operations
from spean.network.queries import agreements as queries
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.agreement_forms import AgreementForm, WhyForm
from spean.surfaces.pages import page

VIEWS = (
    ("", _("Everything")),
    ("in_force", _("In force")),
    ("soon", _("Ends within 60 days")),
    ("waits", _("Not in force yet")),
    ("sign", _("Waits for your signature")),
    ("over", _("Over")),
)
DONE = {
    "offer": _("Signed for your side, and offered. The heads of the other side see it on Today."),
    "sign": _("Signed for your side."),
    "refuse": _("Refused. The other side reads why."),
    "withdraw": _("Withdrawn."),
    "end": _("Ended. No new referral goes by it; those under way go on."),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those of the reader's organisations, what ends last first."""
    actor, view = acting(request), request.GET.get("view", "")
    if not access.may(actor, "agreement.see"):
        raise NotAllowed
    found = queries.agreements(actor, view=view, after=request.GET.get("after", ""))
    may_make = access.may(actor, "agreement.make")
    return page(request, "desk/agreements.html", found=found, view=view, views=VIEWS, may_make=may_make)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin to write one."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    if not access.may(actor, "agreement.make"):
        raise NotAllowed
    form = AgreementForm(posted, actor=actor)
    if posted is not None:
        made = attempt(form, lambda d: operations.make(actor, form.draft(), d["sent_id"]))
        if made:
            say(request, _("Saved. Nobody else reads it until you sign and offer it."))
            return redirect("desk:agreement", pk=made)
    return page(request, "desk/agreement_form.html", status=status_of(form), form=form, found=None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write it anew, while nobody has signed."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    found = queries.agreement(actor, pk, to="agreement.change")
    form = AgreementForm(posted, actor=actor, initial=found.kept)
    if posted is not None and attempt(form, lambda _d: operations.change(actor, pk, form.draft())):
        say(request, _("Saved."))
        return redirect("desk:agreement", pk=pk)
    return page(request, "desk/agreement_form.html", status=status_of(form), form=form, found=found)


@require_safe
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them."""
    return _show(request, pk)


def _show(request: HttpRequest, pk: UUID, wrong: WhyForm | None = None, verb: str = "") -> HttpResponse:
    found = queries.agreement(acting(request), pk)
    acts = sorted(REASONED & found.may)
    forms = {v: wrong if wrong is not None and v == verb else WhyForm.of(v, None) for v in acts}
    return page(request, "desk/agreement.html", status=status_of(*forms.values()), found=found, forms=forms)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Offer, sign, refuse, withdraw or end it."""
    if verb not in DONE:
        raise NotYours
    actor, form = acting(request), WhyForm.of(verb, request.POST)
    queries.agreement(actor, pk, to=f"agreement.{verb}")
    if verb not in REASONED:
        operations.move(actor, pk, verb)
    elif not attempt(form, lambda d: operations.move(actor, pk, verb, d["why"])):
        return _show(request, pk, form, verb)
    say(request, DONE[verb])
    return redirect("desk:agreement", pk=pk)
