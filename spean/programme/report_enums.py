"""The words of reports: for whom, their chapters, and the table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportFor(TextChoices):
    """Who reads it."""

    DONORS = "donors", _("Donors")
    GOVERNMENT = "government", _("The government")


class Chapter(TextChoices):
    """The chapters of every report, in their order."""

    SHORT = "short", _("In short")
    AROUND = "around", _("What changed around us")
    DONE = "done", _("What we did")
    REACHED = "reached", _("What was reached")
    HEARD = "heard", _("What communities said")
    HARD = "hard", _("What was difficult, and what we learned")
    COST = "cost", _("What it cost")
    NEXT = "next", _("What comes next")


class ReportState(TextChoices):
    """A report is written, read by a second person, and signed: then it never changes."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Waits for a second person")
    FROZEN = "frozen", _("Signed")
    REPLACED = "replaced", _("Signed, and replaced by a later version")
    DROPPED = "dropped", _("Dropped")


#: `correct` begins a new version; the one that stands is replaced when that is signed
REPORT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "send": (frozenset({ReportState.DRAFT}), ReportState.REVIEW),
    "back": (frozenset({ReportState.REVIEW}), ReportState.DRAFT),
    "sign": (frozenset({ReportState.REVIEW}), ReportState.FROZEN),
    "drop": (frozenset({ReportState.DRAFT}), ReportState.DROPPED),
    "correct": (frozenset({ReportState.FROZEN}), ReportState.REPLACED),
}
SIGNED = frozenset({ReportState.FROZEN, ReportState.REPLACED})
#: in these, one is being written
OPEN = frozenset({ReportState.DRAFT, ReportState.REVIEW})
