"""What a project's IATI file needs beside what is known: who reports, sectors, budget, money of donors. About nobody."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spean.programme.activity_enums import Money
from spean.programme.iati_enums import Gender, MoneyKind, OrganisationType
from spean.programme.models.programmes import Project, ProjectPartner

LONGEST_IDENTIFIER = 60


class Publishing(models.Model):
    """How a project stands in IATI. `sectors`: [code, per cent] that make 100 together."""

    people_matters = False
    project = models.OneToOneField(Project, models.CASCADE, related_name="publishing")
    identifier = models.CharField(
        max_length=LONGEST_IDENTIFIER
    )  # of the organisation that reports, as it is registered with IATI
    kind = models.CharField(max_length=2, choices=OrganisationType)
    currency = models.CharField(max_length=3, choices=Money)
    gender = models.CharField(max_length=1, choices=Gender)
    sectors = models.JSONField(default=list)


class ProjectMoney(models.Model):
    """A budget of a time of at most a year, or what a donor promised or paid on a day."""

    people_matters = False
    project = models.ForeignKey(Project, models.CASCADE, related_name="money")
    #: made by the form that was sent: the same again makes nothing
    sent_id = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=MoneyKind)
    partner = models.ForeignKey(ProjectPartner, models.PROTECT, null=True, blank=True, related_name="money")
    starts_on = models.DateField()
    ends_on = models.DateField()
    currency = models.CharField(max_length=3, choices=Money)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="money_of_a_project_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(kind="budget") | Q(partner__isnull=False), name="money_of_a_donor_has_its_donor"),
        ]
