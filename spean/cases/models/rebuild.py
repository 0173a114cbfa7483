"""The months after coming home: follow-ups, and what was promised."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.cases import enums, rebuild_enums
from spean.cases.models.case import PROTECT, Case
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class FollowUp(AboutPeople):
    """One time that a person is asked how life goes. What they say, steps and signs are sealed; month, state, trend counted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    month = CountedNumber()  # so many months after the day from which is counted; 0 at the start
    counted_from = DayField()
    due_on = DayField()
    state = CountedField(codebook=rebuild_enums.FollowState, default=rebuild_enums.FollowState.PLANNED)
    how = CountedField(codebook=rebuild_enums.FollowHow, blank=True, default="")
    why = CountedField(codebook=rebuild_enums.MissedFor, blank=True, default="")
    moved = CountedField(codebook=rebuild_enums.Moved, blank=True, default="")
    danger = CountedField(codebook=enums.Risk, blank=True, default="")  # of the worst sign that was seen
    waits = CountedField(codebook=rebuild_enums.FollowWait, blank=True, default="")  # for a supervisor
    written_on = DayField(null=True)
    written_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    said = SealedField(cls="case.follow_up", purpose=PROTECT, retention=FIVE_YEARS, default=b"")
    sent_hash = OpaqueField(max_length=64, unique=True, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "month"], condition=Q(state="planned"), name="one_follow_up_a_month")
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "state", "due_on"], name="case_follow_due"),
            # what waits for a supervisor: see `queries.following.waiting`
            models.Index(fields=["state", "due_on"], name="follow_late"),
            models.Index(fields=["waits"], name="follow_waits"),
        ]


class Promise(AboutPeople):
    """What a person was promised, and whether they got it: a goal of the plan, or something that was said besides."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    goal = models.OneToOneField("cases.Goal", models.PROTECT, null=True, related_name="promise")
    delivered = CountedField(codebook=rebuild_enums.Delivered, blank=True, default="")
    made_on = DayField()
    answered_on = DayField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.promise", purpose=PROTECT, retention=FIVE_YEARS)  # what was promised, what the person says
    sent_hash = OpaqueField(max_length=64, unique=True, null=True)
