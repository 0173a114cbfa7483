"""The forms of a case's legal matters."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import law_enums as codes
from spean.cases.operations import hearings
from spean.cases.operations.law import Aid, Moved, Words
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Codes, Day, PlainText, SentForm
from spean.surfaces.desk.ledger_forms import LONGEST_WORDS, RowForm

NOBODY = [("", "—")]


def _choices(pairs: tuple[tuple[UUID, str], ...]) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in pairs]


def _id(typed: str) -> UUID | None:
    return UUID(typed) if typed else None


class ConsiderForm(SentForm):
    """A new legal matter."""

    kind = Code(codes.MatterKind, radio=True, label=_("What it is"))
    office = Code(codes.Office, empty=_("Choose"), label=_("Before which office, or to which it would be made"))
    who = PlainText(max_length=300, required=False, label=_("Against whom; of a charge, who accuses the person"))
    number = PlainText(max_length=120, required=False, label=_("Number of the file, if there is one"))
    text = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("What it is about, and what the person wants"))

    def clean(self) -> dict[str, Any]:
        """What is sealed, as one thing."""
        typed = super().clean() or self.cleaned_data
        return {**typed, "words": Words(typed.get("who", ""), typed.get("number", ""), text=typed.get("text", ""))}


MOVE_WORDS = {
    "make": _("It was made to the office"),
    "accept": _("The office deals with it"),
    "refuse": _("The office did not accept it"),
    "decide": _("It was decided"),
    "settle": _("It was settled by agreement"),
    "drop": _("The authority dropped it"),
    "withdraw": _("The person does not want it, or no longer"),
    "appeal": _("It was brought before a higher office"),
    "reconsider": _("The person considers it again"),
    "mistake": _("It was written down by mistake"),
}


class MoveForm(RowForm):
    """What became of a matter. Asks only what fits what can become of it now."""

    verb = Code(radio=True, label=_("What became of it"))
    on = Day(label=_("On which day"))
    office = Code(codes.Office, required=False, label=_("To which office"))
    answer_by = Day(required=False, label=_("Until when the office wants to answer, if it said so"))
    outcome = Code(codes.Outcome, empty=_("Choose"), required=False, label=_("If it was decided: for whom"))
    number = PlainText(max_length=120, required=False, label=_("Number of the file, if there is one"))
    text = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("What was said, and by whom"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["verb"].choices = [(verb, MOVE_WORDS[verb]) for verb in about.verbs]
        self.fields["on"].initial, self.fields["office"].initial = clock.today(), about.office_code
        if not codes.TELLS_OFFICE & set(about.verbs):
            del self.fields["office"]
        if not codes.TELLS_OFFICE & set(about.verbs) or (about.by_law and "appeal" not in about.verbs):
            del self.fields["answer_by"]
        if "decide" not in about.verbs:
            del self.fields["outcome"]

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            typed["moved"] = Moved(**{name: typed[name] for name in self.fields if name != "row"})
        return typed


AID_WORDS = {
    "ask": _("They were asked"),
    "take": _("They help with the matter"),
    "refuse": _("They cannot help"),
    "end": _("They help no more"),
}


class AidForm(RowForm):
    """Who helps with the law."""

    verb = Code(radio=True, label=_("What became of it"))
    entry = Code(required=False, label=_("Who, by the help directory"))
    lawyer = PlainText(max_length=200, required=False, label=_("Name of the lawyer, or who else helps"))
    on = Day(label=_("On which day"))
    text = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("What was said, and by whom"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        moves = codes.AID_MOVES
        self.fields["verb"].choices = [(verb, label) for verb, label in AID_WORDS.items() if about.aid_state in moves[verb][0]]
        self.fields["entry"].choices = NOBODY + _choices(about.choices.helpers)
        self.fields["on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            typed["given"] = Aid(typed["verb"], typed["on"], _id(typed["entry"]), typed["lawyer"], typed["text"])
        return typed


class HearingForm(SentForm, RowForm):
    """A hearing that is to come."""

    on = Day(label=_("On which day"))
    place = Code(codes.HearingPlace, empty=_("Choose"), label=_("Where"))
    where = PlainText(max_length=300, required=False, label=_("At what hour, in which building and room"))
    purpose = Code(codes.HearingFor, empty=_("Choose"), label=_("What for"))
    goes = Code(required=False, label=_("Who of us goes with the person"))
    who = PlainText(max_length=300, required=False, label=_("Who else goes along: lawyer, interpreter, somebody they trust"))
    text = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("What else matters for that day"))
    tell = forms.BooleanField(required=False, initial=True, label=_("Make a task of telling the person, three days before"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["goes"].choices = NOBODY + _choices(about.choices.colleagues)

    def clean(self) -> dict[str, Any]:
        """What is counted and what is sealed, each as one thing, once every field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            counted = (typed["on"], typed["place"], typed["purpose"], _id(typed["goes"]), typed["tell"])
            typed["planned"] = hearings.Planned(*counted)
            typed["words"] = hearings.Words(typed["where"], typed["who"], typed["text"])
        return typed


def _pick(field: Any, choices: list[tuple[str, str]]) -> None:
    """One of these; where there is only one, nobody is asked."""
    field.choices = choices
    if len(choices) == 1:
        field.widget, field.initial = forms.HiddenInput(), choices[0][0]


OVER_WORDS = {
    "hold": _("It took place"),
    "postpone": _("It is postponed"),
    "cancel": _("It does not take place"),
}


class OverForm(RowForm):
    """What became of a hearing."""

    hearing = Code(label=_("Which hearing"))
    verb = Code(radio=True, label=_("What became of it"))
    anew = Day(required=False, label=_("If it is postponed: to which day, if that is known"))
    words = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("What was said, and what comes next"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        planned = [one for one in about.hearings if one.planned]
        _pick(self.fields["hearing"], [(str(one.id), f"{one.purpose}, {one.on:%d/%m/%Y}") for one in planned])
        held = any(one.on <= clock.today() for one in planned)
        self.fields["verb"].choices = [(v, label) for v, label in OVER_WORDS.items() if v != "hold" or held]


class ProtectForm(SentForm, RowForm):
    """An office was asked to protect the person."""

    kind = Code(codes.MeasureKind, empty=_("Choose"), label=_("Which protection"))
    office = Code(codes.Office, label=_("Which office was asked"))
    on = Day(label=_("On which day"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("What the person fears, and what was said"))
    field_order = ("row", "kind", "office", "on", "words")

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["on"].initial, self.fields["office"].initial = clock.today(), about.office_code


ANSWER_WORDS = {"give": _("It was given"), "refuse": _("It was refused"), "end": _("It ended")}


class AnswerForm(RowForm):
    """What was answered to a protection that was asked for."""

    measure = Code(label=_("Which protection"))
    verb = Code(radio=True, label=_("What became of it"))
    on = Day(label=_("On which day"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("What was said, and by whom"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        asked = [one for one in about.measures if one.moves]
        _pick(self.fields["measure"], [(str(one.id), f"{one.kind}, {one.asked_on:%d/%m/%Y}") for one in asked])
        fit = {verb for one in asked for verb in one.moves}
        self.fields["verb"].choices = [(v, label) for v, label in ANSWER_WORDS.items() if v in fit]
        self.fields["on"].initial = clock.today()


class ClaimForm(RowForm):
    """Which matters of money are claimed in a legal one."""

    money = Codes(label=_("What is claimed here, of the money of this case"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["money"].choices = _choices(about.choices.money)
        self.fields["money"].initial = [str(pk) for pk in about.claimed]
