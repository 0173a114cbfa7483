"""The flood lane: what waits under review, equal words as one row, and what a team does with it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from spean.collect import flood
from spean.kernel.errors import NotYours
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.fields import PlainForm
from spean.surfaces.desk.forms import AsideForm
from spean.surfaces.pages import page
from spean.voices import queries
from spean.voices.operations import lane as operations

VIEWS = (("held", _("Under review")), ("aside", _("Set aside")))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The groups, the most pressing first; and whether a flood is going on."""
    actor, view = acting(request), request.GET.get("view") or "held"
    found = queries.lane(actor, view=view, after=request.GET.get("after", ""))
    since = flood.since()
    state = {"since": parse_datetime(since) if since else None, "a_minute": flood.a_minute()}
    return page(request, "desk/lane.html", found=found, view=view, views=VIEWS, totals=queries.lane_totals(actor), **state)


@require_safe
def group(request: HttpRequest, alike: UUID) -> HttpResponse:
    """Reports with the same words: each of them, and what may be done with all."""
    return _show(request, alike, AsideForm.of("set_aside", None))


@require_POST
def act(request: HttpRequest, alike: UUID, verb: str) -> HttpResponse:
    """Let all of them through, or set all of them aside with a reason."""
    if verb not in {"release", "set_aside"}:
        raise NotYours
    actor = acting(request)
    form = (PlainForm if verb == "release" else AsideForm).of(verb, request.POST)
    done = attempt(form, lambda data: {"moved": _run(actor, alike, verb, data)})
    if not done:
        return _show(request, alike, form)
    say(request, _told(verb, done["moved"]))
    return redirect("desk:lane")


def _run(actor, alike: UUID, verb: str, data) -> int:  # noqa: ANN001 - as `attempt` gives it
    if verb == "release":
        return operations.release_group(actor, alike)
    return operations.set_aside_group(actor, alike, data["reason"])


def _told(verb: str, moved: int) -> str:
    if verb == "release":
        words = ngettext("%(n)d report is in the queue now.", "%(n)d reports are in the queue now, as one row.", moved)
    else:
        words = ngettext("%(n)d report is set aside and kept a year.", "%(n)d reports are set aside and kept a year.", moved)
    return words % {"n": moved}


def _show(request: HttpRequest, alike: UUID, form: PlainForm) -> HttpResponse:
    found = queries.group_page(acting(request), alike, after=request.GET.get("after", ""))
    return page(request, "desk/lane_group.html", status=status_of(form), found=found, form=form)
