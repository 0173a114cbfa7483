"""What is written down of a volunteer, by name: what a line says, who writes it, and what of it is sealed."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from spean.privacy.sealing import Context
from spean.programme import volunteer_enums as codes
from spean.programme.models import volunteers as tables
from spean.programme.models.volunteers import OfVolunteer


@dataclass(frozen=True)
class Kept:
    """One list. `fields` stand in the order of the form; `verb` of the rules is what one must be allowed to."""

    model: type[OfVolunteer]
    fields: tuple[str, ...]
    label: Any
    hint: Any
    verb: str = "lead"
    books: tuple[tuple[str, type[models.TextChoices]], ...] = ()
    sealed: bool = False
    ahead: bool = False  # its day may be to come


LISTS: dict[str, Kept] = {
    "check": Kept(
        tables.Check,
        ("step", "on", "words"),
        _("Before beginning"),
        _("Each step of the selection, by who did it. What was found is sealed: only the supervisors of the team open it."),
        books=(("step", codes.CheckStep),),
        sealed=True,
    ),
    "conduct": Kept(
        tables.Conduct,
        ("edition", "way", "on"),
        _("Code of conduct"),
        _("Read it together first. The paper is kept in the office."),
        books=(("way", codes.SignedBy),),
    ),
    "trained": Kept(
        tables.Trained,
        ("kind", "on", "activity"),
        _("Trainings"),
        _("What was learned, on which day, and at which training if it stands among the activities."),
        books=(("kind", codes.TrainingKind),),
    ),
    "card": Kept(
        tables.Card,
        ("on", "until"),
        _("Identity cards"),
        _(
            "Only for who was selected, has signed the code of conduct and has the first trainings. No village stands on it. "
            "Take it back from who leaves."
        ),
    ),
    "away": Kept(
        tables.Away,
        ("on", "until", "why", "stands_in"),
        _("Leave and who stands in"),
        _("While somebody is away and nobody stands in, their village counts as one without a volunteer."),
        books=(("why", codes.AwayFor),),
        ahead=True,
    ),
    "goal": Kept(
        tables.Goal,
        ("on", "sessions", "contacts", "visits", "reports"),
        _("What is hoped for in a month"),
        _("Agree on it together. It is a hope, never a quota: nobody is sent home for it. The last one written holds."),
        ahead=True,
    ),
    "talk": Kept(
        tables.Talk,
        ("kind", "on", "outcome", "words"),
        _("Visits and talks"),
        _("What was said is sealed: only the supervisors of the team open it."),
        verb="talk",
        books=(("kind", codes.TalkKind), ("outcome", codes.TalkOutcome)),
        sealed=True,
    ),
    "threat": Kept(
        tables.Threat,
        ("kind", "on", "words"),
        _("Threats"),
        _("Who threatens, and how, is sealed: only the supervisors of the team open it. They see it on Today, as urgent."),
        verb="talk",
        books=(("kind", codes.ThreatKind),),
        sealed=True,
    ),
}
#: those of which something is sealed
SEALED = tuple(name for name, one in LISTS.items() if one.sealed)


def context(org: Any, name: str, record: Any) -> Context:
    """What the sealed words of a line are bound to; each is a subject of its own."""
    return Context(org=org, subject=record, record=record, cls=f"volunteer.{name}")
