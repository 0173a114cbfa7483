"""The forms of a case's letters and receipts."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import letter_enums as codes
from spean.cases.ledger_enums import Receipt
from spean.cases.operations.letters import Chosen, Text
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Day, PlainForm, PlainText, SentForm
from spean.surfaces.desk.ledger_forms import RowForm

LONGEST = 6000


class ChosenForm(PlainForm):
    """Which paper about which row, as the address says it."""

    kind = Code(codes.LetterKind)
    row = forms.UUIDField()
    by = forms.CharField(required=False, max_length=40)

    def chosen(self) -> Chosen:
        """All of it as one thing, once the form is valid."""
        return Chosen(self.cleaned_data["kind"], self.cleaned_data["row"], self.cleaned_data["by"])


class CaseLetterForm(SentForm):
    """The words of a paper in both languages, and by what it may name the person."""

    kind = Code(codes.LetterKind)
    row = forms.UUIDField()
    by = forms.CharField(required=False, max_length=40)
    text_km = PlainText(max_length=LONGEST, lines=16, label=_("The words in Khmer"))
    text_en = PlainText(max_length=LONGEST, lines=16, label=_("The words in English"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "row", "by"):
            self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """What is chosen and what is written, each as one thing, once every field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            typed["chosen"] = Chosen(typed["kind"], UUID(str(typed["row"])), typed["by"])
            typed["text"] = Text(typed["text_km"], typed["text_en"])
        return typed


class HandForm(RowForm):
    """It was handed over."""

    on = Day(label=_("On which day"))
    way = Code(label=_("Who brought it"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["on"].initial, self.fields["way"].choices = clock.today(), about.ways
        if not about.ways:
            del self.fields["way"]
        elif len(about.ways) == 1:
            self.fields["way"].widget, self.fields["way"].initial = forms.HiddenInput(), about.ways[0][0]


class SignForm(RowForm):
    """A receipt was signed."""

    on = Day(label=_("On which day"))
    receipt = Code(radio=True, label=_("How it was confirmed"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["on"].initial = clock.today()
        self.fields["receipt"].choices = [choice for choice in Receipt.choices if choice[0] != Receipt.NONE]
