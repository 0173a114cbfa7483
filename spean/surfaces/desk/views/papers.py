"""What is printed: a meeting's agenda, a letter to an office, a volunteer's list for reading back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spean.kernel import clock
from spean.kernel.text import khmer_digits
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.meeting_forms import LetterForm
from spean.surfaces.pages import page
from spean.surfaces.papers import as_download, paper
from spean.surfaces.templatetags.spean import day
from spean.voices import enums, letters, queries
from spean.voices.enums import Decision, LetterKind, MeetingState
from spean.voices.operations import meetings as operations
from spean.voices.queries import meetings


def _digits(text: Any) -> str:
    return khmer_digits(str(text)) if translation.get_language() == "km" else str(text)


def _link(request: HttpRequest, name: str, *args: Any) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


@require_safe
def agenda(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The agenda (or, once it was held, the minutes) as A4, in the language of the page."""
    found = meetings.meeting_page(acting(request), pk)
    held = found.row.state == MeetingState.HELD
    title = _("Minutes of the meeting") if held else _("Agenda of the meeting")
    choices = [str(Decision(d).label) for d in Decision]
    items = [_agenda_item(n, i) for n, i in enumerate(found.items, 1)]
    data = {"title": title, "committee": found.row.committee, "day": day(found.row.on), "items": items, "choices": choices}
    words = {
        "foot": _("Spean · public-safe words, nobody is named"), "qr": _("The page of this meeting"), "day": _("Day"),
        "nothing": _("Nothing waits for this meeting."), "who": _("Who raised it"), "promised": _("Promised"),
        "said": _("The meeting said:"), "what": _("In words:"), "office": _("Office:"), "until": _("Until:"),
        "chair": _("Chair of the meeting"), "clerk": _("Written by"),
    }  # fmt: skip
    made = paper("agenda", _language(), words, data, link=_link(request, "desk:meeting", pk))
    return as_download(made, f"agenda-{found.row.on.isoformat()}")


def _language() -> str:
    return translation.get_language() or "km"


def _agenda_item(place: int, item: meetings.AgendaItem) -> dict[str, Any]:
    row = item.row
    due = (_("Overdue since %(day)s") if row.overdue else _("Due on %(day)s")) % {"day": day(row.due_on)} if row.due_on else ""
    few = _("fewer than 5")
    return {
        "place": _digits(place), "number": _digits(row.number), "title": row.title, "kind": row.kind, "places": row.place,
        "due": due, "overdue": row.overdue, "summary": item.summary, "promised": item.promised, "decision": item.decision_label,
        "groups": [f"{label}: {few if small else _digits(number)}" for _c, label, number, small in item.weight.groups],
        "ask": item.to_decide,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A letter about an issue, begun from a template and edited before it is kept and printed."""
    actor = acting(request)
    found = queries.issue_page(actor, pk, to="issue.letter")
    kind = request.GET.get("kind", LetterKind.REQUEST)
    kind = kind if kind in LetterKind.values else LetterKind.REQUEST
    form = LetterForm(request.POST or None, initial={"kind": kind, **_begun(kind, found)})
    if request.method == "POST":
        made = attempt(form, lambda d: operations.write_letter(actor, pk, **d))
        if made:
            say(request, _("The letter is kept with its number. Print it, sign it, and bring it to the office."))
            return redirect("desk:issue", pk=pk)
    shown = {"issue": found, "form": form, "kinds": LetterKind.choices, "kind": kind, "letters": meetings.letters(actor, pk)}
    return page(request, "desk/letter.html", status=422 if form.is_bound else 200, **shown)


def _begun(kind: str, found: queries.IssuePage) -> dict[str, str]:
    both = {}
    for language, title in (("km", found.title_km), ("en", found.title_en)):
        with translation.override(language):
            fresh = {"due": day(found.row.due_on) if found.row.due_on else "…", "number": _digits(found.row.number)}
            both[language] = {**fresh, "title": title, "committee": found.row.committee, "places": ", ".join(found.places)}
    in_khmer, in_english = letters.begin(kind, **both)
    return {"text_km": in_khmer, "text_en": in_english}


@require_safe
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A letter as A4, in the language of the page."""
    found, km = meetings.letter(acting(request), pk), _language() == "km"
    data = {
        "title": found.kind_label, "organisation": found.organisation_km if km else found.organisation_en,
        "number": _digits(found.number), "day": day(found.on), "text": found.text_km if km else found.text_en,
    }  # fmt: skip
    words = {
        "foot": _("Spean · public-safe words, nobody is named"),
        "number": _("Letter no."),
        "signed": _("Signature and stamp"),
    }
    return as_download(paper("letter", _language(), words, data), f"letter-{found.number}")


@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    """The answers that a volunteer reads back to the village, in large type, with room for what it says."""
    actor = acting(request)
    rows = queries.issues(actor, view="to_read_back").rows
    items = [_reading_item(queries.issue_page(actor, row.id)) for row in rows]
    words = {
        "foot": _("Write no names; only how many were there."),
        "how": _("Read each aloud in a meeting, and count hands."),
        "nothing": _("Nothing waits to be read back."),
        "promised": _("The office promised:"),
        "done": _("The office says it did:"),
        "yes": _("Yes, it was done"),
        "no": _("No, it was not done"),
        "women": _("Women:"),
        "men": _("Men:"),
    }
    made = paper("reading", _language(), words, {"title": _("To read back to the village"), "items": items})
    return as_download(made, f"reading-{clock.today().isoformat()}")


def _reading_item(found: queries.IssuePage) -> dict[str, str]:
    done = [a for a in found.answers if a.kind == enums.AnswerKind.COMMITMENT and a.done_on]
    last = done[-1] if done else None
    return {
        "number": _digits(found.row.number), "title": found.row.title, "summary": found.summary,
        "promised": last.what if last else "", "done": last.done_note if last else "",
    }  # fmt: skip
