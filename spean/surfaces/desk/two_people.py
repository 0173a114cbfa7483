"""What the pages of the help directory and of the register share: lists by what is due, a page of versions, the second person."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from spean.directory.operations.keeping import Keeper
from spean.kernel.claims import ClaimState
from spean.kernel.errors import NotYours
from spean.kernel.text import whole_number
from spean.surfaces.desk.acting import acting, say
from spean.surfaces.desk.call_forms import Wrong, with_forms
from spean.surfaces.desk.entry_words import Words

VIEWS = (
    ("check", _("Needs a check this week")),
    ("waits", _("Waits for a second person")),
    ("overdue", _("Overdue")),
    ("uncalled", _("Numbers that nobody has called")),
    *ClaimState.choices,
    ("all", _("All")),
)
SAVED = _("Saved. Nobody outside sees it yet: another manager or coordinator checks it and publishes it.")
_SAID = {
    "check": _("Saved: it is still true. It is to be checked again in a year."),
    "withdraw": _("Withdrawn. Nobody outside sees it any more; its versions are kept here."),
}


def decided(request: HttpRequest, keeper: Keeper[Any, Any], pk: UUID, verb: str, *, published: Any) -> HttpResponse:
    """Publish what waits, say that it is still true, or withdraw it; then its page again. `published` is said after the first."""
    if verb not in {"publish", *_SAID}:
        raise NotYours
    actor = acting(request)
    if verb == "publish":
        keeper.publish(actor, pk, whole_number(request.POST.get("number", "")))
    else:
        {"check": keeper.check, "withdraw": keeper.withdraw}[verb](actor, pk)
    say(request, _SAID.get(verb, published))
    return redirect(f"desk:{keeper.noun}", pk=pk)


def in_words(found: Any, words: Words, wrong: Wrong | None) -> dict[str, Any]:
    """The words that everybody reads, those that wait, the numbers with their forms, all versions."""
    shown = found.shown.draft if found.shown else None
    return {
        "shown": words.lines(shown) if shown else [],
        "waiting": words.lines(found.waiting.draft, shown) if found.waiting else [],
        "numbers": with_forms(found.numbers, wrong),
        "versions": [(v, words.lines(v.draft)) for v in found.versions],
    }


def typed(posted: QueryDict, form: Callable[..., Form], several: Iterable[str], **more: Any) -> Form:
    """The form with what was typed so far, without judging it: a button beside the place was pressed."""
    return form(initial={**posted.dict(), **{name: posted.getlist(name) for name in several}}, **more)
