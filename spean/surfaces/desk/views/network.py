"""The members of the network: the list by country, one of them, who is added, what is changed, who answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.enums import WorkLevel
from spean.kernel.errors import NotAllowed, NotYours
from spean.network.member_enums import NetworkWork
from spean.network.operations import members as operations
from spean.network.queries import agreements
from spean.network.queries import members as queries
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.network_forms import FocalForm, MemberForm, NewMemberForm
from spean.surfaces.pages import page

VIEWS = (("now", _("Members now")), ("left", _("Who left")))
FILTERS = ("view", "country", "level", "work")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Who is in the network, by country."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "member.see"):
        raise NotAllowed
    wanted = {name: asked.get(name, "") for name in FILTERS}
    found = queries.members(actor, {**wanted, "after": asked.get("after", "")})
    choices = {"views": VIEWS, "countries": queries.countries_of_members(), "levels": WorkLevel.choices}
    may_add = access.may(actor, "member.add")
    return page(request, "desk/network.html", found=found, wanted=wanted, works=NetworkWork.choices, may_add=may_add, **choices)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An organisation joins the network."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    if not access.may(actor, "member.add"):
        raise NotAllowed
    form = NewMemberForm(posted, organisations=queries.organisations_to_choose(actor))
    if posted is not None:
        made = attempt(form, lambda d: operations.add(actor, form.chosen(), form.said(), d["sent_id"]))
        if made:
            say(request, _("Added. Say next who answers for it."))
            return redirect("desk:member", pk=made)
    return page(request, "desk/member_form.html", status=status_of(form), form=form, found=None)


@require_safe
def member(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them."""
    return _show(request, pk)


def _show(request: HttpRequest, pk: UUID, form: FocalForm | None = None) -> HttpResponse:
    actor = acting(request)
    found = queries.member(actor, pk)
    if form is None:
        form = FocalForm(people=queries.people_to_choose(actor, found.organisation))
    agreed = agreements.with_organisation(actor, found.organisation)
    return page(request, "desk/member.html", status=status_of(form), found=found, form=form, agreed=agreed)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write it anew."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    found = queries.member(actor, pk, to="member.change")
    form = MemberForm(posted, initial=found.kept)
    if posted is not None and attempt(form, lambda _d: operations.change(actor, pk, form.said())):
        say(request, _("Saved."))
        return redirect("desk:member", pk=pk)
    return page(request, "desk/member_form.html", status=status_of(form), form=form, found=found)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Say who answers for it, or take one away."""
    if verb not in {"focal", "drop"}:
        raise NotYours
    actor = acting(request)
    found = queries.member(actor, pk, to="member.change")
    if verb == "drop":
        operations.drop(actor, pk, _row(request))
    else:
        form = FocalForm(request.POST, people=queries.people_to_choose(actor, found.organisation))
        if not attempt(form, lambda d: operations.name(actor, pk, form.answers(), d["sent_id"])):
            return _show(request, pk, form)
    say(request, _("Saved."))
    return redirect("desk:member", pk=pk)


def _row(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("row", ""))
    except ValueError:
        raise NotYours from None
