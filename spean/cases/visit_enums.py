"""Words of visits by volunteers, and their table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitState(TextChoices):
    """Where a visit stands."""

    ASKED = "asked", _("The volunteer has the card")
    TOLD = "told", _("The volunteer told what came of it")
    CALLED_BACK = "called_back", _("Called back")
    OVER = "over", _("Its 72 hours are over")


#: verb -> (states it may leave, state it enters). What was seen on a visit can be told after its card has gone; `lapse` is of
#: the daily round
VISIT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "tell": (frozenset({VisitState.ASKED, VisitState.OVER, VisitState.CALLED_BACK}), VisitState.TOLD),
    "call_back": (frozenset({VisitState.ASKED}), VisitState.CALLED_BACK),
    "lapse": (frozenset({VisitState.ASKED}), VisitState.OVER),
}


class VisitKind(TextChoices):
    """What a volunteer is asked to do. What there is to say, is said by voice: no card holds it."""

    LOOK_IN = "look_in", _("Look in and listen")
    FOLLOW_UP = "follow_up", _("A follow-up that is due")
    MESSAGE = "message", _("Bring a message in person")
    GO_ALONG = "go_along", _("Go along to an appointment")


class WhyThis(TextChoices):
    """Why a volunteer whose place is elsewhere."""

    ASKED_FOR = "asked_for", _("The person asked for this volunteer")
    KNOWN = "known", _("The person knows and trusts them")
    STRANGER = "stranger", _("It is safer if nobody there knows them")
    NOBODY = "nobody", _("No volunteer of that place can go")


class VisitResult(TextChoices):
    """What came of a visit."""

    MET = "met", _("Met the person")
    NOT_HOME = "not_home", _("Nobody was at home")
    MOVED = "moved", _("The person moved away")
    DECLINED = "declined", _("The person did not want the visit")
    UNSAFE = "unsafe", _("It was not safe to visit")
