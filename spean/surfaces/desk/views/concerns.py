"""Concerns: the inbox, one concern opened (audited), its files, and what the team does with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from spean.accounts import access
from spean.accounts import queries as people
from spean.accounts.access import Actor
from spean.cases.queries import cases
from spean.kernel.errors import NotYours
from spean.surfaces.desk.acting import Act, acting, attempt, say
from spean.surfaces.desk.fields import PlainForm
from spean.surfaces.desk.forms import AsideForm, ChoiceForm, WordsForm
from spean.surfaces.pages import page
from spean.surfaces.parts import part_of
from spean.voices import enums, queries
from spean.voices.contact_words import contact_lines
from spean.voices.operations import joining, lane, triage
from spean.voices.queries import ConcernHead, plans

VIEWS = (
    ("unfinished", _("Unfinished")),
    ("danger", _("In danger now")),
    ("new", _("New")),
    ("open", _("Being looked at")),
    ("waiting", _("Waiting")),
    ("answered", _("Answered")),
    ("joined", _("Part of an issue")),
    ("closed", _("Closed")),
)
SORTS = (("urgency", _("Most urgent first")), ("newest", _("Newest first")), ("oldest", _("Oldest first")))
#: how the person will see what the team wrote
HOW_READ = {
    enums.AnswerWish.RECEIPT: _("The person reads it when they come back with their receipt number."),
    enums.AnswerWish.PHONE: _("Now call the person, and keep to the rules for a safe call."),
    enums.AnswerWish.VOLUNTEER: _("The volunteer who sent the report can read it now, and tells the person."),
    enums.AnswerWish.NONE: _("The person wished for no answer; who holds a receipt number can still read it."),
}


def _words(verb: str, actor: Actor, head: ConcernHead, data: Any) -> Form:
    return WordsForm.of(verb, data)


def _nothing(verb: str, actor: Actor, head: ConcernHead, data: Any) -> Form:
    return PlainForm.of(verb, data)


def _choice(label: Any, options: Callable[[Actor, UUID], Any]) -> Callable[[str, Actor, ConcernHead, Any], Form]:
    return lambda verb, actor, head, data: ChoiceForm.of(verb, data, options=options(actor, head.team), label=label)


ACTS: dict[str, Act] = {
    "answer": Act(
        _words, lambda a, pk, d: triage.answer(a, pk, d["text"], d["sent_id"]), _("Your answer is saved and sealed."), told=True
    ),
    "ask": Act(
        _words,
        lambda a, pk, d: triage.ask(a, pk, d["text"], d["sent_id"]),
        _("Your question is saved and sealed. The concern waits for the person."),
        told=True,
    ),
    "close": Act(
        _words,
        lambda a, pk, d: triage.close(a, pk, d["text"], d["sent_id"]),
        _("The concern is closed with your reply."),
        told=True,
    ),
    "assign": Act(
        _choice(_("Who looks after it"), people.colleagues),
        lambda a, pk, d: triage.assign(a, pk, d["choice"]),
        _("Saved. It is now on this person's Today."),
    ),
    "pass": Act(
        _choice(_("To which team"), queries.receiving_teams),
        lambda a, pk, d: triage.pass_on(a, pk, d["choice"]),
        _("Passed on. The other team can read it from now on; your team cannot any more."),
    ),
    "join": Act(
        _choice(_("To which issue"), queries.open_issues_of),
        lambda a, pk, d: joining.join(a, pk, d["choice"]),
        _("The concern is part of the issue now. The issue shows no names and nothing of what was told."),
    ),
    "release": Act(
        _nothing, lambda a, pk, _d: lane.release(a, pk), _("The report is new in the queue now, as if it had just come.")
    ),
    "set_aside": Act(
        lambda verb, _actor, _head, data: AsideForm.of(verb, data),
        lambda a, pk, d: lane.set_aside(a, pk, d["reason"]),
        _("Set aside. It is kept a year; if the person adds to it, it comes back."),
    ),
}


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The concerns of the reader's teams, danger first."""
    asked = request.GET
    shown = {"view": asked.get("view") or "unfinished", "kind": asked.get("kind", ""), "mine": asked.get("mine") == "1"}
    shown["sort"] = asked.get("sort") if asked.get("sort") in queries.INBOX_SORTS else "urgency"
    found = queries.inbox(acting(request), after=asked.get("after", ""), **shown)
    totals = queries.lane_totals(acting(request))
    count = queries.inbox_count(acting(request), view=shown["view"], kind=shown["kind"], mine=shown["mine"])
    lists = {"count": count, "views": VIEWS, "kinds": enums.Kind.choices, "sorts": SORTS}
    may = {"may_import": access.may(acting(request), "import.see")}
    return page(request, "desk/inbox.html", found=found, totals=totals, **lists, **shown, **may)


@require_safe
def concern(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One concern, opened: the reader's name is written in the trail before the seal is broken."""
    return _show(request, pk, {})


def _show(request: HttpRequest, pk: UUID, forms: dict[str, Form]) -> HttpResponse:
    actor = acting(request)
    head = queries.concern_head(actor, pk)
    told = _open(actor, pk)
    head = queries.concern_head(actor, pk) if head.row.state == enums.ConcernState.NEW else head
    all_forms = {v: forms.get(v) or act.form(v, actor, head, None) for v, act in ACTS.items() if v in head.may or v in forms}
    contact = contact_lines(told.contact) if told else []
    status = 422 if forms else 200
    likely = queries.matches(actor, pk, told.told) if told and "join" in all_forms else ()
    seen = {"head": head, "told": told, "forms": all_forms, "contact": contact, "wrong": set(forms), "likely": likely}
    behind = {"plan": plans.plan_behind(actor, pk), "cases": cases.cases_of_concern(actor, pk)}
    opens = access.may(actor, "case.open")
    return page(request, "desk/concern.html", status=status, may_open_case=opens, **behind, **seen)


def _open(actor: Actor, pk: UUID) -> triage.Told | None:
    """What was told; None when the concern is this team's but this person was not given the team's key yet."""
    try:
        return triage.read(actor, pk)
    except NotYours:
        return None


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One of ACTS; nothing typed is lost when it cannot be done."""
    chosen = ACTS.get(verb)
    if chosen is None:
        raise NotYours
    actor = acting(request)
    head = queries.concern_head(actor, pk)
    form = chosen.form(verb, actor, head, request.POST)
    if not attempt(form, lambda data: chosen.run(actor, pk, data)):
        return _show(request, pk, {verb: form})
    say(request, chosen.saved, HOW_READ[enums.AnswerWish(head.wish)] if chosen.told else "")
    return redirect("desk:inbox") if verb == "pass" else redirect("desk:concern", pk=pk)


@require_safe
def attachment(request: HttpRequest, pk: UUID, file_id: UUID) -> HttpResponse:
    """A photo or recording, for the eyes of this page only."""
    mime, content = triage.read_file(acting(request), pk, file_id)
    return part_of(request, content, mime)
