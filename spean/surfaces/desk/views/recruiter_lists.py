"""Lists of recruiters that offices give out: the upload, what becomes of each line, and the second person."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.collect import sheets
from spean.directory.enums import LicenceState
from spean.directory.operations import listed
from spean.directory.queries import lists as queries
from spean.kernel.errors import NotAllowed, NotYours
from spean.kernel.text import whole_number
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.entry_forms import country_names
from spean.surfaces.desk.recruiter_forms import LicenceForm, ListForm, RecruiterForm
from spean.surfaces.pages import page
from spean.surfaces.templatetags.spean import day

DAYS = ("as_of", "ends_on")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Which lists came, of which day, and how far they are."""
    actor = acting(request)
    if not access.may(actor, "list.see"):
        raise NotAllowed
    return page(request, "desk/recruiter_lists.html", found=queries.lists(actor, after=request.GET.get("after", "")))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload a list. It is only looked at."""
    actor = acting(request)
    if not access.may(actor, "list.make"):
        raise NotAllowed
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    made = attempt(form, lambda d: _upload(actor, d)) if request.method == "POST" else None
    if made:
        return redirect("desk:recruiter_list", pk=made)
    return page(request, "desk/recruiter_list_new.html", status=status_of(form), form=form)


def _upload(actor: Actor, data: dict[str, Any]) -> UUID:
    grids = sheets.read_all(data.pop("sheet"))
    return listed.upload(actor, [(grid.name, grid.rows) for grid in grids], **data)


@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One list: the lines of one kind, with what changes field by field."""
    asked = request.GET
    found = queries.list_page(acting(request), pk, verdict=asked.get("kind", ""), after=whole_number(asked.get("after", "")))
    lines = [(line, [_shown(*change) for change in line.changes]) for line in found.lines]
    return page(request, "desk/recruiter_list.html", found=found, lines=lines, go="go" in asked)


def _shown(name: str, before: str, after: str) -> tuple[Any, str, str]:
    """A change in words: (what, before, after)."""
    field = RecruiterForm.base_fields.get(name) or LicenceForm.base_fields.get(name)
    label = field.label if field is not None else _("Place")
    return label, _words(name, before), _words(name, after)


def _words(name: str, text: str) -> str:
    if not text:
        return ""
    if name in DAYS:
        return str(day(date.fromisoformat(text)))
    if name == "says":
        return str(LicenceState(text).label)
    if name in {"country", "countries"}:
        names = country_names()
        return ", ".join(str(names.get(code, code)) for code in text.split("\n"))
    return text


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Decide about doubtful lines, confirm, do the next part, publish as the second person, or throw it away."""
    if verb not in ACTS:
        raise NotYours
    return ACTS[verb](request, acting(request), pk)


def _decide(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    given = request.POST.items()
    listed.decide(actor, pk, {whole_number(name.removeprefix("line-")): v for name, v in given if name.startswith("line-")})
    say(request, _("Saved. Nothing of the register has changed yet."))
    return redirect("desk:recruiter_list", pk=pk)


def _start(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    listed.start(actor, pk)
    return redirect(f"{reverse('desk:recruiter_list', args=[pk])}?go=1")


def _part(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    listed.go_on(actor, pk, whole_number(request.POST.get("part", "")))
    return redirect("desk:recruiter_list", pk=pk)


def _publish(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    done = listed.publish(actor, pk, [whole_number(text) for text in request.POST.getlist("line")])
    say(request, _("Published: %(n)d lines. Everybody reads them with the list as their source.") % {"n": done})
    return redirect(f"{reverse('desk:recruiter_list', args=[pk])}?kind={request.POST.get('kind', '')[:10]}")


def _discard(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    listed.discard(actor, pk)
    say(request, _("The list is thrown away. What was proposed before stays proposed."))
    return redirect("desk:recruiter_lists")


type Act = Callable[[HttpRequest, Actor, UUID], HttpResponse]
ACTS: dict[str, Act] = {"decide": _decide, "start": _start, "part": _part, "publish": _publish, "discard": _discard}
