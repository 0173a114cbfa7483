"""Large letters by the address alone: /large/km/… is the public page /km/…, larger, and so are the pages that it links to."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

Answer = Callable[[HttpRequest], HttpResponse]
LARGE = "/large"
#: the desk is for a computer whose letters its owner can set
_PUBLIC = re.compile(rf"{LARGE}(/(?:{'|'.join(code for code, _name in settings.LANGUAGES)})/(?!desk/|account/).*)", re.DOTALL)


class LargeLettersMiddleware:
    """Takes the first part off the address, as a server does that has the site in a folder: every link then has it again."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with what addresses begin with put back afterwards."""
        found = _PUBLIC.fullmatch(request.path_info)
        request.large = found is not None  # type: ignore[attr-defined]
        if found is None:
            return self.get_response(request)
        usual = get_script_prefix()
        request.path_info = found[1]
        set_script_prefix(f"{usual.rstrip('/')}{LARGE}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(usual)


def other_size(request: HttpRequest) -> str:
    """The address of this very page in the other size of letters."""
    whole = request.get_full_path()
    return whole.removeprefix(LARGE) if getattr(request, "large", False) else f"{LARGE}{whole}"
