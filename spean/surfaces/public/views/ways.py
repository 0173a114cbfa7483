"""Ways to go, one's own list, and the law by question. What somebody answers stands in the address and is kept nowhere."""

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from spean.library.enums import AgeGroup, Destination, Paper, Shape, When, Work
from spean.library.queries import lists, pages
from spean.surfaces.pages import page
from spean.surfaces.pictures import ICONS
from spean.surfaces.public.doors import public_page


@public_page()
def listing(request: HttpRequest) -> HttpResponse:
    """Where to, by destination; then what is no way."""
    to = request.GET.get("to", "")
    to = to if to in Destination.values else ""
    return page(request, "public/ways.html", ways=pages.ways(to), to=to, destinations=Destination.choices)


@public_page()
def way(request: HttpRequest, slug: str) -> HttpResponse:
    """One way: whether it is open, what it costs, its steps, and what to do when something goes wrong."""
    found = pages.way_page(slug)
    if found is None:
        raise Http404
    return page(request, "public/way.html", way=found, icons=ICONS, shapes=Shape.choices)


@public_page()
def own_list(request: HttpRequest) -> HttpResponse:
    """Five questions; with an answer to the first, a list to print and to take along."""
    answers = lists.Answers.of(dict(request.GET.lists()))
    shown = {"answers": answers, "icons": ICONS, **_questions()}
    if not answers.to:
        return page(request, "public/own_list_ask.html", **shown)
    link = request.build_absolute_uri(f"{reverse('public:own_list')}?{urlencode(answers.pairs())}")
    return page(request, "public/own_list.html", list=lists.own_list(answers), link=link, code=_code(link), **shown)


@public_page()
def law(request: HttpRequest) -> HttpResponse:
    """The questions, each with its answer."""
    questions, demonstration = pages.questions()
    return page(request, "public/law.html", questions=questions, demonstration=demonstration, shapes=Shape.choices)


def _questions() -> dict[str, list[tuple[str, str]]]:
    books = {"destinations": Destination, "works": Work, "ages": AgeGroup, "papers": Paper, "times": When}
    return {name: list(book.choices) for name, book in books.items()}


def _code(link: str) -> SafeString:
    """The address as a QR code: a picture of black and white squares, without style or script."""
    made = segno.make(link, error="m", micro=False).svg_inline(
        border=2, light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return SafeString(made)
