"""Words of a way home, and its table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Corridor(TextChoices):
    """From where somebody comes home: each has its steps in `corridors.toml`."""

    THAILAND = "TH", _("From Thailand")
    VIET_NAM = "VN", _("From Viet Nam")
    MALAYSIA = "MY", _("From Malaysia")
    CAMBODIA = "KH", _("From another place in Cambodia")
    OTHER = "other", _("From another country")


class ReturnMode(TextChoices):
    """How somebody comes home. Who was deported did not come home officially as a victim: it is another thing."""

    OFFICIAL = "official", _("Officially, from one state to the other")
    ASSISTED = "assisted", _("With the help of an organisation")
    SELF = "self", _("By themselves")
    DEPORTED = "deported", _("Deported")
    MASS = "mass", _("With many others who were sent back")
    NOT_KNOWN = "not_known", _("Not known yet")


#: nobody asked them: their agreement is not waited for
SENT_BACK = frozenset({ReturnMode.DEPORTED, ReturnMode.MASS})


class WayState(TextChoices):
    """Where somebody is on the way home."""

    PLANNED = "planned", _("Is being prepared")
    ON_THE_WAY = "on_the_way", _("On the way")
    ARRIVED = "arrived", _("Has come home")
    STOPPED = "stopped", _("Does not come home for now")


#: verb -> (states it may leave, state it enters)
WAY_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "set_out": (frozenset({WayState.PLANNED}), WayState.ON_THE_WAY),
    "arrive": (frozenset({WayState.PLANNED, WayState.ON_THE_WAY}), WayState.ARRIVED),
    "stop": (frozenset({WayState.PLANNED, WayState.ON_THE_WAY}), WayState.STOPPED),
    "resume": (frozenset({WayState.STOPPED}), WayState.PLANNED),
}


#: a person has one such way at a time
COMING_HOME = frozenset({WayState.PLANNED, WayState.ON_THE_WAY})


class HomeStep(TextChoices):
    """The steps of a way home; `corridors.toml` says which a corridor has, and in which order."""

    IDENTIFIED = "identified", _("Recognised")
    SHELTER = "shelter", _("Safe place to stay")
    INTERVIEW = "interview", _("Talk and papers")
    LISTS = "lists", _("Lists exchanged")
    EMBASSY = "embassy", _("Embassy")
    TRACING = "tracing", _("Family looked for")
    FAMILY = "family", _("Family visited")
    AGREES = "agrees", _("The person agrees")
    PAPER = "paper", _("Travel paper")
    TRIP = "trip", _("Day, ticket and transport")
    ESCORT = "escort", _("Somebody who travels with the person")
    HANDOVER = "handover", _("Handed over at the crossing")
    RECEPTION = "reception", _("Reception")
    VILLAGE = "village", _("Family and village are prepared")
    HOME = "home", _("Brought home")
    STAGE_BEFORE = "stage_before", _("Stage 1: before integration")
    STAGE_INTEGRATION = "stage_integration", _("Stage 2: integration")
    STAGE_MONITORING = "stage_monitoring", _("Stage 3: monitoring with support")
    FEEDBACK = "feedback", _("Told to who sent the person")
    STAGE_CLOSING = "stage_closing", _("Stage 4: closing")


class StepState(TextChoices):
    """Where a step of a way home stands."""

    TO_DO = "to_do", _("To do")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")


class PartnerWord(TextChoices):
    """What a partner says of a step of their side."""

    PLANNED = "planned", _("It will be done on this day")
    DONE = "done", _("It was done on this day")
    BLOCKED = "blocked", _("It cannot go on now")


class WaitsFor(TextChoices):
    """What a step waits for, besides the steps before it."""

    PAPER = "paper", _("A paper")
    ANSWER = "answer", _("The answer of an authority")
    FAMILY = "family", _("The family")
    MONEY = "money", _("Money")
    HEALTH = "health", _("The person's health")
    COURT = "court", _("A court")
    WISH = "wish", _("The person, who needs time")
    PARTNER = "partner", _("The partner over there")
    OTHER = "other", _("Something else")
