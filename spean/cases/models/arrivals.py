"""The queue of a crossing."""

from typing import ClassVar

from django.db import models

from spean.cases import enums
from spean.cases.models.case import Case
from spean.privacy.fields import CountedField, CountedNumber, DayField
from spean.voices.models.base import AboutPeople


class Arrival(AboutPeople):
    """Somebody who came over a border among many: a number in the queue of a day and a crossing, and who comes first."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="arrival")
    org_id = models.UUIDField(editable=False)  # which counts its numbers
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", db_index=False)
    crossing = CountedField(codebook=enums.Crossing)
    on = DayField()
    number = CountedNumber()
    rank = CountedNumber()  # 0 comes first: in danger, or a child
    child = models.BooleanField(default=False)  # is one, or brings one
    sick = models.BooleanField(default=False)
    state = CountedField(codebook=enums.ArrivalState, default=enums.ArrivalState.WAITING)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org_id", "crossing", "on", "number"], name="one_arrival_a_number")
        ]
        indexes: ClassVar = [models.Index(fields=["team", "crossing", "on", "state", "rank", "number"], name="arrival_queue")]
