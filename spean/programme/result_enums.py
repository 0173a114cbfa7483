"""The words of results: kinds, units and which of them add up, breakdowns, and the table of moves of a value."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResultKind(TextChoices):
    """What a project wants to change."""

    IMPACT = "impact", _("Impact")
    OUTCOME = "outcome", _("Outcome")
    OUTPUT = "output", _("Output")
    QUALITY = "quality", _("Quality of the work")


#: what may stand under what: "" is the top
UNDER = {
    ResultKind.IMPACT: frozenset({""}),
    ResultKind.OUTCOME: frozenset({"", ResultKind.IMPACT}),
    ResultKind.OUTPUT: frozenset({"", ResultKind.OUTCOME}),
    ResultKind.QUALITY: frozenset({""}),
}


class Unit(TextChoices):
    """What one of a number is. People and contacts are never one figure."""

    PEOPLE = "people", _("People: each counted once in the project")
    CONTACTS = "contacts", _("Contacts: somebody who comes twice counts twice")
    HOUSEHOLDS = "households", _("Households: each counted once in the project")
    CASES = "cases", _("Cases")
    EVENTS = "events", _("Events and meetings")
    THINGS = "things", _("Documents, referrals, issues: things")
    MONEY = "money", _("US dollars")
    PERCENT = "percent", _("Per cent")
    DAYS = "days", _("Days")
    SCORE = "score", _("A measure that is taken again: the newest stands")


#: the numbers of two periods, or two places, of one indicator make one number
ADDS = frozenset({Unit.PEOPLE, Unit.CONTACTS, Unit.HOUSEHOLDS, Unit.CASES, Unit.EVENTS, Unit.THINGS, Unit.MONEY})
#: each is counted once in a project, and may be in another project too
ONCE = frozenset({Unit.PEOPLE, Unit.HOUSEHOLDS})
WHOLE = ADDS - {Unit.MONEY}


class ValueState(TextChoices):
    """A number waits for a second person, stands, was refused by one, or was corrected by a later one."""

    WAITING = "waiting", _("Waits for a second person")
    CONFIRMED = "confirmed", _("Confirmed by a second person")
    REFUSED = "refused", _("Refused by a second person")
    CORRECTED = "corrected", _("Corrected by a later one")


VALUE_MOVES = {
    "confirm": (frozenset({ValueState.WAITING}), ValueState.CONFIRMED),
    "refuse": (frozenset({ValueState.WAITING}), ValueState.REFUSED),
    "correct": (frozenset({ValueState.CONFIRMED}), ValueState.CORRECTED),
}


class Sex(TextChoices):
    """Of the people counted."""

    WOMAN = "woman", _("Woman or girl")
    MAN = "man", _("Man or boy")
    OTHER = "other", _("Another")


class Age(TextChoices):
    """Age groups of the people counted."""

    CHILD = "0-11", _("Under 12")
    TEEN = "12-14", _("12 to 14")
    YOUTH = "15-17", _("15 to 17")
    YOUNG = "18-24", _("18 to 24")
    ADULT = "25-34", _("25 to 34")
    MIDDLE = "35-59", _("35 to 59")
    ELDER = "60+", _("60 and over")


class Disability(TextChoices):
    """By the questions of the Washington Group."""

    WITH = "with", _("People with disabilities")
    WITHOUT = "without", _("People without disabilities")


class Destination(TextChoices):
    """Where people go to, or come home from."""

    KH = "KH", _("Inside Cambodia")
    TH = "TH", _("Thailand")
    MY = "MY", _("Malaysia")
    VN = "VN", _("Vietnam")
    KR = "KR", _("Korea")
    JP = "JP", _("Japan")
    CN = "CN", _("China")
    OTHER = "other", _("Another country")


class Repeat(TextChoices):
    """Whether somebody was reached before."""

    NEW = "new", _("For the first time")
    AGAIN = "again", _("Again")


class AtLevel(TextChoices):
    """The level of an office or committee."""

    COMMUNE = "commune", _("Commune")
    DISTRICT = "district", _("District")
    PROVINCE = "province", _("Province")
    COUNTRY = "country", _("Nation")
    BEYOND = "beyond", _("Beyond the nation")


class Breakdown(TextChoices):
    """By what a number can be written down in parts."""

    SEX = "sex", _("Sex")
    AGE = "age", _("Age group")
    DISABILITY = "disability", _("Disability")
    DESTINATION = "destination", _("Destination country")
    REPEAT = "repeat", _("New or again")
    LEVEL = "level", _("Level")


BOOKS: dict[str, type[TextChoices]] = {
    Breakdown.SEX: Sex,
    Breakdown.AGE: Age,
    Breakdown.DISABILITY: Disability,
    Breakdown.DESTINATION: Destination,
    Breakdown.REPEAT: Repeat,
    Breakdown.LEVEL: AtLevel,
}
