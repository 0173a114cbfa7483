"""Forms of facts: Khmer and English side by side."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.library.enums import Unit
from spean.library.models import LONGEST_KEY, LONGEST_NAME, LONGEST_WORDS
from spean.library.operations.facts import Said
from spean.library.queries.facts import unit_choices
from spean.surfaces.desk.fields import Code, Day, Number, PlainText, SentForm

#: what stands side by side
BOTH = ("name", "words", "claimant")


class FactForm(SentForm):
    """What a claim says. `seen` is the number of the latest version when the form was opened."""

    name_km = PlainText(max_length=LONGEST_NAME, label=_("What it is, in Khmer"))
    name_en = PlainText(max_length=LONGEST_NAME, label=_("What it is, in English"))
    unit = Code(Unit, label=_("In what it is told"))
    amount = PlainText(max_length=40, required=False, label=_("The number, or from–to"))
    words_km = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("In words, in Khmer"))
    words_en = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("In words, in English"))
    claimant_km = PlainText(max_length=LONGEST_NAME, label=_("Who says so, in Khmer"))
    claimant_en = PlainText(max_length=LONGEST_NAME, label=_("Who says so, in English"))
    source_text = PlainText(max_length=300, label=_("Where it can be read"))
    source_tag = PlainText(max_length=20, label=_("Short name of the source"))
    as_of = PlainText(max_length=10, label=_("From when it is"))
    valid_until = Day(required=False, label=_("To be checked again by"))
    seen = Number(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices()
        self.fields["seen"].widget = self.fields["seen"].hidden_widget()

    def said(self) -> Said:
        """The claim, once the form is valid."""
        return Said(**{name: self.cleaned_data[name] for name in Said.__dataclass_fields__})

    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields that stand side by side."""
        return [(self[f"{name}_km"], self[f"{name}_en"]) for name in BOTH]


class NewFactForm(FactForm):
    """A new fact: also its key, and the subject that it shares with others that claim something else of it."""

    key = PlainText(max_length=LONGEST_KEY, label=_("Key, for texts that refer to it"))
    subject = PlainText(max_length=LONGEST_KEY, required=False, label=_("Subject; empty for the key itself"))
