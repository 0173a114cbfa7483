"""A volunteer's reports: sent for somebody else, then only what became of them and the answers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.places import picker
from spean.places.models import Place
from spean.surfaces.desk.acting import acting, attempt
from spean.surfaces.desk.forms import ReportForm
from spean.surfaces.pages import page
from spean.voices import queries
from spean.voices.enums import Danger
from spean.voices.operations import intake, triage
from spean.voices.operations.intake import Report


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What the reader reported, and where each report stands."""
    actor = acting(request)
    if not access.may(actor, "concern.see_own"):
        raise NotAllowed
    view = request.GET.get("view", "") or "all"
    found = queries.own_reports(actor, view=view, after=request.GET.get("after", ""))
    return page(request, "desk/reports.html", found=found, view=view)


@require_safe
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the team wrote back; never what was sent."""
    actor = acting(request)
    row = queries.own_report(actor, pk)
    try:
        said = triage.read_own_thread(actor, pk)
    except NotYours:  # sent before the team vouched for this volunteer's key
        said = None
    return page(request, "desk/report.html", row=row, said=said)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A report for somebody else. The buttons beside the place only change the form; `send` saves it."""
    actor = acting(request)
    if not access.may(actor, "concern.send"):
        raise NotAllowed
    if request.method == "POST" and "send" in request.POST:
        return _send(request, actor)
    form = ReportForm(initial=ReportForm.typed(request.POST))
    data = request.POST if request.method == "POST" else {"place-pick": request.GET.get("place") or own_village(actor)}
    return page(request, "desk/report_new.html", form=form, picker=picker.state(data))


def _send(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = ReportForm(request.POST, request.FILES)
    sent, error = submit(request, actor, form)
    if sent is None:
        state = picker.state(request.POST)
        return page(request, "desk/report_new.html", status=422, form=form, picker=state, place_error=error)
    return redirect("desk:report_sent", pk=sent)


def submit(request: HttpRequest, actor: Actor, form: ReportForm) -> tuple[UUID | None, str]:
    """(the concern, "") once it is saved, else (None, why the place is none), with all other reasons on the form."""
    place, error = None, ""
    try:
        place = picker.resolve(request.POST)
    except Invalid as refusal:
        error = str(refusal.message)
    sent = None if error else attempt(form, lambda data: _receive(actor, form, data, place))
    if sent is None:
        form.is_valid()  # all reasons at once
    return sent, error


def _receive(actor: Actor, form: ReportForm, data: dict[str, Any], place: Place | None) -> UUID:
    names = ("told", "kind", "danger", "happened", "answer_wish", "sex", "age", "files")
    given = {name: data[name] for name in names if name in data}
    report = Report(place=place, contact=form.contact(), language=get_language() or "km", **given)
    return intake.receive_from_volunteer(actor, report, data["sent_id"])


@require_safe
def sent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """After sending: what was saved, who sees it, what comes next."""
    row = queries.own_report(acting(request), pk)
    return page(request, "desk/report_sent.html", row=row, urgent=row.danger == Danger.NOW)


def own_village(actor: Actor) -> str:
    """The code of the village that the volunteer covers: the last part of its path."""
    paths = [s.place_path for s in actor.having([Role.VOLUNTEER]) if s.place_path]
    return paths[0].rstrip("/").rsplit("/", 1)[-1] if paths else ""
