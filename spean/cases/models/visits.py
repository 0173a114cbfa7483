"""Visits by volunteers: what a card shows, and what the volunteer told."""

from typing import ClassVar

from django.db import models

from spean.cases import visit_enums
from spean.cases.models.asked import Consent
from spean.cases.models.case import PROTECT, Case
from spean.cases.models.rebuild import FollowUp
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople

A_CARD = "until its 72 hours are over, the visit is told, or it is called back"


class Visit(AboutPeople):
    """A visit that one volunteer is asked for. Its id is the subject of the alias' key: the volunteer's, never the case's."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="visits")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="visits")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, null=True, related_name="visits")
    volunteer = models.ForeignKey(USER, models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")  # a commune or larger
    kind = CountedField(codebook=visit_enums.VisitKind)
    why = CountedField(codebook=visit_enums.WhyThis, blank=True, default="")  # why this one, whose place is elsewhere
    state = CountedField(codebook=visit_enums.VisitState, default=visit_enums.VisitState.ASKED)
    result = CountedField(codebook=visit_enums.VisitResult, blank=True, default="")
    code = OpaqueField(max_length=8)  # random: what both say by telephone
    by_day = DayField()
    asked_on = DayField()
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    opened_on = DayField(null=True)  # the first time that the volunteer read the alias
    told_on = DayField(null=True)
    # when its 72 hours end: the hour in which one of us acted, not the person
    ends_on = DayField()
    ends_hour = CountedNumber()
    alias = SealedField(cls="case.visit", purpose=PROTECT, retention=A_CARD)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["volunteer", "state", "ends_on"], name="visit_cards"),
            models.Index(fields=["state", "ends_on"], name="visit_days"),
        ]


class VisitWord(AboutPeople):
    """What a volunteer said of a visit, sealed to the case's team under a key of its own: they cannot read it again."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="word")
    said = SealedField(cls="case.visit_word", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)
