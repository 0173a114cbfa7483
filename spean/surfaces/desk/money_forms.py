"""The forms of a case's matters of money."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import ledger_enums as codes
from spean.cases.money import amount_of
from spean.kernel import clock
from spean.surfaces.desk.document_forms import Month
from spean.surfaces.desk.fields import Code, PlainText, SentForm
from spean.surfaces.desk.ledger_forms import LONGEST_WORDS, RowForm


class AmountField(forms.CharField):
    """An amount in Khmer or Latin digits, with commas between thousands."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Decimal:
        """The amount; a clear answer to anything else."""
        amount = amount_of(super().clean(value))
        if amount is None:
            raise forms.ValidationError(_("Write an amount, for example 12,000."), code="amount")
        return amount


class BeginForm(SentForm):
    """A new matter of money: one side, one currency."""

    kind = Code(codes.MoneyKind, empty=_("Choose"), label=_("What it is about"))
    currency = Code(codes.Currency, empty=_("Choose"), label=_("In which money"))
    other = Code(codes.HolderKind, empty=_("Choose"), label=_("Who is on the other side"))
    who = PlainText(max_length=300, required=False, label=_("Their name, and how to reach them"))
    words = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("What was agreed, and who heard it"))

    def clean(self) -> dict[str, Any]:
        """The codes together."""
        typed = super().clean() or self.cleaned_data
        return {**typed, "codes": {name: typed.get(name, "") for name in ("kind", "currency", "other")}}


class AddForm(SentForm, RowForm):
    """One amount more."""

    what = Code(codes.AmountKind, radio=True, label=_("What the amount is"))
    amount = AmountField(label=_("How much"))
    month = Month(label=_("In which month"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("For what, and how it is known"))
    field_order = ("row", "what", "amount", "month", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].initial = clock.today()


class MistakeForm(RowForm):
    """Which amount was written down by mistake."""

    amount = forms.UUIDField(widget=forms.HiddenInput)
