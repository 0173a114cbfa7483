"""The words of volunteers' work, and the tables of moves of threats and claims."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CheckStep(TextChoices):
    """What is done before somebody becomes a volunteer; each by somebody, on a day."""

    INTERVIEW = "interview", _("Spoken with")
    REFERENCE = "reference", _("First reference asked")
    SECOND_REFERENCE = "second_reference", _("Second reference asked")
    KNOWN = "known", _("Known to the commune")
    NO_CONFLICT = "no_conflict", _("No conflict of interest: no broker, no recruiter, no office that issues papers")


class SignedBy(TextChoices):
    """How the code of conduct was signed."""

    SIGNATURE = "signature", _("With a signature")
    THUMB = "thumb", _("With a thumbprint")


class TrainingKind(TextChoices):
    """What a volunteer was trained in."""

    MIGRATION = "migration", _("How to migrate safely")
    LISTENING = "listening", _("Listening to people, and what one does not ask")
    SAFEGUARDING = "safeguarding", _("Protecting children and adults from harm, also from us")
    KEEPING = "keeping", _("Keeping what people tell")
    HELP = "help", _("Where to get help, and how to refer")
    REPORTS = "reports", _("Sending reports, telephone and paper")
    SAFETY = "safety", _("One's own safety")
    SESSIONS = "sessions", _("Leading a session")
    OTHER = "other", _("Something else")


class AwayFor(TextChoices):
    """Why a volunteer is away for some time."""

    ILLNESS = "illness", _("Illness")
    BIRTH = "birth", _("Pregnancy, a birth")
    FAMILY = "family", _("Family")
    HARVEST = "harvest", _("Harvest, work on the fields")
    ELSEWHERE = "elsewhere", _("Works elsewhere for some time")
    STUDY = "study", _("Study")
    SAFETY = "safety", _("Their own safety")
    OTHER = "other", _("Something else")


class TalkKind(TextChoices):
    """A supervisor and a volunteer spoke with each other."""

    VISIT = "visit", _("Visit by the supervisor")
    DEBRIEF = "debrief", _("Talk after something hard")


class TalkOutcome(TextChoices):
    """What came of it."""

    WELL = "well", _("It goes well")
    SUPPORT = "support", _("Needs support")
    TRAINING = "training", _("Needs training")
    LESS = "less", _("Needs less work for some time")
    REST = "rest", _("Needs rest")
    SAFETY = "safety", _("Their safety needs a plan")


class ThreatKind(TextChoices):
    """How a volunteer was threatened for this work."""

    WORDS = "words", _("With words")
    MESSAGE = "message", _("By telephone or in messages")
    FOLLOWED = "followed", _("Followed or watched")
    HOME = "home", _("At home, or the family")
    THINGS = "things", _("Something was broken or taken")
    HURT = "hurt", _("Hurt, or somebody tried to")
    OFFICE = "office", _("By somebody in an office, who can harm")
    OTHER = "other", _("In another way")


class ThreatState(TextChoices):
    """Where a threat stands."""

    REPORTED = "reported", _("Nothing done yet")
    ACTED = "acted", _("Something was done")
    OVER = "over", _("Over")


class ThreatDone(TextChoices):
    """What was done about a threat."""

    PLAN = "plan", _("A plan for their safety was made with them")
    PAUSED = "paused", _("Their work stopped for some time")
    AWAY = "away", _("They stay somewhere else for some time")
    AUTHORITY = "authority", _("The police or the commune was told, as they wished")
    LEADERS = "leaders", _("Village leaders spoke with who threatens")
    STAND_IN = "stand_in", _("Somebody else works there")
    NOTHING = "nothing", _("They wish that nothing is done")


#: verb -> (states that it leaves, state that it enters)
THREAT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "act": (frozenset({ThreatState.REPORTED, ThreatState.ACTED}), ThreatState.ACTED),
    "close": (frozenset({ThreatState.ACTED}), ThreatState.OVER),
}
#: in these, somebody still has to look after it
THREATENED = frozenset({ThreatState.REPORTED, ThreatState.ACTED})


class ClaimKind(TextChoices):
    """What a volunteer asks money for."""

    STIPEND = "stipend", _("Stipend")
    TRAVEL = "travel", _("Travel")
    TELEPHONE = "telephone", _("Telephone")
    FOOD = "food", _("Food and lodging")
    MATERIAL = "material", _("Material")
    OTHER = "other", _("Something else")


class ClaimState(TextChoices):
    """Where a claim stands."""

    CLAIMED = "claimed", _("Waits for the supervisor")
    APPROVED = "approved", _("Approved, not paid yet")
    REFUSED = "refused", _("Refused")
    PAID = "paid", _("Paid")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: verb -> (states that it leaves, state that it enters)
CLAIM_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "approve": (frozenset({ClaimState.CLAIMED}), ClaimState.APPROVED),
    "refuse": (frozenset({ClaimState.CLAIMED}), ClaimState.REFUSED),
    "withdraw": (frozenset({ClaimState.CLAIMED}), ClaimState.WITHDRAWN),
    "pay": (frozenset({ClaimState.APPROVED}), ClaimState.PAID),
}
#: these are money that is owed or was given
OWED = (ClaimState.APPROVED, ClaimState.PAID)
