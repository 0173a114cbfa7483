"""Our turn of allauth's views: the keys close with the session, and no request is ever stored in it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import segno
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.views import LogoutView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from spean.accounts import signin
from spean.kernel.errors import NotYours
from spean.surfaces.pages import page

View = Callable[..., HttpResponse]


class SignOut(LogoutView):
    """Signed out, keys locked, also in the middle of the second step."""

    def logout(self) -> None:
        """The keys first."""
        signin.leave_here(self.request)
        super().logout()


def password_first(view: View) -> View:
    """Ask for the password before the view does.

    allauth would put a posted request with all its cookies into the session's table, and with them the secret that
    opens the keys. So whoever posts without a recent password starts again from the page.
    """

    @wraps(view)
    def ask_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponseRedirect(reverse("account_login"))
        if is_reauthentication_required(request, app="allauth.mfa"):
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return ask_first


@require_GET
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The secret of the telephone that is being set up, as a QR code. Drawn here: a page may hold no data: image."""
    secret = request.session.get(SECRET_SESSION_KEY) if request.user.is_authenticated else None
    if not secret:
        raise NotYours
    drawing = segno.make(get_adapter().build_totp_url(request.user, secret), error="m")
    svg = drawing.svg_inline(scale=5, border=4, dark="#000", light="#fff").replace(
        "<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1
    )
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """People come by invitation, and come back with their recovery code."""
    return page(request, "account/closed.html")


def to_recovery(request: HttpRequest) -> HttpResponse:
    """A forgotten password: the printed sheet helps, no e-mail does."""
    return HttpResponseRedirect(reverse("desk:recover"))
