"""The forms of a case: who the person is, what is counted, notes, tasks, the end."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from spean.cases import enums, way_enums
from spean.cases.operations.consent import Given
from spean.cases.operations.homecoming import Planned, StepIs
from spean.cases.operations.opening import Facts, Person
from spean.kernel import clock
from spean.places.models import Place
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm
from spean.surfaces.desk.forms import CONTACT, ContactForm
from spean.voices.enums import Age, Sex

LONGEST_STORY = 8000
LONGEST_NOTE = 4000
HALF_A_YEAR = timedelta(days=182)
COUNTED = ("source", "sex", "age", "country", "risk")


class PersonForm(ContactForm, SentForm):
    """Who the person is, and what is counted of them. The place is chosen beside it."""

    name_km = PlainText(max_length=120, required=False, label=_("Name in Khmer"))
    name_latin = PlainText(max_length=120, required=False, label=_("Name in Latin letters, as in the passport"))
    aliases = PlainText(max_length=300, required=False, label=_("Other names, with commas between them"))
    dependants = PlainText(max_length=1000, lines=3, required=False, label=_("Children and others who depend on the person"))
    story = PlainText(max_length=LONGEST_STORY, lines=8, required=False, label=_("What happened, in the person's words"))
    source = Code(enums.Source, empty=_("Choose"), label=_("How the person came to us"))
    sex = Code(Sex, initial=Sex.NOT_SAID, label=_("The person is"))
    age = Code(Age, initial=Age.NOT_SAID, label=_("Age"))
    country = Code(enums.Country, initial=enums.Country.NOT_KNOWN, label=_("In which country it happened, or happens"))
    risk = Code(enums.Risk, initial=enums.Risk.NOT_KNOWN, radio=True, label=_("How much danger is there now?"))
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, teams: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"]  # here it has two scripts
        if teams:
            self.fields["team"] = Code(label=_("Which team works with the person"))
            self.fields["team"].choices = [(str(pk), name) for pk, name in teams]
            if len(teams) == 1:
                self.fields["team"].widget = forms.HiddenInput()
                self.fields["team"].initial = str(teams[0][0])

    def clean(self) -> dict[str, Any]:
        """Something has to be known of the person: a name, a number or a word."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.get(n) for n in ("name_km", "name_latin", "aliases", "phone", "story")):
            self.add_error("name_km", _("Write a name, a telephone number or what happened, so that the person is found again."))
        return data

    def person(self, place: Place | None, language: str) -> Person:
        """What is sealed, once the form is valid."""
        typed, where = self.cleaned_data, None
        if place is not None:
            where = {"code": place.code, "km": place.name_km, "en": place.name_en}
        aliases = tuple(part for a in typed["aliases"].split(",") if (part := a.strip()))
        words = {name: typed[name] for name in ("name_km", "name_latin", "dependants", "story")}
        return Person(aliases=aliases, contact=self.contact(), language=language, place=where, **words)

    def facts(self) -> Facts:
        """What is counted, once the form is valid."""
        return Facts(**{name: self.cleaned_data[name] for name in COUNTED})

    @staticmethod
    def known(person: Person) -> dict[str, Any]:
        """What the fields of a case say now."""
        words = {name: getattr(person, name) for name in ("name_km", "name_latin", "dependants", "story")}
        contact = {name: person.contact.get(name, "") for name in CONTACT}
        return {**contact, **words, "aliases": ", ".join(person.aliases)}


class NoteForm(SentForm):
    """A note: sealed."""

    kind = Code(enums.NoteKind, initial=enums.NoteKind.NOTE, label=_("What it is"))
    text = PlainText(max_length=LONGEST_NOTE, lines=5, label=_("The note"))
    readers = Code(enums.NoteFor, initial=enums.NoteFor.TEAM, radio=True, label=_("Who may read it"))


