"""Words of a referral, and its table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.cases.enums import Purpose
from spean.directory.enums import Need


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
