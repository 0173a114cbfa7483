"""A list of recruiters that an office gave out, looked at before anything of it is proposed."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from spean.directory.enums import Claimant, LicenceState, ListState, Verdict
from spean.kernel.ids import new_id


class RecruiterList(models.Model):
    """One list: whose it is, its name and day, what it means to stand on it, and how far it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent_id = models.UUIDField(unique=True)
    claimant = models.CharField(max_length=10, choices=Claimant)
    source = models.CharField(max_length=160)
    series = models.CharField(max_length=80)  # the name for comparing: the next list of this name is its successor
    listed_on = models.DateField()
    says = models.CharField(max_length=10, choices=LicenceState)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=ListState, default=ListState.PREVIEW)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["on", "id"], name="recruiter_list_on")]

    def __str__(self) -> str:
        return f"{self.source} {self.listed_on}"


class ListedRow(models.Model):
    """One line of a list and what becomes of it; or a recruiter that stands on it no more."""

    sheet = models.ForeignKey(RecruiterList, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    where = models.CharField(max_length=80, blank=True)  # sheet or page, and its number there
    name = models.CharField(max_length=160, blank=True)
    said = models.JSONField(default=dict)  # a `listing.Said`
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=20, blank=True)  # a code of `listing.FAULTS`
    words = models.CharField(max_length=160, blank=True)  # what stands there
    changes = models.JSONField(default=list)  # [field, before, after]
    candidates = models.JSONField(default=list)  # [id, name, code of `matching.REASONS`] of a doubtful one
    recruiter = models.ForeignKey("directory.Recruiter", models.PROTECT, null=True, related_name="+")
    #: the proposals that were made of it: a version's number, a claim
    version = models.PositiveIntegerField(null=True)
    claim = models.ForeignKey("directory.LicenceClaim", models.PROTECT, null=True, related_name="+")
    #: what a person decided about a doubtful one: "same", "new", "out"
    decided = models.CharField(max_length=4, blank=True)
    done = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "position"], name="a_listed_row_once")]
        indexes: ClassVar = [models.Index(fields=["sheet", "verdict", "position"], name="listed_row_verdict")]

    def __str__(self) -> str:
        return self.name
