"""Livelihoods, what was given for them, and what comes in."""

from django.db import models

from spean.cases import ledger_enums, rebuild_enums
from spean.cases.models.case import PROTECT, Case
from spean.privacy.fields import CountedField, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class Livelihood(AboutPeople):
    """A job, a business, a savings group: what exactly, where and with whom is sealed; its kind and state are counted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="livelihoods")
    kind = CountedField(codebook=rebuild_enums.LivelihoodKind)
    state = CountedField(codebook=rebuild_enums.LivelihoodState, default=rebuild_enums.LivelihoodState.CONSIDERED)
    made_on = DayField()
    moved_on = DayField()
    ended_for = CountedField(codebook=rebuild_enums.EndedFor, blank=True, default="")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.livelihood", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Support(AboutPeople):
    """Something that was given for a livelihood. Money stands in the case's matters of money, never here."""

    livelihood = models.ForeignKey(Livelihood, models.PROTECT, related_name="supports")
    kind = CountedField(codebook=rebuild_enums.SupportKind)
    month = DayField()  # its first day
    money = models.ForeignKey("cases.Money", models.PROTECT, null=True, related_name="supports")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.support", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Income(AboutPeople):
    """What came in in one month. How much is sealed, its size counted; what was a mistake stays, and counts no more."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="incomes")
    month = DayField()  # its first day
    currency = CountedField(codebook=ledger_enums.Currency)
    size = CountedField(codebook=rebuild_enums.Earned)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    mistaken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    said = SealedField(cls="case.income", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)
