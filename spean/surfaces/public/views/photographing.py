"""Photos of a contract: sent, waited for, answered beside their pictures, and gone. No session: the address holds the key."""

import contextlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.checks.contract import Language
from spean.collect import operations, pages, queries, tessdata
from spean.kernel.errors import Invalid, NotYours, Refusal, TooMany
from spean.kernel.trouble import told
from spean.surfaces.pages import page
from spean.surfaces.public import allowance, findings, photographed
from spean.surfaces.public.checked import LANGUAGES
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.photo_forms import LARGEST_SENDING, PagesForm, PhotosForm, RoomyHandler, limits
from spean.voices.operations.plans import MOST_PAPERS

AGAIN_SECONDS = 4
TOO_LARGE = _("These files are together larger than %(n)d MB. Send fewer at a time, or smaller photos. Nothing was kept.")
MANY_FILES = _("Very many files are coming in at this moment. Wait a minute and press the button again.")
TONGUES = {"khm": Language.KHMER, "tha": Language.THAI, "eng": Language.ENGLISH}  # Malay is read with the letters of English
View = Callable[..., HttpResponse]


def _roomy(view: View) -> View:
    """Several photos of a telephone at once, still in memory only; more than that is not even read."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and str(length).isdigit() and int(length) > LARGEST_SENDING:
            return _form(request, PhotosForm.new(), status=413, wrong=TOO_LARGE % {"n": LARGEST_SENDING // pages.MEGABYTE})
        request.upload_handlers = [RoomyHandler(request)]  # type: ignore[assignment] # the stubs want Django's own list
        return view(request)

    return opened


@_roomy
@public_page("POST")
def photos(request: HttpRequest) -> HttpResponse:
    """The form for photos; with photos, the way to their answer."""
    if request.method != "POST":
        return _form(request, PhotosForm.new())
    if not pages.can_read():
        return _form(request, PhotosForm.new(), status=503)
    try:
        allowance.take_file(request)
        form = PhotosForm.sent(request)
        if not form.is_valid():
            return _again(request, form)
        with told():
            token = operations.take(form.cleaned_data["photos"], form.cleaned_data["sent_id"])
    except Invalid as refusal:
        form.add_error("photos", str(refusal.message))
        return _again(request, form)
    except Refusal as refusal:
        words = MANY_FILES if isinstance(refusal, TooMany) and refusal.message is TooMany.message else refusal.message
        return _busy(_form(request, PhotosForm.new(), status=refusal.status, wrong=words), refusal)
    return HttpResponseRedirect(reverse("public:photographed", args=[token]), status=303)


def _again(request: HttpRequest, form: PhotosForm) -> HttpResponse:
    form.data = form.data.copy()
    form.data["sent_id"] = str(uuid4())
    return _form(request, form, status=422)


@public_page("POST")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """How far it is; when it is read, the answer, with a box beside each page to correct it; the button that ends it."""
    if request.method == "POST" and "delete" in request.POST:
        return _delete(request, token)
    far = queries.progress(token)
    if not far.is_done:
        response = page(request, "public/photos_waiting.html", token=token, far=far, left=far.pages - far.read)
        response.headers["Refresh"] = str(AGAIN_SECONDS)
        return response
    found = queries.read_pages(token)
    form = PagesForm(request.POST if request.method == "POST" else None, texts=[p.text for p in found])
    if request.method == "POST":
        allowance.take_check(request)
    good = form.is_bound and form.is_valid()
    texts = form.texts() if good else [p.text for p in found]
    shown = photographed.answer(found, texts, get_language() or "km", form)
    status = 422 if form.is_bound and not good else 200
    shown |= {"token": token, "far": far, "form": form, "corrected": good, **_onward(shown)}
    return page(request, "public/photos_answer.html", status=status, **shown)


def _onward(shown: dict[str, Any]) -> dict[str, Any]:
    """What goes along when it is sent to people, or put into a plan: the findings in words, and the pages that have a picture."""
    carry = [each.index for each in shown["pages"] if each.wide]
    words = {"found_words": findings.of_contract(shown), "plan_words": findings.of_contract(shown, findings.OF_PLAN)}
    return {"carry": carry, "carry_plan": carry[:MOST_PAPERS], **words}


def _delete(request: HttpRequest, token: str) -> HttpResponse:
    with contextlib.suppress(NotYours):  # it was gone before: what was wished is so
        operations.end(queries.progress(token).id)
    return page(request, "public/photos_gone.html")


@public_page()
def picture(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A page as it was read, upright."""
    headers = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(queries.picture(token, number), content_type="image/jpeg", headers=headers)


def _form(request: HttpRequest, form: PhotosForm, *, status: int = 200, wrong: Any = "") -> HttpResponse:
    return page(request, "public/photos.html", status=status, form=form, wrong=wrong, **taking())


def taking() -> dict[str, Any]:
    """What the form for photos has to say: how much it takes, and what this machine lacks."""
    lacking = [LANGUAGES[tongue] for code, tongue in TONGUES.items() if code in tessdata.missing(settings.TESSDATA)]
    return {"can_read": pages.can_read(), "lacking": lacking, **limits()}


def _busy(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.wait)
    return response
