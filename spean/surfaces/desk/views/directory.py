"""The help directory on the desk: lists, an entry with its versions and numbers, its form, what a second person does."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory.operations import writing
from spean.directory.operations.writing import ENTRIES
from spean.directory.queries import desk as queries
from spean.kernel.errors import NotAllowed
from spean.places import picker
from spean.places.enums import Level
from spean.places.picker import PickerState
from spean.places.queries import by_code
from spean.surfaces.desk.acting import acting, say
from spean.surfaces.desk.call_forms import Wrong
from spean.surfaces.desk.entry_forms import AREA, EntryForm, country_names, with_area
from spean.surfaces.desk.entry_words import Words
from spean.surfaces.desk.placing import placed
from spean.surfaces.desk.two_people import SAVED, VIEWS, decided, in_words, typed
from spean.surfaces.pages import page

#: fields with several answers
SEVERAL = ("needs", "areas", "days", "languages", "papers")
PUBLISHED = _("Published. Everybody can read it now; each number is shown when a test call found it right.")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The entries; first those that need somebody this week."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "entry.see"):
        raise NotAllowed
    view = asked.get("view") if asked.get("view") in dict(VIEWS) else "check"
    wanted = {"view": view, "country": asked.get("country", "")[:2], "words": asked.get("q", "")}
    found = queries.entries(actor, **wanted, after=asked.get("after", ""))
    lists = {"views": VIEWS, "countries": sorted(country_names().items(), key=lambda pair: pair[1])}
    return page(request, "desk/directory.html", found=found, count=queries.count(actor, **wanted), wanted=wanted, **lists)


@require_safe
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry: what everybody reads, what waits, the numbers with their calls, all versions."""
    return show(request, acting(request), pk)


def show(request: HttpRequest, actor: Actor, pk: UUID, wrong: Wrong | None = None) -> HttpResponse:
    """The page of an entry; with a test call that could not be kept, what was typed."""
    found = queries.entry_page(actor, pk)
    words = Words(v.draft for v in found.versions)
    return page(request, "desk/entry.html", status=422 if wrong else 200, entry=found, **in_words(found, words, wrong))


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Publish what waits, say that it is still true, or withdraw it."""
    return decided(request, ENTRIES, pk, verb, published=PUBLISHED)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry. The buttons beside the place only change the form; `send` saves it."""
    actor = acting(request)
    if not access.may(actor, "entry.write"):
        raise NotAllowed
    if request.method != "POST":
        return _form(request, EntryForm(), picker.state({}), _more({}))
    return _write(request, None, lambda draft, sent: writing.write(actor, draft, sent))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other words for an entry, beginning with the newest ones."""
    actor = acting(request)
    found = queries.entry_page(actor, pk)
    if request.method == "POST":
        return _write(request, found, lambda draft, _sent: writing.propose(actor, pk, draft))
    draft = found.newest.draft
    at = picker.state_for(by_code(draft.place) if draft.place else None)
    return _form(request, EntryForm.begin(draft), at, _more({}), found)


def _write(request: HttpRequest, found: Any, save: Any) -> HttpResponse:
    before = found.newest.draft if found else None
    posted, wrong = with_area(request.POST)
    kept = (*(before.areas if before else ()), *posted.getlist("areas"))
    if "send" not in posted or wrong:
        form = typed(posted, EntryForm, SEVERAL, kept=kept)
        return _form(request, form, picker.state(posted), _more(posted), found, area_error=wrong)
    form = EntryForm(posted, kept=kept)
    demonstration = bool(before and before.demonstration)
    made, error = placed(request, form, lambda d, code: save(form.draft(code, demonstration=demonstration), d["sent_id"]))
    if made is None:
        return _form(request, form, picker.state(posted), _more(posted), found, place_error=error)
    say(request, SAVED)
    return redirect("desk:entry", pk=found.row.id if found else made)


def _more(data: Any) -> PickerState:
    """The choice of one more area."""
    return picker.state(data, AREA, Level.COMMUNE)


def _form(
    request: HttpRequest, form: EntryForm, place: PickerState, more: PickerState, found: Any = None, **errors: str
) -> HttpResponse:
    status = 422 if any(errors.values()) or (form.is_bound and form.errors) else 200
    return page(request, "desk/entry_form.html", status=status, form=form, places=place, more=more, entry=found, **errors)
