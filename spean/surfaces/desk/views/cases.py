"""Cases: the lists, a new one, one that is opened (audited), and what is done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts import queries as people
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.cases import enums
from spean.cases.corridors import corridor_of
from spean.cases.operations import closing, doubles, homecoming, opening, reading, working
from spean.cases.operations import consent as agreeing
from spean.cases.operations import people as persons
from spean.cases.operations.doubles import Looked
from spean.cases.queries import cases as lists
from spean.cases.queries import consents, finding
from spean.cases.queries import whole as queries
from spean.cases.queries.cases import CaseHead, case_head
from spean.cases.queries.law import of_child
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.places import picker
from spean.places.models import Place
from spean.surfaces.desk.acting import Act, acting, attempt, say
from spean.surfaces.desk.case_forms import (
    CloseForm,
    ConsentForm,
    ConsentPickForm,
    NoteForm,
    PersonForm,
    TaskEndForm,
    TaskForm,
    WayChangeForm,
    WayForm,
    WhyForm,
)
from spean.surfaces.desk.fields import PlainForm, plain
from spean.surfaces.desk.forms import ChoiceForm
from spean.surfaces.pages import page
from spean.voices.contact_words import contact_lines
from spean.voices.enums import Age
from spean.voices.operations import triage

VIEWS = (
    ("open", _("Being worked on")),
    ("due", _("Something is due")),
    ("danger", _("In danger now")),
    ("unasked", _("Asked: tell without consent")),
    ("closing", _("Closing waits")),
    ("closed", _("Closed")),
    ("place", _("A place is free at a training course")),
    ("after", _("A follow-up waits for a supervisor")),
)
ANOTHER = "another"  # what the button sends when a human has looked at the cases that may be of the same person
SORTS = (("due", _("What is due first")), ("moved", _("What moved last")))


def _who(verb: str, actor: Actor, head: CaseHead, data: Any) -> Form:
    return ChoiceForm.of(verb, data, options=people.colleagues(actor, head.team), label=_("Who looks after it"))


def _note(verb: str, actor: Actor, head: CaseHead, data: Any) -> Form:
    form = NoteForm.of(verb, data)
    if not actor.has(Role.SUPERVISOR):
        form.fields["readers"].choices = [c for c in enums.NoteFor.choices if c[0] == enums.NoteFor.TEAM]
    return form


def _consent(verb: str, actor: Actor, head: CaseHead, data: Any) -> Form:
    return ConsentForm.of(verb, data, recipients=consents.recipients(actor), age=head.facts["age"])


def _way(verb: str, _actor: Actor, head: CaseHead, data: Any) -> Form:
    return WayForm.of(verb, data, initial={"corridor": corridor_of(head.facts["country"])})


ACTS: dict[str, Act] = {
    "consent": Act(
        _consent,
        lambda a, pk, d: agreeing.give(a, pk, d["given"], d["sent_id"]),
        _("Written down and sealed. Nothing else may be told, to nobody else, and not after that day."),
    ),
    "consent_agree": Act(
        plain(ConsentPickForm),
        lambda a, pk, d: agreeing.agree(a, pk, d["consent"]),
        _("You agree. Both your names stand with it now."),
        needs="agree",
    ),
    "withdraw": Act(
        plain(ConsentPickForm),
        lambda a, pk, d: agreeing.withdraw(a, pk, d["consent"]),
        _("Taken back. From now on nothing is told by it. What was told before cannot be made unheard: tell the person so."),
    ),
    "note": Act(
        _note,
        lambda a, pk, d: working.note(a, pk, d["text"], d["sent_id"], kind=d["kind"], readers=d["readers"]),
        _("The note is saved and sealed."),
    ),
    "task": Act(
        plain(TaskForm),
        lambda a, pk, d: working.task(a, pk, d["text"], d["sent_id"], kind=d["kind"], response=d["response"], due_on=d["due_on"]),
        _("The task is saved. On its day it stands on Today."),
    ),
    "task_done": Act(plain(TaskEndForm), lambda a, pk, d: working.finish(a, pk, d["task"]), _("Done."), needs="task"),
    "task_drop": Act(
        plain(TaskEndForm), lambda a, pk, d: working.drop(a, pk, d["task"]), _("The task is taken away."), needs="task"
    ),
    "assign": Act(
        _who, lambda a, pk, d: persons.assign(a, pk, d["choice"]), _("Saved. It is among the cases of this person now.")
    ),
    "way_plan": Act(
        _way,
        lambda a, pk, d: homecoming.plan(a, pk, d["corridor"], d["planned"], d["sent_id"]),
        _("The way home is planned, step by step. Say who does what, and until when."),
        needs="way",
    ),
    "way_change": Act(
        plain(WayChangeForm), lambda a, pk, d: homecoming.change(a, pk, d["planned"]), _("Saved and sealed."), needs="way"
    ),
    "way_set_out": Act(plain(PlainForm), lambda a, pk, _d: homecoming.set_out(a, pk), _("On the way home."), needs="way"),
    "way_arrive": Act(
        plain(PlainForm), lambda a, pk, _d: homecoming.arrive(a, pk), _("Home. What follows there is still to do."), needs="way"
    ),
    "way_stop": Act(
        plain(PlainForm), lambda a, pk, _d: homecoming.stop(a, pk), _("Stopped. It can be taken up again."), needs="way"
    ),
    "way_resume": Act(plain(PlainForm), lambda a, pk, _d: homecoming.resume(a, pk), _("It is prepared again."), needs="way"),
    "ask_close": Act(
        plain(CloseForm),
        lambda a, pk, d: closing.ask(a, pk, d["reason"], d["text"], d["sent_id"]),
        _("Saved. A supervisor other than you looks at it, and closes the case or keeps it open."),
    ),
    "keep_open": Act(plain(PlainForm), lambda a, pk, _d: closing.keep_open(a, pk), _("The case stays open.")),
    "close": Act(plain(PlainForm), lambda a, pk, _d: closing.close(a, pk), _("The case is closed. It can be opened again.")),
    "reopen": Act(plain(PlainForm), lambda a, pk, _d: closing.reopen(a, pk), _("The case is open again.")),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The cases that the reader looks after, or those of her teams."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "case.see"):
        raise NotAllowed
    view, sort = asked.get("view", ""), asked.get("sort", "")
    shown = {"view": view if view in lists.VIEWS else "open", "sort": sort if sort in lists.SORTS else "due"}
    mine, risk = asked.get("mine") == "1", asked.get("risk", "")
    found = lists.cases(actor, mine=mine, risk=risk, after=asked.get("after", ""), **shown)
    more = {"totals": lists.case_counts(actor, mine=mine), "loads": lists.caseload(actor)}
    ways_to = {"views": VIEWS, "sorts": SORTS, "risks": enums.Risk.choices, "mine": mine, "risk": risk}
    return page(request, "desk/cases.html", found=found, leads=actor.has(Role.SUPERVISOR), **more, **ways_to, **shown)


# -- a new one, and what is known -------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new case, perhaps from a concern. The buttons beside the place only change the form; `send` saves it."""
    actor = acting(request)
    if not access.may(actor, "case.open"):
        raise NotAllowed
    concern = _id_of(request.POST.get("concern") or request.GET.get("concern", ""))
    teams = [(team.id, f"{team.name} · {team.organisation.name}") for team in opening.teams_for(actor, concern)]
    more = {"concern": concern, "teams": teams}
    if request.method == "POST" and "send" in request.POST:
        return _saved(request, more, lambda form, place: _open(request, form, place, concern))
    posted = request.method == "POST"
    known, where = ({}, "") if posted or concern is None else _told(actor, concern)
    first = PersonForm.typed(request.POST) if posted else {"sent_id": uuid4(), **known}
    return _form(request, PersonForm(initial=first, teams=teams), request.POST if posted else {"place-pick": where}, **more)


