"""Facts that we tell people: the list, one fact with its history and its pages, writing, and what a second person decides."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.claims import ClaimState
from spean.kernel.errors import NotAllowed, NotYours
from spean.kernel.text import whole_number
from spean.library.operations import facts as operations
from spean.library.queries import facts as queries
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.fact_forms import FactForm, NewFactForm
from spean.surfaces.pages import page

VIEWS = (
    ("all", _("All")),
    ("week", _("Needs a check this week")),
    ("publish", _("Waits for you to publish")),
    ("waiting", _("Waits for a second person")),
    ("overdue", _("Overdue")),
    *ClaimState.choices,
)
WRITTEN = _("Saved. Nobody sees it on a page yet: somebody else has to check it against its source and publish it.")
ACTS: dict[str, tuple[Any, Any]] = {
    "publish": (operations.publish, _("Published. These pages show it from now on:")),
    "refuse": (operations.refuse, _("Refused. What was shown before stays. The wording is kept in the history.")),
    "withdraw": (
        lambda actor, pk, _number: operations.withdraw(actor, pk),
        _("Withdrawn. No page shows it any more. Changed are:"),
    ),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The facts, as the address's filters choose them."""
    actor, asked, areas = acting(request), request.GET, queries.areas()
    area = asked.get("area", "")
    wanted = queries.Wanted(asked.get("view") or "all", area if area in areas else "", asked.get("q", ""))
    found = queries.facts(actor, wanted, asked.get("after", ""))
    lists = {"views": VIEWS, "areas": areas, "may_write": access.may(actor, "fact.write")}
    return page(request, "desk/facts.html", found=found, wanted=wanted, q=wanted.words[: queries.LONGEST_QUERY], **lists)


@require_safe
def fact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One fact: how it is shown, what waits, what was before, and where it is used."""
    return page(request, "desk/fact.html", fact=queries.fact_page(acting(request), pk))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new fact."""
    actor = acting(request)
    if not access.may(actor, "fact.write"):
        raise NotAllowed
    form = NewFactForm(request.POST or None)

    def run(data: dict[str, Any]) -> UUID:
        return operations.write(actor, data["key"], data["subject"] or data["key"], form.said(), data["sent_id"])

    return _written(request, form, run, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A changed wording of a fact; what waits already is where it begins."""
    actor = acting(request)
    found = queries.fact_page(actor, pk)
    if "propose" not in found.may:
        raise NotYours
    begun = found.waiting.said if found.waiting else found.said
    form = FactForm(request.POST or None, initial={**begun.__dict__, "seen": found.history[0].number})

    def run(data: dict[str, Any]) -> UUID:
        return operations.propose(actor, pk, form.said(), data["sent_id"], seen=data["seen"])

    return _written(request, form, run, found)


def _written(request: HttpRequest, form: FactForm, run: Any, found: queries.FactPage | None) -> HttpResponse:
    """Save and go to the fact; or show the form again, with a preview where one was asked for."""
    shown = None
    if request.method == "POST" and "preview" in request.POST:
        shown = attempt(form, lambda _data: queries.previews(operations.checked(form.said())))
    elif request.method == "POST":
        made = attempt(form, run)
        if made:
            say(request, WRITTEN)
            return redirect("desk:fact", pk=made)
    status = 422 if form.is_bound and shown is None else 200
    return page(request, "desk/fact_form.html", status=status, form=form, fact=found, shown=shown)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One of ACTS, about the version that the reader has seen."""
    if verb not in ACTS:
        raise NotYours
    actor = acting(request)
    run, saved = ACTS[verb]
    run(actor, pk, whole_number(request.POST.get("number", "")))
    uses = queries.fact_page(actor, pk).uses
    say(request, saved, _changed(uses) if verb != "refuse" else "")
    return redirect("desk:fact", pk=pk)


def _changed(uses: tuple[queries.Use, ...]) -> str:
    return "; ".join(use.title for use in uses) + "." if uses else str(_("no page yet."))
