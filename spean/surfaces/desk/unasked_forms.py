"""The form with which somebody asks to tell something without consent."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.cases import enums
from spean.cases.operations.unasked import Wanted
from spean.cases.unasked_enums import WhyUnasked
from spean.surfaces.desk.fields import Code, Codes, PlainText, SentForm


class UnaskedForm(SentForm):
    """Who is told what, and why the person cannot be asked."""

    named = PlainText(max_length=300, label=_("Who is told: one office or one person, and their number"))
    why = Code(WhyUnasked, radio=True, label=_("Why the person cannot be asked"))
    reason = PlainText(max_length=2000, lines=3, label=_("What the danger is, and what the telling changes"))
    fields_told = Codes(label=_("What is told: only what is needed to save a life"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_told"].choices = [(field.value, field.label) for field in enums.SPOKEN]

    def clean(self) -> dict[str, Any]:
        """As the operation takes it."""
        typed = super().clean() or self.cleaned_data
        words = {name: typed.get(name, "") for name in ("named", "why", "reason")}
        return {**typed, "wanted": Wanted(**words, fields=frozenset(typed.get("fields_told", ())))}
