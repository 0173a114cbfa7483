"""Training courses, who of our cases takes part in one, and how often they were there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spean.cases import ledger_enums, training_enums
from spean.cases.models.case import PROTECT, Case
from spean.directory.enums import Language
from spean.kernel.ids import new_id
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class Training(models.Model):
    """A training course as an organisation keeps it: nothing about anybody. Its provider is of the directory, or a name."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    trade = models.CharField(max_length=20, choices=training_enums.Trade)
    name = models.CharField(max_length=160, blank=True)
    entry = models.ForeignKey("directory.Entry", models.PROTECT, null=True, related_name="+")
    provider = models.CharField(max_length=160, blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    places = models.PositiveSmallIntegerField()
    age_from = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=10, choices=training_enums.JoinSex, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.KM)
    schooling = models.CharField(max_length=10, choices=training_enums.Schooling, default=training_enums.Schooling.NONE)
    fee = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    stipend = models.DecimalField(max_digits=14, decimal_places=2, default=0)  # a month
    currency = models.CharField(max_length=10, choices=ledger_enums.Currency, default=ledger_enums.Currency.RIEL)
    payer = models.CharField(max_length=10, choices=training_enums.Payer, blank=True)
    ends_with = models.CharField(max_length=10, choices=training_enums.CertificateKind)
    accessible = models.BooleanField(default=False)
    child_care = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=training_enums.TrainingState, default=training_enums.TrainingState.OPEN)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    sent_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="training_days_rise"),
            models.CheckConstraint(condition=Q(entry__isnull=False) | ~Q(provider=""), name="training_has_a_provider"),
        ]
        indexes: ClassVar = [models.Index(fields=["org", "starts_on", "id"], name="training_starts")]

    def __str__(self) -> str:
        return f"{self.trade} {self.starts_on}"


class Enrolment(AboutPeople):
    """One person and one training course: its state, days and reason are counted, words and the certificate's number sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="enrolments")
    training = models.ForeignKey(Training, models.PROTECT, related_name="enrolments")
    state = CountedField(codebook=training_enums.EnrolmentState, default=training_enums.EnrolmentState.OFFERED)
    left_for = CountedField(codebook=training_enums.LeftFor, blank=True, default="")
    made_on = DayField()
    moved_on = DayField()
    #: of the stipend, where there is one: whether it came is asked with the other promises
    promise = models.OneToOneField("cases.Promise", models.PROTECT, null=True, related_name="enrolment")
    certificate = CountedField(codebook=training_enums.CertificateKind, blank=True, default="")
    certified_on = DayField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.enrolment", purpose=PROTECT, retention=FIVE_YEARS)
    number = SealedField(cls="case.certificate", purpose=PROTECT, retention=FIVE_YEARS, default=b"")
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "training"], name="a_person_once_a_training")]
        indexes: ClassVar = [models.Index(fields=["training", "state"], name="enrolment_state")]


class Attendance(AboutPeople):
    """From one day to another: on how many days there was something to learn, and on how many the person was there."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendances")
    since = DayField()
    until = DayField()
    held = CountedNumber()
    attended = CountedNumber()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(attended__lte=F("held")), name="no_more_days_than_held"),
            models.UniqueConstraint(fields=["enrolment", "since"], name="an_attendance_once"),
        ]
