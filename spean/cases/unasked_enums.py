"""Words of telling without consent, where a life is in danger, and its table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnaskedState(TextChoices):
    """Where it stands."""

    ASKED = "asked", _("Waits for a supervisor who did not ask")
    AGREED = "agreed", _("Agreed: tell it now")
    TOLD = "told", _("Told without consent")
    DECLINED = "declined", _("Not agreed")
    OVER = "over", _("Its 24 hours are over")


#: verb -> (states it may leave, state it enters). `lapse` is of the daily round.
UNASKED_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "agree": (frozenset({UnaskedState.ASKED}), UnaskedState.AGREED),
    "decline": (frozenset({UnaskedState.ASKED}), UnaskedState.DECLINED),
    "tell": (frozenset({UnaskedState.AGREED}), UnaskedState.TOLD),
    "lapse": (frozenset({UnaskedState.ASKED, UnaskedState.AGREED}), UnaskedState.OVER),
}


class WhyUnasked(TextChoices):
    """Why the person cannot be asked before. That they said no is none of these."""

    HELD = "held", _("They are held, and cannot be reached")
    UNREACHED = "unreached", _("They cannot be reached, and there is no time")
    UNABLE = "unable", _("They cannot answer: unconscious, or too ill")
    HEARD = "heard", _("Who endangers them would hear the question")
    CHILD = "child", _("A child, and whoever decides for them endangers them")
