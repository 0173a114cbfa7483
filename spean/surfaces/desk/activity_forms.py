"""The forms of activities: of one itself, of who came, and of a line of each of its lists."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.kernel import text
from spean.programme import activity_enums as codes
from spean.programme.lines import TIES
from spean.programme.models.activities import MOST, WORDS
from spean.programme.models.programmes import LONGEST_NAME
from spean.programme.operations.activities import Kept
from spean.programme.queries.activities import ActivityPage, LineView
from spean.surfaces.desk.fields import Code, Codes, Day, Number, PlainForm, PlainText, SentForm
from spean.surfaces.desk.training_forms import SomeField

LONGEST_ABOUT = 3000


class Hour(forms.TimeField):
    """An hour and minute, in the browser's own clock; also typed, in Khmer or Latin digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "input"})
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], widget=widget, **kwargs)
        self.error_messages["invalid"] = _("Write an hour like 7:30.")

    def to_python(self, value: Any) -> Any:
        """The hour."""
        return super().to_python(text.latin_digits(value) if isinstance(value, str) else value)


def _name(label: Any, **kwargs: Any) -> PlainText:
    return PlainText(max_length=LONGEST_NAME, required=False, label=label, **kwargs)


def _words(label: Any, lines: int = 2, **kwargs: Any) -> PlainText:
    return PlainText(max_length=WORDS, lines=lines, label=label, **kwargs)


