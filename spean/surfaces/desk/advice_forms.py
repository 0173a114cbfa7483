"""The forms of requests for advice and of mentoring."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.kernel import clock
from spean.network.models.practices import LONGEST_TITLE
from spean.network.operations.advice import Asked, Proposed
from spean.network.practice_enums import Problem
from spean.surfaces.desk.fields import Code, Day, PlainText, SentForm

LONGEST = 4000


class AskForm(SentForm):
    """A request: to the network or to one organisation."""

    problem = Code(Problem, empty=_("Choose"), label=_("About which problem"))
    title = PlainText(max_length=LONGEST_TITLE, label=_("Your question in one sentence"))
    words = PlainText(max_length=LONGEST, lines=5, label=_("What you have tried, and what you need"))
    to = Code(empty=_("Everybody in the network"), required=False, label=_("Whom you ask"))

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [*self.fields["to"].choices, *others]

    def asked(self) -> Asked:
        """What is asked, once the form is valid."""
        d = self.cleaned_data
        return Asked(d["problem"], d["title"], d["words"], UUID(d["to"]) if d["to"] else None)


class AnswerForm(SentForm):
    """An answer, perhaps with a practice."""

    words = PlainText(max_length=LONGEST, lines=5, label=_("Your answer"))
    practice = Code(empty=_("None"), required=False, label=_("A good practice that fits"))

    def __init__(self, *args: Any, practices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].choices = [*self.fields["practice"].choices, *practices]

    def practice_id(self) -> UUID | None:
        """The practice that was chosen, once the form is valid."""
        return UUID(self.cleaned_data["practice"]) if self.cleaned_data["practice"] else None


class PairForm(SentForm):
    """A mentoring that is proposed to another organisation."""

    side = Code(radio=True, label=_("Who learns from whom"))
    other = Code(empty=_("Choose"), label=_("With which organisation"))
    problem = Code(Problem, empty=_("Choose"), label=_("For what"))
    words = PlainText(max_length=LONGEST, lines=3, label=_("What you hope for, and how often you want to meet"))
    starts_on = Day(label=_("From which day"), initial=clock.today)
    ends_on = Day(label=_("Until which day"))

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = [
            ("start", _("We are starting and learn from them")),
            ("know", _("They are starting and learn from us")),
        ]
        self.fields["other"].choices = [*self.fields["other"].choices, *others]

    def proposed(self) -> Proposed:
        """What is proposed, once the form is valid."""
        d = self.cleaned_data
        return Proposed(UUID(d["other"]), d["side"] == "start", d["problem"], d["words"], d["starts_on"], d["ends_on"])


class MeetForm(SentForm):
    """That the two met."""

    on = Day(label=_("On which day"), initial=clock.today)
    words = PlainText(max_length=LONGEST, lines=3, label=_("In short: about what, and what comes next"))
