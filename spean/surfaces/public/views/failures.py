"""What a reader sees when something went wrong: plain, in their language, without session or database."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Unavailable, Unsure
from spean.kernel.trouble import is_machine

log = logging.getLogger("spean.refusals")
_LAST_WORDS = "ប្រព័ន្ធមានបញ្ហា។ គ្មានអ្វីត្រូវបានរក្សាទុកទេ។ · Something broke on our side. Nothing was saved."


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return refusal(request, 404, _("There is no page at this address. It may have moved."))


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: what came could not be read at all."""
    return refusal(request, 400, _("We could not read what was sent. Nothing was saved. Open the page again and try once more."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form of the desk without its token."""
    log.info("refused a form without its token")
    words = _(
        "This form is too old, or it was opened in another window. Nothing was saved. Open the page again and send once more."
    )
    return refusal(request, 403, words)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug; 503: the machine failed. If even its page cannot be made, one sentence in both languages is left."""
    try:
        if is_machine(sys.exc_info()[1]):
            asked = request.method in {"GET", "HEAD"}
            return refusal(request, 503, Unavailable.message if asked else Unsure.message)
        return refusal(request, 500, _("Something broke on our side. It is not your fault. Try again in a few minutes."))
    except Exception:  # the page of last resort must not fail, whatever broke
        log.exception("the page of an error could not be made")
        return HttpResponse(_LAST_WORDS, status=500, content_type="text/plain; charset=utf-8")


def refusal(request: HttpRequest, status: int, message: Any) -> HttpResponse:
    """A refusal's page, made without context processors, so that nothing is asked of a session."""
    codes = [code for code, _name in settings.LANGUAGES]
    first = request.path_info.strip("/").partition("/")[0]
    language = first if first in codes else (translation.get_language() or settings.LANGUAGE_CODE)
    context = {"request": request, "language": language, "languages": settings.LANGUAGES, "message": message, "code": status}
    with translation.override(language):
        return HttpResponse(render_to_string("spean/refusal.html", context), status=status)
