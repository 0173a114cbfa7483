"""The register of recruiters on the desk: lists, one recruiter with its claims, its forms, what a second person does."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory.operations import registering
from spean.directory.operations.registering import RECRUITERS
from spean.directory.queries import register as queries
from spean.kernel.errors import NotAllowed, NotYours
from spean.places import picker
from spean.places.queries import by_code
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.call_forms import Wrong
from spean.surfaces.desk.entry_words import Words
from spean.surfaces.desk.placing import placed
from spean.surfaces.desk.recruiter_forms import SEVERAL, LicenceForm, RecruiterForm
from spean.surfaces.desk.two_people import SAVED, VIEWS, decided, in_words, typed
from spean.surfaces.pages import page
from spean.voices.queries import issues_about

PUBLISHED = _("Published. Everybody can find it now; of its licence they read what was checked, and who said it.")
_CLAIM_ACTS = {
    "publish": (
        registering.publish,
        _("Published. Everybody reads it with its source. Check it again in half a year."),
    ),
    "check": (registering.check, _("Saved: it is still so. It is to be checked again in half a year.")),
    "withdraw": (registering.withdraw, _("It is not shown, and is kept here.")),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The recruiters; first those that need somebody this week."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "recruiter.see"):
        raise NotAllowed
    view = asked.get("view") if asked.get("view") in dict(VIEWS) else "check"
    wanted = {"view": view, "words": asked.get("q", "")}
    found = queries.recruiters(actor, **wanted, after=asked.get("after", ""))
    count = queries.count(actor, **wanted)
    return page(request, "desk/recruiters.html", found=found, count=count, wanted=wanted, views=VIEWS)


@require_safe
def recruiter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One recruiter: what everybody reads, what waits, what is said of its licence, its numbers, all versions."""
    return show(request, acting(request), pk)


def show(request: HttpRequest, actor: Actor, pk: UUID, wrong: Wrong | None = None) -> HttpResponse:
    """The page of a recruiter; with a test call that could not be kept, what was typed."""
    found = queries.recruiter_page(actor, pk)
    words = Words((v.draft for v in found.versions), RecruiterForm)
    more = {"about": issues_about(actor, pk), **in_words(found, words, wrong)}
    return page(request, "desk/recruiter.html", status=422 if wrong else 200, recruiter=found, **more)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Publish what waits, say that it is still true, or withdraw it."""
    return decided(request, RECRUITERS, pk, verb, published=PUBLISHED)


@require_http_methods(["GET", "HEAD", "POST"])
def licence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what somebody says of the licence."""
    actor = acting(request)
    found = queries.recruiter_page(actor, pk)
    form = LicenceForm(request.POST or None)
    made = request.method == "POST" and attempt(form, lambda d: registering.say(actor, pk, form.licence(), d["sent_id"]))
    if made:
        say(request, SAVED)
        return redirect("desk:recruiter", pk=pk)
    return page(request, "desk/licence_form.html", status=status_of(form), form=form, recruiter=found)


@require_POST
def licence_act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Publish what somebody says of a licence, say that it is still so, or show it no more."""
    if verb not in _CLAIM_ACTS:
        raise NotYours
    run, done = _CLAIM_ACTS[verb]
    of = run(acting(request), pk)
    say(request, done)
    return redirect("desk:recruiter", pk=of)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new recruiter. The buttons beside the place only change the form; `send` saves it."""
    actor = acting(request)
    if not access.may(actor, "recruiter.write"):
        raise NotAllowed
    if request.method != "POST":
        return _form(request, RecruiterForm(), picker.state({}))
    return _write(request, None, lambda draft, sent: RECRUITERS.write(actor, draft, sent))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other words about a recruiter, beginning with the newest ones."""
    actor = acting(request)
    found = queries.recruiter_page(actor, pk)
    if request.method == "POST":
        return _write(request, found, lambda draft, _sent: RECRUITERS.propose(actor, pk, draft))
    draft = found.newest.draft
    return _form(request, RecruiterForm.begin(draft), picker.state_for(by_code(draft.place) if draft.place else None), found)


def _write(request: HttpRequest, found: Any, save: Any) -> HttpResponse:
    if "send" not in request.POST:
        return _form(request, typed(request.POST, RecruiterForm, SEVERAL), picker.state(request.POST), found)
    form = RecruiterForm(request.POST)
    demonstration = bool(found and found.newest.draft.demonstration)
    made, error = placed(request, form, lambda d, code: save(form.draft(code, demonstration=demonstration), d["sent_id"]))
    if made is None:
        return _form(request, form, picker.state(request.POST), found, error)
    say(request, SAVED)
    return redirect("desk:recruiter", pk=found.row.id if found else made)


def _form(request: HttpRequest, form: RecruiterForm, place: Any, found: Any = None, error: str = "") -> HttpResponse:
    status = 422 if error else status_of(form)
    return page(request, "desk/recruiter_form.html", status=status, form=form, places=place, place_error=error, recruiter=found)
