"""What is known of a volunteer's work. A volunteer is a membership; each row here hangs on one.

What could hurt somebody is sealed to their team, under a key of its own for each record: whoever writes needs no key, and what is
erased is erased alone. Claims are money of the organisation, which its manager reads without a key.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.kernel.ids import new_id
from spean.privacy.fields import CountedField, CountedNumber, DayField, SealedField
from spean.programme import volunteer_enums as codes
from spean.programme.activity_enums import Money
from spean.programme.models.programmes import USER

CARE = "look after who works with us, and keep people safe from harm by us"
AFTER_LEAVING = "2 years after leaving"
WORDS = 400


class OfVolunteer(models.Model):
    """Something of one volunteer, of a day, written down by somebody."""

    people_matters = True
    objects: ClassVar[models.Manager]
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: made by the form that was sent: the same again makes nothing
    sent_id = models.UUIDField(unique=True, editable=False)
    membership = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Check(OfVolunteer):
    """A step of the selection that was done. What was found is sealed."""

    step = CountedField(codebook=codes.CheckStep)
    words = SealedField(cls="volunteer.check", purpose=CARE, retention=AFTER_LEAVING, default=b"")


class Conduct(OfVolunteer):
    """The code of conduct was signed."""

    edition = CountedNumber()
    way = CountedField(codebook=codes.SignedBy)


class Trained(OfVolunteer):
    """A training that was received, at an activity where there was one."""

    kind = CountedField(codebook=codes.TrainingKind)
    activity = models.ForeignKey("programme.Activity", models.PROTECT, null=True, related_name="+")


class Away(OfVolunteer):
    """A volunteer is away from a day until another, and who stands in."""

    until = DayField(null=True)
    why = CountedField(codebook=codes.AwayFor)
    stands_in = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, related_name="+")


class Goal(OfVolunteer):
    """What is hoped for in a month; `on` is its first day. The last one written holds."""

    sessions = CountedNumber(default=0)
    contacts = CountedNumber(default=0)
    visits = CountedNumber(default=0)
    reports = CountedNumber(default=0)


class Talk(OfVolunteer):
    """A visit by the supervisor, or a talk after something hard. What was said is sealed."""

    kind = CountedField(codebook=codes.TalkKind)
    outcome = CountedField(codebook=codes.TalkOutcome)
    words = SealedField(cls="volunteer.talk", purpose=CARE, retention=AFTER_LEAVING, default=b"")


class Threat(OfVolunteer):
    """A volunteer was threatened for this work. Who threatens and how is sealed."""

    kind = CountedField(codebook=codes.ThreatKind)
    state = CountedField(codebook=codes.ThreatState, default=codes.ThreatState.REPORTED)
    done = CountedField(codebook=codes.ThreatDone, blank=True, default="")
    moved_on = DayField()
    words = SealedField(cls="volunteer.threat", purpose=CARE, retention=AFTER_LEAVING, default=b"")


class Card(OfVolunteer):
    """An identity card was given; `until` is the last day on which it holds."""

    until = DayField()


class Claim(models.Model):
    """Money that a volunteer asks for a month: what the organisation owes, so its manager and book-keeper can read it."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent_id = models.UUIDField(unique=True, editable=False)
    membership = models.ForeignKey("accounts.Membership", models.PROTECT, related_name="+")
    project = models.ForeignKey("programme.Project", models.PROTECT, null=True, related_name="+")
    month = models.DateField()  # its first day
    kind = models.CharField(max_length=10, choices=codes.ClaimKind)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, choices=Money)
    words = models.CharField(max_length=WORDS, blank=True)
    state = models.CharField(max_length=10, choices=codes.ClaimState, default=codes.ClaimState.CLAIMED)
    claimed_on = models.DateField()
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    reason = models.CharField(max_length=WORDS, blank=True)
    paid_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="a_claim_is_for_something")]
        indexes: ClassVar = [models.Index(fields=["membership", "-month", "id"], name="claim_latest")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}"
