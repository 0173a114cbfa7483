"""The forms of complaints about one of us."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.programme import complaint_enums as codes
from spean.surfaces.desk.fields import Code, PlainForm, PlainText, SentForm

LONGEST = 4000


class ComplaintForm(SentForm):
    """A complaint. The team is in the clear, for it says who may not read it; who it is about is said in the words."""

    about = Code(empty=_("Choose"), label=_("In which team does the person work?"))
    kind = Code(codes.ComplaintKind, radio=True, label=_("What it is about"))
    words = PlainText(max_length=LONGEST, lines=6, label=_("Who did what, when, to whom, and what the person wishes"))

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [*self.fields["about"].choices, *teams]

    def said(self) -> dict[str, Any]:
        """What is said, once the form is valid."""
        return {**self.cleaned_data, "about": UUID(self.cleaned_data["about"])}


class CloseForm(PlainForm):
    """What came of it."""

    outcome = Code(codes.ComplaintOutcome, empty=_("Choose"), label=_("What came of it"))
