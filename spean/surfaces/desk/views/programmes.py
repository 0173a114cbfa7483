"""Programmes and projects on the desk: the lists, one of each, their forms."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.paging import Page
from spean.kernel.text import ROW_FIGURES, whole_number
from spean.places import picker
from spean.programme.enums import PROJECT_MOVES, ProjectState
from spean.programme.operations import programmes as operations
from spean.programme.queries import programmes as queries
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.programme_forms import CountryForm, PartnerForm, ProgrammeForm, ProjectForm
from spean.surfaces.pages import page

SAVED = {
    "start": _("It is running from now on."),
    "end": _("It has ended. Everything about it stays here."),
    "drop": _("It is dropped. It stays here, so that nobody plans it again without knowing."),
}


@dataclass(frozen=True)
class Noun:
    """A programme or a project: its list, one of it, its form, what makes and changes it, and what is said of a new one."""

    listed: Callable[..., Page]
    one: Callable[..., Any]
    form: type[ProgrammeForm | ProjectForm]
    make: Callable[..., UUID]
    change: Callable[..., None]
    made: Any


NOUNS = {
    "programme": Noun(
        queries.programmes, queries.programme, ProgrammeForm, operations.make_programme, operations.change_programme,
        _("Saved. Now write down its projects."),
    ),
    "project": Noun(
        queries.projects, queries.project, ProjectForm, operations.make_project, operations.change_project,
        _("Saved. Now add where it works, and who funds it and does the work."),
    ),
}  # fmt: skip


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The programmes of the organisation."""
    return _listing(request, "programme")


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects of the organisation."""
    return _listing(request, "project")


def _listing(request: HttpRequest, noun: str) -> HttpResponse:
    actor, state = acting(request), request.GET.get("state", "")
    if not access.may(actor, f"{noun}.see"):
        raise NotAllowed
    found = NOUNS[noun].listed(actor, state=state, after=request.GET.get("after", ""))
    makes = access.may(actor, f"{noun}.make")
    shown = {"noun": noun, "state": state, "states": ProjectState.choices, "makes": makes}
    return page(request, "desk/programmes.html", found=found, **shown)


@require_safe
def programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One programme."""
    actor = acting(request)
    found, measures = queries.programme(actor, pk), access.may(actor, "project.measure")
    return page(request, "desk/programme.html", found=found, measures=measures)


@require_safe
def project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One project."""
    return _project(request, acting(request), pk)


def _project(request: HttpRequest, actor: Actor, pk: UUID, wrong: PartnerForm | None = None) -> HttpResponse:
    found = queries.project(actor, pk)
    form = wrong or (PartnerForm.of("partner", None, actor=actor) if "change" in found.may else None)
    return page(request, "desk/project.html", status=422 if wrong else 200, found=found, form=form, wrong=wrong)


@require_http_methods(["GET", "HEAD", "POST"])
def new_programme(request: HttpRequest) -> HttpResponse:
    """A new programme."""
    return _new(request, "programme")


@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    """A new project, from a programme's page in that programme."""
    return _new(request, "project", programme=request.GET.get("programme", ""))


def _new(request: HttpRequest, noun: str, **begin: str) -> HttpResponse:
    actor, kind = acting(request), NOUNS[noun]
    if not access.may(actor, f"{noun}.make"):
        raise NotAllowed
    form = kind.form(request.POST or None, initial=begin, actor=actor)
    made = request.method == "POST" and attempt(form, lambda d: kind.make(actor, form.kept(), d["sent_id"]))
    if made:
        say(request, kind.made)
        return redirect(f"desk:{noun}", pk=made)
    return page(request, "desk/programme_form.html", status=status_of(form), form=form, noun=noun)


@require_http_methods(["GET", "HEAD", "POST"])
def change_programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other words, days or another level."""
    return _change(request, pk, "programme")


@require_http_methods(["GET", "HEAD", "POST"])
def change_project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other words, days, teams, or another programme."""
    return _change(request, pk, "project")


def _change(request: HttpRequest, pk: UUID, noun: str) -> HttpResponse:
    actor, kind = acting(request), NOUNS[noun]
    found = kind.one(actor, pk, to=f"{noun}.change")
    form = kind.form(request.POST or None, initial=found.kept, actor=actor)
    if request.method == "POST" and attempt(form, lambda _d: kind.change(actor, pk, form.kept())):
        say(request, _("Saved."))
        return redirect(f"desk:{noun}", pk=pk)
    return page(request, "desk/programme_form.html", status=status_of(form), form=form, noun=noun, found=found)


@require_POST
def programme_act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Start, end or drop it."""
    if verb not in PROJECT_MOVES:
        raise NotYours
    operations.move_programme(acting(request), pk, verb)
    say(request, SAVED[verb])
    return redirect("desk:programme", pk=pk)


@require_POST
def project_act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Start, end or drop it; add a donor or partner; take one, or a place, away."""
    actor = acting(request)
    if verb == "partner":
        return _add_partner(request, actor, pk)
    if verb in PROJECT_MOVES:
        operations.move_project(actor, pk, verb)
    elif verb in _LEAVES:
        _LEAVES[verb](actor, pk, _row(request))
    else:
        raise NotYours
    say(request, SAVED.get(verb, _("Saved.")))
    return redirect("desk:project", pk=pk)


_LEAVES = {"leave_partner": operations.leave_partner, "leave_place": operations.leave_place}


def _row(request: HttpRequest) -> int:
    if row := whole_number(request.POST.get("row", ""), ROW_FIGURES):
        return row
    raise NotYours


def _add_partner(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    form: Any = PartnerForm.of("partner", request.POST, actor=actor)
    if not attempt(form, lambda _d: operations.add_partner(actor, pk, form.partner())):
        return _project(request, actor, pk, form)
    say(request, _("Saved."))
    return redirect("desk:project", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more place where a project works. The buttons beside the place only change the form; `send` saves it."""
    actor = acting(request)
    found = queries.project(actor, pk, to="project.change")
    form, error = CountryForm(request.POST or None), ""
    if "send" in request.POST and form.is_valid():
        try:
            at = picker.resolve(request.POST)
            operations.add_place(actor, pk, form.cleaned_data["country"] or (at.code if at else ""))
        except Invalid as refusal:
            error = str(refusal.message)
        else:
            say(request, _("Saved."))
            return redirect("desk:project", pk=pk)
    state = {"form": form, "places": picker.state(request.POST), "place_error": error}
    return page(request, "desk/project_place.html", status=422 if error else status_of(form), found=found, **state)
