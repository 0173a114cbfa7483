"""What every public page begins with: no token of a session, and a body that can be read and is of a bearable size."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from spean.surfaces.public.views.failures import refusal

LARGEST_BODY = 40 * 1024 * 1024
LARGEST_VALUE = 60_000  # letters of one field: far more than a person writes, and still given back to them
View = Callable[..., HttpResponse]


def public_page(*methods: str) -> Callable[[View], View]:
    """A page of this door. Its forms hold no token, for there is no session that a foreign page could borrow."""

    def decorate(view: View) -> View:
        packed = gzip_page(view)  # a page that is only asked for holds no secret, so its size tells nothing

        @csrf_exempt
        @require_http_methods(["GET", "HEAD", *methods])
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wrong = _unreadable(request) if request.method == "POST" else None
            return wrong or (packed if request.method == "GET" else view)(request, *args, **kwargs)

        return opened

    return decorate


def _unreadable(request: HttpRequest) -> HttpResponse | None:
    fault = _by_its_head(request) or _by_its_body(request)
    return refusal(request, *fault) if fault else None


def _by_its_head(request: HttpRequest) -> tuple[int, str] | None:
    """(status, reason) when the body need not even be read."""
    if _comes_from_elsewhere(request):
        return 403, _("This form was sent from another website. Open our page itself and write there.")
    if _length(request) > LARGEST_BODY:
        return 413, _("What was sent is far too large. Nothing was saved.")
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8"}:
        return 415, _("We could not read the letters that were sent. Nothing was saved. Open the page again.")
    return None


def _by_its_body(request: HttpRequest) -> tuple[int, str] | None:
    try:
        values = [value for _name, several in request.POST.lists() for value in several]
    except RequestDataTooBig:
        return 413, _("What was sent is far too large. Nothing was saved.")
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnicodeError, LookupError):
        return 400, _("We could not read what was sent. Nothing was saved. Open the page again and try once more.")
    if any(len(value) > LARGEST_VALUE for value in values):
        return 413, _("This text is far too long. Nothing was saved. Write the most important part.")
    return None


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    """A foreign page could open our form with a sender's id of its own choosing, and later ask for the same receipt."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"cross-site", "same-site"}
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if str(length).isdigit() else 0
