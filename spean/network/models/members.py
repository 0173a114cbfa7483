"""Members of the network: an organisation, its country, what it does, and who answers for it. Nobody who was helped."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.kernel.ids import new_id
from spean.network.member_enums import Book

ORGANISATION = "accounts.Organisation"


class Member(models.Model):
    """One organisation of the network. Its name and its level are those of the organisation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.OneToOneField(ORGANISATION, models.PROTECT, related_name="+")
    country = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="member_days")
        ]


class MemberCode(models.Model):
    """One thing that a member does, one kind of people that it works for, or one language in which it does."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="codes", db_index=False)
    book = models.CharField(max_length=10, choices=Book)
    code = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "book", "code"], name="member_code_once")]


class Focal(models.Model):
    """Who answers for a member: somebody who signs in here, or an office with the address at which it works."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="focals")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    office_km = models.CharField(max_length=160, blank=True)
    office_en = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=200, blank=True)
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "user"], name="focal_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="") | (Q(user__isnull=True) & ~Q(address="")), name="focal_one_way"
            ),
        ]
