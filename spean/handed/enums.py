"""Words of a packet that was handed to somebody without an account, and its table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PacketState(TextChoices):
    """Where a packet stands."""

    WAITING = "waiting", _("Not opened yet")
    OPENED = "opened", _("Opened, once")
    SERVES = "serves", _("They say that they help")
    DONE = "done", _("They told what came of it")
    REFUSED = "refused", _("They say that they cannot help")
    SHUT = "shut", _("Closed: a wrong code was typed too often")
    BACK = "back", _("Called back")
    OVER = "over", _("Its day is over")


_OPENED = frozenset({PacketState.OPENED, PacketState.SERVES})
LIVE = _OPENED | {PacketState.WAITING}
#: verb -> (states it may leave, state it enters). `call_back` and `end` are of who sent it, the others come from outside.
PACKET_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "open": (frozenset({PacketState.WAITING}), PacketState.OPENED),
    "serve": (frozenset({PacketState.OPENED}), PacketState.SERVES),
    "refuse": (_OPENED, PacketState.REFUSED),
    "finish": (_OPENED, PacketState.DONE),
    "shut": (LIVE, PacketState.SHUT),
    "call_back": (LIVE, PacketState.BACK),
    "end": (LIVE, PacketState.OVER),
}


class WhyRefused(TextChoices):
    """Why a desk, or an organisation without an account, refuses."""

    FULL = "full", _("We have no room now")
    NOT_OURS = "not_ours", _("We do not give this help")
    AREA = "area", _("Not in our area")
    TIME = "time", _("We cannot do it in this time")
    UNSAFE = "unsafe", _("With us it may not be safe for the person")
    OTHER = "other", _("Another reason")


class Outcome(TextChoices):
    """What came of a referral, as who served the person tells it."""

    SERVED = "served", _("The person got this help")
    PARTLY = "partly", _("The person got a part of it")
    UNREACHED = "unreached", _("We could not reach the person")
    WISH = "wish", _("The person did not want it")
    NOT_FIT = "not_fit", _("We could not help after all")


#: the codes that an answer carries
CODES: dict[str, type[TextChoices] | None] = {"serve": None, "refuse": WhyRefused, "finish": Outcome}
