"""The forms of good practices: one itself, what a reviewer says, why it is withdrawn, a trial and its result."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.kernel import clock
from spean.network import practice_enums as codes
from spean.network.models.practices import LONGEST_TITLE
from spean.network.operations.practices import Came, Judged, Told
from spean.programme.activity_enums import Money
from spean.surfaces.desk.fields import Code, Day, Number, PlainForm, PlainText, SentForm
from spean.surfaces.desk.money_forms import AmountField

LONGEST = 4000


def _words(label: Any, **kwargs: Any) -> PlainText:
    return PlainText(**{"max_length": LONGEST, "lines": 4, "required": False, "label": label, **kwargs})


def _title(label: Any) -> PlainText:
    return PlainText(max_length=LONGEST_TITLE, required=False, label=label)


class CostField(AmountField):
    """An amount, or nothing where it is not known."""

    def clean(self, value: Any) -> Any:
        """The amount, or None."""
        return super().clean(value) if value and value.strip() else None


class PracticeForm(SentForm):
    """A practice, in Khmer, in English or in both; what is wrong with it as a whole is judged by the operation."""

    title_km = _title(_("What it is called, in Khmer"))
    title_en = _title(_("What it is called, in English"))
    problem = Code(codes.Problem, empty=_("Choose"), label=_("About which problem"))
    about_km = _words(_("The problem, in Khmer"))
    about_en = _words(_("The problem, in English"))
    ground = Code(codes.Ground, empty=_("Choose"), label=_("In what kind of place"))
    whom = Code(codes.Whom, empty=_("Choose"), label=_("For or with whom"))
    country = Code(empty=_("Choose"), label=_("In which country"))
    towards = Code(empty=_("No other country"), required=False, label=_("On the way to or from which country"))
    did_km = _words(_("What we did, in Khmer"), lines=6)
    did_en = _words(_("What we did, in English"), lines=6)
    cost = CostField(required=False, label=_("What it cost in all"), help_text=_("Leave it empty if it is not known."))
    currency = Code(Money, empty=_("Choose"), required=False, label=_("In which money"))
    cost_year = Number(most=9999, required=False, label=_("Of which year the amount is"))
    result_km = _words(_("What came of it, in Khmer"), help_text=_("With numbers where you have them, and where they are from."))
    result_en = _words(_("What came of it, in English"))
    sure = Code(codes.Sure, radio=True, label=_("How you know it"))
    again = Code(codes.Again, radio=True, label=_("Would you do it again?"))
    why_km = _words(_("Why, or why not, in Khmer"), lines=3)
    why_en = _words(_("Why, or why not, in English"), lines=3)

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("country", "towards"):
            self.fields[name].choices = [*self.fields[name].choices, *countries]

    @property
    def words(self) -> dict[str, list[forms.BoundField]]:
        """The same question in both languages, beside one another."""
        names = ("title", "about", "did", "result", "why")
        return {name: [self[f"{name}_km"], self[f"{name}_en"]] for name in names}

    def told(self) -> Told:
        """What is said, once the form is valid."""
        return Told(**{name: value for name, value in self.cleaned_data.items() if name != "sent_id"})


class JudgeForm(PlainForm):
    """What a reviewer says."""

    clear = Code(codes.Verdict, radio=True, label=_("Is it clear? Could you do it yourselves with these words?"))
    believable = Code(codes.Verdict, radio=True, label=_("Is it believable? Does the evidence carry the result?"))
    safe = Code(codes.Verdict, radio=True, label=_("Is it safe? Can nobody be hurt by it, or be recognised in it?"))
    words = _words(_("What is missing, or should be different"), lines=3)

    def judged(self) -> Judged:
        """What is said, once the form is valid."""
        return Judged(**self.cleaned_data)


class WithdrawForm(PlainForm):
    """Why it is read no more."""

    why = Code(codes.WhyWithdrawn, empty=_("Choose"), label=_("Why"))


class TryForm(SentForm):
    """That another organisation tries it."""

    country = Code(empty=_("Choose"), label=_("In which country"))
    since = Day(label=_("Since when"), initial=clock.today)
    changed = _words(_("What you do in another way, and why"), lines=3)

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [*self.fields["country"].choices, *countries]


class TellForm(PlainForm):
    """What came of it."""

    result = Code(codes.TrialResult, radio=True, label=_("What came of it"))
    sure = Code(codes.Sure, radio=True, label=_("How you know it"))
    words = _words(_("What came of it, in words"), required=True)

    def came(self) -> Came:
        """What is said, once the form is valid."""
        return Came(**self.cleaned_data)
