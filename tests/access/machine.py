"""Asks the whole application, middleware and all, as one of the people; and says in one word what came of it."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache as django_cache
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from .world import Person

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LANGUAGES = ("km", "en")
WORDS = {404: "refuse", 403: "refuse", 405: "method", 409: "conflict", 422: "form", 423: "unlock", 429: "limit"}
FORM_LIMIT, BUG = 400, 500


@cache
def application() -> BaseHandler:
    """The application as a server would load it."""
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def addresses() -> list[str]:
    """The name of every address of the application."""
    return sorted(set(_names(get_resolver().url_patterns, "")))


def _names(patterns: list[Any], space: str) -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.append(f"{space}{pattern.name or pattern.pattern}")
        else:
            found += _names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
    return found


def ask(
    person: Person | None, method: str, path: str, data: dict[str, Any] | None = None, *, csrf: bool = False, **headers: Any
) -> HttpResponse:
    """The answer. Whatever it changed in the database is undone."""
    _forget_how_often()
    factory = RequestFactory(headers=headers)
    if person is not None:
        factory.cookies.load(person.cookies)
    kind = {} if method in {"GET", "HEAD", "OPTIONS", "DELETE"} else {"data": data or {}}
    if method in {"PUT", "PATCH"}:
        kind = {"data": b"a=b", "content_type": "application/x-www-form-urlencoded"}
    request = getattr(factory, method.lower())(path, **kind)
    request._dont_enforce_csrf_checks = not csrf
    with transaction.atomic():
        response = application().get_response(request)
        transaction.set_rollback(True)
    translation.deactivate()
    return response


def _forget_how_often() -> None:
    from spean.kernel.memory import memory

    django_cache.clear()
    memory().forget()


def outcome(response: HttpResponse) -> str:
    """One word: done, form, refuse, conflict, method, unlock, login, password, limit, bad, bug."""
    code = response.status_code
    if code >= BUG:
        return "bug"
    if code in {301, 302, 303, 307}:
        return _led(response)
    if code in WORDS:
        return WORDS[code]
    return "bad" if code >= FORM_LIMIT else "done"


def _led(response: HttpResponse) -> str:
    path = urlsplit(response.headers["Location"]).path
    for language in LANGUAGES:
        with translation.override(language):
            ways = {"login": "account_login", "unlock": "desk:unlock", "password": "account_reauthenticate"}
            for word, name in ways.items():
                if path == reverse(name):
                    return word
    return "done"


def path_of(url: str, arguments: dict[str, Any], language: str) -> str:
    """The address in a language."""
    with translation.override(language):
        return reverse(url, kwargs=arguments)
