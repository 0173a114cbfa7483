"""The words of complaints about one of us, and their table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ComplaintKind(TextChoices):
    """What somebody of us is said to have done."""

    SEXUAL = "sexual", _("Sexual exploitation, abuse or harassment")
    CHILD = "child", _("Harm to a child")
    MONEY = "money", _("Took money, or asked for a favour")
    TOLD = "told", _("Told others what was said in confidence")
    BROKER = "broker", _("Works with brokers or recruiters")
    RUDE = "rude", _("Rude, unfair, did not come")
    OTHER = "other", _("Something else")


class ComplaintState(TextChoices):
    """Where a complaint stands."""

    RECEIVED = "received", _("Nobody has begun yet")
    LOOKING = "looking", _("Being looked into")
    CLOSED = "closed", _("Closed")


class ComplaintOutcome(TextChoices):
    """What came of it."""

    UNFOUNDED = "unfounded", _("It was not so")
    UNCLEAR = "unclear", _("It could not be found out")
    SPOKEN = "spoken", _("Spoken with, and trained")
    MOVED = "moved", _("Works somewhere else, or does something else")
    ENDED = "ended", _("Works with us no more")
    AUTHORITY = "authority", _("Given to an authority, as the person wished")


#: verb -> (states that it leaves, state that it enters)
COMPLAINT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "take": (frozenset({ComplaintState.RECEIVED}), ComplaintState.LOOKING),
    "close": (frozenset({ComplaintState.LOOKING}), ComplaintState.CLOSED),
}
