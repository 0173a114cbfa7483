"""The way home, and what partners said of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.cases import way_enums
from spean.cases.models.case import PROTECT, Case
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople

TEAM = "accounts.Team"


class WayHome(AboutPeople):
    """How one person comes home: from where, in which way, and where it stands. Where home is, and with whom, is sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="ways")
    corridor = CountedField(codebook=way_enums.Corridor)
    mode = CountedField(codebook=way_enums.ReturnMode)
    state = CountedField(codebook=way_enums.WayState, default=way_enums.WayState.PLANNED)
    made_on = DayField()
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    planned_for = DayField(null=True)
    arrived_on = DayField(null=True)
    words = SealedField(cls="case.way", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(state__in=("planned", "on_the_way")), name="one_way_home_a_case")
        ]


class WayStep(AboutPeople):
    """One step of a way home: who does it, until when, what it waits for."""

    way = models.ForeignKey(WayHome, models.PROTECT, related_name="steps", db_index=False)
    position = CountedNumber()
    code = CountedField(codebook=way_enums.HomeStep)
    state = CountedField(codebook=way_enums.StepState, default=way_enums.StepState.TO_DO)
    owner = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # one of us; who else does it is sealed
    desk = models.ForeignKey(TEAM, models.PROTECT, null=True, related_name="+")  # or a partner who sees the way
    waits_for = CountedField(codebook=way_enums.WaitsFor, blank=True, default="")
    due_on = DayField(null=True)
    done_on = DayField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    told_by = models.ForeignKey(
        TEAM, models.PROTECT, null=True, related_name="+", db_index=False
    )  # the partner by whose word it stands so
    told_on = DayField(null=True)
    words = SealedField(cls="case.way_step", purpose=PROTECT, retention=FIVE_YEARS)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["way", "position"], name="one_way_step_a_position")]


class WayWord(AboutPeople):
    """What a partner said of one step, by a referral: it stays also where the step was written anew."""

    step = models.ForeignKey(WayStep, models.PROTECT, related_name="told")
    referral = models.ForeignKey("cases.Referral", models.PROTECT, related_name="way_words")
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    word = CountedField(codebook=way_enums.PartnerWord)
    day = DayField(null=True)
    waits_for = CountedField(codebook=way_enums.WaitsFor, blank=True, default="")
    sent_hash = OpaqueField(max_length=64, unique=True)
