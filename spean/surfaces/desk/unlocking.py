"""Keys open and close: the unlock page, the lock button, and what is held when a form comes while the keys are locked."""

import json
from dataclasses import dataclass
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from spean.accounts import signin
from spean.accounts.queries import actor_for
from spean.privacy import keys
from spean.surfaces.desk.acting import say
from spean.surfaces.desk.people_forms import UnlockForm
from spean.surfaces.pages import page

LOCKED, WRONG, TOO_MANY = 423, 422, 429
_NEVER_HELD = frozenset({"csrfmiddlewaretoken"})
_WRONG = _("This password does not open your keys.")
_TOO_MANY = _("Too many attempts. Wait a few minutes and try again.")


@dataclass(frozen=True)
class Held:
    """A form that came while the keys were locked: where it was going, what was typed, whether it brought files."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: bool

    def text(self) -> str:
        """For a hidden field."""
        return json.dumps({"path": self.path, "fields": self.fields, "files": self.files}, ensure_ascii=False)


def hold(request: HttpRequest) -> HttpResponse:
    """The keys are locked: ask for the password, and keep what was typed in the page. Nothing of it is stored."""
    fields = [(k, v) for k in request.POST if k not in _NEVER_HELD for v in request.POST.getlist(k)]
    held = Held(request.get_full_path(), tuple(fields), bool(request.FILES))
    return _ask(request, UnlockForm(initial={"held": held.text()}), held, status=LOCKED)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the keys with the password, then go where the reader was going."""
    if request.method == "GET":
        return _offer(request)
    form = UnlockForm(request.POST)
    held = _read(request.POST.get("held", ""))
    if not ratelimit.consume(request, action="unlock", user=request.user):
        form.add_error("password", _TOO_MANY)
        return _ask(request, form, held, status=TOO_MANY)
    if not form.is_valid():
        return _ask(request, form, held, status=WRONG)
    ring = signin.open_keys(request, request.user.pk, form.cleaned_data["password"])
    if ring is None:
        form.add_error("password", _WRONG)
        return _ask(request, form, held, status=WRONG)
    ratelimit.clear(request, action="unlock", user=request.user)
    signin.tend(actor_for(request.user, ring))
    if held is not None:
        return page(request, "desk/people/unlocked.html", held=held)
    return HttpResponseRedirect(on_desk(form.cleaned_data["next"]))


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Close the keys; numbers and lists stay readable."""
    signin.close_keys(request)
    say(request, _("Your keys are locked."), _("Nobody can read a concern here until you enter your password."))
    return HttpResponseRedirect(reverse("desk:today"))


unlock.before_second_factor = lock.before_second_factor = True  # type: ignore[attr-defined]


def on_desk(path: str) -> str:
    """The path if it is a page of this desk, else Today: a link never leads elsewhere."""
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None) or not path.startswith("/"):
        return reverse("desk:today")
    try:
        match = resolve(path.partition("?")[0].partition("#")[0])
    except Resolver404:
        return reverse("desk:today")
    return path if match.namespace == "desk" else reverse("desk:today")


def _offer(request: HttpRequest) -> HttpResponse:
    target = on_desk(request.GET.get("next", ""))
    if signin.opened(request) is not None:
        return HttpResponseRedirect(target)
    return _ask(request, UnlockForm(initial={"next": target}), None)


def _ask(request: HttpRequest, form: UnlockForm, held: Held | None, *, status: int = 200) -> HttpResponse:
    has_keys = keys.has_keys(request.user.pk)
    response = page(request, "desk/people/unlock.html", status=status, form=form, held=held, has_keys=has_keys)
    if status == TOO_MANY:
        response.headers["Retry-After"] = "300"
    return response


def _read(text: str) -> Held | None:
    """What `Held.text` wrote; None for anything else."""
    try:
        said: Any = json.loads(text)
        fields = tuple((str(k), str(v)) for k, v in said["fields"] if k not in _NEVER_HELD)
        path = said["path"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(path, str) or on_desk(path) != path:
        return None
    return Held(path, fields, bool(said.get("files")))
