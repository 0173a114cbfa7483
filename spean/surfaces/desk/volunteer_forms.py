"""The forms of volunteers: a line of each list, a threat, what was done about it, a claim and its answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.kernel import clock
from spean.programme import volunteer_enums as codes
from spean.programme import volunteering
from spean.programme.activity_enums import Money
from spean.programme.models.volunteers import WORDS
from spean.programme.operations.claims import Asked
from spean.programme.volunteer_lists import LISTS
from spean.surfaces.desk.document_forms import Month
from spean.surfaces.desk.fields import Code, Day, Number, PlainForm, PlainText, SentForm
from spean.surfaces.desk.money_forms import AmountField

LONGEST, MOST = 2000, 100_000


def _day(label: Any, **kwargs: Any) -> Day:
    return Day(label=label, initial=clock.today, **kwargs)


def _words(label: Any, **kwargs: Any) -> PlainText:
    return PlainText(max_length=LONGEST, lines=4, label=label, **kwargs)


def _hoped(label: Any) -> Number:
    return Number(most=MOST, required=False, initial=0, label=label)


def _chosen(empty: Any, label: Any) -> Code:
    return Code(empty=empty, required=False, label=label)


LINES: dict[str, dict[str, Any]] = {
    "check": {
        "step": lambda: Code(codes.CheckStep, empty=_("Choose"), label=_("What was done")),
        "on": lambda: _day(_("On which day")),
        "words": lambda: _words(_("What was found"), required=False),
    },
    "conduct": {
        "edition": lambda: Number(most=100, initial=volunteering.edition, label=_("Which edition")),
        "way": lambda: Code(codes.SignedBy, radio=True, label=_("How it was signed")),
        "on": lambda: _day(_("On which day")),
    },
    "trained": {
        "kind": lambda: Code(codes.TrainingKind, empty=_("Choose"), label=_("What was learned")),
        "on": lambda: _day(_("On which day")),
        "activity": lambda: _chosen(_("It does not stand among the activities"), _("At which training")),
    },
    "card": {
        "on": lambda: _day(_("From which day")),
        "until": lambda: Day(initial=volunteering.card_until, label=_("Until which day")),
    },
    "away": {
        "on": lambda: _day(_("From which day")),
        "until": lambda: Day(required=False, label=_("Until which day, if it is known")),
        "why": lambda: Code(codes.AwayFor, empty=_("Choose"), label=_("Why")),
        "stands_in": lambda: _chosen(_("Nobody yet"), _("Who stands in")),
    },
    "goal": {
        "on": lambda: Month(label=_("In which month"), initial=clock.today),
        "sessions": lambda: _hoped(_("Sessions")),
        "contacts": lambda: _hoped(_("Contacts at sessions")),
        "visits": lambda: _hoped(_("Visits")),
        "reports": lambda: _hoped(_("Reports")),
    },
    "talk": {
        "kind": lambda: Code(codes.TalkKind, radio=True, label=_("What it was")),
        "on": lambda: _day(_("On which day")),
        "outcome": lambda: Code(codes.TalkOutcome, empty=_("Choose"), label=_("What came of it")),
        "words": lambda: _words(_("What was said"), required=False),
    },
    "threat": {
        "kind": lambda: Code(codes.ThreatKind, empty=_("Choose"), label=_("How")),
        "on": lambda: _day(_("On which day")),
        "words": lambda: _words(_("What happened, who did it, and what would help")),
    },
}
#: of these a person chooses one by its id
IDS = ("activity", "stands_in")
NUMBERS = ("sessions", "contacts", "visits", "reports")
MORE = {"threat": {"state": _("Where it stands"), "done": _("What was done")}}
LABELS = {name: {f: make().label for f, make in fields.items()} | MORE.get(name, {}) for name, fields in LINES.items()}


class LineForm(SentForm):
    """A line of a list."""

    def __init__(self, *args: Any, name: str, choices: dict[str, list[tuple[str, str]]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, make in LINES[name].items():
            self.fields[field] = made = make()
            if field in (choices or {}):
                made.choices = [*made.choices, *choices[field]]
        self.name = name
        self.dress()

    @property
    def marks(self) -> list[tuple[forms.BoundField, str]]:
        """(field, "sealed" for words): what is a code stands on the volunteer's page."""
        sealed = LISTS[self.name].sealed
        return [(bound, "sealed" if bound.name == "words" and sealed else "") for bound in self.visible_fields()]

    def said(self) -> dict[str, Any]:
        """What the line says, once the form is valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        for name in IDS:
            if name in given:
                given[name] = UUID(given[name]) if given[name] else None
        return {name: value or 0 if name in NUMBERS else value for name, value in given.items()}


class ActForm(PlainForm):
    """What was done about a threat."""

    done = Code(codes.ThreatDone, empty=_("Choose"), label=_("What was done"))


class ClaimForm(SentForm):
    """What a volunteer asks for."""

    month = Month(label=_("For which month"), initial=clock.today)
    kind = Code(codes.ClaimKind, radio=True, label=_("What for"))
    amount = AmountField(label=_("How much"))
    currency = Code(Money, initial=Money.RIEL, label=_("In which money"))
    project = Code(empty=_("I do not know"), required=False, label=_("For which project"))
    words = PlainText(
        max_length=WORDS,
        lines=2,
        required=False,
        label=_("In words"),
        help_text=_("For example from where to where. Write no name of somebody whom you visited."),
    )

    def __init__(self, *args: Any, projects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [*self.fields["project"].choices, *projects]

    def asked(self) -> Asked:
        """What is asked for, once the form is valid."""
        d = self.cleaned_data
        project = UUID(d["project"]) if d["project"] else None
        return Asked(d["month"], d["kind"], d["amount"], d["currency"], d["words"], project)


class RefuseForm(PlainForm):
    """Why not."""

    reason = PlainText(max_length=WORDS, lines=2, label=_("Why not, in words for the volunteer"))
