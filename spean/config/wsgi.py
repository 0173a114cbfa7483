"""What a server calls: the whole of Spean as one WSGI application."""

import gc
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.config.settings")

from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import QueryDict
from django.utils.functional import cached_property

from spean.config.serving import end_with_parent

#: A thread that holds a lock and asks for the interpreter waits so long for it; at Python's 5 ms all others wait with it.
SWITCH_SECONDS = 0.001
NUL = "%00"  # as an address holds it, and as `urlencode` writes it: a per cent sign before two naughts is %2500

end_with_parent()  # a process that outlives its server would hold the port, and serve without anybody who watches it
sys.setswitchinterval(SWITCH_SECONDS)
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there


class Request(WSGIRequest):
    """A request whose Content-Type may be nonsense: Django reads it before anything stands ready to answer.

    Too many fields in the address beside a charset, or a line without end, would be a broken connection without a word.
    """

    unreadable = False

    @cached_property
    def GET(self) -> QueryDict:  # type: ignore[override] # noqa: N802 - Django's name and way
        """What stands in the address, without NUL: no text has one, and PostgreSQL takes none, wherever a page looks for it."""
        given = super().GET
        if NUL not in self.META.get("QUERY_STRING", ""):
            return given
        return QueryDict(given.urlencode().replace(NUL, ""))

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc] # the stubs do not know it
        except (BadRequest, SuspiciousOperation, ValueError):
            self.content_type, self.content_params, self.unreadable = "", {}, True


class Application(WSGIHandler):
    """Django's own, with our request."""

    request_class = Request


def settle() -> None:
    """Load all pages now, and tell Python that they stay: to look through all that is loaded stops everybody for 100 ms."""
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


django.setup(set_prefix=False)
application = Application()
settle()
