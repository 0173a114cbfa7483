"""The form of a crossing: one person after the other, without a mouse; only what is needed to find them again."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import enums
from spean.cases.operations.border import Arriving
from spean.cases.operations.opening import Person
from spean.surfaces.desk.fields import Code, Day, PlainForm, SentForm
from spean.surfaces.desk.forms import ContactForm
from spean.voices.enums import Age, Sex

_KHMER = re.compile("[\u1780-\u17b3]")
KEPT = ("crossing", "on", "team")  # from one person to the next


class PlaceAndDay(PlainForm):
    """Which queue: a crossing and a day."""

    crossing = Code(enums.Crossing, label=_("Crossing"))
    on = Day(label=_("Day"))


class ArrivingForm(ContactForm, SentForm):
    """One person who comes over the border."""

    crossing = Code(enums.Crossing, empty=_("Choose"), label=_("Crossing"))
    on = Day(label=_("Day"))
    sex = Code(Sex, radio=True, initial=Sex.NOT_SAID, label=_("The person is"))
    age = Code(Age, radio=True, initial=Age.NOT_SAID, label=_("Age"))
    danger = forms.BooleanField(required=False, label=_("In danger now"))
    child = forms.BooleanField(required=False, label=_("A child, or with a child"))
    sick = forms.BooleanField(required=False, label=_("Sick or hurt"))

    field_order = ("crossing", "on", "team", "name", "sex", "age", "phone", "danger", "child", "sick")

    def __init__(self, *args: Any, teams: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("may_call", "hours", "code_word", "how"):  # asked when there is time
            del self.fields[name]
        self.fields["name"].label = _("Name, in Khmer or Latin letters")
        self.fields["team"] = Code(label=_("Which team works with the people"))
        self.fields["team"].choices = [(str(pk), name) for pk, name in teams]
        if len(teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
            self.fields["team"].initial = str(teams[0][0])
        else:
            self.fields["team"].widget.attrs["class"] = "select"
        for name in ("name", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        here = "name" if (self.data or self.initial).get("crossing") else "crossing"
        self.fields[here].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """A name or a number, so that the person is found again."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("name") or data.get("phone")):
            self.add_error("name", _("Write a name or a telephone number."))
        return data

    def person(self, language: str) -> Person:
        """Who it is, in the script in which the name was typed."""
        name, phone = self.cleaned_data["name"], self.cleaned_data["phone"]
        script = "name_km" if _KHMER.search(name) else "name_latin"
        return Person(**{script: name}, contact={"phone": phone} if phone else {}, language=language)

    def arriving(self) -> Arriving:
        """What is counted."""
        names = ("crossing", "on", "sex", "age", "danger", "child", "sick")
        return Arriving(**{name: self.cleaned_data[name] for name in names})


def kept(typed: Mapping[str, Any]) -> dict[str, str]:
    """What the next person's form begins with."""
    return {name: str(typed[name]) for name in KEPT}
