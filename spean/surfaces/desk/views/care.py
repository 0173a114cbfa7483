"""The plan of a case: opened (audited), written, given to a supervisor, approved or returned."""

from datetime import date
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.operations import planning
from spean.cases.queries import care, whole
from spean.cases.queries import cases as queries
from spean.cases.queries.care import GoalView, PlanView
from spean.cases.queries.cases import CaseHead
from spean.cases.queries.helping import helpers_of
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.paging import in_language
from spean.surfaces.desk.acting import Act, acting, attempt, say
from spean.surfaces.desk.care_forms import ApproveForm, GoalForm, GoalPickForm, ReturnForm, WishForm
from spean.surfaces.desk.case_forms import WhyForm, why_of
from spean.surfaces.desk.fields import PlainForm, plain
from spean.surfaces.pages import page
from spean.surfaces.templatetags.spean import day

AGAIN = _("What was submitted or approved before waits for a supervisor again.")


def _tasks(actor: Actor, head: CaseHead) -> list[tuple[UUID, str]]:
    return [(t.id, f"{t.kind}, {day(t.due_on)}") for t in whole.tasks(actor, head.row.id)]


def _goal(verb: str, actor: Actor, head: CaseHead, data: Any) -> Form:
    return GoalForm.of(verb, data, tasks=_tasks(actor, head))


ACTS: dict[str, Act] = {
    "wish": Act(plain(WishForm), lambda a, pk, d: planning.wish(a, pk, d["text"]), _("Sealed and saved."), needs="plan"),
    "goal": Act(
        _goal,
        lambda a, pk, d: planning.goal(a, pk, d["draft"], d["sent_id"]),
        _("The goal is sealed and saved."),
        needs="plan",
    ),
    "reach": Act(plain(GoalPickForm), lambda a, pk, d: planning.reach(a, pk, d["goal"]), _("Reached."), needs="plan"),
    "give_up": Act(plain(GoalPickForm), lambda a, pk, d: planning.give_up(a, pk, d["goal"]), _("Given up."), needs="plan"),
    "resume": Act(plain(GoalPickForm), lambda a, pk, d: planning.resume(a, pk, d["goal"]), _("Worked on again."), needs="plan"),
    "call": Act(
        plain(GoalPickForm),
        lambda a, pk, d: planning.call_service(a, pk, d["goal"]),
        _("The task stands in the case and under this goal, with its day. When you have called, write down what they said."),
        needs="task",
    ),
    "submit": Act(
        plain(PlainForm),
        lambda a, pk, _d: planning.submit(a, pk),
        _("A supervisor other than you reads it, and approves or returns it."),
        needs="plan",
    ),
    "approve": Act(
        plain(ApproveForm),
        lambda a, pk, d: planning.approve(a, pk, d["revision"]),
        _("Approved. As it is now it stays readable, also when it is changed later."),
        needs="approve_plan",
    ),
    "return": Act(
        plain(ReturnForm),
        lambda a, pk, d: planning.send_back(a, pk, d["revision"], d["text"]),
        _("Returned. Who looks after the person reads why."),
        needs="approve_plan",
    ),
}
CHANGES = {"wish", "goal", "give_up", "resume"}


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan. A post says why somebody else opens it."""
    return _show(request, pk, {}, *why_of(request))


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One of ACTS; nothing typed is lost when it cannot be done."""
    actor, chosen = acting(request), ACTS.get(verb)
    if chosen is None:
        raise NotYours
    head = queries.case_head(actor, pk)
    form = chosen.form(verb, actor, head, request.POST)
    if not attempt(form, lambda data: chosen.run(actor, pk, data)):
        return _show(request, pk, {verb: form}, WhyForm.of("open", None))
    now = care.brief(actor, pk) if verb in CHANGES else None
    waits = now is not None and now.state == enums.CarePlanState.WAITING
    say(request, chosen.saved, *((AGAIN,) if waits else ()))
    return redirect("desk:care_plan", pk=pk)


def _show(request: HttpRequest, pk: UUID, wrong: dict[str, Form], why: Form, reason: str = "") -> HttpResponse:
    actor = acting(request)
    head, told, opened = queries.case_head(actor, pk), care.plan(actor, pk), None
    try:
        opened = planning.read(actor, pk, reason)
    except Invalid:
        status = 422 if wrong or why.is_bound else 200
        return page(request, "desk/care_plan.html", status=status, head=head, plan=told, why=why, forms=wrong, wrong=set(wrong))
    forms = {v: a.form(v, actor, head, None) for v, a in ACTS.items() if a.needs in head.may and _fits(v, told)}
    choices = _tasks(actor, head) if told.goals and "goal" in forms else []
    changed = {g.id: _change(g, opened.goals[g.id], choices) for g in told.goals if "goal" in forms}
    if "wish" in forms:
        forms["wish"].initial = {"text": opened.wish}
    shown = {"opened": opened, "versions": _versions(told, opened), "changes": changed, "forms": forms | wrong}
    shown["helpers"] = helpers_of(told.goals)
    return page(request, "desk/care_plan.html", status=422 if wrong else 200, head=head, plan=told, wrong=set(wrong), **shown)


def _fits(verb: str, told: PlanView) -> bool:
    """Whether the table of moves knows a way from here; what is about one goal is offered beside it."""
    move = enums.CARE_MOVES.get(verb)
    return move is None or (told.state in move[0] and bool(told.goals))


def _change(goal: GoalView, words: str, tasks: list[tuple[UUID, str]]) -> Form:
    known = {"goal": goal.id, "domain": goal.domain_code, "words": words, "target_on": goal.target_on, "payer": goal.payer_code}
    first = known | {"tasks": [str(pk) for pk, _kind, _done in goal.tasks]}
    form = GoalForm.of("goal", None, tasks=tasks, initial=first)
    form.auto_id = f"goal-{goal.id}-%s"
    return form


def _versions(told: PlanView, opened: planning.PlanInClear) -> list[tuple[Any, str, list[tuple[str, ...]]]]:
    """Each version with its words: (view, wish, goals as domain, words, day, who pays, state)."""
    return [(v, opened.versions[v.number]["wish"], [_kept(g) for g in opened.versions[v.number]["goals"]]) for v in told.versions]


def _kept(g: dict[str, str]) -> tuple[str, ...]:
    labels = (enums.NeedDomain(g["domain"]).label, enums.Payer(g["payer"]).label, enums.GoalState(g["state"]).label)
    domain, payer, state = map(str, labels)
    service = in_language(g.get("service_km", ""), g.get("service_en", ""))
    return domain, g["words"], day(date.fromisoformat(g["target_on"])), payer, state, service
