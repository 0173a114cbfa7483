"""Words of this app, and the MOVES tables: which state may follow which, by which verb."""

from dataclasses import dataclass

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a concern is about: the categories met by provincial committees, and what the volunteers of SMART met."""

    FEES = "fees", _("Fees and brokers")
    DOCUMENTS_KEPT = "documents_kept", _("Passport or papers kept by somebody")
    OFFICE_REFUSES = "office_refuses", _("An office refuses or delays a document")
    UNPAID_WAGES = "unpaid_wages", _("Wages not paid")
    NO_NEWS = "no_news", _("No news of somebody who left")
    MARRIAGE = "marriage", _("Marriage abroad")
    VENUES = "venues", _("Karaoke and entertainment venues")
    CHILDREN = "children", _("Children left behind")
    AGENCY = "agency", _("An agency that cheats")
    SCAM = "scam", _("Online scam compounds")
    DEBT = "debt", _("Debt for leaving")
    RISKY = "risky", _("Leaving in a dangerous way")
    OTHER = "other", _("Something else")


class Danger(TextChoices):
    """Whether anyone is in danger at this moment."""

    NOW = "now", _("Yes, now")
    NO = "no", _("No, nobody")
    UNKNOWN = "unknown", _("I do not know")


class When(TextChoices):
    """How long ago, coarsely."""

    NOW = "now", _("It is going on now")
    MONTH = "month", _("In the last month")
    YEAR = "year", _("In the last year")
    EARLIER = "earlier", _("Longer ago")
    NOT_SAID = "not_said", _("Not said")


class AnswerWish(TextChoices):
    """How the person wants to be answered."""

    RECEIPT = "receipt", _("I come back here with my receipt number")
    PHONE = "phone", _("Call me")
    VOLUNTEER = "volunteer", _("Through the volunteer")
    NONE = "none", _("No answer needed")


class Channel(TextChoices):
    """How a concern reached us."""

    PUBLIC = "public", _("Public page")
    VOLUNTEER = "volunteer", _("Volunteer")
    SHEET = "sheet", _("Imported sheet")
    PLAN = "plan", _("Travel plan")


class Sex(TextChoices):
    """Sex of the person concerned."""

    WOMAN = "woman", _("Woman or girl")
    MAN = "man", _("Man or boy")
    OTHER = "other", _("Another")
    NOT_SAID = "not_said", _("Not said")


class Age(TextChoices):
    """Age group of the person concerned, in years."""

    CHILD = "0-17", _("Under 18")
    YOUNG = "18-24", _("18 to 24")
    ADULT = "25-59", _("25 to 59")
    ELDER = "60+", _("60 and over")
    NOT_SAID = "not_said", _("Not said")


class ConcernState(TextChoices):
    """Where a concern stands with the team that holds it."""

    NEW = "new", _("New")
    OPEN = "open", _("Being looked at")
    WAITING = "waiting", _("Waiting for the person's answer")
    ANSWERED = "answered", _("Answered")
    JOINED = "joined", _("Part of an issue")
    CLOSED = "closed", _("Closed")
    HELD = "held", _("Under review")
    SET_ASIDE = "set_aside", _("Set aside")


#: what no team has taken up yet, or will not
OUTSIDE_QUEUES = frozenset({ConcernState.HELD, ConcernState.SET_ASIDE})

#: verb -> (states it may leave, state it enters)
CONCERN_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "read": (frozenset({ConcernState.NEW}), ConcernState.OPEN),
    "ask": (
        frozenset({ConcernState.OPEN, ConcernState.ANSWERED, ConcernState.WAITING, ConcernState.JOINED}),
        ConcernState.WAITING,
    ),
    "answer": (
        frozenset({ConcernState.OPEN, ConcernState.WAITING, ConcernState.ANSWERED, ConcernState.JOINED}),
        ConcernState.ANSWERED,
    ),
    "join": (
        frozenset({ConcernState.OPEN, ConcernState.WAITING, ConcernState.ANSWERED, ConcernState.JOINED}),
        ConcernState.JOINED,
    ),
    "pass": (frozenset({ConcernState.OPEN, ConcernState.WAITING, ConcernState.ANSWERED}), ConcernState.NEW),
    "close": (
        frozenset({ConcernState.OPEN, ConcernState.WAITING, ConcernState.ANSWERED, ConcernState.JOINED}),
        ConcernState.CLOSED,
    ),
    "add": (frozenset(set(ConcernState) - {ConcernState.NEW} - OUTSIDE_QUEUES), ConcernState.OPEN),
    "release": (OUTSIDE_QUEUES, ConcernState.NEW),
    "set_aside": (frozenset({ConcernState.HELD, ConcernState.NEW, ConcernState.OPEN}), ConcernState.SET_ASIDE),
    "insist": (frozenset({ConcernState.SET_ASIDE}), ConcernState.HELD),  # the person adds something to it
}


class AsideFor(TextChoices):
    """Why a report is set aside. It is kept; nothing is deleted."""

    SAME = "same", _("The same words, many times")
    ADVERT = "advert", _("Advertising")
    NONSENSE = "nonsense", _("Signs without meaning")
    TEST = "test", _("A test of ours")
    OTHER = "other", _("It is not for us")


class Direction(TextChoices):
    """Who speaks in a message."""

    TO_REPORTER = "out", _("From the team")
    FROM_REPORTER = "in", _("From the person")


class MessageKind(TextChoices):
    """What a message is for."""

    ANSWER = "answer", _("Answer")
    QUESTION = "question", _("Question")
    CLOSING = "closing", _("Closing answer")
    ADDED = "added", _("Added by the person")


class FileKind(TextChoices):
    """What an attachment is, after cleaning."""

    IMAGE = "image", _("Photo")
    AUDIO = "audio", _("Recording")


class IssueState(TextChoices):
    """Where an issue stands between the village and the office."""

    DRAFT = "draft", _("Being written")
    APPROVED = "approved", _("Approved, not yet raised")
    RAISED = "raised", _("Waiting for an answer")
    COMMITTED = "committed", _("Promised")
    DECLINED = "declined", _("The office says it cannot")
    DONE = "done", _("The office says it is done")
    CONFIRMED = "confirmed", _("Confirmed by the community")
    CONTESTED = "contested", _("Contested by the community")
    MERGED = "merged", _("Became part of another issue")


#: verb -> (states it may leave, state it enters)
ISSUE_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "rewrite": (frozenset({IssueState.DRAFT, IssueState.APPROVED}), IssueState.DRAFT),
    "approve": (frozenset({IssueState.DRAFT}), IssueState.APPROVED),
    "raise": (frozenset({IssueState.APPROVED}), IssueState.RAISED),
    "commit": (frozenset({IssueState.RAISED, IssueState.DECLINED, IssueState.CONTESTED}), IssueState.COMMITTED),
    "decline": (frozenset({IssueState.RAISED, IssueState.CONTESTED}), IssueState.DECLINED),
    "finish": (frozenset({IssueState.COMMITTED}), IssueState.DONE),
    "confirm": (frozenset({IssueState.DONE}), IssueState.CONFIRMED),
    "contest": (frozenset({IssueState.DONE}), IssueState.CONTESTED),
    "escalate": (
        frozenset({IssueState.RAISED, IssueState.COMMITTED, IssueState.DECLINED, IssueState.CONTESTED}),
        IssueState.RAISED,
    ),
    "reopen": (frozenset({IssueState.CONFIRMED}), IssueState.RAISED),
    "merge": (frozenset(set(IssueState) - {IssueState.CONFIRMED, IssueState.MERGED}), IssueState.MERGED),
}

#: from here on the issue, as its public-safe summary, is public
PUBLIC_STATES = frozenset(
    {
        IssueState.RAISED,
        IssueState.COMMITTED,
        IssueState.DECLINED,
        IssueState.DONE,
        IssueState.CONFIRMED,
        IssueState.CONTESTED,
    }
)


class Fact(TextChoices):
    """What can be counted about an issue."""

    HOUSEHOLDS = "households", _("Households concerned")
    WOMEN = "women", _("Women concerned")
    MEN = "men", _("Men concerned")
    CHILDREN = "children", _("Children concerned")
    DOCUMENTS = "documents", _("Documents held")
    MONTHS_UNPAID = "months_unpaid", _("Months of wages unpaid")


class Office(TextChoices):
    """Who is responsible for a commitment: a role, never a name."""

    COMMUNE_CHIEF = "commune_chief", _("Commune chief")
    COMMUNE_CLERK = "commune_clerk", _("Commune clerk")
    WOMEN_CHILDREN = "women_children", _("Focal person for women and children")
    VILLAGE_CHIEF = "village_chief", _("Village chief")
    POLICE_POST = "police_post", _("Commune police post")
    DISTRICT_OFFICE = "district_office", _("District office")
    OTHER = "other", _("Another office")


class WhyNot(TextChoices):
    """Why a committee cannot act."""

    NOT_COMPETENT = "not_competent", _("Another level is responsible")
    NO_MEANS = "no_means", _("No money or staff for it")
    NOT_FOUND = "not_found", _("We could not find what is described")
    LAW = "law", _("The law does not allow it")
    OTHER = "other", _("Another reason")


class AnswerKind(TextChoices):
    """A committee commits, or says why not."""

    COMMITMENT = "commitment", _("Commitment")
    CANNOT = "cannot", _("Cannot act")


class Outcome(TextChoices):
    """What the community says when the answer is read back."""

    CONFIRMED = "confirmed", _("Yes, it was done")
    CONTESTED = "contested", _("No, it was not done")


class Level(TextChoices):
    """The rungs of the ladder, in the order in which an issue climbs them."""

    COMMUNE = "commune", _("Commune")
    DISTRICT = "district", _("District")
    PROVINCE = "province", _("Province")
    NATION = "country", _("Nation")
    REGIONAL = "regional", _("Regional (Pan-Asia)")
    INTERNATIONAL = "international", _("International")


#: levels that are asked only about issues that cross a border
BEYOND_BORDERS = frozenset({Level.REGIONAL, Level.INTERNATIONAL})


@dataclass(frozen=True)
class Days:
    """What a level is given, in days: to answer; before a due day, to be reminded; after a refusal, until the next level."""

    answer: int
    remind: int
    grace: int


#: what holds where an organisation has not set its own
DEADLINES = {
    Level.COMMUNE: Days(30, 7, 14),
    Level.DISTRICT: Days(30, 7, 14),
    Level.PROVINCE: Days(45, 10, 14),
    Level.NATION: Days(60, 14, 30),
    Level.REGIONAL: Days(90, 14, 30),
    Level.INTERNATIONAL: Days(120, 30, 30),
}


class StepKind(TextChoices):
    """What a step on the ladder is."""

    MOVED = "moved", _("Moved")
    REMINDED = "reminded", _("Reminded")
    ESCALATED = "escalated", _("Sent to the next level")
    SKIPPED = "skipped", _("Level passed over")
    TOP = "top", _("No level above could be asked")
    REOPENED = "reopened", _("Opened again")
    MERGED = "merged", _("Joined with another issue")
    SPLIT = "split", _("Divided into two issues")


class Why(TextChoices):
    """Why an issue left a level, or passed one over."""

    NO_ANSWER = "no_answer", _("No answer by the day")
    REFUSED = "refused", _("The office said that it cannot act")
    BROKEN = "broken", _("The promise was not kept by its day")
    CONTESTED = "contested", _("The community says it was not done")
    CANNOT_ACT = "cannot_act", _("The focal person passed it up")
    NO_COMMITTEE = "no_committee", _("This level has no committee that works with us")
    COMPLAINED_OF = "complained_of", _("An official of this level is complained of")
    ACROSS_BORDER = "across_border", _("It crosses a border")
    ASKED_BY_TEAM = "asked_by_team", _("The team sent it up")


class Group(TextChoices):
    """Who raised an issue, as tallies: a person may be of several groups."""

    WOMEN = "women", _("Women and girls")
    YOUTH = "youth", _("Young people (15 to 24)")
    ELDERS = "elders", _("Elders (60 and over)")
    DISABILITY = "disability", _("People with disabilities")
    POOR = "poor", _("Poor households")
    MINORITY = "minority", _("Minorities")


class MeetingState(TextChoices):
    """Where a committee's meeting stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


