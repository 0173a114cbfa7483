"""What was said and what was done: figures by place, and stories. Only what was released is reachable from here."""

import csv
import io
import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.evidence import figures as released
from spean.evidence import published
from spean.kernel.errors import NotYours
from spean.surfaces.pages import page
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.views import charts
from spean.voices import enums

_PATH = re.compile(r"KH/(\d{2}/(\d{4}/)?)?")
_FORMULA = frozenset("=+-@|%\t\r")
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
    half = released.half(province)
    return page(
        request,
        "public/said.html",
        figures=figures,
        whole=figures.rows[0] if figures and figures.rows else None,
        parts=figures.rows[1:] if figures else (),
        most=max((row.raised for row in figures.rows[1:]), default=0) if figures else 0,
        province=province,
        map=charts.country(figures.rows, _names()) if figures and not province else None,
        half=half,
        waits=[(wait, charts.bar(wait.slices)) for wait in half.waits] if half else (),
        fates=charts.bar(half.fates) if half else (),
        trend=charts.trend(released.trend(province)) if figures else None,
        stories=found.rows,
        next_page=urlencode({**chosen, "after": found.after}) if found.after else "",
        place=place,
        kind=kind,
        places=places(),
        kinds=kinds(),
        tones=TONES,
    )


@public_page()
def download(request: HttpRequest) -> HttpResponse:
    """The released figures as a sheet; what is hidden is an empty cell, whose line says that others are told with it."""
    made = io.StringIO()
    sheet = csv.writer(made)
    sheet.writerow(released.HEAD)
    sheet.writerows([[_plain(cell) for cell in line] for line in released.released_lines()])
    answer = HttpResponse("\ufeff" + made.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="you-said-we-did.csv"'
    return answer


def _plain(cell: str) -> str:
    """Never the beginning of a formula."""
    return f"'{cell}" if cell.lstrip("\ufeff \t\r\n")[:1] in _FORMULA else cell


def _names() -> dict[str, str]:
    english = get_language() == "en"
    return {path: en if english else km for path, km, en in published.provinces()}


@public_page()
def story(request: HttpRequest, number: int) -> HttpResponse:
    """One issue in its public words, with every answer."""
    found = published.story(number) if number <= MOST_NUMBER else None
    if found is None:
        raise NotYours(_("There is no story with this number."))
    return page(request, "public/story.html", story=found, tone=TONES.get(found.state, "neutral"))


def places() -> list[Option]:
    """The places that have stories."""
    english = get_language() == "en"
    return [Option(path, en if english else km, level != "province") for path, km, en, level in published.places()]


def kinds() -> list[Option]:
    """What a story may be about."""
    return [Option(k.value, str(k.label)) for k in enums.Kind]
