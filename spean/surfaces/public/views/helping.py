"""Who helps: a form that any telephone sends, the nearest helpers first, and a page for each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.http import urlencode

from spean.directory.enums import Language, Need
from spean.directory.queries import opened
from spean.directory.queries import public as queries
from spean.kernel.errors import Invalid
from spean.kernel.text import whole_number
from spean.library.enums import Shape
from spean.places import picker
from spean.places.enums import Level
from spean.surfaces.pages import page
from spean.surfaces.public.doors import public_page

CAMBODIA = "KH/"
DEEPEST = Level.DISTRICT
#: how many levels of the reader's place and the helper's must be the same: province, district
IN_PROVINCE, IN_DISTRICT = 2, 3
#: need -> a picture beside its words
ICONS = {
    "danger": "danger", "missing": "risky", "shelter": "place", "law": "answer", "work": "fees", "papers": "photo",
    "home": "return", "health": "tell", "child": "children", "training": "agency", "migrate": "other",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What stands in the address, without what nobody offers."""

    wanted: queries.Wanted
    country: str
    error: str
    begun: bool  # something was looked for


@public_page()
def finder(request: HttpRequest) -> HttpResponse:
    """What one needs, as large buttons; with a need or a place, who helps."""
    countries = queries.countries()
    asked = _asked(request.GET, {path for path, _name in countries})
    found = queries.find(asked.wanted) if asked.begun else None
    return page(
        request,
        "public/help.html",
        found=found,
        asked=asked,
        wanted=asked.wanted,
        needs=[(n.value, n.label, ICONS[n.value]) for n in Need],
        spoken=Language.choices,
        countries=countries,
        places=picker.state(request.GET, deepest=DEEPEST),
        unfolded=bool(asked.error or "show" in request.GET),
        demonstration=bool(found and any(row.demonstration for row in found.rows)),
        next_page=_next(request.GET, found.next) if found and found.next else "",
        province=_province(asked.wanted.path),
        shapes=Shape.choices,
        levels={"province": IN_PROVINCE, "district": IN_DISTRICT},
    )


@public_page()
def helper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One helper."""
    return page(request, "public/helper.html", help=queries.one(pk))


def _asked(given: QueryDict, countries: set[str]) -> Asked:
    need, language, country = (given.get(name, "") for name in ("need", "language", "country"))
    country = country if country in countries else ""
    place, error = None, ""
    try:
        place = picker.resolve(given, deepest=DEEPEST) if not country else None
    except Invalid as refusal:
        error = str(refusal.message)
    wanted = queries.Wanted(
        need=need if need in Need.values else "",
        language=language if language in Language.values else "",
        path=country or (place.path if place else CAMBODIA),
        open_now=given.get("open") == "1",
        begin=whole_number(given.get("from", "")),
    )
    shown = any(name in given for name in ("need", "find", "show", "from"))
    return Asked(wanted, country, error, begun=shown)


def _province(path: str) -> str:
    """The code of the province of Cambodia that this path lies in: of KH/14/1401/ it is 14."""
    code = path.removeprefix(CAMBODIA).partition("/")[0]
    return code if path.startswith(CAMBODIA) else ""


def _next(given: QueryDict, begin: int) -> str:
    kept = {name: value for name, value in given.items() if name not in {"from", "show"} and value}
    return urlencode({**kept, "from": begin})


@public_page()
def services(request: HttpRequest) -> HttpResponse:
    """The directory for machines: a page of HSDS services. Only what everybody may read."""
    return _opened(opened.services(whole_number(request.GET.get("page", ""))))


@public_page()
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One HSDS service."""
    return _opened(opened.service(pk))


def _opened(said: dict[str, Any]) -> HttpResponse:
    """Any program may read it, also one in a page of another website: nothing here belongs to anybody."""
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False}, headers={"Access-Control-Allow-Origin": "*"})
