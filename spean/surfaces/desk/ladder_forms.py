"""Forms of the ladder: to pass over a level, divide, count who spoke, keep names, set deadlines."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.surfaces.desk.fields import Code, Day, Number, PlainForm, PlainText, SentForm
from spean.surfaces.desk.forms import SummaryForm
from spean.voices import enums
from spean.voices.enums import Days


class AvoidForm(PlainForm):
    """The level whose official is complained of."""

    level = Code(enums.Level, empty=_("Choose"), label=_("Which level"))


class SplitForm(SummaryForm, SentForm):
    """Some of the concerns, and the words of the issue that they become."""

    concerns = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label=_("Which concerns go to the new issue"),
        error_messages={"required": _("Choose some of the concerns, not all of them.")},
    )
    field_order = ("concerns", "title_km", "summary_km", "title_en", "summary_en")

    def __init__(self, *args: Any, options: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].choices = [(str(pk), label) for pk, label in options]

    def clean_concerns(self) -> list[UUID]:
        """The ids."""
        return [UUID(value) for value in self.cleaned_data["concerns"]]


class TallyForm(SentForm):
    """How many of each group spoke for the issue in a meeting."""

    on = Day(label=_("Day of the village meeting"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in enums.Group:
            self.fields[group.value] = Number(most=5000, required=False, label=group.label)
            self.fields[group.value].widget.attrs["class"] = "input"

    def counts(self) -> dict[str, int]:
        """Group -> how many, once the form is valid."""
        return {g.value: self.cleaned_data[g.value] or 0 for g in enums.Group}


class NamesForm(PlainForm):
    """Agencies and brokers of an issue, one a line."""

    names = PlainText(max_length=1000, lines=4, required=False, label=_("Agencies and brokers, one a line"))


class DeadlineForm(PlainForm):
    """The days of one level."""

    answer = Number(most=730, label=_("Days to answer"))
    remind = Number(most=730, label=_("Reminder, days before"))
    grace = Number(most=730, label=_("Days until the next level is asked, after a refusal or a broken promise"))

    def days(self) -> Days:
        """The days, once the form is valid."""
        return Days(self.cleaned_data["answer"], self.cleaned_data["remind"], self.cleaned_data["grace"])
