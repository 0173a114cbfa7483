"""The forms of the register of recruiters: who they are, what is said of a licence, the answer to a request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.directory import phones
from spean.directory.drafts import LONGEST_LINE, LONGEST_NAME
from spean.directory.enums import Claimant, LicenceState, Outcome, RecruiterKind
from spean.directory.operations.correcting import LONGEST_ANSWER
from spean.directory.recruiting import LONGEST_NUMBER, LONGEST_SOURCE, Licence, RecruiterDraft
from spean.kernel import clock
from spean.surfaces.desk.entry_forms import CAMBODIA, LONGEST_NUMBERS, country_names
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm

LONGEST_LINES = 2000
#: fields with several answers, and those of which each line is one
SEVERAL = ("countries",)
LINES = ("aliases", "branches")


class RecruiterForm(SentForm):
    """The words about a recruiter. The place is chosen beside it; what is wrong is judged by `directory.recruiting`."""

    name_km = PlainText(max_length=LONGEST_NAME, required=False, label=_("Official name in Khmer"))
    name_en = PlainText(max_length=LONGEST_NAME, required=False, label=_("Official name in Latin letters"))
    aliases = PlainText(max_length=LONGEST_LINES, lines=3, required=False, label=_("Other names that people use, each on a line"))
    kind = Code(RecruiterKind, initial=RecruiterKind.AGENCY, label=_("What it is"))
    country = Code(label=_("Country in which it is"), initial=CAMBODIA)
    countries = Codes(label=_("Countries to which it may send people"))
    address_km = PlainText(max_length=LONGEST_LINE, required=False, label=_("Address in Khmer"))
    address_en = PlainText(max_length=LONGEST_LINE, required=False, label=_("Address in English"))
    branches = PlainText(
        max_length=LONGEST_LINES, lines=3, required=False, label=_("Other offices: place and address, each on a line")
    )
    numbers = PlainText(
        max_length=LONGEST_NUMBERS, lines=3, required=False, label=_("Telephone numbers of that country, each on a line")
    )
    website = PlainText(max_length=200, required=False, label=_("Website"))
    source = PlainText(max_length=200, label=_("Where you have this from"))
    as_of = PlainText(max_length=60, required=False, label=_("How old that source is"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = country_names()
        by_name = sorted(names.items(), key=lambda pair: (pair[0] != CAMBODIA, str(pair[1])))
        self.fields["country"].choices = by_name
        self.fields["countries"].choices = [pair for pair in by_name if pair[0] != CAMBODIA]

    @classmethod
    def begin(cls, draft: RecruiterDraft) -> "RecruiterForm":
        """The form that begins with these words."""
        said = {name: list(v) if isinstance(v, tuple) else v for name, v in draft.body().items()}
        return cls(initial={**said, **{name: "\n".join(getattr(draft, name)) for name in (*LINES, "numbers")}})

    def draft(self, place: str, *, demonstration: bool) -> RecruiterDraft:
        """The words, once the form is valid."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        data["numbers"] = tuple(phones.split(data["numbers"]))
        data |= {name: tuple(line.strip() for line in data[name].splitlines() if line.strip()) for name in LINES}
        return RecruiterDraft(**data, place=place, demonstration=demonstration)


class LicenceForm(SentForm):
    """What somebody says of the licence."""

    claimant = Code(Claimant, label=_("Who says it"))
    says = Code(LicenceState, label=_("What they say"))
    licence_number = PlainText(max_length=LONGEST_NUMBER, required=False, label=_("Licence number"))
    ends_on = Day(required=False, label=_("Until when the licence is good, if that is said"))
    source = PlainText(max_length=LONGEST_SOURCE, label=_("Where that stands: which list, which page, which letter"))
    as_of = Day(initial=clock.today, label=_("Of which day that source is"))

    def licence(self) -> Licence:
        """The claim, once the form is valid."""
        return Licence(**{name: value for name, value in self.cleaned_data.items() if name != "sent_id"})


class ListForm(SentForm):
    """A list that an office gave out."""

    claimant = Code(Claimant, initial=Claimant.MINISTRY, label=_("Whose list it is"))
    source = PlainText(
        max_length=160,
        label=_("Name of the list"),
        help_text=_("Everybody reads it as the source. Write the same name each time: so we know who stands on it no more."),
    )
    listed_on = Day(label=_("Of which day the list is"))
    says = Code(
        LicenceState,
        initial=LicenceState.LICENSED,
        label=_("What it means to stand on it, where no column says otherwise"),
    )
    sheet = forms.FileField(
        required=False,
        label=_("The list"),
        help_text=_("XLSX with all its sheets, CSV, or a PDF with a drawn table; at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv,.pdf"}),
    )


class AnswerForm(PlainForm):
    """The answer to a request for a correction."""

    outcome = Code(Outcome, radio=True, label=_("What became of it"))
    answer_km = PlainText(max_length=LONGEST_ANSWER, lines=3, required=False, label=_("What you want to add, in Khmer"))
    answer_en = PlainText(max_length=LONGEST_ANSWER, lines=3, required=False, label=_("What you want to add, in English"))
