"""Letters, complaints and receipts of a case, as they were made."""

from typing import ClassVar

from django.db import models

from spean.cases import letter_enums
from spean.cases.models.asked import Consent
from spean.cases.models.case import PROTECT, Case
from spean.cases.models.law import Matter
from spean.cases.models.ledgers import Demand, Document, MoneyAmount
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class CaseLetter(AboutPeople):
    """One paper about one row of a ledger. Its text, in both languages, and to whom it goes are sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters", db_index=False)  # the constraint's index serves
    position = CountedNumber()
    kind = CountedField(codebook=letter_enums.LetterKind)
    naming = CountedField(codebook=letter_enums.Naming)
    state = CountedField(codebook=letter_enums.LetterState, default=letter_enums.LetterState.MADE)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="letters")
    amount = models.ForeignKey(MoneyAmount, models.PROTECT, null=True, related_name="letters")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="letters")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")  # by which it holds a name
    demand = models.OneToOneField(Demand, models.PROTECT, null=True, related_name="letter")  # that it became when handed over
    made_on = DayField()
    moved_on = DayField(null=True)  # handed over, signed or not used
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.letter", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "position"], name="one_case_letter_a_position")]
