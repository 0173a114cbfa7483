"""Claims, not truths: in which state a fact stands, and whether it is still fit to be shown."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaimState(TextChoices):
    """Somebody said it; somebody whose job it is has checked it; it is not shown any more."""

    UNVERIFIED = "unverified", _("Not checked")
    VERIFIED = "verified", _("Checked")
    WITHDRAWN = "withdrawn", _("Withdrawn")


def is_shown(state: str) -> bool:
    """Whether the public sees it: only what somebody has checked."""
    return state == ClaimState.VERIFIED


def is_overdue(state: str, valid_until: date | None, today: date) -> bool:
    """Whether it was checked once, and has to be checked again: the reader is told so."""
    return state == ClaimState.VERIFIED and valid_until is not None and valid_until < today
