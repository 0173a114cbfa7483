"""The forms of results: the ready set, results and indicators of one's own, targets, numbers with their parts."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.evidence.indicators.counting import quarter_end
from spean.kernel import text
from spean.programme.models.programmes import LONGEST_NAME
from spean.programme.models.results import LONGEST_DEFINITION, LONGEST_EVIDENCE
from spean.programme.operations.results import LONGEST_CODE, IndicatorWords, ResultWords
from spean.programme.operations.values import Number
from spean.programme.queries.results import IndicatorPage
from spean.programme.result_enums import ADDS, Breakdown, ResultKind, Unit
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm
from spean.surfaces.desk.fields import Number as WholeNumber
from spean.surfaces.templatetags.spean import day

LONGEST_TYPED = 20
#: a guarded number of these is told only where it says of how many it is
OF_HOW_MANY = {Unit.DAYS, Unit.SCORE, Unit.MONEY}


class FigureField(forms.CharField):
    """A number in Khmer or Latin digits, with commas between thousands and a point."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=LONGEST_TYPED, widget=widget, **kwargs)
        self.error_messages["required"] = _("Please fill this in.")

    def clean(self, value: Any) -> Decimal | None:
        """The number, to a hundredth; a clear answer to anything else."""
        typed = super().clean(value)
        found = text.decimal(typed)
        if typed and found is None:
            raise forms.ValidationError(_("Write a number, for example 1,200 or 12.5."), code="number")
        return found


class TakeForm(PlainForm):
    """Which indicators of the ready set the project takes in: all that are left, unless some are unticked."""

    numbers = Codes(label=_("Indicators of the ready set"))

    def __init__(self, *args: Any, left: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numbers"].choices = [(number, f"{number} · {names}") for number, names in left]
        self.fields["numbers"].initial = [number for number, _names in left]


class ResultForm(PlainForm):
    """A result of one's own."""

    kind = Code(ResultKind, radio=True, label=_("What it is"))
    title_km = PlainText(max_length=LONGEST_NAME, label=_("In Khmer"))
    title_en = PlainText(max_length=LONGEST_NAME, label=_("In English"))
    under = Code(required=False, label=_("It stands under"))

    def __init__(self, *args: Any, results: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = [("", _("Nothing: it is on top")), *results]

    def words(self) -> ResultWords:
        """What is written down, once the form is valid."""
        typed = self.cleaned_data
        return ResultWords(**{**typed, "under": UUID(typed["under"]) if typed["under"] else None})


class IndicatorForm(PlainForm):
    """An indicator of one's own, or of the ready set in other words."""

    result = Code(label=_("Of which result"))
    code = PlainText(max_length=LONGEST_CODE, label=_("Short code"))
    name_km = PlainText(max_length=LONGEST_NAME, label=_("Name in Khmer"))
    name_en = PlainText(max_length=LONGEST_NAME, label=_("Name in English"))
    definition_km = PlainText(max_length=LONGEST_DEFINITION, lines=3, label=_("What is counted, in Khmer"))
    definition_en = PlainText(max_length=LONGEST_DEFINITION, lines=3, label=_("What is counted, in English"))
    source_km = PlainText(max_length=LONGEST_NAME, label=_("Where the numbers come from, in Khmer"))
    source_en = PlainText(max_length=LONGEST_NAME, label=_("Where the numbers come from, in English"))
    unit = Code(Unit, radio=True, label=_("What one is"))
    by = Codes(Breakdown, label=_("In which parts it can be written down"))
    rising = forms.BooleanField(required=False, initial=True, label=_("More is better"))
    guarded = forms.BooleanField(required=False, label=_("About people who were harmed: small numbers and parts are not shown"))
    baseline = FigureField(required=False, label=_("Baseline: what it was before"))
    baseline_year = WholeNumber(most=2100, required=False, label=_("In which year"))

    def __init__(self, *args: Any, results: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [("", _("Choose")), *results]

    def words(self) -> IndicatorWords:
        """What is written down, once the form is valid."""
        return IndicatorWords(**{**self.cleaned_data, "result": UUID(self.cleaned_data["result"])})


class TargetForm(PlainForm):
    """A target of a period."""

    starts_on = Day(label=_("From which day"))
    ends_on = Day(label=_("Until which day"))
    amount = FigureField(label=_("What it should reach"))


class CountForm(SentForm):
    """A quarter that is over, to be counted from what was done."""

    quarter = Code(label=_("Which quarter"))

    def __init__(self, *args: Any, left: tuple[date, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(first.isoformat(), _said(first)) for first in left]

    def clean_quarter(self) -> date:
        """Its first day."""
        return date.fromisoformat(self.cleaned_data["quarter"])


def _said(first: date) -> str:
    return f"{day(first)} – {day(quarter_end(first))}"


class ValueForm(SentForm):
    """A number for a period, with its evidence and its parts. A correction keeps the period and the place of the first."""

    starts_on = Day(label=_("From which day"))
    ends_on = Day(label=_("Until which day"))
    place = Code(required=False, label=_("Where"))
    amount = FigureField(label=_("The number"))
    out_of = WholeNumber(most=10_000_000, required=False, label=_("Of how many"))
    evidence = PlainText(max_length=LONGEST_EVIDENCE, lines=3, label=_("Where the number comes from: which sheet, who counted"))

    def __init__(self, *args: Any, about: IndicatorPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.fields["place"].choices = [("", _("The whole project")), *about.places]
        if about.unit != Unit.PERCENT and not (about.guarded and about.unit in OF_HOW_MANY):
            del self.fields["out_of"]
        self.parts: list[tuple[str, list[str]]] = []
        for by, label, codes in about.by if about.unit in ADDS else ():
            names = []
            for code, code_label in codes:
                names.append(f"part-{by}-{code}")
                self.fields[names[-1]] = FigureField(required=False, label=code_label)
                self.fields[names[-1]].widget.attrs["class"] = "input"
            self.parts.append((label, names))

    def groups(self) -> list[tuple[str, list[Any]]]:
        """(a breakdown's label, its fields) to be shown together."""
        return [(label, [self[name] for name in names]) for label, names in self.parts]

    def number(self) -> Number:
        """What is written down, once the form is valid."""
        typed = self.cleaned_data
        parts = {
            (by, code): typed[f"part-{by}-{code}"]
            for by, _label, codes in self.about.by
            for code, _name in codes
            if typed.get(f"part-{by}-{code}") is not None
        }
        plain = {name: typed[name] for name in ("starts_on", "ends_on", "place", "amount", "evidence")}
        return Number(**plain, out_of=typed.get("out_of"), parts=parts)
