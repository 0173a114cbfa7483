"""The plan of a case."""

from typing import ClassVar

from django.db import models

from spean.cases import enums
from spean.cases.models.case import PROTECT, Case
from spean.directory.enums import Need
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class CarePlan(AboutPeople):
    """What is worked towards with a person. What they wish is sealed; a supervisor other than who submitted it approves it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="care_plan")
    state = CountedField(codebook=enums.CarePlanState, default=enums.CarePlanState.DRAFT)
    revision = CountedNumber(default=0)  # who decides on an old one is told
    submitted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    submitted_on = DayField(null=True)
    wish = SealedField(cls="case.wish", purpose=PROTECT, retention=FIVE_YEARS, default=b"")
    returned = SealedField(cls="case.returned", purpose=PROTECT, retention=FIVE_YEARS, default=b"")  # why it was returned


class Goal(AboutPeople):
    """One goal. Its words never change: a changed one stays, and another stands in its place."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="goals")
    domain = CountedField(codebook=enums.NeedDomain)
    state = CountedField(codebook=enums.GoalState, default=enums.GoalState.OPEN)
    payer = CountedField(codebook=enums.Payer)
    #: a service of the help directory that helps with it, and with which of its needs
    service = models.ForeignKey("directory.Entry", models.PROTECT, null=True, related_name="+")
    need = CountedField(codebook=Need, blank=True, default="")
    target_on = DayField()
    made_on = DayField()
    ended_on = DayField(null=True)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    words = SealedField(cls="case.goal", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class PlanVersion(AboutPeople):
    """A plan as it was approved: it stays readable, whatever becomes of the goals."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="versions", db_index=False)
    number = CountedNumber()
    on = DayField()
    submitted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    content = SealedField(cls="case.plan_version", purpose=PROTECT, retention=FIVE_YEARS)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_a_number")]
