"""Good practices with their versions, what others judged of them, and where they were tried again. Nothing is about a person."""

from typing import ClassVar

from django.db import models

from spean.kernel.ids import new_id
from spean.kernel.paging import in_either
from spean.network import practice_enums as codes

USER, ORGANISATION = "accounts.User", "accounts.Organisation"
LONGEST_TITLE, LONGEST_CODE = 160, 12


class Sent(models.Model):
    """What a form made: the same form again makes nothing. Written by somebody, for their organisation."""

    people_matters = False
    objects: ClassVar[models.Manager]
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent_id = models.UUIDField(unique=True, editable=False)
    organisation = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class GoodPractice(models.Model):
    """One practice. Its columns are what a list shows and a search asks: of the version that is read, else of the newest."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent_id = models.UUIDField(unique=True, editable=False)
    number = models.PositiveIntegerField(unique=True)  # for the index of the search
    organisation = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    state = models.CharField(max_length=LONGEST_CODE, choices=codes.PracticeState, default=codes.PracticeState.DRAFT)
    title_km = models.CharField(max_length=LONGEST_TITLE, blank=True)
    title_en = models.CharField(max_length=LONGEST_TITLE, blank=True)
    problem = models.CharField(max_length=LONGEST_CODE, choices=codes.Problem)
    ground = models.CharField(max_length=LONGEST_CODE, choices=codes.Ground)
    whom = models.CharField(max_length=LONGEST_CODE, choices=codes.Whom)
    country = models.CharField(max_length=LONGEST_CODE)  # a place's code
    towards = models.CharField(max_length=LONGEST_CODE, blank=True)  # the other end of a corridor
    sure = models.CharField(max_length=LONGEST_CODE, choices=codes.Sure)
    again = models.CharField(max_length=LONGEST_CODE, choices=codes.Again)
    latest = models.PositiveIntegerField(default=1)  # the number of the newest version
    shown = models.PositiveIntegerField(default=0)  # of that which the network reads; 0 while there is none
    moved_on = models.DateField()
    withdrawn_for = models.CharField(max_length=LONGEST_CODE, choices=codes.WhyWithdrawn, blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title_km="") | ~models.Q(title_en=""), name="a_practice_has_a_title")
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-moved_on", "id"], name="practice_latest"),
            models.Index(fields=["organisation", "-moved_on", "id"], name="practice_of_org"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the reader's language, else in the other one."""
        return in_either(self.title_km, self.title_en)


class PracticeVersion(models.Model):
    """All of a practice as it was written once. A draft's is overwritten; what others may have judged never is."""

    people_matters = False
    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    written_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "number"], name="a_practice_version_once")]


class PracticeReview(models.Model):
    """What somebody of another organisation says of one version; the same person again says it anew."""

    people_matters = False
    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="reviews")
    version = models.PositiveIntegerField()
    organisation = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    on = models.DateField()
    clear = models.CharField(max_length=LONGEST_CODE, choices=codes.Verdict)
    believable = models.CharField(max_length=LONGEST_CODE, choices=codes.Verdict)
    safe = models.CharField(max_length=LONGEST_CODE, choices=codes.Verdict)
    words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "version", "by"], name="a_judgement_of_one_once")]


class Trial(Sent):
    """Another organisation tries a practice: where, since when, what it changes; later what came of it, also when it failed."""

    practice = models.ForeignKey(GoodPractice, models.PROTECT, related_name="trials")
    state = models.CharField(max_length=LONGEST_CODE, choices=codes.TrialState, default=codes.TrialState.TRYING)
    country = models.CharField(max_length=LONGEST_CODE)
    since = models.DateField()
    changed = models.TextField(blank=True)
    result = models.CharField(max_length=LONGEST_CODE, choices=codes.TrialResult, blank=True)
    sure = models.CharField(max_length=LONGEST_CODE, choices=codes.Sure, blank=True)
    words = models.TextField(blank=True)
    told_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "result"], name="trial_of_practice")]
