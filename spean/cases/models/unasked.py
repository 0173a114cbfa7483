"""What is told without consent, for a life is in danger."""

from typing import ClassVar

from django.db import models

from spean.cases import enums, unasked_enums
from spean.cases.models.case import PROTECT, Case, Task
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class Unasked(AboutPeople):
    """One telling: one of us asks, a supervisor who is another agrees, over within 24 hours. To whom and why is sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="unasked")
    state = CountedField(codebook=unasked_enums.UnaskedState, default=unasked_enums.UnaskedState.ASKED)
    why = CountedField(codebook=unasked_enums.WhyUnasked)
    asked_on = DayField()
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    decided_on = DayField(null=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    told_on = DayField(null=True)
    # when its 24 hours end: the hour in which one of us acted, not the person
    ends_on = DayField()
    ends_hour = CountedNumber()
    notice = models.OneToOneField(Task, models.PROTECT, null=True, related_name="+")  # the person is told of it
    words = SealedField(cls="case.unasked", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "ends_on"], name="unasked_days")]


class UnaskedField(AboutPeople):
    """One kind of fact that may be told."""

    unasked = models.ForeignKey(Unasked, models.CASCADE, related_name="fields", db_index=False)
    field = CountedField(codebook=enums.Shared)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unasked", "field"], name="one_unasked_a_field")]