def _open(request: HttpRequest, form: PersonForm, place: Place | None, concern: UUID | None) -> UUID | Looked:
    """The new case; or, once, those that may be of the same person."""
    actor, person, typed = acting(request), form.person(place, get_language() or "km"), form.cleaned_data
    how: dict[str, Any] = {"place": place, "concern_id": concern, "another": request.POST["send"] == ANOTHER}
    return doubles.open_compared(actor, UUID(typed["team"]), person, form.facts(), typed["sent_id"], **how)


def _told(actor: Actor, concern: UUID) -> tuple[dict[str, Any], str]:
    """What a concern says of the person, for the first fields; the concern is opened for it, and that is in the trail."""
    told = triage.read(actor, concern)
    words = {"name_km": told.contact.get("name", ""), "story": told.told, "source": enums.Source.CONCERN}
    return {**told.contact, **words}, (told.place or {}).get("code", "")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is known of the person, written anew."""
    actor = acting(request)
    head = case_head(actor, pk)
    if "change" not in head.may:
        raise Conflict
    if request.method == "POST" and "send" in request.POST:
        return _saved(request, {"case": head}, lambda form, place: _change(request, pk, form, place))
    if request.method == "POST":
        return _form(request, PersonForm(initial=PersonForm.typed(request.POST)), request.POST, case=head)
    try:
        person = reading.read(actor, pk).person
    except Invalid:  # somebody else looks after it: the case's own page asks why
        return redirect("desk:case", pk=pk)
    first = {**PersonForm.known(person), **head.facts, "revision": head.revision, "sent_id": uuid4()}
    where = (person.place or {}).get("code", "")
    return _form(request, PersonForm(initial=first), {"place-pick": where}, case=head)


def _change(request: HttpRequest, pk: UUID, form: PersonForm, place: Place | None) -> UUID | Looked:
    """What is known, changed; or, once, the cases that may be of the same person."""
    person, another = form.person(place, get_language() or "km"), request.POST["send"] == ANOTHER
    how: dict[str, Any] = {"revision": form.cleaned_data["revision"] or 0, "place": place, "another": another}
    return doubles.change_compared(acting(request), pk, person, form.facts(), **how)


def _saved(request: HttpRequest, more: dict[str, Any], run: Callable[[PersonForm, Place | None], UUID | Looked]) -> HttpResponse:
    form, error, place = PersonForm(request.POST, teams=more.get("teams", ())), "", None
    try:
        place = picker.resolve(request.POST)
    except Invalid as refusal:
        error = str(refusal.message)
    saved = None if error else attempt(form, lambda _data: run(form, place))
    if saved is None:
        form.is_valid()  # all reasons at once
        return _form(request, form, request.POST, status=422, place_error=error, **more)
    if isinstance(saved, Looked):
        return _form(request, form, request.POST, alike=finding.alike_rows(acting(request), saved.found), another=ANOTHER, **more)
    say(request, _("Saved and sealed."))
    return redirect("desk:case", pk=saved)


def _form(request: HttpRequest, form: PersonForm, data: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    return page(request, "desk/case_form.html", status=status, form=form, picker=picker.state(data), **more)


def _id_of(typed: str) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError as error:
        raise NotYours from error


# -- one case -------------------------------------------------------------------------------------------------------------------
@require_safe
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One case. It opens to who looks after it; who does not is asked why first."""
    return _show(request, pk, {})


