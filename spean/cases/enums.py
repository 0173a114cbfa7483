"""Words of this app, and the MOVES table of a case: which state may follow which, by which verb."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.checks.screening.tables import Profile
from spean.checks.screening.weighing import Class


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
    OTHER = "other", _("Something else")


#: nobody writes it, and nobody takes it away: it comes with what it is about
OWED = TaskKind.NOTICE


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
    REFERRAL = "referral", _("That another organisation serves them")
    AUTHORITY = "authority", _("That an authority is told")
    FAMILY = "family", _("That the family is looked for or spoken to")
    RETURN = "return", _("That partners abroad help them home")
    STATISTICS = "statistics", _("That they are counted, without a name")
    RESEARCH = "research", _("That research reads about them, without a name")
    MEDIA = "media", _("That their words or picture are shown")


#: these name who gets something
TO_SOMEBODY = frozenset({Purpose.REFERRAL, Purpose.AUTHORITY, Purpose.FAMILY, Purpose.RETURN, Purpose.RESEARCH, Purpose.MEDIA})


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


class StepKind(TextChoices):
    """What happened with a case, on its course."""

    OPENED = "opened", _("The case was opened")
    ASSIGNED = "assigned", _("Given to somebody")
    CHANGED = "changed", _("What is known of the person was changed")
    SEEN = "seen", _("Opened by somebody who does not look after it")
    SCREENED = "screened", _("Screened")
    REVIEWED = "reviewed", _("The screening was looked at by a second person")
    TASK = "task", _("A task was written down")
    TASK_DONE = "task_done", _("A task is done")
    TASK_DROPPED = "task_dropped", _("A task is not needed any more")
    NOTED = "noted", _("A note was written")
    CONSENT = "consent", _("The person agreed to something")
    CONSENT_AGREED = "consent_agreed", _("A second person agreed in the child's interest")
    WITHDRAWN = "withdrawn", _("The person took an agreement back")
    WAY_PLANNED = "way_planned", _("The way home was planned")
    WAY_STEP = "way_step", _("A step of the way home was written down")
    WAY_SET_OUT = "way_set_out", _("The person is on the way home")
    WAY_ARRIVED = "way_arrived", _("The person has come home")
    WAY_CHANGED = "way_changed", _("The way home was stopped, or taken up again")
    ASK_CLOSE = "ask_close", _("Somebody asked to close it")
    KEPT_OPEN = "kept_open", _("It stays open")
    CLOSED = "closed", _("The case was closed")
    REOPENED = "reopened", _("The case was opened again")
    COUNTED = "counted", _("What is counted was changed")
    IDENTIFY = "identify", _("An authority was asked to identify the person")
    IDENTIFIED = "identified", _("An authority's answer was written down")
    REFERRED = "referred", _("Offered to another desk, without a name")
    ACCEPTED = "ref_accepted", _("The other desk accepted")
    REFUSED = "ref_refused", _("The other desk refused")
    GIVEN = "ref_given", _("What was agreed to was handed to the other desk")
    PACKET_OPENED = "ref_opened", _("The other desk opened what was handed to it")
    OUTCOME = "ref_outcome", _("The other desk told what came of it")
    TAKEN = "ref_taken", _("The other desk looks after the person now")
    CALLED_BACK = "ref_back", _("What was handed over was called back")
    LAPSED = "ref_lapsed", _("A referral ended: it was not answered or not handed over, or its day is over")
    CAME_BACK = "ref_came", _("The person was handed back to us")
    TOLD_NO_MORE = "ref_no_more", _("The person took back what they had agreed to elsewhere: ask them what you may keep")
    GONE = "gone", _("Was not there when their number was called")
    ASSESSED = "assessed", _("Asked what the person needs")
    PLANNED = "planned", _("The plan was written or changed")
    SUBMITTED = "submitted", _("The plan was given to a supervisor")
    APPROVED = "approved", _("The plan was approved")
    RETURNED = "returned", _("The plan was returned")
    GOAL_ENDED = "goal_ended", _("A goal was reached, or taken up again")
    NEEDS_AGREED = "needs_agreed", _("A second person looked at what is needed")
    ALIKE = "alike", _("Another case of the team may be of the same person")
    COMPARED = "compared", _("A supervisor compared it with the other cases")
    DOCUMENT = "document", _("A document that somebody keeps was written down")
    MONEY = "money", _("Money was written down")
    LAW = "law", _("A legal matter was written down")
    REBUILD = "rebuild", _("The months after coming home")


class StepDetail(TextChoices):
    """What happened, closer than its kind: each belongs to one kind, `DETAIL_OF` says to which."""

    DEMANDED = "demanded", _("A document was asked back, or the answer written down")
    DOCUMENT_MOVED = "document_moved", _("What became of a document was written down")
    FILE = "file", _("A file was added")
    FILE_GONE = "file_gone", _("A file was taken away")
    CONFERENCE = "conference", _("People sat together about the case")
    LAW_MOVED = "law_moved", _("What became of a legal matter was written down")
    LEGAL_AID = "legal_aid", _("Who helps with the law was written down")
    HEARING = "hearing", _("A hearing was written down, or what became of it")
    MEASURE = "measure", _("Protection was asked for, or the answer written down")
    FOLLOW_BEGUN = "follow_begun", _("The follow-ups begin")
    FOLLOWED = "followed", _("A follow-up was done")
    FOLLOW_SIGN = "follow_sign", _("A follow-up showed a sign of new danger")
    FOLLOW_DECLINED = "follow_declined", _("The person did not want a follow-up")
    FOLLOW_MISSED = "follow_missed", _("A follow-up was missed")
    FOLLOW_LOOKED = "follow_looked", _("A supervisor looked at a follow-up")
    PROMISED = "promised", _("What was promised was written down, or what came of it")
    LIVELIHOOD = "livelihood", _("Work, business or income was written down")
    OUTSIDE_ASKED = "outside_asked", _("An organisation without an account was asked, and helps")
    OUTSIDE_GIVEN = "outside_given", _("A packet was made for an organisation without an account")
    OUTSIDE_OPENED = "outside_opened", _("The packet was opened with its code")
    OUTSIDE_SERVES = "outside_serves", _("The organisation says that it helps")
    OUTSIDE_REFUSED = "outside_refused", _("The organisation says that it cannot help")
    OUTSIDE_OUTCOME = "outside_outcome", _("The organisation told what came of it")
    OUTSIDE_SHUT = "outside_shut", _("The packet was closed: a wrong code was typed five times")
    UNASKED_ASKED = "unasked_asked", _("Somebody asked to tell without consent, for a life is in danger")
    UNASKED_AGREED = "unasked_agreed", _("A supervisor agreed that it is told without consent")
    UNASKED_DECLINED = "unasked_declined", _("A supervisor did not agree that it is told without consent")
    UNASKED_TOLD = "unasked_told", _("It was told without consent, for a life is in danger")
    UNASKED_OVER = "unasked_over", _("The 24 hours in which it might be told without consent are over")


#: a codebook has 50 codes at most: what a person's course tells by more is told by a kind and its detail
DETAIL_OF: dict[str, str] = {
    StepDetail.DEMANDED: StepKind.DOCUMENT,
    StepDetail.DOCUMENT_MOVED: StepKind.DOCUMENT,
    StepDetail.FILE: StepKind.NOTED,
    StepDetail.FILE_GONE: StepKind.NOTED,
    StepDetail.CONFERENCE: StepKind.NOTED,
    StepDetail.LAW_MOVED: StepKind.LAW,
    StepDetail.LEGAL_AID: StepKind.LAW,
    StepDetail.HEARING: StepKind.LAW,
    StepDetail.MEASURE: StepKind.LAW,
    StepDetail.FOLLOW_BEGUN: StepKind.REBUILD,
    StepDetail.FOLLOWED: StepKind.REBUILD,
    StepDetail.FOLLOW_SIGN: StepKind.REBUILD,
    StepDetail.FOLLOW_DECLINED: StepKind.REBUILD,
    StepDetail.FOLLOW_MISSED: StepKind.REBUILD,
    StepDetail.FOLLOW_LOOKED: StepKind.REBUILD,
    StepDetail.PROMISED: StepKind.REBUILD,
    StepDetail.LIVELIHOOD: StepKind.REBUILD,
    StepDetail.OUTSIDE_ASKED: StepKind.REFERRED,
    StepDetail.OUTSIDE_GIVEN: StepKind.GIVEN,
    StepDetail.OUTSIDE_OPENED: StepKind.PACKET_OPENED,
    StepDetail.OUTSIDE_SERVES: StepKind.ACCEPTED,
    StepDetail.OUTSIDE_REFUSED: StepKind.REFUSED,
    StepDetail.OUTSIDE_OUTCOME: StepKind.OUTCOME,
    StepDetail.OUTSIDE_SHUT: StepKind.LAPSED,
    StepDetail.UNASKED_ASKED: StepKind.REFERRED,
    StepDetail.UNASKED_AGREED: StepKind.ACCEPTED,
    StepDetail.UNASKED_DECLINED: StepKind.REFUSED,
    StepDetail.UNASKED_TOLD: StepKind.GIVEN,
    StepDetail.UNASKED_OVER: StepKind.LAPSED,
}


#: steps that supervisors alone see: whoever opens a case does not learn from it who else is with the team
FOR_SUPERVISORS = (StepKind.ALIKE, StepKind.COMPARED)


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
