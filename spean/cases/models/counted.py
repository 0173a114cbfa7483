"""What is counted of what happened, and what an authority decided."""

from typing import ClassVar

from django.db import models

from spean.cases import fact_enums
from spean.cases.models.case import PROTECT, Case
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class Exploitation(AboutPeople):
    """What is counted of what happened to a person. Nobody asked is a value of its own, and the first one."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="exploitation")
    age_band = CountedField(codebook=fact_enums.AgeBand, default=fact_enums.AgeBand.NOT_ASKED)
    citizenship = CountedField(codebook=fact_enums.Citizenship, default=fact_enums.Citizenship.NOT_ASKED)
    sector = CountedField(codebook=fact_enums.Sector, default=fact_enums.Sector.NOT_ASKED)
    recruiter = CountedField(codebook=fact_enums.Recruiter, default=fact_enums.Recruiter.NOT_ASKED)
    recruited = CountedField(codebook=fact_enums.Recruited, default=fact_enums.Recruited.NOT_ASKED)
    began = CountedField(codebook=fact_enums.Began, default=fact_enums.Began.NOT_ASKED)
    lasted = CountedField(codebook=fact_enums.Lasted, default=fact_enums.Lasted.NOT_ASKED)
    revision = CountedNumber(default=0)


class ExploitationForm(AboutPeople):
    """What was answered about one form of exploitation. Without a row, nobody asked."""

    exploitation = models.ForeignKey(Exploitation, models.CASCADE, related_name="forms", db_index=False)
    form = CountedField(codebook=fact_enums.Form)
    answer = CountedField(codebook=fact_enums.Answered)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exploitation", "form"], name="one_answer_a_form")]


class ExploitationMeans(AboutPeople):
    """What was answered about one means of control. Without a row, nobody asked."""

    exploitation = models.ForeignKey(Exploitation, models.CASCADE, related_name="means", db_index=False)
    means = CountedField(codebook=fact_enums.Means)
    answer = CountedField(codebook=fact_enums.Answered)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exploitation", "means"], name="one_answer_a_means")]


class Identification(AboutPeople):
    """A state was asked to identify the person as a victim, and what it decided. Not our screening, and never changed by it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="identifications")
    authority = CountedField(codebook=fact_enums.Authority)
    state = CountedField(codebook=fact_enums.Identified, default=fact_enums.Identified.PENDING)
    asked_on = DayField()
    decided_on = DayField(null=True)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.identification", purpose=PROTECT, retention=FIVE_YEARS)  # the paper's number, and what was said
    sent_hash = OpaqueField(max_length=64, unique=True)