class TaskForm(SentForm):
    """What is to be done, and until when."""

    kind = Code(enums.TaskKind, empty=_("Choose"), label=_("What is to be done"))
    text = PlainText(max_length=600, lines=2, required=False, label=_("In a few words"))
    response = Code(enums.Response, initial=enums.Response.DAYS, radio=True, label=_("How soon"))
    due_on = Day(required=False, label=_("On which day, if one was agreed"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [c for c in self.fields["kind"].choices if c[0] not in enums.COMES]


class TaskEndForm(PlainForm):
    """Which task ends."""

    task = forms.UUIDField(widget=forms.HiddenInput)


class WhyForm(PlainForm):
    """Why somebody opens what another person looks after."""

    reason = Code(enums.OpenFor, radio=True, label=_("Why you open it"))


def why_of(request: HttpRequest) -> tuple[WhyForm, str]:
    """The question why somebody opens a part of a case, and the reason that a post gives for it, or ""."""
    form = WhyForm.of("open", request.POST if request.method == "POST" else None)
    return form, form.cleaned_data["reason"] if form.is_valid() else ""


class CloseForm(SentForm):
    """Why it is closed, and the person's own word."""

    reason = Code(enums.CloseFor, empty=_("Choose"), label=_("Why it is closed"))
    text = PlainText(
        max_length=LONGEST_NOTE,
        lines=3,
        required=False,
        label=_("What the person says of it, in their own words, if they can be asked"),
    )


class ConsentForm(SentForm):
    """What the person agrees to, read out to them one by one."""

    purpose = Code(enums.Purpose, radio=True, label=_("To what does the person agree?"))
    recipient = Code(required=False, label=_("To which organisation"))
    named = PlainText(max_length=200, required=False, label=_("Or to whom else"))
    fields_told = Codes(enums.Shared, label=_("What may be told, one by one"))
    until = Day(label=_("Until which day"))
    by = Code(enums.GivenBy, radio=True, label=_("Who agrees"))
    guardian = PlainText(max_length=200, required=False, label=_("Who the guardian is"))
    how = Code(enums.GivenHow, radio=True, label=_("How they agree"))
    witness = PlainText(max_length=200, required=False, label=_("Who heard it"))
    words = PlainText(
        max_length=2000, lines=3, required=False, label=_("What the person said; who must never hear of it, and why")
    )

    def __init__(self, *args: Any, recipients: Sequence[tuple[UUID, str]], age: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [("", "—"), *((str(pk), name) for pk, name in recipients)]
        self.fields["until"].initial = clock.today() + HALF_A_YEAR
        if age in {Age.CHILD, Age.NOT_SAID}:
            self.fields["by"].choices = [choice for choice in enums.GivenBy.choices if choice[0] != enums.GivenBy.SELF]
        else:  # nobody agrees for an adult
            del self.fields["guardian"]
            self.fields["by"].widget, self.fields["by"].initial = forms.HiddenInput(), enums.GivenBy.SELF

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            to = UUID(typed["recipient"]) if typed["recipient"] else None
            words = {name: typed.get(name, "") for name in ("named", "witness", "guardian", "words")}
            told = frozenset(typed["fields_told"])
            typed["given"] = Given(typed["purpose"], told, typed["until"], typed["how"], typed["by"], recipient=to, **words)
        return typed


class ConsentPickForm(PlainForm):
    """Which consent is meant."""

    consent = forms.UUIDField(widget=forms.HiddenInput)


class WayChangeForm(PlainForm):
    """In which way somebody comes home, when, to whom."""

    mode = Code(way_enums.ReturnMode, initial=way_enums.ReturnMode.NOT_KNOWN, label=_("In which way"))
    planned_for = Day(required=False, label=_("Day of the journey, if one is known"))
    where = PlainText(max_length=300, required=False, label=_("To whom, and where home is now"))
    text = PlainText(max_length=2000, lines=3, required=False, label=_("What else matters for the way home"))

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            typed["planned"] = Planned(typed["mode"], typed["planned_for"], typed["where"], typed["text"])
        return typed


class WayForm(WayChangeForm, SentForm):
    """A way home that is planned: from where, too."""

    corridor = Code(way_enums.Corridor, label=_("From where"))
    field_order = ("corridor",)


class WayStepForm(PlainForm):
    """How one step of a way home stands."""

    state = Code(way_enums.StepState, radio=True, label=_("How it stands"))
    owner = Code(required=False, label=_("Who of us does it, or which partner who sees the way"))
    who = PlainText(max_length=200, required=False, label=_("Or who else: name and office"))
    due_on = Day(required=False, label=_("Until when"))
    waits_for = Code(way_enums.WaitsFor, empty=_("Nothing"), required=False, label=_("What it waits for"))
    text = PlainText(max_length=2000, lines=3, required=False, label=_("What was said, which paper, which number"))

    def __init__(
        self, *args: Any, colleagues: Sequence[tuple[UUID, str]] = (), desks: Sequence[tuple[UUID, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.desks = {str(pk) for pk, _name in desks}
        self.fields["owner"].choices = [("", "—"), *((str(pk), name) for pk, name in (*colleagues, *desks))]
        if not desks:
            self.fields["owner"].label = _("Who of us does it")

    def stands(self) -> StepIs:
        """As the operation takes it, once the form is valid."""
        typed = self.cleaned_data
        chosen = UUID(typed["owner"]) if typed["owner"] else None
        owner, desk = (None, chosen) if typed["owner"] in self.desks else (chosen, None)
        return StepIs(typed["state"], owner, typed["due_on"], typed["waits_for"], typed["who"], typed["text"], desk)
