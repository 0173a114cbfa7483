"""Telephone numbers and the calls that tried them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from spean.directory.enums import Heard, NumberKind, Remark
from spean.kernel.claims import ClaimState
from spean.kernel.ids import new_id


class Phone(models.Model):
    """HSDS's phone, a claim of its own: shown when it is in the public version and a test call found it right.

    It is that of an entry of the help directory, or of a recruiter.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey("directory.Entry", models.PROTECT, null=True, related_name="phones")
    recruiter = models.ForeignKey("directory.Recruiter", models.PROTECT, null=True, related_name="phones")
    digits = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=14, choices=NumberKind)
    shown = models.CharField(max_length=60)
    remark = models.CharField(max_length=12, choices=Remark, blank=True)
    source = models.CharField(max_length=200)
    as_of = models.CharField(max_length=60, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=ClaimState, default=ClaimState.UNVERIFIED)
    checked_on = models.DateField(null=True)
    checked_for = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    valid_until = models.DateField(null=True)
    #: it stands in the public version
    listed = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "digits", "country"], name="a_number_once_an_entry"),
            models.UniqueConstraint(fields=["recruiter", "digits", "country"], name="a_number_once_a_recruiter"),
            models.CheckConstraint(condition=Q(entry__isnull=True) ^ Q(recruiter__isnull=True), name="a_number_is_of_one"),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(checked_on__isnull=False), name="verified_number_was_called"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["digits"], name="phone_digits")]

    def __str__(self) -> str:
        return self.shown


class TestCall(models.Model):
    """Somebody called a number, and what they heard."""

    __test__ = False  # it is no test of ours

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone = models.ForeignKey(Phone, models.PROTECT, related_name="calls")
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_on = models.DateField()
    heard = models.CharField(max_length=8, choices=Heard)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["phone", "called_on"], name="test_call_phone")]

    def __str__(self) -> str:
        return f"{self.called_on} {self.heard}"
