"""Forms of meetings and letters."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.surfaces.desk.fields import Code, Day, PlainForm, PlainText, SentForm
from spean.voices import enums
from spean.voices.operations.meetings import Said


class PlanForm(SentForm):
    """A committee and a day."""

    committee = Code(label=_("Which committee meets"))
    on = Day(label=_("On which day"))
    repeats = Code(enums.Rhythm, required=False, label=_("How often it meets"))

    def __init__(self, *args: Any, options: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].choices = [(str(pk), name) for pk, name in options]

    def clean_committee(self) -> UUID:
        """The id."""
        return UUID(self.cleaned_data["committee"])

    def clean_repeats(self) -> int:
        """Every how many months; 0 for once."""
        return int(self.cleaned_data["repeats"] or enums.Rhythm.ONCE)


class MinuteForm(PlainForm):
    """What the meeting said of one issue."""

    decision = Code(enums.Decision, radio=True, label=_("What did the meeting say?"))
    what = PlainText(max_length=600, lines=3, required=False, label=_("In words that the village will hear"))
    office = Code(enums.Office, empty=_("Choose"), required=False, label=_("Promised: who is responsible, by role"))
    until = Day(required=False, label=_("Promised: until which day"))
    why_not = Code(enums.WhyNot, empty=_("Choose"), required=False, label=_("Not done here, or passed up: why"))

    def said(self) -> Said:
        """The minute, once the form is valid."""
        return Said(**{name: self.cleaned_data[name] for name in ("decision", "what", "office", "until", "why_not")})


class LetterForm(SentForm):
    """The words of a letter in both languages; it names nobody."""

    kind = Code(enums.LetterKind, label=_("What the letter is for"))
    text_km = PlainText(max_length=3000, lines=10, label=_("The letter in Khmer"))
    text_en = PlainText(max_length=3000, lines=10, label=_("The letter in English"))
