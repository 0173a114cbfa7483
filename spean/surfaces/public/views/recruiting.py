"""Is this recruiter licensed? The search, a page for each recruiter, and the right to a correction."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from spean.directory.operations import correcting
from spean.directory.queries import recruiters as queries
from spean.evidence import reported
from spean.kernel import text as kernel_text
from spean.kernel.errors import Refusal, TooMany
from spean.kernel.text import whole_number
from spean.kernel.trouble import told
from spean.surfaces.pages import page
from spean.surfaces.public import allowance
from spean.surfaces.public.correcting_forms import CorrectionForm
from spean.surfaces.public.doors import public_page

BUSY = _("Very many people are searching at this moment. Wait a minute and search again.")
UNSURE = _("A part of the system is not working. We do not know whether this was saved. Press Send again: it is kept only once.")


@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """The box; with words in it, the recruiters that may be meant, or what to do when there is none."""
    asked = request.GET.get("q", "")[: queries.LONGEST]
    asked = kernel_text.clean(asked.encode("utf-8", "ignore").decode())
    if not asked:
        return _found(request, "", None)
    try:
        allowance.take_check(request)
    except TooMany as refusal:
        response = _found(request, asked, None, status=refusal.status, busy=BUSY)
        response.headers["Retry-After"] = str(refusal.wait)
        return response
    return _found(request, asked, queries.search(asked, whole_number(request.GET.get("from", ""))))


def _found(request: HttpRequest, asked: str, found: queries.Found | None, *, status: int = 200, **more: Any) -> HttpResponse:
    further = f"?{urlencode({'q': asked, 'from': found.next})}#found" if found and found.next else ""
    return page(
        request,
        "public/recruiters.html",
        status=status,
        q=asked,
        found=found,
        next_page=f"{reverse('public:recruiters')}{further}" if further else "",
        demonstration=queries.any_demonstration(),
        **more,
    )


@public_page()
def recruiter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One recruiter."""
    return page(request, "public/recruiter.html", known=queries.one(pk), reported=reported.of_recruiter(pk))


@public_page("POST")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is wrong, says somebody; with Send, that it is kept."""
    known = queries.one(pk)
    if request.method != "POST":
        return page(request, "public/recruiter_correct.html", known=known, form=CorrectionForm(initial={"sent_id": uuid4()}))
    form = CorrectionForm.sent(request.POST)
    if not form.is_valid():
        return page(request, "public/recruiter_correct.html", status=422, known=known, form=form)
    try:
        allowance.take_correction(request)
        with told(UNSURE):
            correcting.ask(pk, **form.cleaned_data)
    except Refusal as refusal:
        return _not_saved(request, known, form, refusal)
    return page(request, "public/recruiter_asked.html", known=known)


def _not_saved(request: HttpRequest, known: queries.Known, form: CorrectionForm, refusal: Refusal) -> HttpResponse:
    """The form with everything in it, and why it was not saved."""
    more = {"known": known, "form": form, "not_saved": refusal.message}
    response = page(request, "public/recruiter_correct.html", status=refusal.status, **more)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.wait)
    return response
