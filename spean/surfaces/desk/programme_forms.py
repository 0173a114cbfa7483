"""The forms of programmes and projects."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.places.queries import countries
from spean.programme.enums import PartnerRole
from spean.programme.models.programmes import LONGEST_CODE, LONGEST_NAME
from spean.programme.operations.programmes import (
    LONGEST_ABOUT,
    LONGEST_STRATEGY,
    Partner,
    ProgrammeWords,
    ProjectWords,
)
from spean.programme.queries import programmes as queries
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm


class PlannedForm(SentForm):
    """What programmes and projects have in common. What is wrong is judged by the operation."""

    code = PlainText(max_length=LONGEST_CODE, label=_("Short code, for example SMART"))
    name_km = PlainText(max_length=LONGEST_NAME, label=_("Name in Khmer"))
    name_en = PlainText(max_length=LONGEST_NAME, label=_("Name in English"))
    starts_on = Day(label=_("First day"))
    ends_on = Day(label=_("Last day"))


class ProgrammeForm(PlannedForm):
    """A programme."""

    level = Code(label=_("At which level it works"))
    strategy_km = PlainText(max_length=LONGEST_STRATEGY, lines=8, required=False, label=_("Strategy in Khmer"))
    strategy_en = PlainText(max_length=LONGEST_STRATEGY, lines=8, required=False, label=_("Strategy in English"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = queries.levels(actor)

    def kept(self) -> ProgrammeWords:
        """What is written down, once the form is valid."""
        return ProgrammeWords(**{name: value for name, value in self.cleaned_data.items() if name != "sent_id"})


class ProjectForm(PlannedForm):
    """A project. Its places, donors and partners are added on its page."""

    programme = Code(required=False, label=_("Part of the programme"))
    about_km = PlainText(max_length=LONGEST_ABOUT, lines=4, required=False, label=_("What it does, in Khmer"))
    about_en = PlainText(max_length=LONGEST_ABOUT, lines=4, required=False, label=_("What it does, in English"))
    teams = Codes(label=_("Teams that work for it"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [("", _("None")), *queries.programmes_to_choose(actor)]
        self.fields["teams"].choices = queries.teams_to_choose(actor)

    def kept(self) -> ProjectWords:
        """What is written down, once the form is valid."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        programme = UUID(typed["programme"]) if typed["programme"] else None
        return ProjectWords(**{**typed, "programme": programme, "teams": tuple(map(UUID, typed["teams"]))})


class PartnerForm(PlainForm):
    """A donor or partner."""

    role = Code(PartnerRole, radio=True, label=_("What they do in the project"))
    organisation = Code(required=False, label=_("An organisation that works here"))
    name_km = PlainText(max_length=LONGEST_NAME, required=False, label=_("Or its name in Khmer"))
    name_en = PlainText(max_length=LONGEST_NAME, required=False, label=_("And in English"))
    identifier = PlainText(max_length=60, required=False, label=_("Its identifier in IATI, if it has one"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("It does not stand there")), *queries.partners_to_choose(actor)]

    def partner(self) -> Partner:
        """Who it is, once the form is valid."""
        typed = self.cleaned_data
        return Partner(**{**typed, "organisation": UUID(typed["organisation"]) if typed["organisation"] else None})


class CountryForm(PlainForm):
    """A whole country, for work beyond Cambodia or in all of it."""

    country = Code(required=False, label=_("A whole country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("No, a place in Cambodia")), *((c.code, c.name) for c in countries())]
