"""The forms of the months after coming home: follow-ups, what was promised, livelihoods and income."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.cases import ledger_enums, rebuild
from spean.cases import rebuild_enums as codes
from spean.cases.operations.following import Told
from spean.cases.operations.livelihoods import Given
from spean.kernel import clock
from spean.kernel.text import latin_digits
from spean.surfaces.desk.document_forms import Month
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm
from spean.surfaces.desk.ledger_forms import LONGEST_WORDS, RowForm
from spean.surfaces.desk.money_forms import AmountField

LONGEST_TOLD = 4000
NOT_SAID = _("Not asked, or not said")


class FollowForm(SentForm):
    """What is written down of a follow-up: the person's own word first, then only the areas that came up."""

    how = Code(codes.FollowHow, radio=True, label=_("How you spoke with the person"))
    words = PlainText(max_length=LONGEST_TOLD, lines=6, required=False, label=_("How life goes, in the person's own words"))
    signs = Codes(label=_("Was one of these said or seen?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "km"
        self.fields["signs"].choices = [(code, sign.name.of(language)) for code, sign in rebuild.signs().items()]
        for code, area in rebuild.areas().items():
            said = [(str(at), step.of(language)) for at, step in zip(rebuild.STEPS, area.steps, strict=True)]
            widget = forms.RadioSelect(attrs={"class": "radio"})
            self.fields[f"area_{code}"] = Code(required=False, widget=widget, label=area.name.of(language))
            self.fields[f"area_{code}"].choices = [("", NOT_SAID), *said]

    def areas(self) -> list[forms.BoundField]:
        """The areas of life, in their order."""
        return [self[f"area_{code}"] for code in rebuild.areas()]

    def told(self) -> Told:
        """All of it, once the form is valid."""
        typed = self.cleaned_data
        steps = {code: int(step) for code in rebuild.areas() if (step := typed.get(f"area_{code}"))}
        return Told(typed["how"], typed["words"], steps, frozenset(typed["signs"]))


class CountFromForm(PlainForm):
    """From which day the follow-ups are counted."""

    since = Day(label=_("From which day the person is at home, or begins again"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = clock.today()


class MissForm(RowForm):
    """Why nobody could be asked."""

    why = Code(codes.MissedFor, radio=True, label=_("Why the person could not be asked"))


class TasksForm(RowForm):
    """Which signs become tasks."""

    signs = Codes(label=_("What is to be done"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signs"].choices = [(code, code) for code in rebuild.signs()]


class PromiseForm(SentForm):
    """Something that was promised and is no goal of the plan."""

    what = PlainText(max_length=600, lines=2, label=_("What was promised"))


class KeptForm(RowForm):
    """Whether the person got it."""

    delivered = Code(codes.Delivered, radio=True, label=_("Did the person get it?"))
    said = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("What the person says of it"))


class ConsiderForm(SentForm):
    """A livelihood that is thought about."""

    kind = Code(codes.LivelihoodKind, empty=_("Choose"), label=_("What it is"))
    words = PlainText(max_length=LONGEST_TOLD, lines=4, required=False, label=_("What exactly, where, with whom; and the plan"))


MOVE_WORDS = {"begin": _("It has begun"), "go_on": _("It goes on"), "end": _("It has ended")}


class MoveForm(RowForm):
    """What became of a livelihood."""

    verb = Code(radio=True, label=_("What became of it"))
    why = Code(codes.EndedFor, empty=_("Choose"), required=False, label=_("If it has ended: why"))

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["verb"].choices = [(verb, MOVE_WORDS[verb]) for verb in about.verbs]
        if "end" not in about.verbs:
            self.fields["why"].widget = forms.HiddenInput()


class SupportForm(SentForm, RowForm):
    """Something that was given for it."""

    kind = Code(codes.SupportKind, empty=_("Choose"), label=_("What was given"))
    month = Month(label=_("In which month"))
    money = Code(required=False, label=_("If it was money: the matter of money in which the amount stands"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("What exactly, and who gave it"))
    field_order = ("row", "kind", "month", "money", "words")

    def __init__(self, *args: Any, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["money"].choices = [("", "—"), *about.money]
        self.fields["month"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            money = UUID(typed["money"]) if typed["money"] else None
            typed["given"] = Given(typed["kind"], typed["month"], money, typed["words"])
        return typed


class IncomeField(AmountField):
    """An amount; nothing is one too."""

    def clean(self, value: Any) -> Decimal:
        """The amount; a clear answer to anything else."""
        return Decimal(0) if latin_digits(str(value or "")).strip() == "0" else super().clean(value)


class EarnForm(SentForm):
    """What came in in one month."""

    month = Month(label=_("In which month"))
    amount = IncomeField(label=_("How much came in, all together; 0 for nothing"))
    currency = Code(ledger_enums.Currency, initial=ledger_enums.Currency.RIEL, label=_("In which money"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("From what"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].initial = clock.today()


class UnearnForm(PlainForm):
    """Which income was written down by mistake."""

    income = forms.UUIDField(widget=forms.HiddenInput)
