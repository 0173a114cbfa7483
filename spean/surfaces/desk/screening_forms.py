"""The forms of a screening: the gate and what is urgent, then the indicators of one profile. Templates draw them by hand."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.cases import enums
from spean.cases.operations.screening import CHILD, GATE, Asked
from spean.checks.screening import Answer, Profile, gate, of, urgent
from spean.surfaces.desk.fields import Code, PlainText, SentForm
from spean.voices.enums import Age

LONGEST_WORDS = 8000
NOT_THERE = _("An answer does not belong to this table. Open the page again.")
NOTHING = _(
    "Nothing is answered yet. Answer one question at least. If the person wants to say nothing, leave this page: nothing is kept."
)
#: how an answer is chosen; the first is what stands there before anybody asks
ANSWERS = (
    (Answer.YES.value, _("Yes")),
    (Answer.NO.value, _("No")),
    (Answer.UNKNOWN.value, _("Not known")),
    (Answer.REFUSED.value, _("Will not say")),
    ("", _("Not asked")),
)
#: what an adult can be asked about; who was a child at the time is asked as a child
PROFILES = (
    (Profile.ADULT_LABOUR.value, _("Work of any kind")),
    (Profile.ADULT_SEXUAL.value, _("Sexual exploitation")),
    (Profile.CHILD.value, _("The person was under 18 when it happened")),
)


def is_child(age: str) -> bool:
    """Whether the child's indicators are the only ones: under 18, or nobody knows."""
    return age in {Age.CHILD, Age.NOT_SAID}


class GateForm(SentForm):
    """Whether this is the moment to ask, what cannot wait, and about what is asked."""

    urgent = forms.MultipleChoiceField(required=False)
    profile = Code(required=False)

    def __init__(self, *args: Any, age: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.age, language = age, get_language() or "km"
        self.fields["urgent"].choices = [(code, both.of(language)) for code, both in urgent().items()]
        self.fields["urgent"].error_messages["invalid_choice"] = NOT_THERE
        self.fields["profile"].choices = [("", ""), *PROFILES]
        for code, both in gate().items():
            choices = [("yes", _("Yes")), ("no", _("No"))]
            self.fields[code] = forms.ChoiceField(choices=choices, required=False, label=both.of(language))
            self.fields[code].error_messages["invalid_choice"] = NOT_THERE

    def clean(self) -> dict[str, Any]:
        """A child is asked as a child; an adult's profile is chosen, but nobody has to choose while something is urgent."""
        data = super().clean() or self.cleaned_data
        data["passed"] = frozenset(code for code in gate() if data.get(code) == "yes")
        if is_child(self.age):
            if data.get("profile") not in {Profile.CHILD.value, ""}:
                self.add_error(None, CHILD)
            data["profile"] = Profile.CHILD.value
        elif not data.get("profile") and "profile" not in self.errors:
            if data.get("urgent"):
                data["profile"] = Profile.ADULT_LABOUR.value
            elif data["passed"] == set(gate()):
                self.add_error("profile", _("Choose one of the answers."))
        return data

    def gate(self) -> list[forms.BoundField]:
        """The questions of the gate, to show together."""
        return [self[code] for code in gate()]

    def missing(self) -> list[str]:
        """What of the gate is not so, in words, once the form is valid."""
        return [str(self.fields[code].label) for code in gate() if code not in self.cleaned_data["passed"]]

    def asked(self) -> Asked:
        """What is kept at once when something is urgent, once the form is valid."""
        data = self.cleaned_data
        return Asked(profile=data["profile"], gate=data["passed"], urgent=frozenset(data["urgent"]))


class IndicatorsForm(GateForm):
    """All answers of one profile. What was passed at the gate comes along, and more that is urgent can still be told."""

    words = PlainText(max_length=LONGEST_WORDS, lines=6, required=False, label=_("In the person's own words"))

    def __init__(self, *args: Any, profile: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = tuple(indicator.code for indicator in of(Profile(profile)))
        for code in self.codes:
            self.fields[code] = forms.ChoiceField(choices=[(a.value, a.value) for a in Answer], required=False)
            self.fields[code].error_messages["invalid_choice"] = _("Choose one of the answers.")

    def clean(self) -> dict[str, Any]:
        """The gate still holds, and something was answered."""
        data = super().clean()
        if not data.get("urgent") and data["passed"] != set(gate()):
            self.add_error(None, GATE)
        elif not self.errors and not data["urgent"] and not data.get("words") and not self.answers():
            self.add_error(None, NOTHING)
        return data

    def answers(self) -> dict[str, str]:
        """What was answered; what nobody asked is left out."""
        return {code: given for code in self.codes if (given := self.cleaned_data.get(code, ""))}

    def asked(self) -> Asked:
        """All that is kept, once the form is valid."""
        data = self.cleaned_data
        more = {"urgent": frozenset(data["urgent"]), "answers": self.answers(), "words": data["words"]}
        return Asked(profile=data["profile"], gate=data["passed"], **more)


def profile_of(age: str, typed: str) -> str:
    """Whose indicators are shown: the child's whenever that must be, else what was chosen."""
    if is_child(age):
        return Profile.CHILD.value
    return typed if typed in Profile else Profile.ADULT_LABOUR.value


def asked_as(profile: str) -> str:
    """A profile in words."""
    return str(enums.Asked(profile).label)
