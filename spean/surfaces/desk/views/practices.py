"""Good practices on the desk: found, read, written, judged, published, withdrawn, tried again with what came of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotAllowed, NotYours
from spean.network import practice_enums as codes
from spean.network.operations import practices as operations
from spean.network.queries import practices as queries
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.practice_forms import JudgeForm, PracticeForm, TellForm, TryForm, WithdrawForm
from spean.surfaces.pages import page

DONE = {
    "send": _("Sent. People of other organisations say whether it is clear, believable and safe."),
    "publish": _("Published. Everybody in the network can find it."),
    "revise": _("You can change it now. The network reads the old words until the new ones are judged and published."),
    "withdraw": _("Withdrawn. Only your organisation and those who tried it see it."),
    "judge": _("Thank you. The author reads it."),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that are published, that wait for judgement, or that are one's own; by problem, context and words."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "good_practice.see"):
        raise NotAllowed
    wanted = {name: asked.get(name, "") for name in ("view", "text", *queries.FILTERS)}
    found = queries.practices(actor, **wanted, after=asked.get("after", ""))
    books = {"problems": codes.Problem.choices, "grounds": codes.Ground.choices, "whoms": codes.Whom.choices}
    shown = {**books, "countries": queries.countries(), "views": queries.VIEWS}
    may_write = access.may(actor, "good_practice.write")
    return page(request, "desk/good_practices.html", found=found, wanted=wanted, may_write=may_write, **shown)


@require_safe
def practice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them; its writers and judges may open each version."""
    return _show(request, pk)


def _show(request: HttpRequest, pk: UUID, **forms: Any) -> HttpResponse:
    found = queries.practice(acting(request), pk, version=request.GET.get("version", ""))
    shown = {"judge": JudgeForm(), "withdraw": WithdrawForm(auto_id="withdraw-%s"), **forms}
    return page(request, "desk/good_practice.html", status=status_of(*forms.values()), found=found, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A draft of one's organisation."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    if not access.may(actor, "good_practice.write"):
        raise NotAllowed
    form = PracticeForm(posted, countries=queries.countries())
    if posted is not None and (made := attempt(form, lambda d: operations.write(actor, form.told(), d["sent_id"]))):
        say(request, _("Saved as a draft. Only your organisation sees it."))
        return redirect("desk:good_practice", pk=made)
    return page(request, "desk/good_practice_form.html", status=status_of(form), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other words."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    found = queries.practice(actor, pk, to="change")
    form = PracticeForm(posted, countries=queries.countries(), initial=found.body)
    if posted is not None and attempt(form, lambda _d: operations.change(actor, pk, form.told())):
        say(request, _("Saved."))
        return redirect("desk:good_practice", pk=pk)
    return page(request, "desk/good_practice_form.html", status=status_of(form), form=form, found=found)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Ask for judgement, judge, publish, begin to change it, or withdraw it."""
    if verb not in DONE:
        raise NotYours
    actor, posted = acting(request), request.POST
    queries.seen(actor, pk, verb)
    if verb == "judge" and not attempt(form := JudgeForm(posted), lambda _d: operations.judge(actor, pk, form.judged())):
        return _show(request, pk, judge=form)
    if verb == "withdraw" and not attempt(
        form := WithdrawForm(posted, auto_id="withdraw-%s"), lambda d: operations.move(actor, pk, verb, d["why"])
    ):
        return _show(request, pk, withdraw=form)
    if verb not in {"judge", "withdraw"}:
        operations.move(actor, pk, verb)
    say(request, DONE[verb])
    return redirect("desk:good_practice", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def try_it(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One's own organisation tries it too."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    found = queries.practice(actor, pk, to="try")
    form = TryForm(posted, countries=queries.countries())
    if posted is not None and attempt(
        form, lambda d: operations.try_it(actor, pk, d["country"], d["since"], d["changed"], d["sent_id"])
    ):
        say(request, _("Written down. Tell what came of it, also if it did not work: others learn from that most."))
        return redirect("desk:good_practice", pk=pk)
    return page(request, "desk/good_practice_try.html", status=status_of(form), form=form, found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """What came of one's own trial."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    trial = queries.trial(actor, pk, row)
    begun = {"result": trial.result, "sure": trial.sure_code, "words": trial.words}
    form = TellForm(posted, initial=begun)
    if posted is not None and attempt(form, lambda _d: operations.tell(actor, pk, row, form.came())):
        say(request, _("Written down. It stands on the page of the practice."))
        return redirect("desk:good_practice", pk=pk)
    return page(request, "desk/good_practice_tell.html", status=status_of(form), form=form, found=queries.practice(actor, pk))
