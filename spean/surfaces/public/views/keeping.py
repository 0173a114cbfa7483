"""Keeping pages on one's own telephone, because the reader asked for it: the page, its list, its script, its icon."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spean.surfaces.pages import page
from spean.surfaces.public import kept
from spean.surfaces.public.doors import public_page

ICON_SIZES = (192, 512)


@public_page()
def keep(request: HttpRequest) -> HttpResponse:
    """What is kept, for how long, and the buttons that begin and end it."""
    _addresses, size = kept.media(get_language() or "km")
    return page(request, "public/keep.html", kilobytes=-(-size // 1024))


@public_page()
def none(request: HttpRequest) -> HttpResponse:
    """What is shown in the place of a page that is not kept, where there is no network."""
    return page(request, "public/not_kept.html")


@public_page()
def listed(request: HttpRequest) -> HttpResponse:
    """The list for the worker."""
    language = get_language() or "km"
    said = {"pages": kept.addresses(), "media": kept.media(language)[0], "files": kept.files(), "words": kept.words(language)}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


@public_page()
def worker(request: HttpRequest) -> HttpResponse:
    """The script. It reaches no further than the pages of its language."""
    return HttpResponse(kept.worker(), content_type="text/javascript; charset=utf-8")


@public_page()
def manifest(request: HttpRequest) -> HttpResponse:
    """How a sign on the screen of a telephone looks: any pages, of anybody."""
    home, name = reverse("public:home"), _("Pages")
    icons = [{"src": static(f"spean/page-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png"} for n in ICON_SIZES]
    said = {
        "name": name, "short_name": name, "lang": get_language(), "start_url": home, "scope": home, "id": home,
        "display": "minimal-ui", "background_color": "#ffffff", "theme_color": "#ffffff", "icons": icons,
    }  # fmt: skip
    return JsonResponse(said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
