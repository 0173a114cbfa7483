"""What the person was asked, and what they agreed to."""

from typing import ClassVar

from django.db import models

from spean.cases import enums
from spean.cases.models.case import PROTECT, Case
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class Screening(AboutPeople):
    """One screening: the answers are sealed, the class that they give is counted, with the version of the table."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="screenings")
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    profile = CountedField(codebook=enums.Asked)
    indicated = CountedField(codebook=enums.Indicated)
    version = OpaqueField(max_length=40)  # of the table of weights
    answers = SealedField(cls="case.screening", purpose=PROTECT, retention=FIVE_YEARS)
    reviewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reviewed_on = DayField(null=True)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Assessment(AboutPeople):
    """What a person needs, asked once: the answers are sealed, the danger that was seen is counted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments", db_index=False)
    number = CountedNumber()  # of its case
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    level = CountedField(codebook=enums.Risk)
    version = OpaqueField(max_length=40)  # of the table of needs
    answers = SealedField(cls="case.assessment", purpose=PROTECT, retention=FIVE_YEARS)
    reviewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reviewed_on = DayField(null=True)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_assessment_a_number")]


class Consent(AboutPeople):
    """What the person agreed to: for one purpose, to one recipient, these fields, until a day. Its words are sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    purpose = CountedField(codebook=enums.Purpose)
    recipient = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    how = CountedField(codebook=enums.GivenHow)
    by = CountedField(codebook=enums.GivenBy)
    given_on = DayField()
    until = DayField()
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # in a child's interest, the second of us
    withdrawn_on = DayField(null=True)
    withdrawn_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    words = SealedField(cls="case.consent", purpose=PROTECT, retention=FIVE_YEARS)
    signature = OpaqueField(max_length=128)  # of who wrote it down, over what stands in the clear and what is sealed
    sent_hash = OpaqueField(max_length=64, unique=True)


class ConsentField(AboutPeople):
    """One kind of fact that may be told by a consent."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="fields", db_index=False)
    field = CountedField(codebook=enums.Shared)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["consent", "field"], name="one_consent_a_field")]
