"""Training courses of the organisation: the list, one with who of our cases is in it, its form."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.cases.operations import trainings as operations
from spean.cases.queries import trainings as queries
from spean.cases.queries.trainings import TrainingPage
from spean.cases.training_enums import Trade
from spean.kernel.errors import NotAllowed, NotYours
from spean.places import picker
from spean.surfaces.desk.acting import acting, say, status_of
from spean.surfaces.desk.placing import placed
from spean.surfaces.desk.training_forms import TrainingForm
from spean.surfaces.pages import page


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that are not over, what begins first; by trade, place and free places."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "training.see"):
        raise NotAllowed
    wanted = {"trade": asked.get("trade", ""), "place": asked.get("place", "")}
    ticked = {name: asked.get(name) == "1" for name in ("free", "past")}
    found = queries.trainings(actor, **wanted, **ticked, after=asked.get("after", ""))
    lists = {"trades": Trade.choices, "places": queries.places(actor)}
    return page(request, "desk/trainings.html", found=found, wanted={**wanted, **ticked}, **lists)


@require_safe
def training(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: for whom it is, who of the reader's cases is in it by number alone, why others left."""
    return page(request, "desk/training.html", found=queries.training(acting(request), pk))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new one. The buttons beside the place only change the form; `send` saves it."""
    actor = acting(request)
    if not access.may(actor, "training.write"):
        raise NotAllowed
    if request.method != "POST":
        return _form(request, TrainingForm(), picker.state({}))
    return _write(request, None, lambda kept, place, sent: operations.write(actor, kept, place, sent))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other days, places or conditions."""
    actor = acting(request)
    found = queries.training(actor, pk)
    if request.method == "POST":
        return _write(request, found, lambda kept, place, _sent: operations.change(actor, pk, kept, place))
    return _form(request, TrainingForm.begin(found), picker.state({"place-pick": found.place}), found)


def _write(request: HttpRequest, found: TrainingPage | None, save: Any) -> HttpResponse:
    if "send" not in request.POST:
        return _form(request, TrainingForm(initial=TrainingForm.typed(request.POST)), picker.state(request.POST), found)
    form = TrainingForm(request.POST)
    made, error = placed(request, form, lambda d, code: save(form.kept(), code, d["sent_id"]))
    if made is None:
        return _form(request, form, picker.state(request.POST), found, error)
    say(request, _("Saved. It can be offered to people from their cases."))
    return redirect("desk:training", pk=found.row.id if found else made)


def _form(
    request: HttpRequest, form: TrainingForm, place: Any, found: TrainingPage | None = None, error: str = ""
) -> HttpResponse:
    status = 422 if error else status_of(form)
    return page(request, "desk/training_form.html", status=status, form=form, places=place, place_error=error, found=found)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Call it off."""
    if verb != "call_off":
        raise NotYours
    operations.call_off(acting(request), pk)
    say(request, _("Called off. Talk with everybody who has a place, and offer them another one."))
    return redirect("desk:training", pk=pk)
