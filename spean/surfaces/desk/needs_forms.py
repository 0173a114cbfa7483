"""The forms of what a person needs: the answers, then the tasks that they propose, to tick or to leave."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.cases import enums
from spean.cases.operations.assessing import Asked
from spean.checks.needs import Answer, Assessed, Proposal, Soon, Why, domains, needs, propose
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Day, PlainText, SentForm

LONGEST_WORDS = 4000
NOTHING = _("Nothing is answered yet. If the person wants to say nothing now, leave this page: nothing is kept.")
NOT_THERE = _("An answer does not belong to this table. Open the page again.")
ANSWERS = (
    (Answer.NOW.value, _("Needed now")),
    (Answer.LATER.value, _("Later")),
    (Answer.NOT.value, _("Not needed")),
    (Answer.NOT_SAID.value, _("Not said")),
)


class NeedsForm(SentForm):
    """One answer to each need. What nobody says stays open."""

    risk = Code(enums.Risk, initial=enums.Risk.NOT_KNOWN, radio=True, label=_("How much danger do the person and you see now?"))
    words = PlainText(max_length=LONGEST_WORDS, lines=5, required=False, label=_("In the person's own words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language, choices = get_language() or "km", [(value, str(label)) for value, label in ANSWERS]
        for need in needs().values():
            widget = forms.RadioSelect(attrs={"class": "radio"})
            more = {"required": False, "initial": Answer.NOT_SAID.value, "label": need.name.of(self.language)}
            self.fields[f"need_{need.code}"] = forms.ChoiceField(choices=choices, widget=widget, **more)
            self.fields[f"need_{need.code}"].error_messages["invalid_choice"] = NOT_THERE

    def clean(self) -> dict[str, Any]:
        """Something was answered."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("words") and set(self.answers().values()) <= {Answer.NOT_SAID}:
            self.add_error(None, NOTHING)
        return data

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions of each domain, to show together."""
        found: dict[str, list[forms.BoundField]] = {domain: [] for domain in domains()}
        for need in needs().values():
            found[need.domain].append(self[f"need_{need.code}"])
        return [(name.of(self.language), found[domain]) for domain, name in domains().items()]

    def answers(self) -> dict[str, str]:
        """What was answered, once the form is valid."""
        return {code: self.cleaned_data.get(f"need_{code}") or Answer.NOT_SAID.value for code in needs()}


class ProposalsForm(NeedsForm):
    """The answers once more, hidden, and the tasks that they propose."""

    taken = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, found: Assessed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.fields["taken"].choices = [(one.need.code, one.need.code) for one in found.proposals]
        self.fields["taken"].error_messages["invalid_choice"] = NOT_THERE
        self.fields["taken"].initial = [one.need.code for one in found.proposals if one.why == Why.DANGER]
        for one in found.proposals:
            if one.soon == Soon.PLANNED:
                day = Day(required=False, label=_("On which day"), initial=clock.today() + timedelta(days=one.days))
                day.widget.attrs["class"] = "input"
                self.fields[f"day_{one.need.code}"] = day

    def clean(self) -> dict[str, Any]:
        """What came along hidden is as it was; a wrong day has its own place on the page."""
        data = super().clean()
        if any(not name.startswith(("day_", "taken", "__", "sent_id")) for name in self.errors):
            self.add_error(None, NOT_THERE)
        return data

    def rows(self) -> list[tuple[Proposal, bool, forms.BoundField | None]]:
        """Each proposal, whether it is ticked, and its day where it is planned."""
        ticked, planned = set(self["taken"].value() or ()), self.fields
        return [
            (one, one.need.code in ticked, self[f"day_{one.need.code}"] if f"day_{one.need.code}" in planned else None)
            for one in self.found.proposals
        ]

    def hidden(self) -> list[tuple[str, Any]]:
        """The answers, to carry along."""
        names = ("risk", "words", *(f"need_{code}" for code in needs()))
        return [(name, self[name].value() or "") for name in names]

    def kept(self) -> Asked:
        """All that is kept, once the form is valid."""
        data = self.cleaned_data
        taken = {code: data.get(f"day_{code}") for code in data["taken"]}
        return Asked(self.answers(), data["risk"], data["words"], taken, self.language)


def found_in(data: Any) -> Assessed:
    """What the answers of a sent form propose."""
    return propose({code: data.get(f"need_{code}", "") for code in needs()})


def carried(form: NeedsForm, sent_id: UUID) -> dict[str, Any]:
    """What the form of proposals starts from, once the one of answers is valid."""
    return {name: form.cleaned_data.get(name) for name in form.fields} | {"sent_id": sent_id}
