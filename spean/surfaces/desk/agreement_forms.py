"""The forms of agreements: what is written, and why one is refused, withdrawn or ended."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.network import agreement_enums as codes
from spean.network.operations.agreements import Draft
from spean.network.queries import agreements as queries
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm

LONGEST_NUMBER = 60


class AgreementForm(SentForm):
    """An agreement that is being written."""

    of = Code(label=_("For which of your organisations"))
    others = Codes(label=_("With whom"))
    data = Codes(codes.AgreedData, label=_("What data may go from one side to another"))
    purposes = Codes(codes.AgreedPurpose, label=_("For what purpose"))
    starts_on = Day(label=_("From which day"))
    ends_on = Day(label=_("Until which day"))
    number = PlainText(max_length=LONGEST_NUMBER, required=False, label=_("File number of the paper"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = queries.own_sides(actor)
        self.fields["of"].choices = [(str(pk), name) for pk, name in own]
        self.fields["others"].choices = queries.partners_to_choose(own)

    def draft(self) -> Draft:
        """What is written, once the form is valid."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        return Draft(**{**typed, "of": UUID(typed["of"]), "others": tuple(map(UUID, typed["others"]))})


class WhyForm(PlainForm):
    """Why it is refused, withdrawn or ended."""

    why = Code(codes.WhyEnded, empty=_("Choose"), label=_("Why"))
