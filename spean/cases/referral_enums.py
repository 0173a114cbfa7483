"""Words of a referral, and its table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.cases.enums import LIVE, Purpose, Response
from spean.directory.enums import Need
from spean.handed.enums import Outcome, WhyRefused
from spean.network.agreement_enums import AgreedPurpose

__all__ = [
    "AGREED_FOR",
    "CANNOT_WAIT",
    "MOVES_OF",
    "NOT_FOR",
    "PURPOSES_FOR",
    "REFERRAL_MOVES",
    "REFERRAL_OPEN",
    "Outcome",
    "ReferralKind",
    "ReferralState",
    "ReplyKind",
    "WhyRefused",
    "WhyUnagreed",
]


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
    SHUT = "shut", _("Closed: a wrong code was typed five times")


#: verb -> (states it may leave, state it enters). `lapse`, `unopened` and `end` are of the daily round; `decline` and `shut`
#: are of an organisation without an account, which `finish`es too
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
    "decline": (frozenset({ReferralState.GIVEN}), ReferralState.REFUSED),
    "shut": (frozenset({ReferralState.GIVEN}), ReferralState.SHUT),
    "unopened": (frozenset({ReferralState.GIVEN}), ReferralState.LAPSED),
}


#: the kinds of which a move is; the other moves are of every kind
MOVES_OF = {"take": frozenset({ReferralKind.TRANSFER, ReferralKind.HAND_BACK})}


#: while something may still come of it
REFERRAL_OPEN = frozenset({ReferralState.OFFERED, ReferralState.ACCEPTED, ReferralState.GIVEN})


#: what has to have been agreed to for a need: partners abroad may have been agreed to for the way home alone
PURPOSES_FOR: dict[str, tuple[str, ...]] = {
    need: (Purpose.REFERRAL, Purpose.RETURN) if need == Need.HOME else (Purpose.REFERRAL,) for need in Need
}

#: what nobody is told for a need: how far the way home is sees only who helps with it
NOT_FOR: dict[str, frozenset[str]] = {need: frozenset() if need == Need.HOME else LIVE for need in Need}


#: for which purposes an agreement between the two organisations has to be in force (`spean.network`)
AGREED_FOR: dict[str, tuple[str, ...]] = {
    need: (AgreedPurpose.SERVE, AgreedPurpose.RETURN) if need == Need.HOME else (AgreedPurpose.SERVE,) for need in Need
}


class WhyUnagreed(TextChoices):
    """Why it goes to an organisation with which no agreement is in force: decision 37."""

    URGENT = "urgent", _("It cannot wait: they have to act within a day")
    HEAD = "head", _("The head of our organisation agreed to this one referral")


#: how soon something has to be done of which it may be said that it cannot wait
CANNOT_WAIT = frozenset({Response.HOUR, Response.HOURS, Response.DAY})


class ReplyKind(TextChoices):
    """With what words come back."""

    REFUSAL = "refusal", _("With a refusal")
    OUTCOME = "outcome", _("With what came of it")
