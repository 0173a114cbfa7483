"""The forms of the desk: what a team, a committee and a volunteer write. Marks say who can read each field."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.kernel import text
from spean.kernel.errors import Invalid
from spean.surfaces.desk.fields import Code, Day, Number, PlainForm, PlainText, SentForm
from spean.voices import enums
from spean.voices.operations.issues import Summary

LONGEST_TOLD = 8000
LONGEST_MESSAGE = 4000
PHONE_DIGITS = range(6, 16)
CONTACT = ("name", "phone", "may_call", "hours", "code_word", "how")


class WordsForm(SentForm):
    """An answer, a question or a closing answer: sealed, read by the person."""

    text = PlainText(max_length=LONGEST_MESSAGE, lines=4, label=_("What the person will read"))


class ChoiceForm(PlainForm):
    """One choice among things that only the reader's own queries can offer."""

    choice = Code(label=_("Choose"))

    def __init__(self, *args: Any, options: list[tuple[UUID, str]], label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [("", "—"), *((str(pk), name) for pk, name in options)]
        self.fields["choice"].label = label

    def clean_choice(self) -> UUID:
        """The id."""
        return UUID(self.cleaned_data["choice"])


class AsideForm(PlainForm):
    """Why a report, or all with the same words, is set aside."""

    reason = Code(enums.AsideFor, empty=_("Choose"), label=_("Why it is set aside"))


class SummaryForm(PlainForm):
    """The public-safe words of an issue, in both languages."""

    title_km = PlainText(max_length=160, label=_("Title in Khmer"))
    summary_km = PlainText(max_length=1500, lines=5, label=_("Summary in Khmer"))
    title_en = PlainText(max_length=160, label=_("Title in English"))
    summary_en = PlainText(max_length=1500, lines=5, label=_("Summary in English"))

    def summary(self) -> Summary:
        """The words, once the form is valid."""
        return Summary(*(self.cleaned_data[n] for n in ("title_km", "title_en", "summary_km", "summary_en")))


class IssueForm(SummaryForm, SentForm):
    """A new issue: its kind, its counted facts, its words. Places are chosen beside it."""

    kind = Code(enums.Kind, empty=_("Choose"), label=_("What it is about"))
    field_order = ("kind", "title_km", "summary_km", "title_en", "summary_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in enums.Fact:
            number = Number(required=False, label=fact.label)
            number.widget.attrs.update({"class": "input"})
            self.fields[f"fact_{fact.value}"] = number

    def fact_fields(self) -> list[forms.BoundField]:
        """The numbers, to show together."""
        return [self[f"fact_{fact.value}"] for fact in enums.Fact]

    def facts(self) -> dict[str, int]:
        """Those numbers that were given, once the form is valid."""
        found = {fact.value: self.cleaned_data[f"fact_{fact.value}"] for fact in enums.Fact}
        return {name: number for name, number in found.items() if number}


class CommitForm(PlainForm):
    """What a committee will do, by which role, until when."""

    what = PlainText(max_length=600, lines=3, label=_("What will be done"))
    office = Code(enums.Office, empty=_("Choose"), label=_("Who is responsible, by role"))
    until = Day(label=_("Until which day"))


class DeclineForm(PlainForm):
    """Why a committee cannot act."""

    why_not = Code(enums.WhyNot, empty=_("Choose"), label=_("Why it cannot be done here"))
    what = PlainText(max_length=600, lines=3, label=_("What you want to say to the village"))


def cleaned_file(form: PlainForm, name: str) -> Any:
    """The cleaned file of this field; None with the reason on the form where it cannot be taken."""
    from spean.collect import uploads

    upload = form.cleaned_data.get(name)
    try:
        return uploads.clean(upload) if upload else None
    except Invalid as error:
        form.add_error(name, error.message)
        return None


class FinishForm(PlainForm):
    """What a committee says was done, and a photo of it if there is one."""

    note = PlainText(max_length=600, lines=3, label=_("What was done"))
    photo = forms.FileField(
        required=False, widget=forms.FileInput(attrs={"accept": "image/*"}), label=_("A photo of what was done")
    )

    def clean(self) -> dict[str, Any]:
        """The photo is cleaned here."""
        data = super().clean() or self.cleaned_data
        kept = cleaned_file(self, "photo")
        data["proof"] = [kept] if kept else []
        return data


class ReadBackForm(PlainForm):
    """What the community said when the answer was read to them, and how many were there."""

    outcome = Code(enums.Outcome, radio=True, label=_("What does the community say?"))
    women = Number(most=5000, required=False, label=_("How many women were there"))
    men = Number(most=5000, required=False, label=_("How many men were there"))


class ContactForm(PlainForm):
    """How it is safe to reach somebody."""

    name = PlainText(max_length=120, required=False, label=_("Name of the person"))
    phone = PlainText(max_length=40, required=False, label=_("Phone number"))
    may_call = Code(radio=True, required=False, label=_("May we call this number?"))
    hours = PlainText(max_length=120, required=False, label=_("When is it safe to call"))
    code_word = PlainText(max_length=60, required=False, label=_("A code word, so that the person knows it is us"))
    how = PlainText(max_length=300, lines=2, required=False, label=_("What we must not do or say when we call"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["may_call"].choices = [("yes", _("Yes")), ("no", _("No"))]

    def clean_phone(self) -> str:
        """The number in Latin digits, if it can be one in any country."""
        typed = text.latin_digits(self.cleaned_data["phone"])
        digits = sum(c in "0123456789" for c in typed)
        if typed and (digits not in PHONE_DIGITS or not set(typed) <= set("0123456789+-(). /")):
            raise forms.ValidationError(_("A telephone number has 6 to 15 digits. Look at it again."), code="phone")
        return typed

    def contact(self) -> dict[str, str]:
        """How to reach the person, once the form is valid."""
        return {name: self.cleaned_data[name] for name in CONTACT if self.cleaned_data.get(name)}


class ReportForm(ContactForm, SentForm):
    """A volunteer's report for somebody else. What is told and how to reach the person is sealed; the rest is counted."""

    told = PlainText(max_length=LONGEST_TOLD, lines=6, label=_("What happened"))
    danger = Code(enums.Danger, radio=True, label=_("Is anyone in danger now?"))
    kind = Code(enums.Kind, empty=_("Choose"), label=_("What it is about"))
    happened = Code(enums.When, initial=enums.When.NOT_SAID, label=_("When"))
    sex = Code(enums.Sex, initial=enums.Sex.NOT_SAID, label=_("The person concerned is"))
    age = Code(enums.Age, initial=enums.Age.NOT_SAID, label=_("Age"))
    answer_wish = Code(radio=True, label=_("How may we answer?"))
    photo = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": "image/*"}), label=_("A photo"))
    recording = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": "audio/*"}), label=_("A recording"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wishes = (enums.AnswerWish.VOLUNTEER, enums.AnswerWish.PHONE, enums.AnswerWish.NONE)
        self.fields["answer_wish"].choices = [(w.value, w.label) for w in wishes]
        self.fields["answer_wish"].initial = enums.AnswerWish.VOLUNTEER

    def clean(self) -> dict[str, Any]:
        """To be called, there must be a number, and a word that calling is safe. Files are cleaned here."""
        data = super().clean() or self.cleaned_data
        if data.get("answer_wish") == enums.AnswerWish.PHONE:
            if not data.get("phone") and "phone" not in self.errors:
                self.add_error("phone", _("Write the number that we may call, or choose another way to answer."))
            if data.get("may_call") != "yes":
                self.add_error("may_call", _("Say that we may call this number, or choose another way to answer."))
        data["files"] = [c for c in (cleaned_file(self, n) for n in ("photo", "recording")) if c]
        return data
