"""What has been released: figures after protection, and issues in their public words; and which voices were told once."""

from typing import ClassVar

from django.db import models

from spean.privacy.fields import CountedField, CountedNumber, DayField, PublicTextField
from spean.voices.enums import IssueState, Kind


class Table(models.TextChoices):
    """The names of the register (`register.py`): no table is made on the fly."""

    VOICES = "voices"  # voices behind issues, by outcome, in nation, province and district; monthly
    ANSWERS = "answers"  # voices first answered in a half-year, by the level that answered and the days it took
    PROMISES = "promises"  # the same voices, by what became of that answer
    RECRUITERS = "recruiters"  # voices behind issues about a recruiter, each told once; monthly
    # of one team's work with persons, each half-year; they stay inside its organisation (decision 34)
    FOLLOW_UPS = "follow_ups"  # that were due, by month and what became of them
    SIGNS = "signs"  # of danger that they showed, and whether one opened a closed case again
    COURSES = "courses"  # how they ended for those who took part
    DELIVERED = "delivered"  # what was promised, by kind and whether the person got it
    LIVELIHOODS = "livelihoods"  # by kind, and whether they went on at the last follow-up


class Release(models.Model):
    """One table of one period, as it left after protection; it is never made again. Without cells: it was withheld."""

    people_matters = False
    table = CountedField(codebook=Table)
    period = DayField()  # the first day of the month or half-year
    released_on = DayField()
    threshold = CountedNumber()
    cells = models.JSONField()  # the rows of `disclosure.Released`, as plain values

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "period"], name="released_once")]


class TeamRelease(models.Model):
    """One table of one team's half-year, as it was told after protection; it is never made again.

    Without cells: it was withheld, or there was nothing.
    """

    people_matters = False
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    table = CountedField(codebook=Table)
    period = DayField()  # the first day of the half-year
    released_on = DayField()
    threshold = CountedNumber()
    cells = models.JSONField()  # the lines of `disclosure.Released`, as plain values

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "period", "table"], name="team_released_once")]


class ToldVoice(models.Model):
    """That a voice was counted in a batch of a recruiter, so that no month tells it again. It never leaves."""

    people_matters = True
    concern = models.OneToOneField("voices.Concern", models.PROTECT, related_name="+", primary_key=True)
    recruiter = models.ForeignKey("directory.Recruiter", models.PROTECT, related_name="+")


class PublishedIssue(models.Model):
    """The public words of one issue: a copy, so that the public door never reads the issue itself."""

    people_matters = False
    number = CountedNumber(unique=True)
    kind = CountedField(codebook=Kind)
    title_km = PublicTextField(max_length=160)
    title_en = PublicTextField(max_length=160)
    summary_km = PublicTextField(max_length=1500)
    summary_en = PublicTextField(max_length=1500)
    province = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    committee_km = PublicTextField(max_length=160)
    committee_en = PublicTextField(max_length=160)
    state = CountedField(codebook=IssueState)
    raised_on = DayField()
    due_on = DayField(null=True)
    moved_on = DayField()
    answers = models.JSONField()  # codes, days, and texts that were cleared

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-moved_on", "number"], name="story_latest"),
            models.Index(fields=["province", "-moved_on", "number"], name="story_province"),
            models.Index(fields=["district", "-moved_on", "number"], name="story_district"),
        ]
