"""Telling what is wrong: a form, and the receipt."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid, NotYours, Refusal, TooMany, Unsure
from spean.kernel.ids import group
from spean.kernel.text import khmer_digits
from spean.kernel.trouble import told
from spean.places import picker
from spean.places.models import Place
from spean.surfaces.headers import with_microphone
from spean.surfaces.pages import page
from spean.surfaces.public import allowance, carried
from spean.surfaces.public.carried import Carried
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.forms import ReportForm, known_id
from spean.voices import enums
from spean.voices.operations import intake
from spean.voices.operations.intake import Acknowledged, Report

MANY_FILES = _(
    "Very many files are coming in at this moment. Yours is not saved yet. Send your words without the file now, and add the "
    "file later with your number; or wait a minute and press Send again."
)


@public_page("POST")
def report(request: HttpRequest) -> HttpResponse:
    """The form; with a press on a "show" button the form again; with Send the receipt."""
    if request.method != "POST":
        return _form(request, ReportForm(initial={"sent_id": uuid4()}))
    if "show" in request.POST:
        return _form(request, ReportForm.again(request.POST), had_file=bool(request.FILES))
    return _send(request)


def _send(request: HttpRequest) -> HttpResponse:
    try:
        allowance.take_file(request)
    except TooMany as refusal:
        return _refused(request, refusal, MANY_FILES)
    pages = Carried.of(request.POST)
    try:
        with told(intake.UNSURE):
            place, place_error = _place(request)
            brought = pages.open()
    except NotYours:
        return _without_pages(request, pages)
    except Unsure as refusal:
        return _refused(request, refusal, refusal.message)
    form = ReportForm.sent(request, brought)
    if form.errors or place_error:
        return _form(request, form, status=422, place_error=place_error, had_file=bool(request.FILES))
    given = _report(form, place)
    held, urgent, words = allowance.judge(request, given)
    given = replace(given, held=held, urgent_words=urgent, alike=words)
    try:
        saved = intake.receive_public(given, form.cleaned_data["sent_id"])
    except Refusal as refusal:
        return _refused(request, refusal, refusal.message)
    about = {"held": given.held, "files": len(given.files), "has_words": bool(given.told or given.envelope)}
    return _receipt(request, saved, moved=pages.end(), **about)


def _without_pages(request: HttpRequest, pages: Carried) -> HttpResponse:
    """The pages are gone: with this very report, which has its number then; or the form, with everything in it."""
    saved = intake.acknowledged(known_id(request.POST))
    if saved is None:
        return _form(request, ReportForm.again(request.POST), status=422, not_saved=carried.GONE, had_file=bool(request.FILES))
    files = len(pages.numbers) + len(request.FILES)
    return _receipt(request, saved, moved=pages.end(), held=False, files=files, has_words=True)


def _report(form: ReportForm, place: Place | None) -> Report:
    data = form.cleaned_data
    return Report(
        told=data["told"],
        kind=data["kind"] or enums.Kind.OTHER,
        danger=data["danger"] or enums.Danger.UNKNOWN,
        happened=data["happened"] or enums.When.NOT_SAID,
        place=place,
        answer_wish=data["answer_wish"] or enums.AnswerWish.RECEIPT,
        contact=form.contact(),
        language=get_language() or settings.LANGUAGE_CODE,
        files=form.sent_files(),
        envelope=data["envelope"],
    )


def _place(request: HttpRequest) -> tuple[Place | None, Any]:
    try:
        return picker.resolve(request.POST), ""
    except Invalid as error:
        return None, error.message


def _form(request: HttpRequest, form: ReportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    pages = Carried.of(request.POST)
    shown = pages.not_looked_at() if more.get("unsure") else pages
    found = request.POST.get("show") == "found"
    context = {"form": form, "longest": form.fields["told"].most, "found": found, **shown.context(), **more}
    if "picker" not in context:
        context["picker"] = picker.state(request.POST)
    return with_microphone(page(request, "public/report.html", status=status, **context))


def _refused(request: HttpRequest, refusal: Refusal, message: Any) -> HttpResponse:
    """The form with everything in it, and why it was not saved."""
    form = ReportForm.again(request.POST)
    more = {"unsure": True, "picker": picker.kept(request.POST)} if isinstance(refusal, Unsure) else {}
    response = _form(request, form, status=refusal.status, not_saved=message, had_file=bool(request.FILES), **more)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.wait)
    return response


def _receipt(request: HttpRequest, saved: Acknowledged, **about: Any) -> HttpResponse:
    own = khmer_digits if get_language() == "km" else str
    return page(
        request,
        "public/saved.html",
        code=saved.code,
        code_own=[own(part) for part in group(saved.code).split()],
        code_latin=group(saved.code).split() if get_language() == "km" else [],
        team=f"{saved.team.name}, {saved.team.organisation.name}",
        danger_now=request.POST.get("danger") == enums.Danger.NOW,
        wish=request.POST.get("answer_wish") or enums.AnswerWish.RECEIPT,
        days=enums.DEADLINES[enums.Level.COMMUNE].answer,
        **about,
    )
