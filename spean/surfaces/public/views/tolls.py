"""A token on which a reader's page does its work while somebody writes. Nothing in it is about anybody."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from spean.collect import toll
from spean.surfaces.public import allowance
from spean.surfaces.public.doors import public_page


@public_page()
def offer(request: HttpRequest) -> HttpResponse:
    """A fresh token, how many zeros are asked for, and how many seconds it lives."""
    token, bits = allowance.token_for(request)
    return JsonResponse({"token": token, "bits": bits, "life": toll.LIFE})