class ActivityForm(SentForm):
    """An activity. The place is chosen beside it; what is wrong is judged by the operation."""

    kind = Code(codes.ActivityKind, radio=True, label=_("What kind of activity"))
    setting = Code(codes.Setting, empty=_("Not an outreach session"), required=False, label=_("Where it meets people"))
    name_km = _name(_("What it is called, in Khmer"))
    name_en = _name(_("What it is called, in English"))
    on = Day(label=_("First day"))
    until = Day(required=False, label=_("Last day, if there are several"))
    starts = Hour(required=False, label=_("From which hour"))
    ends = Hour(required=False, label=_("Until which hour"))
    venue_km = _name(_("The venue, in Khmer"), help_text=_("For example the yard of the primary school."))
    venue_en = _name(_("The venue, in English"))
    topics = Codes(codes.Topic, label=_("What is talked about"))
    audience = Code(codes.Audience, empty=_("Not known"), required=False, label=_("With whom"))
    project = Code(empty=_("None"), required=False, label=_("For which project"))
    part_of = Code(empty=_("By itself"), required=False, label=_("Part of which event"))
    about_km = PlainText(max_length=LONGEST_ABOUT, lines=4, required=False, label=_("What everybody may know of it, in Khmer"))
    about_en = PlainText(max_length=LONGEST_ABOUT, lines=4, required=False, label=_("What everybody may know of it, in English"))
    presides_km = _name(_("Who presides, by role, in Khmer"))
    presides_en = _name(_("Who presides, by role, in English"))

    def __init__(self, *args: Any, choices: Mapping[str, list[tuple[str, str]]], large: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in choices.items():
            self.fields[name].choices = [*self.fields[name].choices, *known]
        if not large:
            self.fields["kind"].choices = [choice for choice in codes.ActivityKind.choices if choice[0] not in codes.LARGE]
            for name in ("part_of", "presides_km", "presides_en"):
                self.fields[name].widget = forms.HiddenInput()

    def settle(self, found: ActivityPage) -> None:
        """It stays of its kind, and a part of what it is a part of."""
        for name in ("kind", "part_of"):
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput())
        if not found.large and not found.whole:
            for name in ("presides_km", "presides_en"):
                self.fields[name].widget = forms.HiddenInput()

    def kept(self) -> Kept:
        """What is written down, once the form is valid."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        ids = {name: UUID(typed[name]) if typed[name] else None for name in ("project", "part_of")}
        return Kept(**{**typed, **ids})


class CancelForm(PlainForm):
    """Why it does not take place."""

    why = Code(codes.WhyCancelled, empty=_("Choose"), label=_("Why it does not take place"))


class CountForm(PlainForm):
    """How many came, and of those how many of each group."""

    total = Number(most=MOST, label=_("How many came"))

    def __init__(self, *args: Any, found: ActivityPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {(a.axis, g.code): g.number for a in found.axes for g in a.groups}
        for axis, book in codes.AXES.items():
            for code, label in book.choices:
                field = Number(most=MOST, required=False, label=label, initial=told.get((axis, code)))
                field.widget.attrs |= {"class": "input text-center text-xl", "data-step": "1"}
                self.fields[f"{axis}-{code}"] = field
        self.fields["total"].initial = found.by_hand
        self.fields["total"].widget.attrs |= {"class": "input text-center text-xl", "data-step": "1"}

    @property
    def axes(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """(axis, its word, its fields)."""
        return [(axis, codes.Axis(axis).label, [self[f"{axis}-{c}"] for c in book.values]) for axis, book in codes.AXES.items()]

    def counts(self) -> dict[str, dict[str, int]]:
        """What was counted, once the form is valid."""
        return {axis: {c: self.cleaned_data[f"{axis}-{c}"] or 0 for c in book.values} for axis, book in codes.AXES.items()}


def _how_many(label: Any, **kwargs: Any) -> Number:
    return Number(most=MOST, label=label, **kwargs)


#: of each list, the fields of a line; a form of them is made by `line_form`
LINES: dict[str, dict[str, Any]] = {
    "items": {
        "on": lambda: Day(label=_("Day")),
        "starts": lambda: Hour(label=_("From which hour")),
        "minutes": lambda: Number(most=1440, label=_("How many minutes")),
        "what_km": lambda: _words(_("What happens, in Khmer"), required=False),
        "what_en": lambda: _words(_("What happens, in English"), required=False),
        "who_km": lambda: _name(_("Who leads it, by role or organisation, in Khmer")),
        "who_en": lambda: _name(_("Who leads it, by role or organisation, in English")),
        "where_km": lambda: _name(_("Where, in Khmer")),
        "where_en": lambda: _name(_("Where, in English")),
    },
    "leaders": {
        "role": lambda: Code(codes.Facilitator, empty=_("Choose"), label=_("In which role")),
        "member": lambda: Code(empty=_("Not one of us"), required=False, label=_("One of us")),
    },
    "materials": {
        "material": lambda: Code(codes.Material, empty=_("Choose"), label=_("What")),
        "number": lambda: _how_many(_("How many")),
        "words": lambda: _words(_("Which one"), 1, required=False),
    },
    "questions": {
        "topic": lambda: Code(codes.Topic, empty=_("Choose"), label=_("About what")),
        "words": lambda: _words(_("What was asked, in words without names")),
        "answered": lambda: forms.BooleanField(required=False, label=_("It was answered there")),
    },
    "quizzes": {
        "topic": lambda: Code(codes.Topic, empty=_("Choose"), label=_("About what")),
        "words": lambda: _words(_("The question")),
        "before": lambda: _how_many(_("Before: how many answered")),
        "right_before": lambda: _how_many(_("Before: how many were right")),
        "after": lambda: _how_many(_("After: how many answered")),
        "right_after": lambda: _how_many(_("After: how many were right")),
    },
    "costs": {
        "kind": lambda: Code(codes.CostKind, empty=_("Choose"), label=_("What for")),
        "words": lambda: _words(_("In words"), 1, required=False),
        "currency": lambda: Code(codes.Money, initial=codes.Money.RIEL, label=_("In which money")),
        "planned": lambda: SomeField(required=False, label=_("Planned")),
        "spent": lambda: SomeField(required=False, label=_("Spent")),
    },
    "partners": {
        "name": lambda: PlainText(max_length=LONGEST_NAME, label=_("Organisation")),
        "task": lambda: _words(_("Its task")),
        "state": lambda: Code(codes.Done, initial=codes.Done.TO_DO, label=_("Where it stands")),
    },
    "invitations": {
        "whom": lambda: PlainText(max_length=LONGEST_NAME, label=_("Organisation or role")),
        "kind": lambda: Code(codes.Attendee, empty=_("Choose"), label=_("Who they are")),
        "number": lambda: _how_many(_("How many people are invited")),
        "reply": lambda: Code(codes.Reply, initial=codes.Reply.WAITING, label=_("What was answered")),
        "coming": lambda: _how_many(_("How many come"), initial=0),
    },
    "risks": {
        "risk": lambda: _words(_("What could happen")),
        "action": lambda: _words(_("What we do about it")),
        "who": lambda: PlainText(max_length=LONGEST_NAME, label=_("Who does it, by role")),
    },
    "shifts": {
        "on": lambda: Day(label=_("Day")),
        "starts": lambda: Hour(label=_("From which hour")),
        "ends": lambda: Hour(label=_("Until which hour")),
        "task": lambda: _words(_("At what, and where"), 1),
        "number": lambda: Number(most=1000, label=_("How many volunteers are needed"), initial=1),
        "member": lambda: Code(empty=_("Nobody yet"), required=False, label=_("One of us")),
    },
    "shares": {
        "donor": lambda: Code(empty=_("Choose"), label=_("Which donor")),
        "per_cent": lambda: Number(most=100, label=_("Per cent")),
    },
    "todos": {
        "what": lambda: _words(_("What has to be done"), 1),
        "who": lambda: _name(_("Who does it, by role")),
        "due_on": lambda: Day(label=_("Until which day")),
        "state": lambda: Code(codes.Done, initial=codes.Done.TO_DO, label=_("Where it stands")),
    },
}


class LineForm(SentForm):
    """A line of a list."""

    def __init__(self, *args: Any, name: str, ties: list[tuple[str, str]], begin: Any = None, **kwargs: Any) -> None:
        initial = dict(begin.said) if isinstance(begin, LineView) else dict(begin or {})
        super().__init__(*args, initial=initial, **kwargs)
        for field, make in LINES[name].items():
            self.fields[field] = made = make()
            if field in TIES:
                made.choices = [*made.choices, *ties]
        self.order_fields(["sent_id", *LINES[name]])
        self.dress()

    def said(self) -> dict[str, Any]:
        """What the line says, once the form is valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        if "member" in given:
            given["member"] = UUID(given["member"]) if given["member"] else None
        if "donor" in given:
            given["donor"] = int(given["donor"])
        return given


LABELS = {name: {field: make().label for field, make in fields.items()} for name, fields in LINES.items()}
