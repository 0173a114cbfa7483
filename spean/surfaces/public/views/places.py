"""Names of places for the picker's script: what lies in a place, and what a name may mean."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from spean.places import queries
from spean.places.picker import HITS, LEVELS
from spean.surfaces.public.doors import public_page

MOST = 200
LONGEST_TEXT = 60


@public_page()
def children(request: HttpRequest) -> HttpResponse:
    """The places right inside the one with the code `parent`; without it, the provinces."""
    code = request.GET.get("parent", "")
    parent = queries.by_code(code) if code else None
    found = queries.children(parent.id if parent else None) if parent or not code else []
    return JsonResponse({"options": [{"id": place.code, "name": place.name} for place in found[:MOST]]})


@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """Places by their Khmer or Latin name."""
    text = request.GET.get("q", "")[:LONGEST_TEXT]
    found = queries.search(text, tuple(level.value for level in LEVELS), limit=HITS)
    return JsonResponse({"results": [_result(place) for place in found]})


def _result(place: queries.PlaceOption) -> dict[str, Any]:
    lineage = [place, *place.above]
    return {
        "id": place.code,
        "name": place.name,
        "detail": ", ".join(above.name for above in place.above),
        "lineage": [step.code for step in reversed(lineage)],
    }
