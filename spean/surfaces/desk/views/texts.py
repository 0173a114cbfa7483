"""Texts that readers see: the list, one text with its versions, a preview, two versions side by side, and what is decided."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotYours
from spean.kernel.text import whole_number
from spean.library.enums import PageKind, TextState
from spean.library.operations import texts as operations
from spean.library.queries import texts as queries
from spean.surfaces.desk.acting import acting, say
from spean.surfaces.pages import page
from spean.surfaces.pictures import ICONS

VIEWS = (
    ("all", _("All")),
    ("publish", _("Waits for you to publish")),
    ("waiting", _("Waits for a second person")),
    ("drafts", _("Drafts")),
    *TextState.choices,
)
SENT = _("Sent. Readers see it once somebody else has read it and published it.")
ACTS: dict[str, tuple[Any, Any]] = {
    "propose": (operations.propose, SENT),
    "publish": (operations.publish, _("Published. Readers see it from now on.")),
    "refuse": (operations.refuse, _("Put aside. What readers see stays as it was. The wording is kept in the history.")),
    "withdraw": (
        lambda actor, pk, _number: operations.withdraw(actor, pk),
        _("Withdrawn. Readers do not see it any more. Its versions are kept; a new one can be published."),
    ),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The texts, as the address's filters choose them."""
    actor, asked = acting(request), request.GET
    wanted = queries.Wanted(asked.get("view") or "all", asked.get("kind", ""), asked.get("q", ""))
    found = queries.listed(actor, wanted, asked.get("after", ""))
    lists = {"views": VIEWS, "kinds": PageKind.choices, "may_write": access.may(actor, "text.write")}
    return page(request, "desk/texts.html", found=found, wanted=wanted, q=wanted.words[: queries.LONGEST_QUERY], **lists)


@require_safe
def text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One text: what readers see, what is being written, what changes, and every version."""
    return page(request, "desk/text.html", text=queries.text_page(acting(request), pk))


@require_safe
def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A version by the very template of the public page, marked as not public."""
    row, one, made = queries.preview(acting(request), pk, number)
    way = row.kind == PageKind.WAY
    shown = {"way": made, "icons": ICONS} if way else {"questions": (made,), "demonstration": False}
    frame = "public/way.html" if way else "public/law.html"
    return page(request, "desk/text_preview.html", frame=frame, text=row, version=one, media_at="desk:text_file", **shown)


@require_safe
def compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two versions, line by line."""
    old, new = (whole_number(request.GET.get(name, "")) for name in ("old", "new"))
    row, change = queries.compare(acting(request), pk, old, new)
    return page(request, "desk/text_compare.html", text=row, change=change)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One of ACTS, about the version that the reader has seen."""
    if verb not in ACTS:
        raise NotYours
    run, saved = ACTS[verb]
    run(acting(request), pk, whole_number(request.POST.get("number", "")))
    say(request, saved)
    return redirect("desk:text", pk=pk)
