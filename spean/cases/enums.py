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
    OTHER = "other", _("Something else")


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
    WAY_STOPPED = "way_stopped", _("The way home was stopped")
    WAY_RESUMED = "way_resumed", _("The way home is prepared again")
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
    LAPSED = "ref_lapsed", _("The offer ended: it was not answered, or not handed over")
    OVER = "ref_over", _("The day until which it was agreed is over")
    CAME_BACK = "ref_came", _("The person was handed back to us")
    TOLD_NO_MORE = "ref_no_more", _("The person took back what they had agreed to elsewhere: ask them what you may keep")
    GONE = "gone", _("Was not there when their number was called")
    ASSESSED = "assessed", _("Asked what the person needs")
    NEEDS_AGREED = "needs_agreed", _("A second person looked at what is needed")
    ALIKE = "alike", _("Another case of the team may be of the same person")
    COMPARED = "compared", _("A supervisor compared it with the other cases")


#: steps that supervisors alone see: whoever opens a case does not learn from it who else is with the team
FOR_SUPERVISORS = (StepKind.ALIKE, StepKind.COMPARED)


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


class ReferralKind(TextChoices):
    """What is asked of another desk."""

    SERVICE = "service", _("Give one service; we go on looking after the person")
    TRANSFER = "transfer", _("Look after the person from now on")
    HAND_BACK = "hand_back", _("Look after the person again, who came from there")


class ReferralState(TextChoices):
    """Where a referral stands."""

    OFFERED = "offered", _("Offered, without a name")
    ACCEPTED = "accepted", _("Accepted; the packet is still here")
    GIVEN = "given", _("Handed over")
    TAKEN = "taken", _("They look after the person now")
    DONE = "done", _("They told what came of it")
    REFUSED = "refused", _("Refused")
    CALLED_BACK = "called_back", _("Called back")
    LAPSED = "lapsed", _("Ended without a packet")
    OVER = "over", _("Its day is over")


#: verb -> (states it may leave, state it enters). `lapse` and `end` are of the daily round.
REFERRAL_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "accept": (frozenset({ReferralState.OFFERED}), ReferralState.ACCEPTED),
    "refuse": (frozenset({ReferralState.OFFERED}), ReferralState.REFUSED),
    "hand": (frozenset({ReferralState.ACCEPTED}), ReferralState.GIVEN),
    "take": (frozenset({ReferralState.GIVEN}), ReferralState.TAKEN),
    "finish": (frozenset({ReferralState.GIVEN}), ReferralState.DONE),
    "call_back": (
        frozenset({ReferralState.OFFERED, ReferralState.ACCEPTED, ReferralState.GIVEN}),
        ReferralState.CALLED_BACK,
    ),
    "lapse": (frozenset({ReferralState.OFFERED, ReferralState.ACCEPTED}), ReferralState.LAPSED),
    "end": (frozenset({ReferralState.GIVEN}), ReferralState.OVER),
}
#: the kinds of which a move is; the other moves are of every kind
MOVES_OF = {"take": frozenset({ReferralKind.TRANSFER, ReferralKind.HAND_BACK})}
#: while something may still come of it
REFERRAL_OPEN = frozenset({ReferralState.OFFERED, ReferralState.ACCEPTED, ReferralState.GIVEN})
#: what has to have been agreed to for a need: partners abroad may have been agreed to for the way home alone
PURPOSES_FOR: dict[str, tuple[str, ...]] = {
    need: (Purpose.REFERRAL, Purpose.RETURN) if need == Need.HOME else (Purpose.REFERRAL,) for need in Need
}


class WhyRefused(TextChoices):
    """Why a desk refuses."""

    FULL = "full", _("We have no room now")
    NOT_OURS = "not_ours", _("We do not give this help")
    AREA = "area", _("Not in our area")
    TIME = "time", _("We cannot do it in this time")
    UNSAFE = "unsafe", _("With us it may not be safe for the person")
    OTHER = "other", _("Another reason")


class Outcome(TextChoices):
    """What came of a referral, as the desk that served the person tells it."""

    SERVED = "served", _("The person got this help")
    PARTLY = "partly", _("The person got a part of it")
    UNREACHED = "unreached", _("We could not reach the person")
    WISH = "wish", _("The person did not want it")
    NOT_FIT = "not_fit", _("We could not help after all")


class ReplyKind(TextChoices):
    """With what words come back."""

    REFUSAL = "refusal", _("With a refusal")
    OUTCOME = "outcome", _("With what came of it")


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
