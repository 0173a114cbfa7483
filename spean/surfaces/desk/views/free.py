"""How many places of a service are free: told by the desk that runs it, or by an editor who asked there."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spean.directory import free
from spean.directory.operations import telling
from spean.directory.queries.free import FreePage, free_page
from spean.kernel.errors import NotAllowed
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.free_forms import DeskForm, FreeForm
from spean.surfaces.pages import page

TOLD = _("Saved. Whoever looks for a place for somebody sees it; no page that everybody reads shows it.")
NAMED = _("Saved. The people of that desk tell how many places are free; they find it under Referrals.")


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was told last, and the form to tell it anew."""
    actor = acting(request)
    found = free_page(actor, pk)
    if request.method != "POST":
        return _show(request, found, {})
    form = FreeForm.of("tell", request.POST)
    if not attempt(form, lambda d: telling.tell_free(actor, pk, **d)):
        return _show(request, found, {"tell": form})
    say(request, TOLD)
    return redirect("desk:entry_free", pk=pk)


@require_POST
def desk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down which desk runs the service."""
    actor = acting(request)
    found = free_page(actor, pk)
    if "name_desk" not in found.may:
        raise NotAllowed
    form = DeskForm.of("desk", request.POST, desks=found.desks)
    if not attempt(form, lambda d: telling.name_desk(actor, pk, UUID(d["desk"]) if d["desk"] else None)):
        return _show(request, found, {"desk": form})
    say(request, NAMED)
    return redirect("desk:entry_free", pk=pk)


def _show(request: HttpRequest, found: FreePage, wrong: dict[str, Form]) -> HttpResponse:
    forms: dict[str, Any] = {"tell": FreeForm.of("tell", None)}
    if "name_desk" in found.may:
        forms["desk"] = DeskForm.of("desk", None, desks=found.desks, initial={"desk": found.desk or ""})
    shown = {"service": found, "forms": forms | wrong, "holds": free.holds().days}
    return page(request, "desk/entry_free.html", status=422 if wrong else 200, **shown)
