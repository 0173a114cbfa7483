"""The checks that anyone can use: a contract's text or answers in, an explained answer out. Nothing is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.checks import offer as offers
from spean.kernel.errors import TooMany
from spean.surfaces.pages import page
from spean.surfaces.public import allowance, checked, findings
from spean.surfaces.public.checking_forms import LONGEST_CONTRACT, ContractForm, OfferForm
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.photo_forms import PhotosForm
from spean.surfaces.public.views.photographing import taking

BUSY = _("Very many people are checking something at this moment. Wait a minute and press the button again.")


@public_page("POST")
def contract(request: HttpRequest) -> HttpResponse:
    """The box for the text; with the text, the answer."""
    if request.method != "POST":
        return _form(request, ContractForm())
    form = ContractForm(request.POST)
    try:
        allowance.take_check(request)
    except TooMany as refusal:
        return _busy(_form(request, form, status=refusal.status, busy=BUSY), refusal)
    if not form.is_valid():
        return _form(request, form, status=422)
    answer = checked.check(form.cleaned_data["text"], get_language() or "km")
    words = findings.of_contract(answer)
    return page(request, "public/contract_checked.html", form=form, longest=LONGEST_CONTRACT, found_words=words, **answer)


@public_page("POST")
def offer(request: HttpRequest) -> HttpResponse:
    """The questions; with their answers, what they point to."""
    if request.method != "POST":
        return page(request, "public/offer.html", form=OfferForm())
    form = OfferForm(request.POST)
    try:
        allowance.take_check(request)
    except TooMany as refusal:
        return _busy(page(request, "public/offer.html", status=refusal.status, form=form, busy=BUSY), refusal)
    if not form.is_valid():
        return page(request, "public/offer.html", status=422, form=form)
    answer = checked.weighed(offers.weigh(form.cleaned_data), get_language() or "km")
    return page(request, "public/offer_checked.html", form=form, found_words=findings.of_offer(answer), **answer)


def _form(request: HttpRequest, form: ContractForm, *, status: int = 200, **more: Any) -> HttpResponse:
    more |= {"photos_form": PhotosForm.new(), **taking()}
    return page(request, "public/contract.html", status=status, form=form, longest=LONGEST_CONTRACT, **more)


def _busy(response: HttpResponse, refusal: TooMany) -> HttpResponse:
    response.headers["Retry-After"] = str(refusal.wait)
    return response
