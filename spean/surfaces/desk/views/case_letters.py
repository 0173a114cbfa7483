"""A letter, complaint or receipt of a case: begun from its template, edited, kept; and one as A4."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spean.cases.letter_enums import COMPLAINTS, RECEIPTS, LetterKind
from spean.cases.operations import letters, reading
from spean.cases.queries import cases as queries
from spean.kernel.errors import Invalid
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.letter_forms import CaseLetterForm, ChosenForm
from spean.surfaces.pages import page
from spean.surfaces.papers import as_download, paper
from spean.surfaces.templatetags.spean import day, digits


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A paper about one row of a ledger. Who does not look after the case says why on the page of letters first."""
    actor, asked = acting(request), ChosenForm(request.POST or request.GET)
    reading.ready(actor, pk, "letter")
    if not asked.is_valid():
        return redirect("desk:case_letters", pk=pk)
    form = CaseLetterForm(request.POST) if request.method == "POST" else None
    if form is not None and attempt(form, lambda d: letters.write(actor, pk, d["chosen"], d["text"], d["sent_id"])):
        say(request, _("Kept and sealed as it is. Print it; when somebody has it, write that down here."))
        return redirect("desk:case_letters", pk=pk)
    try:
        draft = letters.begin(actor, pk, asked.chosen())
    except Invalid:
        return redirect("desk:case_letters", pk=pk)
    begun = {"kind": draft.kind, "row": asked.cleaned_data["row"], "by": draft.by}
    form = form or CaseLetterForm(initial={**begun, "text_km": draft.text.km, "text_en": draft.text.en})
    shown = {"head": queries.case_head(actor, pk), "draft": draft, "form": form, "row": begun["row"]}
    return page(request, "desk/case_letter.html", status=422 if form.is_bound else 200, receipt=draft.kind in RECEIPTS, **shown)


@require_safe
def show(request: HttpRequest, pk: UUID, letter: UUID) -> HttpResponse:
    """One paper as A4, in the language of the page: each time is written in the trail."""
    try:
        made = letters.printed(acting(request), pk, letter)
    except Invalid:
        return redirect("desk:case_letters", pk=pk)
    km = get_language() != "en"
    data: dict[str, Any] = {
        "title": _title(made.kind), "marks": _marks(made.kind),
        "organisation": made.organisation_km if km else made.organisation_en,
        "number": digits(made.number), "day": day(made.on), "text": made.text.km if km else made.text.en,
    }  # fmt: skip
    words = {
        "foot": "" if made.kind in RECEIPTS else _("Confidential: only for whom it is addressed to"),
        "number": _("Number"),
        "signed": _("Signature and stamp"),
        "mark": _("Signature or thumbprint"),
        "name": _("Name"),
        "day": _("Day"),
    }
    return as_download(paper("letter", get_language() or "km", words, data), f"letter-{made.number.replace('/', '-')}")


def _title(kind: str) -> str:
    """What stands above the words; a letter does not say before all others what it is about."""
    if kind in RECEIPTS:
        return _("Receipt")
    return str(LetterKind(kind).label) if kind in COMPLAINTS.values() else _("Letter")


def _marks(kind: str) -> list[str]:
    """Who puts a mark on it; none where the organisation signs."""
    if kind == LetterKind.RECEIPT:
        return [_("The owner"), _("Who gave it back"), _("Witness")]
    if kind == LetterKind.MONEY_RECEIPT:
        return [_("Who received it"), _("Who gave it"), _("Witness")]
    return (
        [_("Who complains"), _("Who helped to write it"), _("Who received it, and when")] if kind in COMPLAINTS.values() else []
    )
