"""A volunteer's triage: first whether it is safe to talk, then a few questions, sent as a report; then what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from spean.accounts import access
from spean.accounts.access import Actor
from spean.checks.screening import Triaged
from spean.directory.enums import Need
from spean.directory.queries import public as directory
from spean.directory.queries.public import Help
from spean.kernel.errors import NotAllowed
from spean.places import picker
from spean.surfaces.desk.acting import acting
from spean.surfaces.desk.triage_forms import GateForm, TriageForm
from spean.surfaces.desk.views.reports import own_village, submit
from spean.surfaces.pages import page

HELPERS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def triage(request: HttpRequest) -> HttpResponse:
    """The gate, and behind it the questions. Nothing is kept before `send`."""
    actor = acting(request)
    if not access.may(actor, "concern.send"):
        raise NotAllowed
    gate = GateForm(request.POST if request.method == "POST" else None)
    if not gate.is_valid():
        return page(request, "desk/triage_gate.html", status=422 if gate.is_bound else 200, gate=gate)
    closed = gate.closed()
    if closed:
        return page(request, "desk/triage_closed.html", closed=closed, helpers=_helpers(actor))
    if "send" in request.POST:
        return _send(request, actor, gate)
    form = TriageForm(initial=TriageForm.typed(request.POST))
    begun = {"place-pick": own_village(actor)} if "begin" in request.POST else request.POST
    return page(request, "desk/triage.html", gate=gate, form=form, picker=picker.state(begun))


def _send(request: HttpRequest, actor: Actor, gate: GateForm) -> HttpResponse:
    form = TriageForm(request.POST)
    sent, error = submit(request, actor, form)
    if sent is None:
        state = picker.state(request.POST)
        return page(request, "desk/triage.html", status=422, gate=gate, form=form, picker=state, place_error=error)
    return page(request, "desk/triage_done.html", helpers=_helpers(actor), **_told(form.found))


def _told(found: Triaged) -> dict[str, Any]:
    """What to do next, as plain values; no answer is among them."""
    language = get_language() or "km"
    could = [question.words.of(language) for question in found.could_change]
    return {
        "next": found.next.value,
        "some": bool(found.worries),
        "answered": found.answered,
        "asked": found.asked,
        "could": could,
    }


def _helpers(actor: Actor) -> list[Help]:
    """The nearest who help in danger and have a number that somebody called."""
    paths = [seat.place_path for seat in actor.seats if seat.place_path]
    found = directory.find(directory.Wanted(need=Need.DANGER, path=paths[0] if paths else "KH/"))
    return [row for row in found.rows if row.numbers][:HELPERS]
