"""Documents that others keep, and money."""

from django.db import models

from spean.cases import enums, ledger_enums
from spean.cases.models.case import PROTECT, Case
from spean.privacy.fields import CountedField, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class Document(AboutPeople):
    """A document that somebody else keeps. Who keeps it, its number and place are sealed; kinds, month and state are counted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = CountedField(codebook=ledger_enums.DocumentKind)
    owner = CountedField(codebook=ledger_enums.Owner)
    holder_kind = CountedField(codebook=ledger_enums.HolderKind)
    country = CountedField(codebook=enums.Country)
    since = DayField(null=True)  # the first of its month
    pretext = CountedField(codebook=ledger_enums.Pretext)
    state = CountedField(codebook=ledger_enums.DocumentState, default=ledger_enums.DocumentState.HELD)
    moved_on = DayField()
    ended_on = DayField(null=True)
    receipt = CountedField(codebook=ledger_enums.Receipt, default=ledger_enums.Receipt.NONE)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.document", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Demand(AboutPeople):
    """One time that a document was asked back, and what was answered."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="demands")
    way = CountedField(codebook=ledger_enums.DemandWay)
    on = DayField()
    outcome = CountedField(codebook=ledger_enums.DemandOutcome, default=ledger_enums.DemandOutcome.WAITING)
    answered_on = DayField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.demand", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Money(AboutPeople):
    """A matter of money between the person and one other side, in one currency. The amounts are sealed, their size is counted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="money")
    kind = CountedField(codebook=ledger_enums.MoneyKind)
    currency = CountedField(codebook=ledger_enums.Currency)
    other = CountedField(codebook=ledger_enums.HolderKind)
    matter = models.ForeignKey("cases.Matter", models.PROTECT, null=True, related_name="money")  # in which it is claimed
    open = CountedField(codebook=ledger_enums.Size, default=ledger_enums.Size.NOTHING)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.money", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class MoneyAmount(AboutPeople):
    """One amount: what it is and its month are counted, how much is sealed. What was a mistake stays, and counts no more."""

    money = models.ForeignKey(Money, models.PROTECT, related_name="amounts")
    what = CountedField(codebook=ledger_enums.AmountKind)
    month = DayField()  # its first day
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    mistaken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    said = SealedField(cls="case.amount", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)
