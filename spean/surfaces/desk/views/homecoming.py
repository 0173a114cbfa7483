"""The way home: all its steps on one page, and one step that is written down."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spean.accounts import queries as people
from spean.accounts.access import Actor
from spean.cases import corridors
from spean.cases.operations import homecoming as operations
from spean.cases.queries import cases as queries
from spean.cases.queries import two_sides, ways
from spean.kernel.errors import Conflict, Invalid
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.case_forms import WayChangeForm, WayStepForm, why_of
from spean.surfaces.pages import page

SIDES = (("there", _("Over there")), ("border", _("At the crossing")), ("here", _("Here")))


@require_http_methods(["GET", "HEAD", "POST"])
def way(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The way home, opened: that is written in the trail first. A post says why somebody else opens it."""
    actor = acting(request)
    head, found = queries.case_head(actor, pk), ways.newest(actor, pk)
    why, reason = why_of(request)
    shown: dict[str, Any] = {"head": head, "way": found, "sides": SIDES, "version": corridors.version()}
    shown["partners"] = two_sides.partners(actor, pk)
    try:
        opened = operations.read(actor, pk, found.id, reason)
    except Invalid:
        return page(request, "desk/case_why.html", status=status_of(why), head=head, title=_("The way home"), why=why)
    if "way" in head.may and found.state != "stopped":
        known = {"mode": found.mode_code, "planned_for": found.planned_for, "where": opened.where, "text": opened.text}
        shown["change"] = WayChangeForm.of("way_change", None, initial=known)
    return page(request, "desk/case_home.html", opened=opened, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: UUID, step: UUID) -> HttpResponse:
    """One step: how it stands, who does it, until when, what it waits for."""
    actor = acting(request)
    head, found = queries.case_head(actor, pk), ways.newest(actor, pk)
    one = found.step(step)
    owners = _owners(actor, head, one)
    if "way" not in head.may or found.state == "stopped":
        raise Conflict
    if request.method == "POST":
        form = WayStepForm(request.POST, **owners)
        if attempt(form, lambda _data: operations.write_step(actor, pk, step, form.stands())):
            say(request, _("Saved and sealed."))
            return redirect("desk:case_home", pk=pk)
        return page(request, "desk/case_home_step.html", status=422, head=head, one=one, form=form)
    try:
        words = operations.read(actor, pk, found.id).steps[step]
    except Invalid:  # somebody else looks after the case: the way's own page asks why
        return redirect("desk:case_home", pk=pk)
    known = {
        "state": one.state,
        "owner": one.owner_id or one.desk_id or "",
        "due_on": one.due_on,
        "waits_for": one.waits_code,
        **words,
    }
    return page(request, "desk/case_home_step.html", head=head, one=one, form=WayStepForm(initial=known, **owners))


def _owners(actor: Actor, head: queries.CaseHead, one: ways.WayStepView) -> dict[str, Any]:
    """Who can do a step: one of us, a partner who sees the way, or the partner who has it already."""
    desks = {partner.desk: partner.name for partner in two_sides.partners(actor, head.row.id)}
    if one.desk_id:
        desks.setdefault(one.desk_id, one.desk)
    return {"colleagues": people.colleagues(actor, head.team), "desks": tuple(desks.items())}
