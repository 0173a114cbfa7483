"""Leaflets and posters to print: the facts of a page as PDF, set once for the same words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from spean.directory.queries import public as directory
from spean.library.enums import Shape
from spean.library.queries import pages
from spean.places import queries as places
from spean.places.enums import Level
from spean.surfaces.papers import as_download
from spean.surfaces.public import leaflets
from spean.surfaces.public.allowance import take_paper
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.leaflets import Leaf


@public_page()
def way(request: HttpRequest, slug: str, shape: str) -> HttpResponse:
    """A way or a warning."""
    found = pages.way_page(slug) if shape in Shape.values else None
    if found is None:
        raise Http404
    return _printed(request, leaflets.of_way(found), shape, slug, reverse("public:way", args=[slug]))


@public_page()
def answer(request: HttpRequest, slug: str, shape: str) -> HttpResponse:
    """A question about the law."""
    found = pages.question(slug) if shape in Shape.values else None
    if found is None:
        raise Http404
    return _printed(request, leaflets.of_answer(found), shape, slug, f"{reverse('public:law')}#{slug}")


@public_page()
def helpers(request: HttpRequest, code: str, shape: str) -> HttpResponse:
    """Who helps in a province."""
    place = places.by_code(code) if shape in Shape.values else None
    if place is None or place.level != Level.PROVINCE:
        raise Http404
    rows = directory.all_of(place.path, leaflets.MOST_HELPERS[shape])
    query = urlencode({"place-province": code, "find": 1})
    return _printed(
        request, leaflets.of_helpers(place.name, rows, shape), shape, f"help-{code}", f"{reverse('public:help')}?{query}"
    )


def _printed(request: HttpRequest, leaf: Leaf, shape: str, name: str, page: str) -> HttpResponse:
    """The PDF; nothing is set where the reader, or this machine, has the same words already."""
    language = get_language() or "km"
    order = leaflets.order(leaf, shape, language, request.build_absolute_uri(page))
    mark = f'"{order.mark}"'
    if mark in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": mark})
    made = leaflets.press.kept(order.mark)
    if made is None:
        take_paper(request)
        made = leaflets.press.set(order.mark, order)
    response = as_download(made, f"{name}-{shape}-{language}")
    response.headers["ETag"] = mark
    return response
