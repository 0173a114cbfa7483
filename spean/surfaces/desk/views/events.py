"""Events: the gate and its taps, codes to print, the live headcount, papers, the calendar, the report."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.kernel.errors import Invalid, NotYours
from spean.programme.activity_enums import Attendee
from spean.programme.operations import events as operations
from spean.programme.operations.events import Heard, Tap
from spean.programme.queries import events as queries
from spean.surfaces import built
from spean.surfaces.desk import event_papers
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.event_forms import CodesForm, TapForm, TapsForm
from spean.surfaces.event_calendar import calendar_of
from spean.surfaces.headers import with_camera
from spean.surfaces.pages import page
from spean.surfaces.papers import as_download

WEARS = ("frontend/desk/desk.css", "frontend/desk/gate.js")
WORKER = "frontend/desk/keptworker.js"
SAID = {
    Heard.COUNTED: _("Counted. Welcome."),
    Heard.AGAIN: _("This code was counted before. It counts once."),
    Heard.UNKNOWN: _("This is no code of this event. Press below who comes."),
    Heard.BACK: _("Taken back."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A gate: codes and a counting pad. A telephone keeps this page; without a script each press is sent at once."""
    actor = acting(request)
    found = queries.gate(actor, pk)
    form = TapForm(request.POST if request.method == "POST" else None)
    heard = (
        attempt(form, lambda d: operations.check_in(actor, pk, [Tap(d["sent_id"], d["kind"], d["code"])]))
        if form.is_bound
        else None
    )
    if heard:
        say(request, SAID[next(iter(heard.values()))])
        return redirect("desk:gate", pk=pk)
    files = json.dumps(built.files(*WEARS))
    return with_camera(
        page(request, "desk/gate.html", status=status_of(form), found=found, form=form, kinds=Attendee.choices, files=files)
    )


@require_safe
def worker(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The script that shows that page where there is no network. It reaches this gate and nothing else."""
    queries.gate(acting(request), pk)
    return HttpResponse(built.script(WORKER), content_type="text/javascript; charset=utf-8")


@require_POST
def taps(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Taps from a telephone; it deletes those that are named in the answer."""
    form, actor = TapsForm(request.POST), acting(request)
    if not form.is_valid():
        queries.gate(actor, pk)  # who may not stand there is told that, and nothing of the form
        raise Invalid({"taps": form.errors["taps"][0]})
    heard = operations.check_in(actor, pk, form.cleaned_data["taps"])
    return JsonResponse({"taps": {str(k): v for k, v in heard.items()}, "came": queries.gate_count(pk)})


@require_safe
def headcount(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many are there now, by place and kind. The page renews itself."""
    return page(request, "desk/headcount.html", found=queries.headcount(acting(request), pk))


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Codes for the entry: those that were made, and a form for more."""
    actor = acting(request)
    row, sheets = queries.sheets(actor, pk)
    form = CodesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(
        form, lambda d: operations.make_codes(actor, pk, d["kind"], d["number"], d["sent_id"])
    ):
        say(request, _("Made. Print them, cut them, and give one to each who comes."))
        return redirect("desk:event_codes", pk=pk)
    return page(request, "desk/event_codes.html", status=status_of(form), row=row, sheets=sheets, form=form)


@require_safe
def sheet(request: HttpRequest, pk: UUID, sheet: UUID) -> HttpResponse:
    """Codes as A4 to print and cut."""
    kind, known = queries.codes(acting(request), pk, sheet)
    return as_download(event_papers.codes(queries.paper(acting(request), pk), kind, known), "codes")


@require_safe
def paper(request: HttpRequest, pk: UUID, shape: str) -> HttpResponse:
    """Its poster, its programme or its report as A4, in the language of the page."""
    if shape not in event_papers.SHAPES:
        raise NotYours
    return as_download(event_papers.SHAPES[shape](request, acting(request), pk), f"event-{shape}")


@require_safe
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the event came to, the same evening."""
    found = queries.report(acting(request), pk)
    return page(request, "desk/event_report.html", found=found, told=event_papers.told(found))


@require_safe
def calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The days and the programme of an event for a calendar."""
    return calendar_of(queries.paper(acting(request), pk))
