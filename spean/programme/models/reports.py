"""Reports of a project to donors and governments: texts in two languages, and once signed all they say, frozen. About nobody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spean.kernel.ids import new_id
from spean.programme.models.programmes import Project
from spean.programme.report_enums import Chapter, ReportFor, ReportState

USER = settings.AUTH_USER_MODEL
LONGEST_CHAPTER, LONGEST_WHY = 6000, 1000


class Report(models.Model):
    """What a project says of a period. Signed, it has a number, a day and the checksum of its content, and never changes."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: made by the form that was sent: the same again makes nothing
    sent_id = models.UUIDField(unique=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="reports")
    reader = models.CharField(max_length=10, choices=ReportFor)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.DRAFT)
    number = models.PositiveIntegerField(null=True, blank=True)  # in the project, given when it is signed
    version = models.PositiveIntegerField(default=1)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_on = models.DateField()
    sent_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    why_back = models.CharField(max_length=LONGEST_WHY, blank=True)  # why the second person sent it back
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    checksum = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="a_report_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(content__isnull=False, number__isnull=False, signed_by__isnull=False, signed_on__isnull=False)
                | Q(content__isnull=True, number__isnull=True, signed_by__isnull=True, signed_on__isnull=True),
                name="a_signed_report_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | (~Q(signed_by=F("made_by")) & ~Q(signed_by=F("sent_by"))),
                name="nobody_signs_their_own_report",
            ),
            models.UniqueConstraint(fields=["project", "number", "version"], name="a_report_number_once"),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(state__in=("draft", "review")), name="one_version_is_written"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["project", "-ends_on", "-id"], name="report_latest")]


class ReportChapter(models.Model):
    """The text of one chapter, in both languages, and who wrote it last."""

    people_matters = False
    report = models.ForeignKey(Report, models.CASCADE, related_name="chapters")
    chapter = models.CharField(max_length=8, choices=Chapter)
    text_km = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    #: null: taken over from the report before
    written_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "chapter"], name="a_chapter_of_a_report_once")]
