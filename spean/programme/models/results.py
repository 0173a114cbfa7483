"""What a project wants to reach, and how far it came: results, indicators, targets, values with their parts. About nobody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spean.kernel.ids import new_id
from spean.programme.models.programmes import LONGEST_NAME, Project
from spean.programme.result_enums import Breakdown, ResultKind, Unit, ValueState

USER = settings.AUTH_USER_MODEL
LONGEST_DEFINITION, LONGEST_EVIDENCE = 800, 1000


class Result(models.Model):
    """An impact, outcome or output of a project; an outcome stands under an impact, an output under an outcome."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="results")
    under = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="inside")
    kind = models.CharField(max_length=8, choices=ResultKind)
    title_km = models.CharField(max_length=LONGEST_NAME)
    title_en = models.CharField(max_length=LONGEST_NAME)
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=24, blank=True)  # of the ready set; "" for one's own

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "position"], name="a_result_position_once"),
            models.UniqueConstraint(fields=["project", "key"], condition=~Q(key=""), name="a_ready_result_once"),
        ]


class Indicator(models.Model):
    """What is measured of a result, in one unit."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators")
    result = models.ForeignKey(Result, models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=12)
    name_km = models.CharField(max_length=LONGEST_NAME)
    name_en = models.CharField(max_length=LONGEST_NAME)
    definition_km = models.CharField(max_length=LONGEST_DEFINITION)
    definition_en = models.CharField(max_length=LONGEST_DEFINITION)
    source_km = models.CharField(max_length=LONGEST_NAME)
    source_en = models.CharField(max_length=LONGEST_NAME)
    unit = models.CharField(max_length=12, choices=Unit)
    rising = models.BooleanField(default=True)  # more is better
    guarded = models.BooleanField(default=False)  # about people who were harmed: small parts are not shown
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_year = models.PositiveIntegerField(null=True, blank=True)
    by = models.JSONField(default=list)  # codes of `Breakdown`
    ready = models.BooleanField(default=False)  # from the ready set, whose definitions nobody outside has checked

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "code"], name="an_indicator_code_once")]


class Target(models.Model):
    """What an indicator should reach in a period."""

    people_matters = False
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "starts_on", "ends_on"], name="a_target_of_a_period_once"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="a_target_ends_after_it_begins"),
        ]


class Value(models.Model):
    """A number for a period, of one place or of the whole project, with its evidence. None is ever changed or deleted."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent_id = models.UUIDField(unique=True, default=new_id, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=64, blank=True)  # of the place; "" for the whole project
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # null: too few to be told
    out_of = models.PositiveIntegerField(null=True, blank=True)  # of a per cent: of how many; of days: from how many
    evidence = models.CharField(max_length=LONGEST_EVIDENCE, blank=True)  # none of what was counted
    counted_on = models.DateField(null=True, blank=True)  # the day on which it was counted from what was done; null: entered
    counted_of = models.JSONField(default=list, blank=True)  # the teams of which it was counted
    threshold = models.PositiveSmallIntegerField(default=0)  # fewest that a counted number may stand for
    state = models.CharField(max_length=10, choices=ValueState, default=ValueState.WAITING)
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    entered_on = models.DateField()
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="a_value_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("entered_by")), name="nobody_confirms_their_own_number"
            ),
            models.UniqueConstraint(fields=["corrects"], condition=Q(state="waiting"), name="one_correction_waits"),
        ]
        indexes: ClassVar = [models.Index(fields=["indicator", "state", "starts_on"], name="value_period")]


class ValuePart(models.Model):
    """A part of a value by one breakdown: so many of them are women."""

    people_matters = False
    value = models.ForeignKey(Value, models.CASCADE, related_name="parts")
    by = models.CharField(max_length=12, choices=Breakdown)
    code = models.CharField(max_length=12)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # null: too few to be told

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["value", "by", "code"], name="a_part_once")]
