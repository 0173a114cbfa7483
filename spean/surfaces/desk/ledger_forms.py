"""The forms of a case's ledgers: what an authority was asked and decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import fact_enums
from spean.cases.operations.identifying import Paper
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Day, PlainForm, PlainText, SentForm

LONGEST_WORDS = 2000


class RowForm(PlainForm):
    """A form about one row of a ledger."""

    row = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].initial = about.id


class _PaperForm(PlainForm):
    """What is sealed of an authority's paper."""

    number = PlainText(max_length=120, required=False, label=_("Number of the paper, if there is one"))
    words = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("What was said, and by whom"))

    def clean(self) -> dict[str, Any]:
        """What is sealed, as one thing."""
        typed = super().clean() or self.cleaned_data
        return {**typed, "paper": Paper(typed.get("number", ""), typed.get("words", ""))}


class AskForm(SentForm, _PaperForm):
    """An authority was asked to identify the person."""

    authority = Code(fact_enums.Authority, empty=_("Choose"), label=_("Which authority"))
    asked_on = Day(label=_("On which day it was asked"))
    field_order = ("authority", "asked_on", "number", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_on"].initial = clock.today()


class AnswerForm(RowForm, _PaperForm):
    """What the authority answered; of what was decided, only that it was written down by mistake."""

    verb = Code(radio=True, label=_("What became of it"))
    on = Day(label=_("On which day"))
    field_order = ("row", "verb", "on", "number", "words")

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        moves = fact_enums.IDENTIFY_MOVES.items()
        self.fields["verb"].choices = [
            (verb, fact_enums.Identified(to).label) for verb, (states, to) in moves if about.state in states
        ]
        self.fields["on"].initial = clock.today()
