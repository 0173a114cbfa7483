"""Writing a text: a new one or a change. Steps are moved and facts put in without a script; nothing typed is lost."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spean.accounts import access
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.library import texts
from spean.library.enums import PageKind
from spean.library.models import TextVersion
from spean.library.operations import texts as operations
from spean.library.queries import texts as queries
from spean.surfaces.desk.acting import acting, say
from spean.surfaces.desk.text_writing import EMPTY, Writing
from spean.surfaces.desk.views.texts import SENT
from spean.surfaces.pages import page

SAVED = _("Saved as a draft. Readers see nothing of it; you and whoever else keeps facts can go on with it.")
Keep = Callable[[texts.Body, Writing], TextVersion]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new text of this kind, from nothing."""
    actor = acting(request)
    if kind not in PageKind.values:
        raise NotYours
    if not access.may(actor, "text.write"):
        raise NotAllowed
    names = queries.fact_names()
    empty = texts.normal(kind, {"steps": [EMPTY]})

    def keep(body: texts.Body, writing: Writing) -> TextVersion:
        data = writing.head.cleaned_data
        return operations.begin(actor, kind, data["slug"], body, data["sent_id"])

    return _written(request, kind, names, empty, keep)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A changed text; a draft of it is where it begins."""
    actor = acting(request)
    begun, names = queries.start(actor, pk), queries.fact_names()

    def keep(body: texts.Body, writing: Writing) -> TextVersion:
        data = writing.head.cleaned_data
        return operations.write(actor, pk, body, data["sent_id"], seen=data["seen"])

    return _written(request, begun.kind, names, begun.body, keep, begun)


def _written(
    request: HttpRequest,
    kind: str,
    names: queries.FactNames,
    body: texts.Body,
    keep: Keep,
    begun: queries.Start | None = None,
) -> HttpResponse:
    """Save and go where the button says; or show the form again, with a step moved or with reasons."""
    if request.method != "POST":
        more = {"seen": begun.seen} if begun else {}
        return _show(request, Writing.begun(kind, names, body, **more), begun)
    writing = Writing.sent(kind, names, request.POST)
    if "do" in request.POST:
        return _show(request, writing.moved(request.POST["do"], request.POST), begun)
    made = _kept(writing, keep, whole="send" in request.POST)
    if made is None:
        return _show(request, writing, begun)
    return _after(request, made)


def _kept(writing: Writing, keep: Keep, *, whole: bool) -> TextVersion | None:
    """The draft that was made; None with reasons on the forms. What is to be sent has to be whole before it is kept."""
    if not writing.is_valid():
        return None
    body = texts.normal(writing.kind, writing.body())
    if missing := texts.gaps(writing.kind, body) if whole else {}:
        writing.blame(missing)
        return None
    try:
        return keep(body, writing)
    except Invalid as error:
        writing.blame(error.fields or {"": error.message})
        return None


def _after(request: HttpRequest, made: TextVersion) -> HttpResponse:
    pk = made.text_id
    if "send" in request.POST:
        operations.propose(acting(request), pk, made.number)
        say(request, SENT)
        return redirect("desk:text", pk=pk)
    if "preview" in request.POST:
        return redirect("desk:text_version", pk=pk, number=made.number)
    say(request, SAVED)
    return redirect("desk:text_change", pk=pk)


def _show(request: HttpRequest, writing: Writing, begun: queries.Start | None) -> HttpResponse:
    status = 422 if writing.has_reasons else 200
    return page(request, "desk/text_form.html", status=status, writing=writing, form=writing.head, text=begun)
