"""Issues: the lists, one issue with its ladder and timeline, a new one, and what each role does with it."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.finding import LONGEST_QUERY
from spean.kernel.text import whole_number
from spean.places.queries import children
from spean.surfaces.desk import places
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.fields import PlainForm
from spean.surfaces.desk.forms import ChoiceForm, CommitForm, DeclineForm, FinishForm, IssueForm, ReadBackForm, SummaryForm
from spean.surfaces.desk.issue_acts import Act, plain
from spean.surfaces.desk.views import ladder
from spean.surfaces.pages import page
from spean.surfaces.parts import part_of
from spean.voices import enums, queries
from spean.voices.operations import answers, issues
from spean.voices.operations.answers import Heard
from spean.voices.queries import IssuePage

VIEWS = (
    ("all", _("All")),
    ("overdue", _("Overdue")),
    ("due", _("Due within 7 days")),
    ("to_approve", _("To approve")),
    ("to_raise", _("To raise")),
    ("to_answer", _("To answer")),
    ("to_read_back", _("To read back")),
    *((state.value, state.label) for state in enums.IssueState),
)
SORTS = (
    ("moved", _("Latest move first")),
    ("due", _("First due first")),
    ("raised", _("Latest raised first")),
    ("number", _("Highest number first")),
)


def _words(verb: str, found: IssuePage, data: Any) -> Form:
    fields = ("title_km", "title_en", "summary_km", "summary_en")
    return SummaryForm.of(verb, data, initial={name: getattr(found, name) for name in fields})


def _committee(verb: str, found: IssuePage, data: Any) -> Form:
    return ChoiceForm.of(verb, data, options=list(found.committees), label=_("Committee that is asked first"))


def _heard(data: dict[str, Any]) -> Heard:
    return Heard(data["outcome"], data["women"] or 0, data["men"] or 0)


ACTS: dict[str, Act] = {
    "rewrite": Act(
        ("rewrite",),
        _words,
        lambda a, pk, _d, form: issues.rewrite(a, pk, form.summary()),
        _("The words are saved. Somebody else has to approve them before the issue can be raised."),
        checked="issue.rewrite",
    ),
    "approve": Act(
        ("approve",),
        plain(PlainForm),
        lambda a, pk, _d, _f: issues.approve(a, pk),
        _("Approved. The team can raise the issue now; from that moment everybody can read these words."),
    ),
    "raise": Act(
        ("raise",),
        _committee,
        lambda a, pk, d, _f: issues.raise_issue(a, pk, d["choice"]),
        _("Raised. The committee's focal person sees it now, and its time to answer begins. The public page shows it."),
        checked="issue.raise",
    ),
    "commit": Act(
        ("commit",),
        plain(CommitForm),
        lambda a, pk, d, _f: answers.commit(a, pk, **d),
        _("Your promise is saved. The team and the village's volunteer see it now. When it is done, say so here."),
        checked="issue.commit",
    ),
    "decline": Act(
        ("decline",),
        plain(DeclineForm),
        lambda a, pk, d, _f: answers.decline(a, pk, **d),
        _("Your answer is saved. The team and the village's volunteer see why it cannot be done."),
        checked="issue.decline",
    ),
    "finish": Act(
        ("finish",),
        plain(FinishForm),
        lambda a, pk, d, _f: answers.finish(a, pk, note=d["note"], proof=d["proof"]),
        _("Saved. The volunteer reads it back to the village, and the village has the last word."),
        checked="issue.finish",
    ),
    "read-back": Act(
        ("confirm", "contest"),
        plain(ReadBackForm),
        lambda a, pk, d, _f: answers.read_back(a, pk, _heard(d)),
        _("Thank you. What the community said is saved. The team and the committee see it now."),
        checked="issue.confirm",
    ),
    **ladder.ACTS,
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The issues that this reader may see."""
    asked, actor = request.GET, acting(request)
    wanted = queries.Wanted(asked.get("view") or "all", *(asked.get(n, "") for n in ("kind", "level", "place", "sort")))
    may = {"may_open": access.may(actor, "issue.open"), "may_set_deadlines": access.may(actor, "deadline.set")}
    may["may_read_back"] = access.may(actor, "issue.confirm")
    lists = {"views": VIEWS, "kinds": enums.Kind.choices, "levels": enums.Level.choices, "sorts": SORTS}
    lists["places"] = [(p.path, p.name) for p in children()]
    return page(request, "desk/issues.html", wanted=wanted, view=wanted.view, **_list(asked, actor, wanted), **lists, **may)


