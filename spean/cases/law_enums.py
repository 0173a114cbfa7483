"""The words of a case's legal matters, and their tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MatterKind(TextChoices):
    """What a legal matter is."""

    CRIMINAL = "criminal", _("A criminal complaint")
    CIVIL = "civil", _("A civil complaint")
    LABOUR = "labour", _("A labour dispute")
    AGENCY = "agency", _("A complaint against a recruitment agency")
    CHARGE = "charge", _("A charge against the person")


class Office(TextChoices):
    """The kind of office that a matter is before."""

    ANTI_TRAFFICKING = "anti_trafficking", _("Anti-trafficking police")
    POLICE = "police", _("Other police")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    COURT = "court", _("Court")
    LABOUR_PROVINCE = "labour_province", _("Labour department of the province")
    LABOUR_MINISTRY = "labour_ministry", _("Ministry of Labour")
    ARBITRATION = "arbitration", _("Arbitration Council")
    COMMUNE = "commune", _("Commune")
    MISSION = "mission", _("Embassy or consulate")
    ABROAD = "abroad", _("An authority abroad")
    OTHER = "other", _("Another authority")


class MatterState(TextChoices):
    """Where a matter stands. A charge begins as being dealt with: nobody of us made it."""

    CONSIDERED = "considered", _("The person considers it")
    MADE = "made", _("Made; no answer yet")
    ACCEPTED = "accepted", _("Being dealt with")
    REFUSED = "refused", _("Not accepted")
    DECIDED = "decided", _("Decided")
    SETTLED = "settled", _("Settled by agreement")
    WITHDRAWN = "withdrawn", _("The person does not want it")
    DROPPED = "dropped", _("Dropped by the authority")
    MISTAKEN = "mistaken", _("Written down by mistake")


#: an office has it and has not decided
BEFORE_AN_OFFICE = frozenset({MatterState.MADE, MatterState.ACCEPTED})
#: something may still come
OPEN = BEFORE_AN_OFFICE | {MatterState.CONSIDERED}
#: there can be a hearing, or protection to ask for
HEARD = BEFORE_AN_OFFICE | {MatterState.DECIDED}
#: verb -> (states it may leave, state it enters)
MATTER_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "make": (frozenset({MatterState.CONSIDERED}), MatterState.MADE),
    "accept": (frozenset({MatterState.MADE}), MatterState.ACCEPTED),
    "refuse": (frozenset({MatterState.MADE}), MatterState.REFUSED),
    "decide": (BEFORE_AN_OFFICE, MatterState.DECIDED),
    "settle": (BEFORE_AN_OFFICE, MatterState.SETTLED),
    "drop": (BEFORE_AN_OFFICE, MatterState.DROPPED),
    "withdraw": (OPEN, MatterState.WITHDRAWN),
    "appeal": (frozenset({MatterState.REFUSED, MatterState.DECIDED, MatterState.DROPPED}), MatterState.MADE),
    "reconsider": (frozenset({MatterState.WITHDRAWN}), MatterState.CONSIDERED),
    "mistake": (frozenset(MatterState) - {MatterState.MISTAKEN}, MatterState.MISTAKEN),
}
#: what can become of a charge: the person neither makes it nor takes it back
OF_A_CHARGE = frozenset({"accept", "decide", "drop", "appeal", "mistake"})
#: these tell an office who the person is: only with their consent
TELLS_OFFICE = frozenset({"make", "appeal"})


def verbs_of(kind: str, state: str) -> tuple[str, ...]:
    """What may become of a matter of this kind now, in the order of the table."""
    fit = OF_A_CHARGE if kind == MatterKind.CHARGE else frozenset(MATTER_MOVES)
    return tuple(verb for verb, (leaves, _to) in MATTER_MOVES.items() if verb in fit and state in leaves)


class Outcome(TextChoices):
    """For whom it was decided."""

    FOR = "for", _("For the person")
    PARTLY = "partly", _("Partly for the person")
    AGAINST = "against", _("Against the person")


class AidState(TextChoices):
    """Whether somebody helps with the law."""

    NONE = "none", _("Nobody was asked")
    ASKED = "asked", _("Asked; no answer yet")
    TAKEN = "taken", _("Helps with the matter")
    REFUSED = "refused", _("Cannot help")
    ENDED = "ended", _("Helps no more")


AID_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "ask": (frozenset({AidState.NONE, AidState.REFUSED, AidState.ENDED}), AidState.ASKED),
    "take": (frozenset({AidState.NONE, AidState.ASKED, AidState.ENDED}), AidState.TAKEN),
    "refuse": (frozenset({AidState.ASKED}), AidState.REFUSED),
    "end": (frozenset({AidState.ASKED, AidState.TAKEN}), AidState.ENDED),
}


class HearingPlace(TextChoices):
    """Where the person is heard, as a kind: which room, and the hour, are sealed."""

    COURT = "court", _("Court")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    POLICE = "police", _("Police")
    LABOUR = "labour", _("Labour office")
    COMMUNE = "commune", _("Commune")
    LINE = "line", _("By video or telephone")
    ABROAD = "abroad", _("Abroad")
    OTHER = "other", _("Somewhere else")


class HearingFor(TextChoices):
    """What a hearing is for."""

    QUESTIONS = "questions", _("The person is asked")
    MEDIATION = "mediation", _("Mediation")
    TRIAL = "trial", _("Trial")
    VERDICT = "verdict", _("The decision is read")
    APPEAL = "appeal", _("A higher court")
    OTHER = "other", _("Something else")


class HearingState(TextChoices):
    """What became of a hearing."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Took place")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Does not take place")


_PLANNED = frozenset({HearingState.PLANNED})
HEARING_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "hold": (_PLANNED, HearingState.HELD),
    "postpone": (_PLANNED, HearingState.POSTPONED),
    "cancel": (_PLANNED, HearingState.CANCELLED),
}


class MeasureKind(TextChoices):
    """How somebody can be protected in a legal matter."""

    SECRET = "secret", _("Name and address are kept secret")
    SCREEN = "screen", _("A screen, so that the accused does not see them")
    VIDEO = "video", _("Heard by video, or from another room")
    SUPPORT = "support", _("Somebody they trust beside them")
    CLOSED = "closed", _("A hearing without the public")
    NO_CONTACT = "no_contact", _("The accused may not contact them or come near")
    MEDIA = "media", _("No name and no picture in the media")
    SAFE = "safe", _("Kept safe at home and on the way")
    INTERPRETER = "interpreter", _("An interpreter whom they accept")
    OTHER = "other", _("Another protection")


class MeasureState(TextChoices):
    """What was answered."""

    ASKED = "asked", _("Asked; no answer yet")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


MEASURE_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "give": (frozenset({MeasureState.ASKED, MeasureState.REFUSED}), MeasureState.GIVEN),
    "refuse": (frozenset({MeasureState.ASKED}), MeasureState.REFUSED),
    "end": (frozenset({MeasureState.GIVEN}), MeasureState.ENDED),
}
