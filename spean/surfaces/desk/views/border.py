"""A border crossing: a fast form for one person after the other, the queue, and what is done with who waits."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.cases.enums import ArrivalState, Crossing
from spean.cases.operations import border as operations
from spean.cases.operations import opening
from spean.cases.queries import border as queries
from spean.kernel import clock
from spean.kernel.errors import NotAllowed, NotYours
from spean.surfaces.desk.acting import acting, attempt, say, status_of, with_query
from spean.surfaces.desk.border_forms import KEPT, ArrivingForm, PlaceAndDay, kept
from spean.surfaces.pages import page
from spean.surfaces.templatetags.spean import digits

STATES = (("waiting", _("They wait")), ("gone", _("Were not there when called")))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """One person; after each the same form comes back empty, with the crossing and the day."""
    actor = acting(request)
    if not access.may(actor, "case.register"):
        raise NotAllowed
    teams = [(team.id, f"{team.name} · {team.organisation.name}") for team in opening.teams_for(actor)]
    if request.method != "POST":
        last = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
        first = {"on": clock.today().isoformat(), "sent_id": uuid4(), **last}
        return _form(request, ArrivingForm(initial=first, teams=teams))
    form = ArrivingForm(request.POST, teams=teams)
    made = attempt(
        form,
        lambda d: operations.register(actor, UUID(d["team"]), form.person(get_language() or "km"), form.arriving(), d["sent_id"]),
    )
    if made is None:
        return _form(request, form)
    say(request, _("Number %(n)s: say it to the person, or write it on a slip.") % {"n": digits(made)})
    return redirect(reverse("desk:border") + with_query({}, **kept(form.cleaned_data)))


def _form(request: HttpRequest, form: ArrivingForm) -> HttpResponse:
    actor, crossing, on = acting(request), str(form["crossing"].value() or ""), _day(str(form["on"].value() or ""))
    last = queries.last_number(actor, crossing, on) if crossing in Crossing else 0
    return page(request, "desk/border.html", status=status_of(form), form=form, last=last, crossing=crossing, on=on)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return clock.today()


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits at one crossing on one day. It can be printed: no name stands on it."""
    actor = acting(request)
    if not access.may(actor, "arrival.see"):
        raise NotAllowed
    asked = request.GET
    form = PlaceAndDay({"crossing": asked.get("crossing", "poipet"), "on": asked.get("on") or clock.today().isoformat()})
    state = asked.get("state", "")
    state = state if state in queries.STATES else ArrivalState.WAITING.value
    if not form.is_valid():
        return page(request, "desk/border_queue.html", status=422, form=form, state=state, states=STATES)
    crossing, on = form.cleaned_data["crossing"], form.cleaned_data["on"]
    found = queries.queue(actor, crossing, on, state=state, after=asked.get("after", ""))
    shown = {"found": found, "totals": queries.queue_counts(actor, crossing, on), "state": state, "states": STATES}
    return page(request, "desk/border_queue.html", form=form, crossing=crossing, on=on, **shown)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Take somebody from the queue, or write down that they were not there."""
    actor = acting(request)
    if verb == "take":
        case = operations.take(actor, pk)
        say(request, _("You look after this person now. Write down what is still missing."))
        return redirect("desk:case_change", pk=case)
    if verb != "gone":
        raise NotYours
    operations.gone(actor, pk)
    say(request, _("Written down. The case stays, and the person can come back to the queue."))
    return redirect(reverse("desk:border_queue") + _queue_of(request.POST))


def _queue_of(given: Mapping[str, str]) -> str:
    """Back to the queue from which the button was pressed."""
    return with_query({}, **{name: given.get(name, "") for name in ("crossing", "on")})
