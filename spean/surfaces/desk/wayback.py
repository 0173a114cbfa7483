"""Ways back for who lost password and sheet: opened on the team's page, taken up and finished in the person's browser."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from spean.accounts import custodians, operations
from spean.accounts.enums import Way
from spean.accounts.models import RecoveryRequest
from spean.kernel.errors import NotYours, TooMany
from spean.privacy import custody
from spean.surfaces.desk.acting import acting, attempt, status_of
from spean.surfaces.desk.custody_forms import NewPasswordForm, TakeUpForm, WayForm
from spean.surfaces.pages import page


@require_http_methods(["GET", "POST"])
def open_way(request: HttpRequest, membership: UUID) -> HttpResponse:
    """Somebody who met the person opens a way back; its code is shown once, to be spoken."""
    actor = acting(request)
    name, team, can_help = custodians.member_who_asks(actor, membership)
    form = WayForm(request.POST or None, can_help=can_help)
    if request.method == "POST":
        code = attempt(form, lambda data: operations.open_request(actor, membership, **data))
        if code is not None:
            is_anew = form.cleaned_data["way"] == Way.NEW_KEYS
            return page(request, "desk/custody/opened.html", name=name, team=team, code=code, is_anew=is_anew)
    return page(request, "desk/custody/open.html", status=status_of(form), name=name, team=team, form=form, can_help=can_help)


@sensitive_post_parameters("password", "fingerprint")
@require_http_methods(["GET", "POST"])
def way_back(request: HttpRequest) -> HttpResponse:
    """Name and spoken code; then the digits to read out; then, when custodians have helped, a new password."""
    cookie = _cookie(request)
    if cookie is None:
        return _take_up(request)
    found, secret = cookie
    helped = len(custody.released(found.id))
    is_anew = found.way == Way.NEW_KEYS
    form = NewPasswordForm(request.POST or None) if is_anew or helped >= custody.NEEDED else None
    if request.method == "POST" and form is not None:
        _limit(request)
        done = attempt(form, lambda data: operations.finish_request(found.id, secret, **data))
        if done is not None:
            return _finished(request, *done)
    digits = custody.digits_for(found.id, secret)
    context = {"form": form, "digits": digits, "helped": helped, "needed": custody.NEEDED, "is_anew": is_anew}
    return page(request, "desk/custody/way_back.html", status=status_of(form) if form else 200, **context)


def _take_up(request: HttpRequest) -> HttpResponse:
    form = TakeUpForm(request.POST or None)
    if request.method == "POST":
        _limit(request)
        done = attempt(form, lambda data: operations.take_up(data["username"], code=data["fingerprint"]))
        if done is not None:
            response = HttpResponseRedirect(reverse("desk:way_back"))
            _keep(response, f"{done[0]}.{done[1]}")
            return response
    return page(request, "desk/custody/take_up.html", status=status_of(form), form=form)


def _finished(request: HttpRequest, user: Any, code: str) -> HttpResponse:
    onward = reverse("account_login")
    response = page(request, "desk/people/recovery_code.html", code=code, username=user.username, onward=onward, is_back=True)
    response.delete_cookie(settings.WAY_BACK_COOKIE_NAME, samesite="Strict")
    return response


def _cookie(request: HttpRequest) -> tuple[RecoveryRequest, str] | None:
    """The request that this browser took up, while it lives."""
    pk, _dot, secret = request.COOKIES.get(settings.WAY_BACK_COOKIE_NAME, "").partition(".")
    try:
        return operations.taken_up(UUID(pk), secret), secret
    except (ValueError, NotYours):
        return None


def _keep(response: HttpResponse, value: str) -> None:
    """The secret is nowhere but in this browser."""
    response.set_cookie(
        settings.WAY_BACK_COOKIE_NAME,
        value,
        max_age=24 * 3600,
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )


def _limit(request: HttpRequest) -> None:
    if not ratelimit.consume(request, action="recover"):
        raise TooMany(wait=300)


way_back.open_door = True  # type: ignore[attr-defined]
