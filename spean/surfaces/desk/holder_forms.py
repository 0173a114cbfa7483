"""The form of an issue that is raised because the same holder stands in several cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases.operations.holders import Raised
from spean.surfaces.desk.fields import Code, SentForm
from spean.surfaces.desk.forms import SummaryForm
from spean.voices.enums import Kind


class RaiseForm(SummaryForm, SentForm):
    """Its kind and its public words, and whether they may name the holder."""

    kind = Code(Kind, initial=Kind.DOCUMENTS_KEPT, label=_("What it is about"))
    naming = forms.BooleanField(
        required=False, label=_("The name of who keeps it shall stand in the public words: I know what may follow for the people")
    )
    field_order = ("kind", "title_km", "summary_km", "title_en", "summary_en", "naming")

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            typed["raised"] = Raised(typed["kind"], self.summary(), typed["naming"])
        return typed
