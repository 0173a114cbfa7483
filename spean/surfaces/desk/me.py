"""A person's own pages: who I am, password, recovery code; coming back with the printed code; accepting an invitation."""

from typing import Any

from allauth.core import ratelimit
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from spean.accounts import custodians, operations, queries, signin
from spean.accounts.enums import Role
from spean.kernel.errors import TooMany
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.people_forms import DigestForm, JoinForm, OwnForm, PasswordForm, RecoverForm
from spean.surfaces.pages import page


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Name, language, roles, keys, second step."""
    actor = acting(request)
    own = queries.own_page(actor)
    form = OwnForm(request.POST or None, initial={"name": own.name, "language": own.language})
    if request.method == "POST" and attempt(form, lambda data: operations.describe_oneself(actor, **data)):
        say(request, _("Saved."), _("Your colleagues see your name."))
        return HttpResponseRedirect(reverse("desk:me"))
    return page(
        request,
        "desk/people/me.html",
        status=status_of(form),
        own=own,
        form=form,
        is_open=actor.ring is not None,
        asked_ways=custodians.of_oneself(actor),
        is_kept=custodians.is_kept(actor.id),
    )


@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """The private calendar address and the e-mail that says only how much is due."""
    actor, user = acting(request), request.user
    form = DigestForm(request.POST or None, initial={"email": user.email, "digest": user.digest})
    if request.method == "POST" and attempt(form, lambda data: operations.choose_digest(actor, **data)):
        say(request, _("Saved."))
        return HttpResponseRedirect(reverse("desk:reminders"))
    return page(request, "desk/people/reminders.html", status=status_of(form), form=form, has_feed=bool(user.feed_hash))


@require_POST
def new_feed(request: HttpRequest) -> HttpResponse:
    """A calendar address, shown once; the one before stops working."""
    token = operations.new_feed(acting(request))
    address = request.build_absolute_uri(reverse("feed", args=[token]))
    return page(request, "desk/people/feed.html", address=address)


@require_POST
def end_feed(request: HttpRequest) -> HttpResponse:
    """The calendar address stops working."""
    operations.end_feed(acting(request))
    say(request, _("The calendar address works no more."))
    return HttpResponseRedirect(reverse("desk:reminders"))


@sensitive_post_parameters("old", "password")
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Another password; the keys open under it, and other browsers are signed out."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST":
        _limit(request, "unlock")
        ring = attempt(form, lambda data: _change(request, data))
        if ring is not None:
            update_session_auth_hash(request, request.user)
            signin.note_here(request)
            signin.keep_open(request, ring)
            say(request, _("Your password is changed."), _("Other browsers are signed out. Your recovery code stays the same."))
            return HttpResponseRedirect(reverse("desk:me"))
    return page(request, "desk/people/password.html", status=status_of(form), form=form)


def _change(request: HttpRequest, data: dict[str, Any]) -> Any:
    return operations.change_password(acting(request), request.user, old=data["old"], new=data["password"])


@require_POST
def new_recovery_code(request: HttpRequest) -> HttpResponse:
    """Another recovery code, shown once, to be printed; the old one opens nothing any more."""
    code = operations.new_recovery_code(acting(request), request.user)
    return page(request, "desk/people/recovery_code.html", code=code, username=request.user.username, onward=reverse("desk:me"))


@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """The printed code and a new password; then the sign-in page."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST":
        _limit(request, "recover")
        done = attempt(form, lambda data: operations.recover(data["username"], code=data["code"], password=data["password"]))
        if done is not None:
            return page(request, "desk/people/recovered.html")
    return page(request, "desk/people/recover.html", status=status_of(form), form=form)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: a new person makes an account, and sees the recovery code once."""
    if request.user.is_authenticated:
        return _join_as_oneself(request, token)
    form = JoinForm(request.POST or None)
    if request.method == "POST":
        _limit(request, "join")
        done = attempt(form, lambda data: operations.accept_invitation(token, language=get_language(), **data))
        if done is not None:
            user, code = done
            onward = reverse("account_login")
            return page(request, "desk/people/recovery_code.html", code=code, username=user.username, onward=onward, is_new=True)
    context = {"form": form, **_invited_to(token)}
    return page(request, "desk/people/join.html", status=status_of(form), **context)


def _join_as_oneself(request: HttpRequest, token: str) -> HttpResponse:
    actor = acting(request)
    if request.method == "POST":
        operations.accept_as(actor, token)
        say(request, _("You are a member of the team now."))
        return HttpResponseRedirect(reverse("desk:today"))
    return page(request, "desk/people/join_as.html", name=actor.name, **_invited_to(token))


def _invited_to(token: str) -> dict[str, str]:
    found = operations.find_invitation(token)
    place = found.place.name if found.place else ""
    role, team = str(Role(found.role).label), found.team
    return {"role": role, "team": team.name, "organisation": team.organisation.name, "place": place}


def _limit(request: HttpRequest, action: str) -> None:
    if not ratelimit.consume(request, action=action, user=request.user):
        raise TooMany(wait=300)


recover.open_door = join.open_door = True  # type: ignore[attr-defined]
me.before_second_factor = change_password.before_second_factor = True  # type: ignore[attr-defined]
new_recovery_code.before_second_factor = True  # type: ignore[attr-defined]
