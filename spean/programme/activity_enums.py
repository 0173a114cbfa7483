"""The words of activities and events, and their table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.accounts.enums import Role

MAKES = (Role.VOLUNTEER, Role.CASE_WORKER)  # sessions of their own
LEADS = (Role.SUPERVISOR, Role.PROGRAMME_MANAGER)  # all of the organisation's, and events


class ActivityKind(TextChoices):
    """What kind of activity it is."""

    OUTREACH = "outreach", _("Outreach session")
    TRAINING = "training", _("Training")
    MEETING = "meeting", _("Meeting")
    EVENT = "event", _("Event")
    CAMPAIGN = "campaign", _("Campaign")


#: they have several places, a programme, partners and a gate; only supervisors and managers make them
LARGE = frozenset({ActivityKind.EVENT, ActivityKind.CAMPAIGN})


class Setting(TextChoices):
    """Where an outreach session meets people."""

    VILLAGE = "village", _("In a village")
    SCHOOL = "school", _("At a school")
    PAGODA = "pagoda", _("At a pagoda")
    CHURCH = "church", _("At a church")
    FACTORY_GATE = "factory_gate", _("At a factory gate")
    RADIO = "radio", _("On the radio")


class ActivityState(TextChoices):
    """Where an activity stands."""

    DRAFT = "draft", _("Draft")
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Took place")
    REPORTED = "reported", _("Reported")
    CANCELLED = "cancelled", _("Cancelled")


#: verb -> (states that it leaves, state that it enters)
ACTIVITY_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "plan": (frozenset({ActivityState.DRAFT}), ActivityState.PLANNED),
    "hold": (frozenset({ActivityState.PLANNED}), ActivityState.HELD),
    "report": (frozenset({ActivityState.HELD}), ActivityState.REPORTED),
    "reopen": (frozenset({ActivityState.REPORTED}), ActivityState.HELD),
    "cancel": (frozenset({ActivityState.DRAFT, ActivityState.PLANNED}), ActivityState.CANCELLED),
}
#: in these, something can still be written
LIVE = frozenset({ActivityState.DRAFT, ActivityState.PLANNED, ActivityState.HELD})
#: in these, people may come, or have come
OPEN = frozenset({ActivityState.PLANNED, ActivityState.HELD, ActivityState.REPORTED})


class WhyCancelled(TextChoices):
    """Why an activity does not take place."""

    WEATHER = "weather", _("Weather, roads, floods")
    ILLNESS = "illness", _("Illness")
    NO_PERMISSION = "no_permission", _("The authority did not allow it")
    NOT_SAFE = "not_safe", _("It was not safe")
    NOBODY = "nobody", _("Nobody could come")
    FACILITATOR = "facilitator", _("Who was to lead it could not come")
    MONEY = "money", _("No money for it")
    OTHER_DAY = "other_day", _("It was moved to another day")


class Audience(TextChoices):
    """Whether these people were met before."""

    NEW = "new", _("For the first time with this group")
    AGAIN = "again", _("Again with the same group")


class Topic(TextChoices):
    """What was talked about."""

    SAFE_MIGRATION = "safe_migration", _("How to migrate safely")
    PAPERS = "papers", _("Passport and papers")
    CONTRACTS = "contracts", _("Contracts")
    AGENCIES = "agencies", _("Licensed agencies, brokers, fees")
    OFFERS = "offers", _("False offers of work")
    TRAFFICKING = "trafficking", _("Human trafficking and its signs")
    RIGHTS = "rights", _("Rights at work")
    WAGES = "wages", _("Wages and debts")
    HELP = "help", _("Where to get help")
    RETURN = "return", _("Coming home")
    CHILDREN = "children", _("Children who travel or work")
    WOMEN = "women", _("Women and men, violence at home")
    LAW = "law", _("The trafficking law")
    WORK_HERE = "work_here", _("Work and trades at home")
    OTHER = "other", _("Something else")


class Axis(TextChoices):
    """By what attendances are counted; each count has the same sum."""

    SEX = "sex", _("Women and men")
    AGE = "age", _("Age")
    KIND = "kind", _("Who they are")


class CountedSex(TextChoices):
    """Attendances by sex, as who counts sees it."""

    WOMEN = "women", _("Women and girls")
    MEN = "men", _("Men and boys")
    OTHER = "other", _("Other, or not known")


class CountedAge(TextChoices):
    """Attendances by age band."""

    CHILD = "0-14", _("Under 15")
    TEEN = "15-17", _("15 to 17")
    YOUNG = "18-24", _("18 to 24")
    ADULT = "25-59", _("25 to 59")
    OLD = "60+", _("60 and older")


class Attendee(TextChoices):
    """Attendances by who people are."""

    STUDENT = "student", _("Students")
    TEACHER = "teacher", _("Teachers")
    LEADER = "leader", _("Community leaders")
    OFFICIAL = "official", _("Officials")
    MIGRANT = "migrant", _("Migrants")
    FAMILY = "family", _("Family members of migrants")
    OTHER = "other", _("Others")


#: the codes of each axis, in the order of the form
AXES: dict[str, type[TextChoices]] = {Axis.SEX: CountedSex, Axis.AGE: CountedAge, Axis.KIND: Attendee}


class Facilitator(TextChoices):
    """Who leads an activity, or speaks there, by role."""

    VOLUNTEER = "volunteer", _("Community volunteer")
    STAFF = "staff", _("Our staff")
    PARTNER = "partner", _("Staff of a partner organisation")
    OFFICIAL = "official", _("Commune, district or provincial official")
    POLICE = "police", _("Police officer")
    LABOUR = "labour", _("Labour official")
    TEACHER = "teacher", _("Teacher")
    FAITH = "faith", _("Monk, priest or another faith leader")
    ELDER = "elder", _("Village chief or elder")
    RETURNED = "returned", _("Somebody who worked abroad")
    OTHER = "other", _("Somebody else")


class Material(TextChoices):
    """What was handed out or used."""

    LEAFLET = "leaflet", _("Leaflets")
    POSTER = "poster", _("Posters")
    BANNER = "banner", _("Banners")
    BOOK = "book", _("Books, guides")
    CARD = "card", _("Cards with numbers to call")
    SHIRT = "shirt", _("Shirts, caps")
    FILM = "film", _("A film")
    SOUND = "sound", _("Loudspeaker, recording")
    GAME = "game", _("Games, theatre")
    WATER = "water", _("Water, food")
    OTHER = "other", _("Something else")


class CostKind(TextChoices):
    """What money is for."""

    VENUE = "venue", _("Hall, tents, chairs")
    TRAVEL = "travel", _("Travel")
    FOOD = "food", _("Food and water")
    PRINT = "print", _("Printing, materials")
    SOUND = "sound", _("Sound, light, stage")
    ALLOWANCE = "allowance", _("Allowances")
    ARTISTS = "artists", _("Artists, theatre, speakers")
    SAFETY = "safety", _("Safety, first aid")
    MEDIA = "media", _("Radio, newspaper, photographs")
    OTHER = "other", _("Something else")


class Money(TextChoices):
    """In which money."""

    RIEL = "KHR", _("Riel")
    DOLLAR = "USD", _("US dollar")
    EURO = "EUR", _("Euro")
    BAHT = "THB", _("Baht")


class Reply(TextChoices):
    """What was answered to an invitation."""

    WAITING = "waiting", _("No answer yet")
    COMING = "coming", _("Comes")
    NOT_COMING = "not_coming", _("Does not come")


class Done(TextChoices):
    """Whether something that somebody was to do is done."""

    TO_DO = "to_do", _("To do")
    DONE = "done", _("Done")
