"""What was said and what was done: figures by place, and stories. Only what was released is reachable from here."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from spean.evidence import published
from spean.kernel.errors import NotYours
from spean.surfaces.pages import page
from spean.surfaces.public.doors import public_page
from spean.voices import enums

_PATH = re.compile(r"KH/(\d{2}/(\d{4}/)?)?")
MOST_NUMBER = 999_999
PROVINCE_DEPTH = 2
#: state of an issue -> how its mark looks
TONES = {
    "raised": "warning",
    "committed": "info",
    "declined": "neutral",
    "done": "info",
    "confirmed": "success",
    "contested": "error",
}


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    inside: bool = False


@public_page()
def listing(request: HttpRequest) -> HttpResponse:
    """Figures of the nation or of one province; stories of a place and a kind."""
    place, kind = request.GET.get("place", ""), request.GET.get("kind", "")
    place = place if _PATH.fullmatch(place) else ""
    kind = kind if kind in enums.Kind.values else ""
    province = "/".join(place.split("/")[:PROVINCE_DEPTH]) + "/" if place.count("/") > 1 else ""
    found = published.stories(place, kind, request.GET.get("after", "")[:40])
    chosen = {name: value for name, value in (("place", place), ("kind", kind)) if value}
    figures = published.figures(province)
    return page(
        request,
        "public/said.html",
        figures=figures,
        whole=figures.rows[0] if figures and figures.rows else None,
        parts=figures.rows[1:] if figures else (),
        most=max((row.raised for row in figures.rows[1:]), default=0) if figures else 0,
        province=province,
        stories=found.rows,
        next_page=urlencode({**chosen, "after": found.after}) if found.after else "",
        place=place,
        kind=kind,
        places=places(),
        kinds=kinds(),
        tones=TONES,
    )


@public_page()
def story(request: HttpRequest, number: int) -> HttpResponse:
    """One issue in its public words, with every answer."""
    found = published.story(number) if number <= MOST_NUMBER else None
    if found is None:
        raise NotYours(_("There is no story with this number."))
    return page(request, "public/story.html", story=found, tone=TONES.get(found.state, "neutral"))


def places() -> list[Option]:
    """The places that have stories."""
    from django.utils.translation import get_language

    english = get_language() == "en"
    return [Option(path, en if english else km, level != "province") for path, km, en, level in published.places()]


def kinds() -> list[Option]:
    """What a story may be about."""
    return [Option(k.value, str(k.label)) for k in enums.Kind]
