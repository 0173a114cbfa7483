"""Requests for advice with their answers, mentoring pairs with their meetings: between organisations, about no person."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spean.kernel.ids import new_id
from spean.network import advice_enums as codes
from spean.network.models.practices import LONGEST_CODE, LONGEST_TITLE, ORGANISATION, USER, Sent
from spean.network.practice_enums import Problem


class Advice(Sent):
    """A request: to the whole network, or to one organisation."""

    to = models.ForeignKey(ORGANISATION, models.PROTECT, null=True, related_name="+")  # null: the network
    state = models.CharField(max_length=LONGEST_CODE, choices=codes.AdviceState, default=codes.AdviceState.OPEN)
    problem = models.CharField(max_length=LONGEST_CODE, choices=Problem)
    title = models.CharField(max_length=LONGEST_TITLE)
    words = models.TextField()
    on = models.DateField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-on", "id"], name="advice_latest")]


class Answer(Sent):
    """What somebody of another organisation answers; perhaps with a practice, perhaps marked as helpful by those who asked."""

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="answers")
    on = models.DateField()
    words = models.TextField()
    practice = models.ForeignKey("network.GoodPractice", models.PROTECT, null=True, related_name="+")
    helpful = models.BooleanField(default=False)


class Pair(models.Model):
    """An experienced organisation and a starting one, for something, from and until when; agreed by both."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent_id = models.UUIDField(unique=True, editable=False)
    experienced = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")
    starting = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=LONGEST_CODE, choices=codes.PairState, default=codes.PairState.PROPOSED)
    problem = models.CharField(max_length=LONGEST_CODE, choices=Problem)
    words = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(experienced=F("starting")), name="a_pair_is_of_two"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="a_pair_ends_after_it_begins"),
        ]


class PairMeeting(Sent):
    """That the two of a pair met, and in short what about."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="meetings")
    on = models.DateField()
    words = models.TextField()
