"""The words of good practices, of who tried them again, and their tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Problem(TextChoices):
    """Which problem it is about."""

    OFFERS = "offers", _("False offers of work")
    FEES = "fees", _("Fees and brokers")
    PAPERS = "papers", _("Passport and papers")
    WAGES = "wages", _("Wages and debts")
    MISSING = "missing", _("No news of somebody who left")
    MARRIAGE = "marriage", _("Marriage abroad")
    CHILDREN = "children", _("Children who travel or work")
    SCAM = "scam", _("Online scam compounds")
    FINDING = "finding", _("Finding and identifying people")
    REFERRAL = "referral", _("Referral between organisations")
    RETURN = "return", _("Coming home")
    HEALTH = "health", _("Health and healing")
    LIVELIHOOD = "livelihood", _("Work and trades at home")
    LAW = "law", _("Help with the law")
    OFFICES = "offices", _("Working with offices and committees")
    VOLUNTEERS = "volunteers", _("Finding and keeping volunteers")
    DATA = "data", _("Keeping and protecting what is written")
    OTHER = "other", _("Something else")


class Ground(TextChoices):
    """In what kind of place."""

    VILLAGE = "village", _("In a village")
    TOWN = "town", _("In a town")
    BORDER = "border", _("At a border")
    SCHOOL = "school", _("At a school")
    WORKPLACE = "workplace", _("At a workplace")
    SHELTER = "shelter", _("In a shelter")
    OFFICE = "office", _("At an office or embassy")
    ONLINE = "online", _("On the telephone or the internet")
    SEVERAL = "several", _("In several of these")


class Whom(TextChoices):
    """For or with which people."""

    ALL = "all", _("Everybody there")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    CHILDREN = "children", _("Children and young people")
    FAMILIES = "families", _("Families of people who left")
    LEAVING = "leaving", _("People before they leave")
    ABROAD = "abroad", _("People who work abroad")
    RETURNED = "returned", _("People who came home")
    STAFF = "staff", _("Those who help: staff, volunteers, officials")


class Sure(TextChoices):
    """How sure a result is: the evidence behind it."""

    TOLD = "told", _("People told us so")
    COUNTED = "counted", _("Counted by us")
    CHECKED = "checked", _("Counted by somebody else")
    STUDIED = "studied", _("Studied, with a comparison")


class Again(TextChoices):
    """Whether those who did it would do it again."""

    YES = "yes", _("Yes")
    BUT = "but", _("Yes, but in another way")
    NO = "no", _("No")


class PracticeState(TextChoices):
    """Where a good practice stands."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Others are asked for their judgement")
    PUBLISHED = "published", _("Published in the network")
    AGAIN = "again", _("Published; a change is being judged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: verb -> (states that it leaves, state that it enters)
PRACTICE_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "send": (frozenset({PracticeState.DRAFT}), PracticeState.REVIEW),
    "publish": (frozenset({PracticeState.REVIEW, PracticeState.AGAIN}), PracticeState.PUBLISHED),
    "revise": (frozenset({PracticeState.PUBLISHED}), PracticeState.AGAIN),
    "withdraw": (frozenset(PracticeState) - {PracticeState.WITHDRAWN}, PracticeState.WITHDRAWN),
}
#: everybody of the network reads what was published last
READ = frozenset({PracticeState.PUBLISHED, PracticeState.AGAIN})
#: others judge the newest words
JUDGED = frozenset({PracticeState.REVIEW, PracticeState.AGAIN})
#: the author changes the words
WRITTEN = frozenset({PracticeState.DRAFT}) | JUDGED
#: so many other organisations say yes before it is published
REVIEWS = 2


class Verdict(TextChoices):
    """What somebody of another organisation says to one question."""

    YES = "yes", _("Yes")
    PART = "part", _("In part")
    NO = "no", _("No")


class WhyWithdrawn(TextChoices):
    """Why it is read no more."""

    UNSAFE = "unsafe", _("It could hurt somebody")
    WRONG = "wrong", _("It turned out not to work")
    OLD = "old", _("It is out of date")
    OURS = "ours", _("We do not want to share it any more")


class TrialState(TextChoices):
    """Whether those who try a practice have told what came of it."""

    TRYING = "trying", _("Being tried")
    TOLD = "told", _("Its result is told")


class TrialResult(TextChoices):
    """What came of it elsewhere."""

    WORKED = "worked", _("It worked")
    PART = "part", _("It worked in part")
    NOT = "not", _("It did not work")


#: verb -> (states that it leaves, state that it enters)
TRIAL_MOVES: dict[str, tuple[frozenset[str], str]] = {"tell": (frozenset(TrialState), TrialState.TOLD)}
