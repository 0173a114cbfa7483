"""A volunteer's triage: the gate before any question, then the questions with the fields of a report."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.checks import screening
from spean.checks.screening import Answer
from spean.surfaces.desk import triage_words
from spean.surfaces.desk.fields import Code, Codes, PlainForm
from spean.surfaces.desk.forms import ReportForm
from spean.voices.enums import Danger

GATE, ASK = "gate_", "ask_"


class GateForm(PlainForm):
    """What must be so before anybody asks. Nothing of it is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in screening.gate().items():
            field = Code(radio=True, label=words.of(get_language() or "km"))
            field.choices = [(Answer.YES.value, _("Yes")), (Answer.NO.value, _("No"))]
            field.widget.attrs["class"] = "radio"
            self.fields[GATE + code] = field

    def closed(self) -> tuple[str, ...]:
        """What is not so, once the form is valid: with any of it nobody asks."""
        return tuple(name.removeprefix(GATE) for name, said in self.cleaned_data.items() if said != Answer.YES)


class TriageForm(ReportForm):
    """The questions, and from a report: where, who, how to reach the person. The words of the report are made of the answers."""

    danger = None  # type: ignore[assignment]  # what is urgent says it
    happened = photo = recording = None  # type: ignore[assignment]
    urgent = Codes(label=_("Is the person in danger now? Tick all that is so."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "km"
        self.fields["told"].required = False
        self.fields["told"].label = _("What else you want to tell, in your own words")
        self.fields["urgent"].choices = [(code, words.of(language)) for code, words in screening.urgent().items()]
        for question in screening.triage():
            field = Code(radio=True, required=False, label=question.words.of(language))
            field.choices = list(triage_words.ANSWERS.items())
            field.widget.attrs["class"] = "radio"
            self.fields[ASK + question.code] = field

    @classmethod
    def typed(cls, data: Any) -> dict[str, Any]:
        """Several signs can be ticked."""
        return {**super().typed(data), "urgent": data.getlist("urgent") if isinstance(data, QueryDict) else []}

    def questions(self) -> list[forms.BoundField]:
        """The questions, to show together."""
        return [self[ASK + question.code] for question in screening.triage()]

    def clean(self) -> dict[str, Any]:
        """The answers are weighed, and become the words of the report."""
        data = super().clean()
        answers = {question.code: data.get(ASK + question.code, "") for question in screening.triage()}
        self.found = screening.weigh_triage(answers, data.get("urgent", ()))
        if not (any(answers.values()) or self.found.urgent or data.get("told") or self.errors):
            self.add_error(None, _("Nothing is answered yet. Answer one question, tick a sign, or write something."))
        data["danger"] = Danger.NOW if self.found.urgent else Danger.UNKNOWN  # nobody said that there is none
        data["told"] = triage_words.composed(self.found, answers, data.get("told", ""))
        return data
