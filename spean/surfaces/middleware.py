"""Headers for every answer; who acts on the desk; and one place that answers refusals in the reader's language."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.urls import ResolverMatch, reverse
from django.utils.functional import SimpleLazyObject

from spean.accounts import signin
from spean.accounts.queries import actor_for
from spean.kernel import acting
from spean.kernel.errors import Locked, Refusal, TooMany
from spean.privacy import sessions
from spean.surfaces.headers import POLICY
from spean.surfaces.pages import page

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("spean.refusals")
_MOST_FIGURES = 12  # a terabyte


class HeadersMiddleware:
    """No page is kept by a browser or a proxy; none may be framed or reach out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ActorMiddleware:
    """`request.actor` on the desk: read when first asked for, so that the public door never opens a session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; then give or take the cookie that opens the keys."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        with acting.nobody():
            response = self.get_response(request)
        secret = getattr(request, "unlock_secret", None)
        if secret == "":
            response.delete_cookie(settings.UNLOCK_COOKIE_NAME, samesite="Strict")
        elif secret:
            response.set_cookie(
                settings.UNLOCK_COOKIE_NAME,
                secret,
                max_age=int(settings.ABSOLUTE_LOCK.total_seconds()),
                httponly=True,
                samesite="Strict",
                secure=settings.HTTPS,
            )
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The desk is for people who have signed in, with their second factor where their organisation wants one."""
        match = request.resolver_match
        if match is not None and _is_guarded(match) and request.user.is_authenticated and signin.was_ended(request):
            signin.close_keys(request)
            logout(request)
        if match is None or match.namespace != "desk" or getattr(view, "open_door", False):
            return None
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
        acting.become(request.user.pk)
        if not getattr(view, "before_second_factor", False) and _lacks_second_factor(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None


def _is_guarded(match: ResolverMatch) -> bool:
    """A page for who signs in: the only ones that look for a session."""
    return match.namespace == "desk" or (match.url_name or "").startswith(("account_", "mfa_", "totp_"))


def _actor(request: HttpRequest) -> Any:
    user = request.user
    if not user.is_authenticated:
        return None
    acting.become(user.pk)
    handle, secret = request.session.get("unlock"), request.COOKIES.get(settings.UNLOCK_COOKIE_NAME)
    ring = sessions.ring_for(handle, secret) if handle and secret else None
    if ring is not None and ring.user != user.pk:
        ring = None
    return actor_for(user, ring)


def _lacks_second_factor(request: HttpRequest) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    wanted = request.user.memberships.filter(state="active", team__organisation__requires_second_factor=True)
    return wanted.exists() and not is_mfa_enabled(request.user)


def _is_endless(request: HttpRequest) -> bool:
    """Whether a length is said that no body has: nobody begins to read it. The doors have their own limits far below."""
    return len(request.META.get("CONTENT_LENGTH") or "") > _MOST_FIGURES


class RefusalMiddleware:
    """Turns a Refusal into its page. Everything else is a bug and stays one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what could not be read at all gets the page that says so."""
        if getattr(request, "unreadable", False) or _is_endless(request):  # see config/wsgi.py
            raise BadRequest
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The refusal's page, in the reader's language; locked keys lead to the page that opens them."""
        if isinstance(error, UnreadablePostError):  # the sender went away in the middle, or sent what is no HTTP
            raise BadRequest from error
        if not isinstance(error, Refusal):
            return None
        log.info("refused %s", type(error).__name__)
        if isinstance(error, Locked) and request.method == "GET":
            return HttpResponseRedirect(f"{reverse('desk:unlock')}?{urlencode({'next': request.get_full_path()})}")
        if isinstance(error, Locked):
            from spean.surfaces.desk.unlocking import hold

            return hold(request)
        response = page(request, "spean/refusal.html", status=error.status, message=error.message, code=error.status)
        if isinstance(error, TooMany):
            response.headers["Retry-After"] = str(error.wait)
        return response
