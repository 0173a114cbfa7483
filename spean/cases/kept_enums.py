"""Words of what is kept of a case besides its ledgers: files, and who sat together about it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.cases.enums import Purpose


class FileAbout(TextChoices):
    """What a photo or a recording shows."""

    PAPER = "paper", _("A paper of the person: passport, card, birth certificate")
    CONTRACT = "contract", _("A contract or another paper about work")
    PROOF = "proof", _("What shows what happened: injuries, a place, a payment")
    HEALTH = "health", _("A paper of a doctor or hospital")
    AUTHORITY = "authority", _("A paper of an authority or a court")
    SIGNED = "signed", _("A signed receipt or agreement")
    WORD = "word", _("The person's own word, recorded")
    OTHER = "other", _("Something else")


class Present(TextChoices):
    """Who sat together about a case."""

    WORKER = "worker", _("Case workers of ours")
    SUPERVISOR = "supervisor", _("A supervisor of ours")
    VOLUNTEER = "volunteer", _("A volunteer")
    FAMILY = "family", _("The family or a guardian")
    INTERPRETER = "interpreter", _("An interpreter")
    PARTNER = "partner", _("Another organisation")
    HEALTH = "health", _("A doctor or counsellor")
    LAWYER = "lawyer", _("A lawyer")
    AUTHORITY = "authority", _("An authority")


#: who is not of ours, and what the person must have agreed to (one of these) before they hear who it is about
MUST_HAVE_AGREED = {
    Present.FAMILY: frozenset({Purpose.FAMILY}),
    Present.PARTNER: frozenset({Purpose.REFERRAL, Purpose.RETURN}),
    Present.HEALTH: frozenset({Purpose.REFERRAL}),
    Present.LAWYER: frozenset({Purpose.REFERRAL}),
    Present.AUTHORITY: frozenset({Purpose.AUTHORITY}),
}


class TookPart(TextChoices):
    """How the person took part in what was decided about them."""

    THERE = "there", _("The person was there")
    ASKED = "asked", _("The person was asked before, and their wish was told")
    AFTER = "after", _("The person was told afterwards")
    NOT_YET = "not_yet", _("The person does not know of it yet")
