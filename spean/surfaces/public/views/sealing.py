"""To whom a page may seal before it sends: the team for a place, and its key. Nothing secret, nothing about the reader."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from spean.kernel.errors import Invalid, Unavailable
from spean.places import picker
from spean.surfaces.public.doors import public_page
from spean.voices.operations import intake, unfolding
from spean.voices.operations.unfolding import Offer


@public_page()
def offer(request: HttpRequest) -> HttpResponse:
    """The offer for a place, chosen as in the form; empty where nobody can receive reports, which the form itself tells."""
    try:
        return JsonResponse(as_values(unfolding.offer_of(intake.team_for(picker.resolve(request.GET)))))
    except (Invalid, Unavailable):
        return JsonResponse({})


def as_values(found: Offer) -> dict[str, str]:
    """An offer as the page's script takes it."""
    return {"org": str(found.org), "team": str(found.team), "key": found.key.hex()}
