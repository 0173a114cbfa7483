"""What two people keep true: a thing with its state, and the versions of its words."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from spean.directory.enums import VersionState
from spean.kernel.claims import ClaimState
from spean.kernel.ids import new_id


class Told(models.Model):
    """A thing that everybody may read about once a second person has checked its words."""

    objects: ClassVar[Any]
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: the id that its sender gave: of a file's row, or of a form. The same again makes nothing
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=12, choices=ClaimState, default=ClaimState.UNVERIFIED)
    valid_until = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_for = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    #: names for the desk's lists: of the public version, or else of the newest one
    title_km = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    written_on = models.DateField()
    waits = models.BooleanField(default=False)  # for a second person
    #: there is no such thing: it was made to show how this works
    demonstration = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title_en


class Wording(models.Model):
    """The words of a thing at one time, whole. None is ever changed or deleted."""

    objects: ClassVar[Any]
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.PROPOSED)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_on = models.DateField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True)
    body = models.JSONField()  # a draft

    class Meta:
        abstract = True
