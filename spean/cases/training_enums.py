"""Words of training courses and of who takes part in one, with their tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trade(TextChoices):
    """What is learned."""

    SEWING = "sewing", _("Sewing, garment work")
    WEAVING = "weaving", _("Weaving, handicraft")
    HAIR = "hair", _("Hairdressing, beauty")
    COOKING = "cooking", _("Cooking, baking, food to sell")
    HOTEL = "hotel", _("Work in hotels and restaurants")
    FARMING = "farming", _("Farming, animals")
    FISH = "fish", _("Fish farming, preparing fish")
    MOTOR = "motor", _("Repair of motorbikes and engines")
    ELECTRIC = "electric", _("Electricity, cooling")
    PHONES = "phones", _("Repair of telephones and computers")
    BUILDING = "building", _("Building, masonry, welding")
    DRIVING = "driving", _("Driving")
    COMPUTER = "computer", _("Computers, office work")
    LANGUAGE = "language", _("A language")
    READING = "reading", _("Reading, writing, reckoning")
    BUSINESS = "business", _("Running a small business")
    OTHER = "other", _("Something else")


class Schooling(TextChoices):
    """How much school somebody needs to join."""

    NONE = "none", _("None")
    LETTERS = "letters", _("Reading and writing")
    PRIMARY = "primary", _("Primary school, grade 6")
    LOWER = "lower", _("Lower secondary school, grade 9")
    UPPER = "upper", _("Upper secondary school, grade 12")


class JoinSex(TextChoices):
    """Whom it takes, where it does not take everybody."""

    WOMEN = "women", _("Only for women")
    MEN = "men", _("Only for men")


class Payer(TextChoices):
    """Who pays the stipend."""

    PROVIDER = "provider", _("Who gives the training course")
    US = "us", _("Our organisation")
    STATE = "state", _("The state")
    DONOR = "donor", _("A donor, another organisation")


class CertificateKind(TextChoices):
    """With what it ends."""

    NONE = "none", _("No certificate")
    ATTENDED = "attended", _("A paper that the person took part")
    PROVIDER = "provider", _("A certificate of who gives it")
    STATE = "state", _("A certificate that the state recognises")


class TrainingState(TextChoices):
    """Whether it takes place."""

    OPEN = "open", _("Takes place")
    OFF = "off", _("Called off")


#: verb -> (states it may leave, state it enters)
TRAINING_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "call_off": (frozenset({TrainingState.OPEN}), TrainingState.OFF),
}


class EnrolmentState(TextChoices):
    """Where a person stands with a training course."""

    OFFERED = "offered", _("Offered")
    WAITING = "waiting", _("On the waiting list")
    ENROLLED = "enrolled", _("Has a place")
    UNDER_WAY = "under_way", _("Takes part")
    FINISHED = "finished", _("Finished")
    REFUSED = "refused", _("The person did not want it")
    LEFT = "left", _("Left before its end")
    MOVED = "moved", _("Moved to another training course")


#: who has one of the places
HOLDS_PLACE = frozenset({EnrolmentState.ENROLLED, EnrolmentState.UNDER_WAY, EnrolmentState.FINISHED})
#: who may still take part, or takes part
ON_THE_WAY = frozenset({EnrolmentState.OFFERED, EnrolmentState.WAITING, EnrolmentState.ENROLLED, EnrolmentState.UNDER_WAY})
_BEFORE = frozenset({EnrolmentState.OFFERED, EnrolmentState.WAITING, EnrolmentState.ENROLLED})

#: verb -> (states it may leave, state it enters); who left or said no may still begin
ENROLMENT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "enrol": (
        frozenset({EnrolmentState.OFFERED, EnrolmentState.WAITING, EnrolmentState.REFUSED, EnrolmentState.LEFT}),
        EnrolmentState.ENROLLED,
    ),
    "wait": (frozenset({EnrolmentState.OFFERED, EnrolmentState.REFUSED, EnrolmentState.LEFT}), EnrolmentState.WAITING),
    "begin": (frozenset({EnrolmentState.ENROLLED}), EnrolmentState.UNDER_WAY),
    "finish": (frozenset({EnrolmentState.UNDER_WAY}), EnrolmentState.FINISHED),
    "refuse": (_BEFORE, EnrolmentState.REFUSED),
    "leave": (frozenset({EnrolmentState.ENROLLED, EnrolmentState.UNDER_WAY}), EnrolmentState.LEFT),
    "move": (ON_THE_WAY, EnrolmentState.MOVED),
}


class LeftFor(TextChoices):
    """Why a person left before the end. None of these is a failure of the person."""

    WORK = "work", _("The person found work")
    MONEY = "money", _("The person had to earn money meanwhile")
    CARE = "care", _("Somebody to care for, children")
    ILL = "ill", _("Illness")
    FAR = "far", _("Too far, or no way to get there")
    HARD = "hard", _("Too hard, or not what the person hoped for")
    FAMILY = "family", _("The family did not want it")
    UNSAFE = "unsafe", _("It was not safe, or the person was treated badly")
    AWAY = "away", _("The person went to work somewhere else")
    STOPPED = "stopped", _("The training course stopped")
    OTHER = "other", _("Another reason")


class PassedFor(TextChoices):
    """Why somebody gets a place for which another person waits longer."""

    DANGER = "danger", _("This person is in danger where they are")
    NOT_NOW = "not_now", _("Who waits longer was asked, and cannot or does not want to begin now")
    UNREACHED = "unreached", _("Who waits longer could not be reached")
    FITS = "fits", _("The place is only for somebody like this person: age, sex, language, schooling")
    PROVIDER = "provider", _("Who gives the training course chose")
    OTHER = "other", _("Another reason")
