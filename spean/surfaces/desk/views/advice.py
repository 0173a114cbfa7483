"""Advice between organisations on the desk: requests with their answers; mentoring pairs with their meetings."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotAllowed, NotYours
from spean.network.operations import advice as operations
from spean.network.practice_enums import Problem
from spean.network.queries import advice as queries
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.advice_forms import AnswerForm, AskForm, MeetForm, PairForm
from spean.surfaces.pages import page

DONE = {
    "answer": _("Sent. Those who asked read it, and everybody who can see the request."),
    "close": _("Closed. It stays to be read."),
    "reopen": _("Open again."),
}
DONE_WITH_PAIR = {
    "agree": _("Agreed. Write down when you meet."),
    "decline": _("Declined. The other organisation sees it."),
    "end": _("Ended. It stays to be read."),
    "meet": _("Written down. Both organisations read it."),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Requests to the network and to one's own organisation."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "advice.see"):
        raise NotAllowed
    wanted = {name: asked.get(name, "") for name in ("view", "problem")}
    found = queries.requests(actor, **wanted, after=asked.get("after", ""))
    shown = {"views": queries.VIEWS, "problems": Problem.choices, "may_ask": access.may(actor, "advice.ask")}
    return page(request, "desk/advice.html", found=found, wanted=wanted, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask the network, or one organisation."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    if not access.may(actor, "advice.ask"):
        raise NotAllowed
    form = AskForm(posted, others=queries.others(actor), initial={"problem": request.GET.get("problem", "")})
    if posted is not None and (made := attempt(form, lambda d: operations.ask(actor, form.asked(), d["sent_id"]))):
        say(request, _("Sent. Those who can answer see it on Today."))
        return redirect("desk:advice_request", pk=made)
    return page(request, "desk/advice_new.html", status=status_of(form), form=form)


@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request with its answers."""
    return _show(request, pk)


def _show(request: HttpRequest, pk: UUID, form: AnswerForm | None = None) -> HttpResponse:
    actor = acting(request)
    found = queries.request(actor, pk)
    shown = form or AnswerForm(practices=queries.practices_to_choose(actor))
    return page(request, "desk/advice_request.html", status=status_of(shown), found=found, form=shown)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Answer it, close it, or open it again."""
    if verb not in DONE:
        raise NotYours
    actor = acting(request)
    queries.request(actor, pk, verb)
    if verb == "answer":
        form = AnswerForm(request.POST, practices=queries.practices_to_choose(actor))
        if not attempt(form, lambda d: operations.answer(actor, pk, d["words"], form.practice_id(), d["sent_id"])):
            return _show(request, pk, form)
    else:
        operations.move(actor, pk, verb)
    say(request, DONE[verb])
    return redirect("desk:advice_request", pk=pk)


@require_POST
def mark(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """An answer helped, or no more."""
    operations.mark(acting(request), pk, row)
    say(request, _("Saved."))
    return redirect("desk:advice_request", pk=pk)


@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """The mentoring pairs of one's organisation."""
    actor = acting(request)
    if not access.may(actor, "pair.see"):
        raise NotAllowed
    found = queries.pairs(actor, after=request.GET.get("after", ""))
    return page(request, "desk/mentoring.html", found=found, may_propose=access.may(actor, "pair.propose"))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a mentoring."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    if not access.may(actor, "pair.propose"):
        raise NotAllowed
    form = PairForm(posted, others=queries.others(actor))
    if posted is not None and (made := attempt(form, lambda d: operations.propose(actor, form.proposed(), d["sent_id"]))):
        say(request, _("Proposed. It begins once the other organisation agrees."))
        return redirect("desk:mentoring_pair", pk=made)
    return page(request, "desk/mentoring_new.html", status=status_of(form), form=form)


@require_safe
def pair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One pair with its meetings."""
    return _show_pair(request, pk, MeetForm())


def _show_pair(request: HttpRequest, pk: UUID, form: Any) -> HttpResponse:
    found = queries.pair(acting(request), pk)
    return page(request, "desk/mentoring_pair.html", status=status_of(form), found=found, form=form)


@require_POST
def act_on_pair(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Agree, decline, end it, or write a meeting down."""
    if verb not in DONE_WITH_PAIR:
        raise NotYours
    actor = acting(request)
    queries.pair(actor, pk, verb)
    if verb == "meet":
        form = MeetForm(request.POST)
        if not attempt(form, lambda d: operations.meet(actor, pk, d["on"], d["words"], d["sent_id"])):
            return _show_pair(request, pk, form)
    else:
        operations.move_pair(actor, pk, verb)
    say(request, DONE_WITH_PAIR[verb])
    return redirect("desk:mentoring_pair", pk=pk)