#: verb -> (states it may leave, state it enters)
MEETING_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "hold": (frozenset({MeetingState.PLANNED}), MeetingState.HELD),
    "cancel": (frozenset({MeetingState.PLANNED}), MeetingState.CANCELLED),
    "once": (frozenset({MeetingState.PLANNED}), MeetingState.PLANNED),  # the committee meets regularly no more
}


class Rhythm(IntegerChoices):
    """Every how many months a committee meets."""

    ONCE = 0, _("Only this time")
    MONTHLY = 1, _("Every month")
    QUARTERLY = 3, _("Every three months")


class Decision(TextChoices):
    """What a meeting said of one issue on its agenda."""

    COMMIT = "commit", _("The committee promises something")
    DECLINE = "decline", _("It cannot be done here")
    LIFT = "lift", _("It is passed to the next level")
    LATER = "later", _("To be spoken of again next time")


class LetterKind(TextChoices):
    """What a letter to an office is for."""

    REQUEST = "request", _("Request for an answer")
    REMINDER = "reminder", _("Reminder")
    ESCALATION = "escalation", _("To the next level")
    THANKS = "thanks", _("Thanks for what was done")


class ImportState(TextChoices):
    """Where an uploaded sheet stands."""

    PREVIEW = "preview", _("Looked at, not imported")
    RUNNING = "running", _("Half imported")
    DONE = "done", _("Imported")
    DISCARDED = "discarded", _("Discarded")


#: verb -> (states it may leave, state it enters)
IMPORT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "assign": (frozenset({ImportState.PREVIEW}), ImportState.PREVIEW),
    "start": (frozenset({ImportState.PREVIEW}), ImportState.RUNNING),
    "part": (frozenset({ImportState.RUNNING}), ImportState.RUNNING),
    "finish": (frozenset({ImportState.RUNNING}), ImportState.DONE),  # with the last part
    "discard": (frozenset({ImportState.PREVIEW, ImportState.RUNNING}), ImportState.DISCARDED),
}
