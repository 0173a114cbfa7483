"""The register of recruiters: who they are, what is said about their licence and by whom, and who asks for a correction."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spean.directory.enums import Claimant, CorrectionState, LicenceState, Outcome, RecruiterKind
from spean.directory.models.told import Told, Wording
from spean.kernel.claims import ClaimState
from spean.kernel.ids import new_id


class Recruiter(Told):
    """An agency or employer that takes people abroad. Its words are in versions; what is said of its licence is in claims."""

    #: of its row in the search index
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=8, choices=RecruiterKind, default=RecruiterKind.AGENCY)
    country = models.CharField(max_length=2)
    #: something of its licence waits for a second person
    licence_waits = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(checked_on__isnull=False), name="verified_recruiter_was_checked"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "valid_until", "id"], name="recruiter_due"),
            models.Index(fields=["written_on", "id"], name="recruiter_written"),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_km


class RecruiterVersion(Wording):
    """The words about a recruiter at one time, whole."""

    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="versions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recruiter", "number"], name="a_recruiter_version_once"),
            models.UniqueConstraint(fields=["recruiter"], condition=Q(state="proposed"), name="one_proposal_a_recruiter"),
            models.UniqueConstraint(fields=["recruiter"], condition=Q(state="published"), name="one_public_recruiter"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | Q(written_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="no_recruiter_by_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recruiter_id} {self.number}"


class LicenceClaim(models.Model):
    """What somebody says about a recruiter's licence. Its words are never changed: a newer claim takes its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: the id that its sender gave. The same again makes nothing
    key = models.CharField(max_length=120, unique=True)
    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="licences")
    claimant = models.CharField(max_length=10, choices=Claimant)
    says = models.CharField(max_length=10, choices=LicenceState)
    licence_number = models.CharField(max_length=60, blank=True)
    #: the number for comparing: `register.licence_key`
    number_key = models.CharField(max_length=60, blank=True, db_index=True)
    #: until when the licence itself is good, if that is said
    ends_on = models.DateField(null=True)
    source = models.CharField(max_length=200)
    #: the list that it stands in, for comparing; "" when it came by hand
    series = models.CharField(max_length=80, blank=True)
    as_of = models.DateField()
    state = models.CharField(max_length=12, choices=ClaimState, default=ClaimState.UNVERIFIED)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_on = models.DateField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    checked_for = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    valid_until = models.DateField(null=True)
    #: withdrawn because the same claimant said something newer
    replaced = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="verified_licence_was_checked",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("written_by")), name="no_licence_by_one_person"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["recruiter", "state", "as_of"], name="licence_recruiter"),
            models.Index(fields=["series", "state"], name="licence_series"),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} {self.says} {self.as_of}"


class Correction(models.Model):
    """Somebody asks that what we tell about a recruiter be corrected. Who asks is not asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: the id that the page gave to this sending. The same again makes nothing
    sent_id = models.UUIDField(unique=True)
    recruiter = models.ForeignKey(Recruiter, models.PROTECT, related_name="corrections")
    wrong = models.TextField()
    proof = models.TextField(blank=True)
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.OPEN)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer_km = models.CharField(max_length=500, blank=True)
    answer_en = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_by__isnull=False, answered_by__isnull=False),
                name="published_answer_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("answered_by")), name="no_answer_by_one_person"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "received_on", "id"], name="correction_queue")]

    def __str__(self) -> str:
        return str(self.received_on)
