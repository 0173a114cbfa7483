"""The forms of an import: the sheet with the name of its list, and which of its columns holds what."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.surfaces.desk.fields import Code, PlainForm, PlainText, SentForm
from spean.voices.columns import REQUIRED, Column

_A = ord("A")
_LETTERS = 26


class SheetForm(SentForm):
    """A sheet, for one of the reader's teams."""

    team = Code(label=_("For which team"))
    source = PlainText(
        max_length=80,
        label=_("Name of the list"),
        help_text=_("For example: Hotline 2026. Write the same name each time: so we know which rows are here already."),
    )
    sheet = forms.FileField(
        required=False,
        label=_("The sheet"),
        help_text=_("XLSX or CSV, at most 5,000 rows and 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def __init__(self, *args: Any, teams: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(str(pk), name) for pk, name in teams]
        if len(teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
            self.fields["team"].initial = str(teams[0][0])

    def clean_team(self) -> UUID:
        """The id."""
        return UUID(self.cleaned_data["team"])


class ColumnsForm(PlainForm):
    """For each thing that we read, the column of the sheet in which it stands."""

    def __init__(self, *args: Any, headings: Sequence[str], columns: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((str(at), f"{letter_of(at)} · {heading[:60]}") for at, heading in enumerate(headings))]
        for column in Column:
            needed = column in REQUIRED
            field = Code(label=column.label, required=needed, initial=columns.get(column.value, ""))
            field.choices = choices
            field.help_text = _("Needed") if needed else ""
            field.widget.attrs["class"] = "select"
            self.fields[f"column-{column.value}"] = field

    def clean(self) -> dict[str, Any]:
        """Column -> position."""
        data = super().clean() or self.cleaned_data
        chosen = {name.removeprefix("column-"): int(value) for name, value in data.items() if value != ""}
        return {"chosen": chosen}


def letter_of(position: int) -> str:
    """A, B, … Z, AA: as spreadsheets call their columns."""
    first, last = divmod(position, _LETTERS)
    return (chr(_A + first - 1) if first else "") + chr(_A + last)
