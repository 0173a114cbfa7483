"""Travel plans: missed check-ins, whom to call and what came of it, two keepers who open a plan; a plan made beside somebody."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.kernel.errors import Invalid, NotAllowed, NotYours, TooMany
from spean.kernel.memory import Counter, memory
from spean.places import picker
from spean.places.queries import ABOVE
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.fields import Code, PlainForm
from spean.surfaces.pages import page
from spean.surfaces.parts import part_of
from spean.surfaces.plan_forms import PAPERS, PlanForm, shown_once
from spean.voices.operations import plan_keepers, plan_signs, plans
from spean.voices.plan_enums import OpenFor
from spean.voices.queries import plans as queries

VIEWS = (
    ("alarm", _("Somebody has to call")),
    ("asked", _("The trusted person was written to")),
    ("running", _("Under way")),
    ("closed", _("Ended")),
)
SHORT_CODES = Counter("short-code", 60.0)
MOST_SHORT_CODES = 10  # of one person a minute
CALLED = (("reached", _("Reached, but no news yet")), ("unreached", _("Not reached")))


class CalledForm(PlainForm):
    """What came of a call, without news of the person."""

    outcome = Code(label=_("The trusted person"), radio=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = CALLED


class AskForm(PlainForm):
    """Why a plan is to be opened."""

    reason = Code(OpenFor, label=_("Why"), radio=True)


class AgreeForm(PlainForm):
    """Which request a second keeper agrees to."""

    request = forms.UUIDField(widget=forms.HiddenInput)


class ShortCodeForm(PlainForm):
    """Twelve digits that somebody read or sent."""

    digits = forms.CharField(max_length=60, label=_("The twelve digits"))


@dataclass(frozen=True)
class Act:
    """One thing that is done with a plan: its form, the operation, what is said after."""

    form: type[PlainForm]
    run: Any
    saved: Any


ACTS: dict[str, Act] = {
    "call": Act(
        CalledForm,
        lambda a, pk, d: plan_keepers.called(a, pk, reached=d["outcome"] == "reached"),
        _("Saved. Try again later; the course of the plan shows each call."),
    ),
    "safe": Act(
        PlainForm,
        lambda a, pk, _d: plan_keepers.safe(a, pk),
        _("Saved. The plan goes on with its next day. A concern that was raised has still to be closed."),
    ),
    "ask_open": Act(
        AskForm,
        lambda a, pk, d: plan_keepers.ask(a, pk, d["reason"]),
        _("Your request stands here for three days. Ask a second keeper of your team to agree on their own desk."),
    ),
    "agree": Act(
        AgreeForm,
        lambda a, pk, d: plan_keepers.agree(a, pk, d["request"]),
        _("You have agreed. Your colleague can open the plan now; both your names are in the trail."),
    ),
    "end": Act(
        PlainForm, lambda a, pk, _d: plan_keepers.end(a, pk), _("The plan has ended. It is erased after its time, by itself.")
    ),
}
#: what is shown at once and never kept
SHOWS = {"contact": plan_keepers.contact, "open": plan_keepers.read}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The plans of the reader's teams, and those that they helped to make."""
    return _listed(request, ShortCodeForm())


def _listed(request: HttpRequest, form: ShortCodeForm) -> HttpResponse:
    actor, view = acting(request), request.GET.get("view", "")
    view = view if view in queries.VIEWS else "alarm"
    if not access.may(actor, "plan.send"):
        raise NotAllowed
    shown = {"found": queries.plans(actor, view=view, after=request.GET.get("after", "")), "totals": queries.plan_counts(actor)}
    more = {"view": view, "views": VIEWS, "form": form, "late": queries.is_timer_late()}
    return page(request, "desk/plans.html", status=status_of(form), **shown, **more)


@require_POST
def check_in(request: HttpRequest) -> HttpResponse:
    """Somebody read their short code to the reader."""
    actor = acting(request)
    if not access.may(actor, "plan.check_in"):
        raise NotAllowed
    wait = memory().take(SHORT_CODES, actor.id.bytes, MOST_SHORT_CODES)
    if wait:
        raise TooMany(wait=max(1, round(wait)))
    form = ShortCodeForm(request.POST)
    if not attempt(form, lambda data: plan_signs.by_short_code(actor, data["digits"])):
        return _listed(request, form)
    say(request, _("Thank you. It is saved."))
    return redirect("desk:plans")


@require_safe
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One plan: its days, its course, and what can be done. Nothing sealed is opened by looking."""
    return _show(request, pk)


def _show(request: HttpRequest, pk: UUID, wrong: dict[str, PlainForm] | None = None, **shown: Any) -> HttpResponse:
    actor = acting(request)
    head = queries.plan_head(actor, pk)
    made = {verb: act.form.of(verb, None) for verb, act in ACTS.items() if verb in head.may}
    forms_of = {**made, **(wrong or {})}
    status = 422 if wrong else 200
    return page(request, "desk/plan.html", status=status, head=head, forms=forms_of, wrong=set(wrong or ()), **shown)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One of ACTS, or one of SHOWS: what is opened is on the page that answers, and nowhere else."""
    actor = acting(request)
    if verb in SHOWS:
        queries.plan_head(actor, pk)
        return _show(request, pk, **{verb: SHOWS[verb](actor, pk)})
    chosen = ACTS.get(verb)
    if chosen is None:
        raise NotYours
    queries.plan_head(actor, pk)
    form = chosen.form.of(verb, request.POST)
    if not attempt(form, lambda data: {"done": chosen.run(actor, pk, data)}):
        return _show(request, pk, {verb: form})
    say(request, chosen.saved)
    return redirect("desk:plan", pk=pk)


@require_safe
def paper(request: HttpRequest, pk: UUID, paper_id: UUID) -> HttpResponse:
    """A photo of a paper, for who may read the plan now."""
    mime, content = plan_keepers.read_paper(acting(request), pk, paper_id)
    return part_of(request, content, mime)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A plan made beside the person who leaves. The number is theirs: it is shown once, to be written down by them."""
    actor = acting(request)
    if not access.may(actor, "plan.send"):
        raise NotAllowed
    if request.method == "POST" and "send" in request.POST:
        return _send(request, actor)
    posted = request.method == "POST"
    form = PlanForm.again(request.POST) if posted else PlanForm(initial={"sent_id": uuid4()})
    return _form(request, form, request.POST if posted else {"place-pick": _own_village(actor)})


def _send(request: HttpRequest, actor: Actor) -> HttpResponse:
    form, error, place = PlanForm.sent(request), "", None
    try:
        place = picker.resolve(request.POST, above=ABOVE)
    except Invalid as refusal:
        error = str(refusal.message)
    if not form.is_valid() or error:
        return _form(request, form, request.POST, status=422, place_error=error)
    draft = form.draft(place, get_language() or "km")
    left = plans.leave_with_help(actor, draft, form.cleaned_data["sent_id"])
    return page(request, "desk/plan_saved.html", pk=left.plan, **shown_once(request, left))


def _form(request: HttpRequest, form: PlanForm, data: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    papers = [form[name] for name in PAPERS]
    return page(request, "desk/plan_new.html", status=status, form=form, picker=picker.state(data), papers=papers, **more)


def _own_village(actor: Actor) -> str:
    paths = [s.place_path for s in actor.having([Role.VOLUNTEER]) if s.place_path]
    return paths[0].rstrip("/").rsplit("/", 1)[-1] if paths else ""
