"""What a volunteer did here, and what waits for them: numbers only. The caller asked who may."""

from datetime import date

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.paging import counts
from spean.voices.models import Concern, Issue
from spean.voices.queries.issues import issue_filters


def numbers(volunteer: Actor, first: date, next_month: date) -> tuple[int, int]:
    """(reports sent in these days, issues to read back now). One query."""
    sent = access.visible(volunteer, "concern.see_own", Concern.objects.all())
    back = access.visible(volunteer, "issue.see", Issue.objects.all()).filter(issue_filters()["to_read_back"])
    found = counts({"sent": sent.filter(received_on__gte=first, received_on__lt=next_month), "back": back})
    return found["sent"], found["back"]
