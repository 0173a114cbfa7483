"""Which recruiter of the register an issue is about. Counted, not sealed: figures are made of it without anybody's key."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.privacy.fields import DayField
from spean.voices.models.base import USER, AboutPeople
from spean.voices.models.voiced import Issue


class IssueRecruiter(AboutPeople):
    """That an issue is about a recruiter, from one day until another. An ended one is kept."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="recruiters")
    recruiter = models.ForeignKey("directory.Recruiter", models.PROTECT, related_name="+")
    tied_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    on = DayField()
    left_on = DayField(null=True)  # it is about this recruiter no more since this day
    left_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue"], condition=Q(left_on=None), name="one_recruiter_an_issue"),
        ]