def _show(request: HttpRequest, pk: UUID, wrong: dict[str, Form], reason: str = "") -> HttpResponse:
    actor, asked = acting(request), request.GET
    opened, why = None, wrong.get("open")
    if why is None:
        try:
            opened = reading.read(actor, pk, reason, before=asked.get("notes", ""))
        except Invalid as refusal:
            if "reason" not in refusal.fields:
                raise
            why = WhyForm.of("open", None)
        except NotYours:  # erased, or this team's and the reader was not given its key yet; or no case of theirs: see below
            pass
    whole = queries.whole(actor, pk, opened=opened is not None, before=asked.get("steps", ""))
    made = {v: wrong.get(v) or a.form(v, actor, whole.head, None) for v, a in ACTS.items() if (a.needs or v) in whole.head.may}
    sealed = {"opened": opened, "contact": contact_lines(opened.person.contact) if opened else []}
    sealed |= {"words": opened.tasks if opened else {}, "said": opened.consents if opened else {}}
    sealed |= {"law": of_child() if whole.head.facts["age"] == Age.CHILD else None}
    shown = {"whole": whole, "head": whole.head, "inside": whole.inside, "why": why, "forms": made | wrong, "wrong": set(wrong)}
    return page(request, "desk/case.html", status=422 if wrong else 200, **shown, **sealed)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One of ACTS, or `open` with a reason; nothing typed is lost when it cannot be done."""
    actor, chosen = acting(request), ACTS.get(verb)
    if verb == "open":
        form = WhyForm.of("open", request.POST)
        return _show(request, pk, {}, form.cleaned_data["reason"]) if form.is_valid() else _show(request, pk, {"open": form})
    if chosen is None:
        raise NotYours
    head = case_head(actor, pk)
    made = chosen.form(verb, actor, head, request.POST)
    if not attempt(made, lambda data: chosen.run(actor, pk, data)):
        return _show(request, pk, {verb: made})
    say(request, chosen.saved)
    return redirect("desk:case", pk=pk) if lists.sees(actor, pk) else redirect("desk:cases")
