"""Travel plans. The way, the employer and the papers are closed to everybody; whom to ask is sealed to the team, too."""

from typing import ClassVar

from django.db import models

from spean.kernel.ids import new_id
from spean.library.enums import Destination
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices import enums, plan_enums
from spean.voices.models.base import USER, AboutPeople

FIND = "find the person again when a check-in is missed"
KEPT = "30 days after it ends; at once when the person erases it"


class Plan(AboutPeople):
    """Where somebody goes, with whom, and when they will say that they are well.

    `told` has a key that only the receipt number opens, or two keepers together; `trusted` (subject `trust_id`) opens to the
    team and the volunteer as well; `mail` (subject `mail_id`) is the one thing that the system itself can read.
    """

    trust_id = models.UUIDField(default=new_id, unique=True, editable=False)
    mail_id = models.UUIDField(default=new_id, unique=True, editable=False)
    org_id = models.UUIDField(editable=False)
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", db_index=False)
    province = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    destination = CountedField(codebook=Destination)
    month = DayField()  # the first day of the month in which they leave
    state = CountedField(codebook=plan_enums.PlanState, default=plan_enums.PlanState.RUNNING)
    why = CountedField(codebook=plan_enums.Why, blank=True, default="")  # of the concern that was raised
    made_on = DayField()
    moved_on = DayField()
    due_on = DayField(null=True)  # the next check-in
    grace = CountedField(codebook=plan_enums.Grace, default=plan_enums.Grace.DAY)
    # when the rule acts next: a day and an hour that follow from `due_on` and the settings, never from what somebody did
    acts_on = DayField(null=True)
    acts_hour = CountedNumber(default=0)
    made_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    concern = models.ForeignKey("voices.Concern", models.PROTECT, null=True, related_name="+")
    erase_on = DayField(null=True)
    sent_hash = OpaqueField(max_length=64, unique=True)
    link_hash = OpaqueField(max_length=64, unique=True)
    sun_hash = OpaqueField(max_length=64, unique=True)
    rain_hash = OpaqueField(max_length=64, unique=True)
    told = SealedField(cls="plan.told", purpose=FIND, retention=KEPT)
    trusted = SealedField(cls="plan.trusted", purpose=FIND, retention=KEPT)
    mail = SealedField(cls="plan.mail", purpose=FIND, retention=KEPT, default=b"")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "state", "moved_on", "id"], name="plan_queue"),
            models.Index(fields=["made_by", "state", "moved_on", "id"], name="plan_helped"),
            models.Index(fields=["acts_on", "acts_hour"], name="plan_acts", condition=models.Q(acts_on__isnull=False)),
            models.Index(fields=["erase_on"], name="plan_erase", condition=models.Q(erase_on__isnull=False)),
        ]


class PlanDay(AboutPeople):
    """One day on which the person will say that they are well."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="days")
    on = DayField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "on"], name="one_check_in_a_day")]


class PlanStep(AboutPeople):
    """One dated step of a plan's course."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    position = CountedNumber()
    kind = CountedField(codebook=plan_enums.PlanStepKind)
    state = CountedField(codebook=plan_enums.PlanState)
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    concern = models.ForeignKey("voices.Concern", models.SET_NULL, null=True, related_name="+")  # that this step raised

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "position"], name="one_plan_step_a_position")]


class PlanPaper(AboutPeople):
    """A cleaned picture of a paper; its bytes are sealed in a file named by its id."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="papers")
    kind = CountedField(codebook=enums.FileKind)
    header = SealedField(cls="paper.header", purpose=FIND, retention=KEPT)


class PlanRequest(AboutPeople):
    """One keeper's wish to open a plan, and the second keeper who agreed. Its id is that of a ceremony of `privacy.custody`."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="requests")
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reason = CountedField(codebook=plan_enums.OpenFor)
    signature = OpaqueField(max_length=128)  # of the asking keeper, under the ceremony's key: see `custody.vouch`
    asked_on = DayField()
    until = DayField()  # the last day on which it opens anything

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "asked_by"], name="one_request_a_keeper"),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True) | ~models.Q(agreed_by=models.F("asked_by")), name="agreed_by_another"
            ),
        ]
