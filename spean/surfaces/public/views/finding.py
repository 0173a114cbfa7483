"""The search among stories: a form that any telephone sends, and a page of what was found."""

import re

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from spean.evidence import finding
from spean.kernel import text as kernel_text
from spean.kernel.text import whole_number
from spean.surfaces.pages import page
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.views import said
from spean.voices import enums

LONGEST = 200
_PATH = re.compile(r"KH/(\d{2}/(\d{4}/)?)?")


@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """The stories with these words, in a place and of a kind if they are chosen."""
    asked, place, kind = (request.GET.get(name, "") for name in ("q", "place", "kind"))
    asked = kernel_text.clean(asked[:LONGEST].encode("utf-8", "ignore").decode())
    place = place if _PATH.fullmatch(place) else ""
    kind = kind if kind in enums.Kind.values else ""
    found = finding.search(asked, path=place, kind=kind, begin=whole_number(request.GET.get("from", "")))
    chosen = {name: value for name, value in (("q", asked), ("place", place), ("kind", kind)) if value}
    return page(
        request,
        "public/found.html",
        found=found,
        q=asked,
        place=place,
        kind=kind,
        places=said.places(),
        kinds=said.kinds(),
        tones=said.TONES,
        next_page=f"{reverse('public:said_search')}?{urlencode({**chosen, 'from': found.next})}" if found.next else "",
    )
