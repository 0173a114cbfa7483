"""Agreements between organisations: what data, for what purpose, from when until when, signed by whom on each side."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.kernel.ids import new_id
from spean.network import agreement_enums as codes
from spean.network.models.members import ORGANISATION

USER = "accounts.User"


class Agreement(models.Model):
    """One agreement. `of` wrote it, and is one of its parties."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=codes.AgreementState, default=codes.AgreementState.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    number = models.CharField(max_length=60, blank=True)  # of the paper, in the office of who wrote it
    why = models.CharField(max_length=20, choices=codes.WhyEnded, blank=True)
    moved_on = models.DateField()
    moved_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="agreement_days")]
        indexes: ClassVar = [models.Index(fields=["state", "ends_on"], name="agreement_state")]


class Party(models.Model):
    """One side of it, and who signed for this side."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties", db_index=False)
    organisation = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_once"),
            models.UniqueConstraint(fields=["agreement", "signed_by"], name="nobody_signs_for_two_sides"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_on__isnull=True) | Q(signed_by__isnull=False, signed_on__isnull=False),
                name="party_signed_on_a_day",
            ),
        ]


class AgreementCode(models.Model):
    """One kind of data that it is about, or one purpose."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="codes", db_index=False)
    book = models.CharField(max_length=10, choices=codes.AgreedBook)
    code = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agreement", "book", "code"], name="agreement_code_once")]
