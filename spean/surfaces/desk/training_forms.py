"""The forms of training courses: of one itself, and of what becomes of a person in it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spean.cases import ledger_enums
from spean.cases import training_enums as codes
from spean.cases.operations.enrolling import Tally
from spean.cases.operations.trainings import Kept, offers
from spean.cases.queries.trainings import EnrolmentView, TrainingPage, TrainingRow
from spean.directory.enums import Language
from spean.kernel import clock
from spean.kernel.paging import in_language
from spean.surfaces.desk.fields import Code, Day, Number, PlainText, SentForm
from spean.surfaces.desk.ledger_forms import LONGEST_WORDS, RowForm
from spean.surfaces.desk.money_forms import AmountField
from spean.surfaces.templatetags.spean import digits

ANYBODY = _("Everybody")


class SomeField(AmountField):
    """An amount, or nothing."""

    def clean(self, value: Any) -> Decimal:
        """What is left empty is nothing."""
        return super().clean(value) if str(value or "").strip().strip("0០") else Decimal(0)


class TrainingForm(SentForm):
    """A training course. The place is chosen beside it; what is wrong is judged by the operation."""

    trade = Code(codes.Trade, empty=_("Choose"), label=_("What is learned"))
    name = PlainText(max_length=160, required=False, label=_("Its name, if it has one"))
    entry = Code(required=False, label=_("Who gives it, from the help directory"))
    provider = PlainText(max_length=160, required=False, label=_("Or the name of who gives it"))
    starts_on = Day(label=_("First day"))
    ends_on = Day(label=_("Last day"))
    places = Number(most=500, label=_("How many of our people can join"))
    age_from = Number(most=120, required=False, label=_("From which age"))
    sex = Code(codes.JoinSex, empty=ANYBODY, required=False, label=_("For women, for men, or for everybody"))
    language = Code(Language, initial=Language.KM, label=_("In which language"))
    schooling = Code(codes.Schooling, initial=codes.Schooling.NONE, label=_("School needed"))
    fee = SomeField(required=False, label=_("What the person has to pay; empty for nothing"))
    stipend = SomeField(required=False, label=_("What the person gets each month; empty for nothing"))
    payer = Code(codes.Payer, empty=_("No stipend"), required=False, label=_("Who pays the stipend"))
    currency = Code(ledger_enums.Currency, initial=ledger_enums.Currency.RIEL, label=_("In which money"))
    ends_with = Code(codes.CertificateKind, empty=_("Choose"), label=_("With what it ends"))
    accessible = forms.BooleanField(required=False, label=_("People with a disability can join"))
    child_care = forms.BooleanField(required=False, label=_("Somebody looks after the children meanwhile"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(e.id), in_language(f"{e.provider_km}: {e.title_km}", f"{e.provider_en}: {e.title_en}")) for e in offers()]
        self.fields["entry"].choices = [("", _("It does not stand there")), *listed]

    @classmethod
    def begin(cls, found: TrainingPage) -> "TrainingForm":
        """The form that begins with what is written down."""
        return cls(initial={**found.kept, "entry": found.kept["entry"] or ""})

    def kept(self) -> Kept:
        """What is written down, once the form is valid."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        return Kept(**{**typed, "entry": UUID(typed["entry"]) if typed["entry"] else None})


def words_of(row: TrainingRow) -> str:
    """A training course in one line, to choose among others: also for whom it is."""
    free = gettext("%(n)s free") % {"n": digits(row.free)} if row.free else gettext("full")
    age = gettext("from %(n)s years") % {"n": digits(row.age_from)} if row.age_from else ""
    day = digits(f"{row.starts_on:%d/%m/%Y}")
    return " · ".join(filter(None, (row.name or row.trade, row.provider, row.place, day, free, row.sex, age)))


def _to_choose(rows: Sequence[TrainingRow]) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *((str(row.id), words_of(row)) for row in rows)]


class OfferForm(SentForm):
    """Which training course the person is offered."""

    training = Code(label=_("Which training course"))
    words = PlainText(
        max_length=LONGEST_WORDS, lines=3, required=False, label=_("What the person hopes for, and what stands in the way")
    )

    def __init__(self, *args: Any, trainings: Sequence[TrainingRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["training"].choices = _to_choose(trainings)


VERB_WORDS = {
    "enrol": _("The person has a place"),
    "wait": _("The person waits for a place"),
    "begin": _("The person takes part"),
    "finish": _("The person has finished it"),
    "refuse": _("The person does not want it"),
    "leave": _("The person has left before its end"),
    "move": _("The person moves to another training course"),
}


class BecomeForm(RowForm):
    """What became of it."""

    verb = Code(radio=True, label=_("What became of it"))
    why = Code(codes.LeftFor, empty=_("Choose"), required=False, label=_("If the person has left: why"))
    to = Code(required=False, label=_("If the person moves: where to"))
    past = Code(codes.PassedFor, empty=_("Choose"), required=False, label=_("If somebody waits longer: why this person first"))

    def __init__(self, *args: Any, about: EnrolmentView, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["verb"].choices = [(verb, VERB_WORDS[verb]) for verb in about.verbs]
        self.fields["to"].choices = _to_choose(about.others)
        for verb, name in (("leave", "why"), ("move", "to")):
            if verb not in about.verbs:
                self.fields[name].widget = forms.HiddenInput()
        if not about.passes and not self.is_bound:
            self.fields["past"].widget = forms.HiddenInput()

    def clean_to(self) -> UUID | None:
        """The id of the other one."""
        return UUID(self.cleaned_data["to"]) if self.cleaned_data["to"] else None


class AttendForm(RowForm):
    """How often the person was there."""

    since = Day(label=_("From which day"))
    until = Day(label=_("Until which day: a week, or a month at most"))
    held = Number(most=31, label=_("On how many of these days it was held"))
    attended = Number(most=31, label=_("On how many the person was there"))

    def __init__(self, *args: Any, about: EnrolmentView, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["since"].initial = about.next_day

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            typed["tally"] = Tally(**{name: typed[name] for name in ("since", "until", "held", "attended")})
        return typed


class CertifyForm(RowForm):
    """The certificate that the person has in hand."""

    kind = Code(label=_("What the person got"))
    on = Day(label=_("On which day"))
    number = PlainText(max_length=120, required=False, label=_("Its number, if it has one"))

    def __init__(self, *args: Any, about: EnrolmentView, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        none = codes.CertificateKind.NONE
        self.fields["kind"].choices = [pair for pair in codes.CertificateKind.choices if pair[0] != none]
        self.fields["kind"].initial = about.ends_with
        self.fields["on"].initial = clock.today()