def _list(asked: Any, actor: Actor, wanted: queries.Wanted) -> dict[str, Any]:
    """What the words find among these issues; without words, a page of them and how many there are."""
    words = asked.get("q", "")[:LONGEST_QUERY]
    if words.strip():
        begin = whole_number(asked.get("from", ""))
        return {"q": words, "hits": queries.found_issues(actor, words, wanted=wanted, begin=begin)}
    found = queries.issues(actor, wanted=wanted, after=asked.get("after", ""))
    return {"q": words, "found": found, "count": queries.issues_count(actor, wanted)}


@require_safe
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One issue, with what its reader may do."""
    actor = acting(request)
    found = queries.issue_page(actor, pk)
    names = ladder.names(actor, pk) if request.GET.get("names") and "name" in found.may else None
    return _show(request, found, {}, names)


def _show(request: HttpRequest, found: IssuePage, forms: dict[str, Form], names: tuple[str, ...] | None = None) -> HttpResponse:
    open_to = {name: act for name, act in ACTS.items() if name in forms or found.may.intersection(act.verbs)}
    all_forms = {name: forms.get(name) or act.form(name, found, None) for name, act in open_to.items()}
    status = 422 if forms else 200
    return page(request, "desk/issue.html", status=status, issue=found, forms=all_forms, wrong=set(forms), names=names)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One of ACTS; nothing typed is lost when it cannot be done."""
    if verb == "clear":
        return _clear(request, pk)
    if verb not in ACTS:
        raise NotYours
    actor = acting(request)
    found = queries.issue_page(actor, pk, to=ACTS[verb].checked)
    form = ACTS[verb].form(verb, found, request.POST)
    form.files = request.FILES
    if not attempt(form, lambda data: ACTS[verb].run(actor, pk, data, form)):
        return _show(request, found, {verb: form})
    say(request, ACTS[verb].saved)
    return redirect("desk:issue", pk=pk)


@require_safe
def proof(request: HttpRequest, pk: UUID, proof_id: UUID) -> HttpResponse:
    """A photo of what was done, for the eyes of this page only."""
    mime, content = answers.read_proof(acting(request), pk, proof_id)
    return part_of(request, content, mime)


def _clear(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        answer = UUID(request.POST.get("answer", ""))
    except ValueError as error:
        raise NotYours from error
    answers.clear(acting(request), pk, answer)
    say(request, _("These words are cleared: they name nobody, and the public page shows them now."))
    return redirect("desk:issue", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new issue. The buttons beside the places only change the form; `send` saves it."""
    actor = acting(request)
    if not access.may(actor, "issue.open"):
        raise NotAllowed
    start = queries.issue_start(actor, request.POST.get("concern") or request.GET.get("concern"))
    if request.method == "POST" and "send" in request.POST:
        return _save_new(request, actor, start)
    form = IssueForm(initial={**IssueForm.typed(request.POST), **({} if request.POST else {"kind": start.kind})})
    data = request.POST if request.method == "POST" else places.starting_at(start.place)
    return page(request, "desk/issue_new.html", form=form, places=places.state(data), start=start)


def _save_new(request: HttpRequest, actor: Actor, start: queries.IssueStart) -> HttpResponse:
    form, error, chosen = IssueForm(request.POST), "", []
    try:
        chosen = places.read(request.POST)
    except Invalid as refusal:
        error = str(refusal.message)
    made = None if error else attempt(form, lambda _d: _open(actor, form, chosen, start))
    if made is None:
        form.is_valid()  # all reasons at once
        state = places.state(request.POST, error=error)
        return page(request, "desk/issue_new.html", status=422, form=form, places=state, start=start)
    say(request, _("The issue is saved as a draft. Only your team sees it. Somebody else reads the words and approves them."))
    return redirect("desk:issue", pk=made)


def _open(actor: Actor, form: IssueForm, chosen: list[Any], start: queries.IssueStart) -> UUID:
    return issues.open_issue(
        actor,
        start.team,
        kind=form.cleaned_data["kind"],
        places=places.rows(chosen),
        words=form.summary(),
        facts=form.facts(),
        concerns=[start.concern] if start.concern else [],
        sent_id=form.cleaned_data["sent_id"],
    )
