"""The words of agreements between organisations, and their table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgreedData(TextChoices):
    """What data an agreement lets go from one side to another."""

    REFERRAL = "referral", _("Packets of referrals, each as the person agreed to it")
    FIGURES = "figures", _("Figures of one's own, protected")
    NONE = "none", _("No data: working together only")


class AgreedPurpose(TextChoices):
    """What for. Nothing else may be done with it."""

    SERVE = "serve", _("Helping persons who agreed to it")
    RETURN = "return", _("Bringing people home")
    FIGURES = "figures", _("Joint figures and reports")
    LEARN = "learn", _("Research and learning")
    CAMPAIGN = "campaign", _("Joint campaigns and events")


class AgreedBook(TextChoices):
    """Which list of codes a code of an agreement is of."""

    DATA = "data", _("What data")
    PURPOSE = "purpose", _("For what purpose")


AGREED_BOOKS: dict[str, type[TextChoices]] = {AgreedBook.DATA: AgreedData, AgreedBook.PURPOSE: AgreedPurpose}


class AgreementState(TextChoices):
    """Where an agreement stands. One whose last day is over allows nothing more, whatever stands here."""

    DRAFT = "draft", _("Being written")
    OFFERED = "offered", _("Waits for signatures")
    IN_FORCE = "in_force", _("In force")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Ended")


class WhyEnded(TextChoices):
    """Why it was refused, withdrawn or ended."""

    REPLACED = "replaced", _("Another one takes its place")
    CHANGE = "change", _("Something has to be changed first")
    NOT_NEEDED = "not_needed", _("It is not needed any more")
    NOT_KEPT = "not_kept", _("It was not kept")
    OTHER = "other", _("Something else")


#: verb -> (states that it leaves, state that it enters). `begin` follows the last signature by itself
AGREEMENT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "offer": (frozenset({AgreementState.DRAFT}), AgreementState.OFFERED),
    "sign": (frozenset({AgreementState.OFFERED}), AgreementState.OFFERED),
    "begin": (frozenset({AgreementState.OFFERED}), AgreementState.IN_FORCE),
    "refuse": (frozenset({AgreementState.OFFERED}), AgreementState.REFUSED),
    "withdraw": (frozenset({AgreementState.DRAFT, AgreementState.OFFERED}), AgreementState.WITHDRAWN),
    "end": (frozenset({AgreementState.IN_FORCE}), AgreementState.ENDED),
}
#: what one says why of
REASONED = frozenset({"refuse", "withdraw", "end"})
