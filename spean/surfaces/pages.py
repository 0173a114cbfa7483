"""What every page is given, and how a view answers with one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Language and its alternatives; the actor on the desk only, so that a public page never opens a session."""
    match = request.resolver_match
    on_desk = bool(match and match.namespace == "desk")
    return {
        "language": get_language(),
        "languages": settings.LANGUAGES,
        "large": getattr(request, "large", False),
        "actor": getattr(request, "actor", None) if on_desk else None,
    }


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page made of plain values."""
    return render(request, template, context, status=status)
