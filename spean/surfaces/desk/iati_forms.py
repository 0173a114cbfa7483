"""The forms of the IATI file: who reports and for what, and lines of money."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.programme.activity_enums import Money
from spean.programme.iati_enums import Gender, MoneyKind, OrganisationType, Sector
from spean.programme.models.iati import LONGEST_IDENTIFIER
from spean.programme.operations.iati import MoneyWords, PublishingWords
from spean.surfaces.desk.fields import Code, Day, Number, PlainForm, PlainText, SentForm
from spean.surfaces.desk.result_forms import FigureField


class PublishingForm(PlainForm):
    """Who reports, and in per cent what the project is for."""

    identifier = PlainText(max_length=LONGEST_IDENTIFIER, label=_("Identifier of your organisation in IATI"))
    kind = Code(OrganisationType, label=_("What your organisation is"))
    currency = Code(Money, label=_("In which money"))
    gender = Code(Gender, radio=True, label=_("Equality of women and men"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in Sector.choices:
            field = Number(most=100, required=False, label=_("Per cent: %(sector)s") % {"sector": label})
            field.widget.attrs["class"] = "input"
            self.fields[f"sector_{code}"] = field

    def words(self) -> PublishingWords:
        """What is written down, once the form is valid."""
        typed = self.cleaned_data
        plain = {name: typed[name] for name in ("identifier", "kind", "currency", "gender")}
        return PublishingWords(**plain, sectors={code: typed.get(f"sector_{code}") or 0 for code in Sector.values})


class MoneyForm(SentForm):
    """A budget, or what a donor promised or paid."""

    kind = Code(MoneyKind, radio=True, label=_("What it is"))
    donor = Code(required=False, label=_("Which donor"))
    starts_on = Day(label=_("First day, or the day of the money"))
    ends_on = Day(required=False, label=_("Last day, of a budget"))
    amount = FigureField(label=_("Amount"))
    currency = Code(Money, label=_("In which money"))

    def __init__(self, *args: Any, donors: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["donor"].choices = [("", _("None: a budget of all")), *donors]

    def words(self) -> MoneyWords:
        """What is written down, once the form is valid."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        return MoneyWords(**{**typed, "donor": int(typed["donor"]) if typed["donor"] else None})
