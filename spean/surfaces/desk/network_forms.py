"""The forms of the network: a member, and who answers for it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.directory.enums import Language
from spean.network import member_enums as codes
from spean.network.operations.members import Answers, MemberWords
from spean.places.queries import countries
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm

LONGEST_NAME, LONGEST_ADDRESS = 160, 200


class MemberForm(PlainForm):
    """What is written of a member."""

    country = Code(empty=_("Choose"), label=_("Country"))
    works = Codes(codes.NetworkWork, label=_("What they do"))
    served = Codes(codes.Served, label=_("For whom"))
    languages = Codes(Language, label=_("Languages"))
    since = Day(label=_("A member since"))
    until = Day(required=False, label=_("Until, if they left"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        field.choices = [*field.choices, *((one.code, one.name) for one in countries())]

    def said(self) -> MemberWords:
        """What is said, once the form is valid."""
        return MemberWords(**{name: self.cleaned_data[name] for name in MemberForm.base_fields})


class NewMemberForm(SentForm, MemberForm):
    """A new member, one of the organisations that work here."""

    organisation = Code(empty=_("Choose"), label=_("Organisation"))
    field_order = ("organisation", *MemberForm.base_fields)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [*self.fields["organisation"].choices, *organisations]

    def chosen(self) -> UUID:
        """Which organisation."""
        return UUID(self.cleaned_data["organisation"])


class FocalForm(SentForm):
    """Who answers for a member: an account of the organisation where the reader works there, or an office."""

    user = Code(required=False, empty=_("Nobody who signs in here: an office"), label=_("Somebody who works there"))
    office_km = PlainText(max_length=LONGEST_NAME, required=False, label=_("Name of the office in Khmer"))
    office_en = PlainText(max_length=LONGEST_NAME, required=False, label=_("Name of the office in English"))
    address = PlainText(max_length=LONGEST_ADDRESS, required=False, label=_("Where it is reached at work: e-mail or street"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            self.fields["user"].choices = [*self.fields["user"].choices, *people]
        else:
            del self.fields["user"]

    def answers(self) -> Answers:
        """Who it is, once the form is valid."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        return Answers(**{**typed, "user": UUID(typed["user"]) if typed.get("user") else None})
