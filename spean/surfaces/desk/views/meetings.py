"""Meetings of committees: the list, a new one, its agenda on screen, and the minutes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotAllowed, NotYours
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.meeting_forms import MinuteForm, PlanForm
from spean.surfaces.pages import page
from spean.voices.enums import MEETING_MOVES
from spean.voices.operations import meetings as operations
from spean.voices.queries import meetings as queries

_DONE = {
    "hold": _("Saved: the meeting was held. Write down what it said of each issue."),
    "cancel": _("The meeting is cancelled. Its issues wait for the next one; their days go on."),
    "once": _("Saved: after this meeting none is planned by itself."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The meetings that this reader may see, and a form to plan one."""
    actor = acting(request)
    found = queries.meetings(actor, after=request.GET.get("after", ""))
    may_plan = access.may(actor, "meeting.plan")
    if request.method == "POST" and not may_plan:
        raise NotAllowed
    options = operations.committees_of(actor) if may_plan else []
    form = PlanForm(request.POST or None, options=options, initial=_first_words(options))
    if request.method == "POST":
        made = attempt(form, lambda d: operations.plan(actor, **_planned(d)))
        if made:
            say(
                request, _("The meeting is planned. Its agenda is made of the issues that wait there; print it when you need it.")
            )
            return redirect("desk:meeting", pk=made)
    status = 422 if form.is_bound else 200
    return page(request, "desk/meetings.html", status=status, found=found, form=form, may_plan=bool(options))


def _planned(given: dict[str, Any]) -> dict[str, Any]:
    return {"committee_id": given["committee"], **{name: given[name] for name in ("on", "sent_id", "repeats")}}


def _first_words(options: list[tuple[UUID, str]]) -> dict[str, object]:
    return {"on": operations.next_suggested(options[0][0])} if len(options) == 1 else {}


@require_safe
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One meeting: its agenda, and a form for each issue that may be decided."""
    return _show(request, pk, None, None)


def _show(request: HttpRequest, pk: UUID, issue: UUID | None, form: MinuteForm | None) -> HttpResponse:
    found = queries.meeting_page(acting(request), pk)
    items = [
        (i, (form if i.row.id == issue and form else MinuteForm.of(str(i.row.id), None)) if i.to_decide else None)
        for i in found.items
    ]
    return page(request, "desk/meeting.html", status=422 if form else 200, meeting=found, items=items, wrong=issue)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Hold it, or cancel it."""
    if verb not in MEETING_MOVES:
        raise NotYours
    operations.move(acting(request), pk, verb)
    say(request, _DONE[verb])
    return redirect("desk:meeting", pk=pk)


@require_POST
def minute(request: HttpRequest, pk: UUID, issue: UUID) -> HttpResponse:
    """What the meeting said of one issue; nothing typed is lost when it cannot be saved."""
    actor, form = acting(request), MinuteForm.of(str(issue), request.POST)
    queries.meeting_page(actor, pk)
    if not attempt(form, lambda _d: operations.write_minute(actor, pk, issue, form.said())):
        return _show(request, pk, issue, form)
    say(request, _("Written down. The issue has moved as the meeting said, and the village's volunteer sees it."))
    return redirect("desk:meeting", pk=pk)
