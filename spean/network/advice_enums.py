"""The words of requests for advice and of mentoring, and their tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AdviceState(TextChoices):
    """Whether those who asked still hope for an answer."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


#: verb -> (states that it leaves, state that it enters)
ADVICE_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "close": (frozenset({AdviceState.OPEN}), AdviceState.CLOSED),
    "reopen": (frozenset({AdviceState.CLOSED}), AdviceState.OPEN),
}


class PairState(TextChoices):
    """Where a mentoring pair stands."""

    PROPOSED = "proposed", _("Waits for the other organisation")
    AGREED = "agreed", _("Agreed by both")
    DECLINED = "declined", _("Not wanted")
    ENDED = "ended", _("Ended")


#: verb -> (states that it leaves, state that it enters)
PAIR_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "agree": (frozenset({PairState.PROPOSED}), PairState.AGREED),
    "decline": (frozenset({PairState.PROPOSED}), PairState.DECLINED),
    "end": (frozenset({PairState.AGREED}), PairState.ENDED),
}
