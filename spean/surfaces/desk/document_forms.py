"""The forms of the documents that somebody else keeps, and the month in which something began."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import enums
from spean.cases import ledger_enums as codes
from spean.cases.operations.documents import Taken, Words
from spean.cases.queries.documents import open_demands
from spean.kernel import clock
from spean.kernel.text import latin_digits
from spean.surfaces.desk.fields import Code, Day, PlainText, SentForm
from spean.surfaces.desk.ledger_forms import LONGEST_WORDS, RowForm


class Month(forms.DateField):
    """A month, as its first day: chosen in the browser, or written as 2026-05 or 05/2026, in Khmer or Latin digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-05"})
        super().__init__(input_formats=["%Y-%m", "%m/%Y"], widget=widget, **kwargs)
        self.error_messages["invalid"] = _("Write the month as year and month, for example 2026-05.")

    def to_python(self, value: Any) -> date | None:
        """The first day of the month."""
        found = super().to_python(latin_digits(value) if isinstance(value, str) else value)
        return found.replace(day=1) if found else None


class TakeForm(SentForm):
    """A document that somebody keeps."""

    kind = Code(codes.DocumentKind, empty=_("Choose"), label=_("What is kept"))
    owner = Code(codes.Owner, initial=codes.Owner.PERSON, radio=True, label=_("Whose it is"))
    holder_kind = Code(codes.HolderKind, empty=_("Choose"), label=_("Who keeps it"))
    holder = PlainText(max_length=300, required=False, label=_("Their name, and how to reach them"))
    country = Code(enums.Country, initial=enums.Country.NOT_KNOWN, label=_("In which country it is kept"))
    place = PlainText(max_length=300, required=False, label=_("Where, as exactly as it is known"))
    since = Month(required=False, label=_("Since which month"))
    pretext = Code(codes.Pretext, initial=codes.Pretext.NOT_ASKED, label=_("What the holder says why"))
    number = PlainText(max_length=60, required=False, label=_("Number of the document, if it is known"))
    words = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("What was promised, and who saw it"))

    def clean(self) -> dict[str, Any]:
        """What is counted and what is sealed, each as one thing, once every field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            counted = {name: typed[name] for name in ("kind", "holder_kind", "owner", "country", "pretext", "since")}
            typed["taken"] = Taken(**counted)
            typed["sealed"] = Words(**{name: typed[name] for name in ("holder", "number", "place", "words")})
        return typed


class DemandForm(SentForm, RowForm):
    """It was asked back."""

    way = Code(codes.DemandWay, empty=_("Choose"), label=_("How it was asked back"))
    on = Day(label=_("On which day"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("What was said, and by whom"))
    field_order = ("row", "way", "on", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()


class HearForm(RowForm):
    """What the holder answered."""

    demand = Code(label=_("To which request"))
    outcome = Code(label=_("What the holder answered"), radio=True)
    on = Day(label=_("On which day"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        asked = open_demands(about.demands)
        self.fields["demand"].choices = [(str(one.id), f"{one.way}, {one.on:%d/%m/%Y}") for one in asked]
        self.fields["outcome"].choices = [c for c in codes.DemandOutcome.choices if c[0] in codes.ANSWERS]
        self.fields["on"].initial = clock.today()
        if len(asked) == 1:
            self.fields["demand"].widget, self.fields["demand"].initial = forms.HiddenInput(), str(asked[0].id)


END_WORDS = {
    "return": _("It is back with its owner"),
    "replace": _("It was replaced by a new one"),
    "lose": _("It is lost"),
    "take_again": _("It was taken again"),
}


class EndForm(RowForm):
    """What became of it; what is back has its owner's receipt."""

    verb = Code(radio=True, label=_("What became of it"))
    on = Day(label=_("On which day"))
    receipt = Code(codes.Receipt, initial=codes.Receipt.NONE, label=_("If it is back: how its owner confirmed it"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("Who saw it, or why there is no receipt yet"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        moves = codes.DOCUMENT_MOVES
        self.fields["verb"].choices = [(v, label) for v, label in END_WORDS.items() if about.state in moves[v][0]]
        self.fields["on"].initial = clock.today()
