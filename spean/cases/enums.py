"""Words of this app, and the MOVES table of a case: which state may follow which, by which verb."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.checks.screening.tables import Profile
from spean.checks.screening.weighing import Class
from spean.directory.enums import Need


class CaseState(TextChoices):
    """Where the work with a person stands."""

    OPEN = "open", _("Being worked on")
    CLOSING = "closing", _("Closing waits for a supervisor")
    CLOSED = "closed", _("Closed")


#: verb -> (states it may leave, state it enters)
CASE_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "ask_close": (frozenset({CaseState.OPEN}), CaseState.CLOSING),
    "keep_open": (frozenset({CaseState.CLOSING}), CaseState.OPEN),
    "close": (frozenset({CaseState.CLOSING}), CaseState.CLOSED),
    "reopen": (frozenset({CaseState.CLOSED}), CaseState.OPEN),
}
#: while somebody works with the person
UNDER_WAY = frozenset({CaseState.OPEN, CaseState.CLOSING})


class Source(TextChoices):
    """How the person came to us."""

    CONCERN = "concern", _("From a concern")
    VOLUNTEER = "volunteer", _("Brought by a volunteer")
    HOTLINE = "hotline", _("By telephone")
    PARTNER = "partner", _("Sent by another organisation")
    AUTHORITY = "authority", _("Sent by an authority")
    BORDER = "border", _("At a border crossing")
    SELF = "self", _("The person came to us")


class Country(TextChoices):
    """Where it happened, or happens."""

    CAMBODIA = "KH", _("Cambodia")
    THAILAND = "TH", _("Thailand")
    VIET_NAM = "VN", _("Viet Nam")
    LAOS = "LA", _("Laos")
    MYANMAR = "MM", _("Myanmar")
    MALAYSIA = "MY", _("Malaysia")
    SINGAPORE = "SG", _("Singapore")
    INDONESIA = "ID", _("Indonesia")
    PHILIPPINES = "PH", _("Philippines")
    CHINA = "CN", _("China")
    KOREA = "KR", _("Korea")
    JAPAN = "JP", _("Japan")
    SAUDI_ARABIA = "SA", _("Saudi Arabia")
    EMIRATES = "AE", _("United Arab Emirates")
    KUWAIT = "KW", _("Kuwait")
    AT_SEA = "sea", _("At sea")
    OTHER = "other", _("Another country")
    NOT_KNOWN = "not_known", _("Not known")


class Risk(TextChoices):
    """How much may happen to the person now, as who looks after them sees it."""

    NOW = "now", _("In danger now")
    HIGH = "high", _("High")
    SOME = "some", _("Some")
    LOW = "low", _("Low")
    NOT_KNOWN = "not_known", _("Not known yet")


class Asked(TextChoices):
    """Whose indicators were asked about."""

    ADULT_LABOUR = Profile.ADULT_LABOUR.value, _("Work, an adult")
    ADULT_SEXUAL = Profile.ADULT_SEXUAL.value, _("Sexual exploitation, an adult")
    CHILD = Profile.CHILD.value, _("A child, or of unknown age")


class Indicated(TextChoices):
    """What the answers of a screening indicate. None of these says that somebody is no victim: only an authority decides."""

    NONE_NOW = Class.NONE_NOW.value, _("No sign among what was answered")
    TOO_LITTLE = Class.TOO_LITTLE.value, _("Too little is known")
    LABOUR_RIGHTS = Class.LABOUR_RIGHTS.value, _("Signs that labour rights are broken")
    POSSIBLE = Class.POSSIBLE.value, _("Signs of possible trafficking")
    STRONG = Class.STRONG.value, _("Strong signs of trafficking")
    URGENT = Class.URGENT.value, _("Urgent: act first")


class NoteKind(TextChoices):
    """What a note is about."""

    NOTE = "note", _("Note")
    CALL = "call", _("Telephone call")
    VISIT = "visit", _("Visit")
    CONFERENCE = "conference", _("Case conference")
    WORD = "word", _("The person's own word")


class NoteFor(TextChoices):
    """Who may read a note."""

    TEAM = "team", _("Whoever works with this case")
    SUPERVISORS = "supervisors", _("Supervisors only")


class TaskKind(TextChoices):
    """What is to be done."""

    SAFETY = "safety", _("Make the person safe")
    CALL = "call", _("Call the person")
    VISIT = "visit", _("Visit the person")
    SHELTER = "shelter", _("Find a safe place to stay")
    HEALTH = "health", _("Doctor or hospital")
    COUNSEL = "counsel", _("Counselling")
    LEGAL = "legal", _("Legal help or complaint")
    PAPERS = "papers", _("Papers")
    WAGES = "wages", _("Wages or debt")
    FAMILY = "family", _("Family")
    RETURN = "return", _("Return home")
    WORK = "work", _("Training or work")
    AUTHORITY = "authority", _("Ask an authority")
    NOTICE = "notice", _("Tell the person what was told without asking them")
    PARTNER = "partner", _("See what a partner said of the way home")
    VISITED = "visited", _("See what a volunteer said of a visit")
    OTHER = "other", _("Something else")


#: nobody writes it, and nobody takes it away: it comes with what it is about
OWED = TaskKind.NOTICE
#: nobody writes these: they come by themselves
COMES = frozenset({TaskKind.NOTICE, TaskKind.PARTNER, TaskKind.VISITED})


class Response(TextChoices):
    """How soon it has to be done."""

    HOUR = "hour", _("Within 1 hour")
    HOURS = "hours", _("Within 3 hours")
    DAY = "day", _("Within 1 day")
    DAYS = "days", _("Within 3 days")
    PLANNED = "planned", _("On a day that was agreed")


#: the day on which a task is due, in days from today; what is planned has a day of its own
DUE_IN = {Response.HOUR: 0, Response.HOURS: 0, Response.DAY: 1, Response.DAYS: 3}


class TaskState(TextChoices):
    """What became of a task."""

    TO_DO = "to_do", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not needed any more")


class CloseFor(TextChoices):
    """Why a case is closed."""

    REACHED = "reached", _("What was planned is reached")
    WISH = "wish", _("The person does not want more")
    HANDED = "handed", _("Another organisation looks after the person")
    AWAY = "away", _("The person moved away")
    LOST = "lost", _("We cannot reach the person any more")
    DIED = "died", _("The person died")
    DOUBLE = "double", _("The same person has another case")
    NOT_OURS = "not_ours", _("Not for us; the person was told who helps")


class OpenFor(TextChoices):
    """Why somebody opens a case that another person looks after."""

    DANGER = "danger", _("The person is in danger")
    COVER = "cover", _("Whoever looks after it is away")
    REVIEW = "review", _("To supervise the work")
    ASKED = "asked", _("The person asked for it")


class Purpose(TextChoices):
    """What somebody agrees to. Nothing of these is agreed to by silence, and help never depends on sharing."""

    CARE = "care", _("That we work with them and keep what they tell")
    VISIT = "visit", _("That a volunteer of ours visits them, and is told where")
    REFERRAL = "referral", _("That another organisation serves them")
    AUTHORITY = "authority", _("That an authority is told")
    FAMILY = "family", _("That the family is looked for or spoken to")
    HOLDER = "holder", _("That who keeps a document of theirs gets a letter")
    RETURN = "return", _("That partners abroad help them home")
    STATISTICS = "statistics", _("That they are counted, without a name")
    RESEARCH = "research", _("That research reads about them, without a name")
    MEDIA = "media", _("That their words or picture are shown")


#: these name who gets something
TO_SOMEBODY = frozenset(Purpose) - {Purpose.CARE, Purpose.VISIT, Purpose.STATISTICS}


class Shared(TextChoices):
    """What may be told: the list that is read to the person, one by one."""

    AGE_SEX = "age_sex", _("Age group and sex")
    NAME = "name", _("Name")
    CONTACT = "contact", _("How to reach them")
    HOME = "home", _("Where their home is")
    DEPENDANTS = "dependants", _("Who depends on them")
    STORY = "story", _("What happened")
    SCREENING = "screening", _("What the screening indicates")
    NEEDS = "needs", _("What they need now")
    WAY = "way", _("How far the way home is: its steps and days, without names")


#: what is not told once but seen as it stands, with an account, as long as a referral holds: nothing of it is ever in a packet
LIVE = frozenset({Shared.WAY})
#: what can be told by a letter or by voice
SPOKEN = tuple(field for field in Shared if field not in LIVE)


class GivenHow(TextChoices):
    """How they agreed."""

    SPOKEN = "spoken", _("In words, read out to them")
    THUMB = "thumb", _("With a thumbprint")
    WRITTEN = "written", _("In writing")


class GivenBy(TextChoices):
    """Who agreed."""

    SELF = "self", _("The person")
    BOTH = "both", _("The child and a guardian")
    STAFF = "staff", _("Two of us in the child's interest, for the guardian may be involved")


class Crossing(TextChoices):
    """Where many people come back at once. The names are commonly known ones; whether each is open says no list of ours."""

    POIPET = "poipet", _("Poipet")
    DAUNG = "daung", _("Daung")
    PRUM = "prum", _("Prum")
    CHAM_YEAM = "cham_yeam", _("Cham Yeam")
    O_SMACH = "o_smach", _("O Smach")
    CHOAM = "choam", _("Choam")
    BAVET = "bavet", _("Bavet")
    AIRPORT = "airport", _("An airport")
    PORT = "port", _("A harbour")
    OTHER = "other", _("Another crossing")


#: the country on the other side, which is counted as where it happened until somebody says better
BEYOND = {
    **dict.fromkeys(("poipet", "daung", "prum", "cham_yeam", "o_smach", "choam"), Country.THAILAND),
    Crossing.BAVET: Country.VIET_NAM,
}


class ArrivalState(TextChoices):
    """Where somebody stands in the queue of a crossing."""

    WAITING = "waiting", _("Waits")
    TAKEN = "taken", _("Somebody looks after them")
    GONE = "gone", _("Was not there when called")


#: verb -> (states it may leave, state it enters); who was not there can come back
ARRIVAL_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "take": (frozenset({ArrivalState.WAITING, ArrivalState.GONE}), ArrivalState.TAKEN),
    "gone": (frozenset({ArrivalState.WAITING}), ArrivalState.GONE),
}


class NeedDomain(TextChoices):
    """What a goal is about: the domains of `checks.needs`."""

    SAFETY = "safety", _("Safety")
    SHELTER = "shelter", _("A place to stay, food, clothes")
    HEALTH = "health", _("Health")
    COUNSEL = "counsel", _("Heart and mind")
    DEPENDANTS = "dependants", _("Children and others who depend on the person")
    LEGAL = "legal", _("Law")
    PAPERS = "papers", _("Papers")
    MONEY = "money", _("Wages, debt, money")
    FAMILY = "family", _("Family and way home")
    WORK = "work", _("School, training, work")


#: what kind of task is done towards a goal of this domain
TASK_FOR = {
    NeedDomain.SAFETY: TaskKind.SAFETY,
    NeedDomain.SHELTER: TaskKind.SHELTER,
    NeedDomain.HEALTH: TaskKind.HEALTH,
    NeedDomain.COUNSEL: TaskKind.COUNSEL,
    NeedDomain.DEPENDANTS: TaskKind.FAMILY,
    NeedDomain.LEGAL: TaskKind.LEGAL,
    NeedDomain.PAPERS: TaskKind.PAPERS,
    NeedDomain.MONEY: TaskKind.WAGES,
    NeedDomain.FAMILY: TaskKind.FAMILY,
    NeedDomain.WORK: TaskKind.WORK,
}
#: with what the help directory helps towards a goal of this domain: where the choice of a service begins
NEED_FOR = {
    NeedDomain.SAFETY: Need.DANGER,
    NeedDomain.SHELTER: Need.SHELTER,
    NeedDomain.HEALTH: Need.HEALTH,
    NeedDomain.COUNSEL: Need.HEALTH,
    NeedDomain.DEPENDANTS: Need.CHILD,
    NeedDomain.LEGAL: Need.LAW,
    NeedDomain.PAPERS: Need.PAPERS,
    NeedDomain.MONEY: Need.WORK,
    NeedDomain.FAMILY: Need.HOME,
    NeedDomain.WORK: Need.TRAINING,
}


class CarePlanState(TextChoices):
    """Where a plan stands."""

    DRAFT = "draft", _("The plan is being written")
    WAITING = "waiting", _("The plan waits for a supervisor")
    APPROVED = "approved", _("The plan is approved")
    RETURNED = "returned", _("The plan was returned")


#: verb -> (states it may leave, state it enters); what was submitted or approved and is changed waits again
CARE_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "write": (frozenset({CarePlanState.DRAFT, CarePlanState.RETURNED}), CarePlanState.DRAFT),
    "amend": (frozenset({CarePlanState.WAITING, CarePlanState.APPROVED}), CarePlanState.WAITING),
    "submit": (frozenset({CarePlanState.DRAFT, CarePlanState.RETURNED}), CarePlanState.WAITING),
    "approve": (frozenset({CarePlanState.WAITING}), CarePlanState.APPROVED),
    "return": (frozenset({CarePlanState.WAITING}), CarePlanState.RETURNED),
}


class GoalState(TextChoices):
    """What became of a goal."""

    OPEN = "open", _("Being worked on")
    REACHED = "reached", _("Reached")
    CHANGED = "changed", _("Changed: another goal stands in its place")
    GIVEN_UP = "given_up", _("Given up")


GOAL_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "reach": (frozenset({GoalState.OPEN}), GoalState.REACHED),
    "change": (frozenset({GoalState.OPEN}), GoalState.CHANGED),
    "give_up": (frozenset({GoalState.OPEN}), GoalState.GIVEN_UP),
    "resume": (frozenset({GoalState.REACHED, GoalState.GIVEN_UP}), GoalState.OPEN),
}


class Payer(TextChoices):
    """Who pays for what a goal needs."""

    NOBODY = "nobody", _("It costs nothing")
    US = "us", _("We pay")
    PARTNER = "partner", _("Another organisation pays")
    STATE = "state", _("The state pays")
    FAMILY = "family", _("The family pays")
    PERSON = "person", _("The person pays")
    EMPLOYER = "employer", _("The employer or recruiter pays")
    NOT_KNOWN = "not_known", _("Not known yet")
