"""Reports of a project on the desk: the list, a new one, its preview and its texts, two people, papers."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts.access import Actor
from spean.kernel.errors import Invalid, NotYours
from spean.programme.operations import reports as operations
from spean.programme.queries import reports as queries
from spean.surfaces.desk import report_papers, report_words
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.project_report_forms import BackForm, NewForm, TextsForm
from spean.surfaces.pages import page

MOVES = {
    "send": (operations.send, _("Sent. A second person reads it and signs it, or sends it back.")),
    "sign": (operations.sign, _("Signed. It has a number from now on, and never changes.")),
    "drop": (operations.drop, _("Dropped. It stays in the list.")),
}


@require_safe
def listing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The reports of a project."""
    found = queries.reports(acting(request), pk, after=request.GET.get("after", ""))
    return page(request, "desk/project_reports.html", found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft for a period that is over."""
    actor = acting(request)
    found = queries.reports(actor, pk, to="project.report")
    form = NewForm(request.POST or None, periods=found.periods)
    made = request.method == "POST" and attempt(form, lambda d: _make(actor, pk, d))
    if made:
        say(request, _("Saved. Now write its texts. The tables are filled in from what is confirmed."))
        return redirect("desk:project_report", pk=pk, report=made)
    return page(request, "desk/project_report_new.html", status=status_of(form), form=form, found=found)


def _make(actor: Actor, pk: UUID, typed: dict[str, Any]) -> UUID:
    return operations.make(actor, pk, reader=typed["reader"], days=typed["period"], sent_id=typed["sent_id"])


@require_safe
def report(request: HttpRequest, pk: UUID, report: UUID) -> HttpResponse:
    """One report as it stands, or as it was signed."""
    return _report(request, acting(request), pk, report)


def _report(request: HttpRequest, actor: Actor, pk: UUID, report: UUID, wrong: BackForm | None = None) -> HttpResponse:
    found = queries.report(actor, pk, report)
    back = wrong or BackForm.of("back", None)
    more = {"back": back, "wrong": wrong, "again": uuid4(), "blocks": report_words.blocks(found.said)}
    return page(request, "desk/project_report.html", status=status_of(back), found=found, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: UUID, report: UUID) -> HttpResponse:
    """Its texts, chapter by chapter, in both languages."""
    actor = acting(request)
    found = queries.report(actor, pk, report, to="report.write")
    form = TextsForm(request.POST or None, initial=found.kept)
    if request.method == "POST" and attempt(form, lambda _d: operations.write(actor, pk, report, form.texts())):
        say(request, _("Saved."))
        return redirect("desk:project_report", pk=pk, report=report)
    return page(request, "desk/project_report_write.html", status=status_of(form), form=form, found=found)


@require_POST
def act(request: HttpRequest, pk: UUID, report: UUID, verb: str) -> HttpResponse:
    """It goes to a second person, back, is signed, dropped, or gets a new version."""
    actor = acting(request)
    if verb == "back":
        return _back(request, actor, pk, report)
    if verb == "correct":
        return _correct(request, actor, pk, report)
    if verb not in MOVES:
        raise NotYours
    run, said = MOVES[verb]
    run(actor, pk, report)
    say(request, said)
    return redirect("desk:project_report", pk=pk, report=report)


def _back(request: HttpRequest, actor: Actor, pk: UUID, report: UUID) -> HttpResponse:
    form = BackForm.of("back", request.POST)
    if not attempt(form, lambda d: operations.back(actor, pk, report, d["why"])):
        return _report(request, actor, pk, report, form)
    say(request, _("Sent back, with your reason."))
    return redirect("desk:project_report", pk=pk, report=report)


def _correct(request: HttpRequest, actor: Actor, pk: UUID, report: UUID) -> HttpResponse:
    try:
        sent_id = UUID(request.POST.get("sent_id", ""))
    except ValueError as error:
        raise Invalid from error
    made = operations.correct(actor, pk, report, sent_id)
    say(request, _("A new version is begun. The one that stands stays until the new one is signed."))
    return redirect("desk:project_report", pk=pk, report=made)


@require_safe
def paper(request: HttpRequest, pk: UUID, report: UUID, shape: str) -> HttpResponse:
    """As PDF or as a workbook, in the language of the page."""
    found = queries.report(acting(request), pk, report)
    if shape not in report_papers.SHAPES:
        raise NotYours
    return report_papers.SHAPES[shape](found)
