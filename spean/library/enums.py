"""The words of the library, and the MOVES table of facts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.kernel.claims import ClaimState

EVERY_STATE = frozenset(ClaimState.values)
#: verb -> (from which states, to which)
FACT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "publish": (EVERY_STATE, ClaimState.VERIFIED),
    "withdraw": (frozenset({ClaimState.UNVERIFIED, ClaimState.VERIFIED}), ClaimState.WITHDRAWN),
}


class TextState(TextChoices):
    """Whether readers see a text."""

    NEW = "new", _("Not public yet")
    PUBLISHED = "published", _("Public")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: verb -> (from which states, to which)
TEXT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "publish": (frozenset(TextState.values), TextState.PUBLISHED),
    "withdraw": (frozenset({TextState.NEW, TextState.PUBLISHED}), TextState.WITHDRAWN),
}


class VersionState(TextChoices):
    """What became of one wording of a fact or a text."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for a second person")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced by a later one")
    REFUSED = "refused", _("Refused")


class Unit(TextChoices):
    """In what a fact is told. `{n}` is where its number stands; without one the words are the fact."""

    WORDS = "words", _("words, no number")
    CORRIDOR = "corridor", _("whether a way is open")
    USD = "usd", _("{n} US dollars")
    USD_MONTH = "usd_month", _("{n} US dollars a month")
    THB = "thb", _("{n} Thai baht")
    THB_DAY = "thb_day", _("{n} Thai baht a day")
    MYR_MONTH = "myr_month", _("{n} Malaysian ringgit a month")
    KRW_HOUR = "krw_hour", _("{n} Korean won an hour")
    JPY = "jpy", _("{n} Japanese yen")
    JPY_HOUR = "jpy_hour", _("{n} Japanese yen an hour")
    AGE = "age", _("{n} years of age")
    YEARS = "years", _("{n} years")
    MONTHS = "months", _("{n} months")
    DAYS = "days", _("{n} days")
    WORKING_DAYS = "working_days", _("{n} working days")
    HOURS = "hours", _("{n} hours")
    HOURS_DAY = "hours_day", _("{n} hours a day")
    HOURS_WEEK = "hours_week", _("{n} hours a week")
    PERCENT = "percent", _("{n} percent")
    ARTICLE = "article", _("article {n}")
    YEARS_PRISON = "years_prison", _("{n} years in prison")


#: units of money that is paid once, which a sum may be made of
MONEY = (Unit.USD, Unit.THB, Unit.JPY)


class CorridorState(TextChoices):
    """Whether people can go this way now."""

    OPEN = "open", _("This way is open")
    SUSPENDED = "suspended", _("This way is stopped for now")
    CLOSED = "closed", _("This way is shut")
    UNKNOWN = "unknown", _("We do not know whether this way is open")


class Destination(TextChoices):
    """Where somebody wants to go."""

    THAILAND = "TH", _("Thailand")
    MALAYSIA = "MY", _("Malaysia")
    KOREA = "KR", _("Korea")
    JAPAN = "JP", _("Japan")
    CAMBODIA = "KH", _("In Cambodia")
    ELSEWHERE = "other", _("Another country")


class Work(TextChoices):
    """What somebody wants to do there."""

    ANY = "any", _("I do not know yet")
    FACTORY = "factory", _("Factory")
    GARMENT = "garment", _("Sewing, shoes, bags")
    CONSTRUCTION = "construction", _("Building")
    FARM = "farm", _("Farm, plantation, animals")
    FISHING = "fishing", _("Fishing on the sea")
    DOMESTIC = "domestic", _("Work in a house")
    SERVICES = "services", _("Shop, kitchen, hotel, cleaning")
    VENUES = "venues", _("Karaoke, beer garden, massage")
    ONLINE = "online", _("Work at a computer or telephone")
    MARRIAGE = "marriage", _("Marriage abroad")


class Kind(TextChoices):
    """A way to go, or something that looks like one."""

    WAY = "way", _("A way")
    WARNING = "warning", _("Not a way: a warning")


class Picture(TextChoices):
    """What a step is about: the small picture beside it."""

    AGENCY = "agency", _("Recruitment agency")
    OFFER = "offer", _("Work that is offered")
    CIVIL = "civil", _("Papers of the commune")
    IDENTITY = "identity", _("Identity card")
    PASSPORT = "passport", _("Passport or travel document")
    CARD = "card", _("Card of workers abroad")
    CONTRACT = "contract", _("Contract")
    VISA = "visa", _("Visa")
    TRAINING = "training", _("Training or test")
    TRAVEL = "travel", _("The journey")
    ARRIVE = "arrive", _("After arriving")


class AgeGroup(TextChoices):
    """How old somebody is; the steps are those at which the ways differ. Never the exact age."""

    UNDER_15 = "0-14", _("Under 15")
    UNDER_18 = "15-17", _("15 to 17")
    UNDER_21 = "18-20", _("18 to 20")
    UNDER_40 = "21-39", _("21 to 39")
    UNDER_46 = "40-45", _("40 to 45")
    OLDER = "46-99", _("46 or older")


class Paper(TextChoices):
    """Papers that somebody may have in hand already, in the order in which they are got."""

    BIRTH = "birth", _("Birth certificate")
    FAMILY = "family", _("Family book or residence book")
    IDENTITY = "identity", _("National identity card")
    PASSPORT = "passport", _("Passport")
    CONTRACT = "contract", _("A contract that I can read")


class When(TextChoices):
    """When somebody wants to leave."""

    WEEKS = "weeks", _("In the next weeks")
    MONTHS = "months", _("In some months")
    LATER = "later", _("Later, or I do not know")


class PageKind(TextChoices):
    """Which pages use facts."""

    WAY = "way", _("A way to go")
    LAW = "law", _("A question about the law")


class Shape(TextChoices):
    """How a page is set on paper; the value is the file's name."""

    LEAFLET = "leaflet", _("A4 leaflet")
    FOLD = "fold", _("A4, folded to A5")
    POSTER = "poster", _("A3 poster")
