"""The words of the directory: of help, of numbers and calls, of versions, of recruiters and their licences."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Need(TextChoices):
    """What somebody needs help with, in the words of the person who looks for it."""

    DANGER = "danger", _("Someone is in danger now")
    MISSING = "missing", _("Someone is missing, or we have no news")
    SHELTER = "shelter", _("A safe place to stay")
    LAW = "law", _("A lawyer, or help with a complaint")
    WORK = "work", _("Wages, or trouble at work")
    PAPERS = "papers", _("Papers that were lost or taken")
    HOME = "home", _("Coming home from abroad")
    HEALTH = "health", _("A doctor, or someone to talk to")
    CHILD = "child", _("Help for a child")
    TRAINING = "training", _("Learning a trade, finding work")
    MIGRATE = "migrate", _("Questions before leaving for work")


class Language(TextChoices):
    """Languages in which help is given, by their ISO 639-1 codes."""

    KM = "km", _("Khmer")
    EN = "en", _("English")
    TH = "th", _("Thai")
    VI = "vi", _("Vietnamese")
    MY = "my", _("Burmese")
    LO = "lo", _("Lao")
    MS = "ms", _("Malay")
    ZH = "zh", _("Chinese")
    KO = "ko", _("Korean")
    JA = "ja", _("Japanese")


class Paper(TextChoices):
    """What one has to bring."""

    IDENTITY = "identity", _("Identity card")
    PASSPORT = "passport", _("Passport")
    BIRTH = "birth", _("Birth certificate")
    FAMILY = "family", _("Family book")
    CONTRACT = "contract", _("Work contract")
    LETTER = "letter", _("A letter of an office or organisation")


class Fee(TextChoices):
    """Whether help costs something."""

    UNKNOWN = "unknown", _("We do not know whether it costs something")
    FREE = "free", _("It costs nothing")
    PAID = "paid", _("It costs something")


class Day(TextChoices):
    """The days of a week, in the codes of RFC 5545 that HSDS uses, Monday first."""

    MO = "MO", _("Monday")
    TU = "TU", _("Tuesday")
    WE = "WE", _("Wednesday")
    TH = "TH", _("Thursday")
    FR = "FR", _("Friday")
    SA = "SA", _("Saturday")
    SU = "SU", _("Sunday")


class Hours(TextChoices):
    """When somebody answers."""

    UNKNOWN = "unknown", _("We do not know the hours")
    ALWAYS = "always", _("Day and night")
    WEEK = "week", _("On these days and hours")


class VersionState(TextChoices):
    """A version waits for a second person, is what everybody sees, or was one of these once."""

    PROPOSED = "proposed", _("Waits for a second person")
    PUBLISHED = "published", _("What everybody sees")
    REPLACED = "replaced", _("Replaced by a later one")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class NumberKind(TextChoices):
    """What sort of number it is; a short code works inside its country only."""

    SHORT = "short", _("Short number, inside the country only")
    LINE = "line", _("Telephone")
    DEMONSTRATION = "demonstration", _("Demonstration: nobody has this number")


class Heard(TextChoices):
    """What a test call found."""

    RIGHT = "right", _("They answered, and it is who we say")
    NOBODY = "nobody", _("Nobody answered")
    OTHER = "other", _("Somebody else answered")
    DEAD = "dead", _("The number does not work")


#: after these the number is not shown any more, also where it was shown before
WRONG = frozenset({Heard.OTHER, Heard.DEAD})


class Remark(TextChoices):
    """What is odd about a number, to be looked at before somebody calls it."""

    UNLISTED = "unlisted", _("This short number is not in the international list. The test call decides.")
    REGROUPED = "regrouped", _("It was written in another grouping than this country uses.")


class RecruiterKind(TextChoices):
    """Who takes people to work."""

    AGENCY = "agency", _("Private recruitment agency in Cambodia")
    ABROAD = "abroad", _("Recruitment agency in another country")
    EMPLOYER = "employer", _("Employer in another country")


class LicenceState(TextChoices):
    """What somebody says of a licence."""

    LICENSED = "licensed", _("Licensed")
    SUSPENDED = "suspended", _("Licence suspended")
    REVOKED = "revoked", _("Licence taken away")
    EXPIRED = "expired", _("Licence ended")
    NEVER = "never", _("Never licensed")
    DELISTED = "delisted", _("No longer on the list")
    UNKNOWN = "unknown", _("Not known")


class Claimant(TextChoices):
    """Who says it."""

    MINISTRY = "ministry", _("Ministry of Labour and Vocational Training")
    COURT = "court", _("A court")
    POLICE = "police", _("The police")
    EMBASSY = "embassy", _("An embassy")
    ABROAD = "abroad", _("An office of the other country")
    RECRUITER = "recruiter", _("The recruiter itself")
    NGO = "ngo", _("An organisation that helps migrants")
    PRESS = "press", _("A newspaper or broadcaster")


class CorrectionState(TextChoices):
    """A request waits for an answer; the answer waits for a second person; everybody can read it."""

    OPEN = "open", _("Waits for an answer")
    ANSWERED = "answered", _("The answer waits for a second person")
    PUBLISHED = "published", _("Answered")


class Outcome(TextChoices):
    """What became of a request for a correction."""

    CORRECTED = "corrected", _("We corrected what we show")
    PARTLY = "partly", _("We corrected a part of it")
    RECOUNTED = "recounted", _("We looked at the number of reports again: it is taken back with the next figures")
    KEPT = "kept", _("We looked at the source again: what we show stays")
    UNCLEAR = "unclear", _("We could not find out. Send us a paper that shows it")


class ListState(TextChoices):
    """A list is looked at, then its rows become proposals; or it is thrown away."""

    PREVIEW = "preview", _("Only looked at")
    RUNNING = "running", _("Proposals are being made")
    DONE = "done", _("Proposals are made")
    DISCARDED = "discarded", _("Thrown away")


class Verdict(TextChoices):
    """What becomes of one line of a list."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    GONE = "gone", _("No longer on the list")
    DOUBTFUL = "doubtful", _("You decide")
    SAME = "same", _("Unchanged")
    FAULTY = "faulty", _("Cannot be read")
