"""The help directory. What is public stands in tables of its own, written when a second person publishes a version."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from spean.directory.enums import Fee, Hours, Language, Need
from spean.directory.models.told import Told, Wording
from spean.kernel.ids import new_id


class Provider(models.Model):
    """An organisation that helps, as people know it. It need not have an account here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: the English name in the form of `kernel.text.fold`: the same organisation is one row
    folded = models.CharField(max_length=160, unique=True)
    name_km = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    website = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_km


class Entry(Told):
    """One service at one place: who helps, with what, for whom. Its words are in versions; the newest public one here."""

    provider_en = models.CharField(max_length=160)
    provider_km = models.CharField(max_length=160)
    country = models.CharField(max_length=2)
    #: the desk that runs it, where one works here: it tells how many places are free
    desk = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(checked_on__isnull=False), name="verified_is_checked_on_a_day"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "valid_until", "id"], name="entry_due"),
            models.Index(fields=["written_on", "id"], name="entry_written"),
        ]

    def called(self, language: str) -> str:
        """Who helps, and with what."""
        provider, title = (self.provider_en, self.title_en) if language == "en" else (self.provider_km, self.title_km)
        return f"{provider}: {title}"


class Version(Wording):
    """The words of an entry at one time, whole."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "number"], name="a_version_once"),
            models.UniqueConstraint(fields=["entry"], condition=Q(state="proposed"), name="one_proposal_an_entry"),
            models.UniqueConstraint(fields=["entry"], condition=Q(state="published"), name="one_public_version_an_entry"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | Q(written_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="nobody_publishes_what_they_wrote",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number}"


class Service(models.Model):
    """HSDS's service, at its location: what everybody may read of an entry. A confidential place never comes here."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="service")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="services")
    name_km = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    about_km = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    how_km = models.TextField(blank=True)
    how_en = models.TextField(blank=True)
    fee = models.CharField(max_length=8, choices=Fee, default=Fee.UNKNOWN)
    women_only = models.BooleanField(default=False)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    papers = models.JSONField(default=list)  # codes of `enums.Paper`
    capacity = models.PositiveIntegerField(null=True)
    hours = models.CharField(max_length=8, choices=Hours, default=Hours.UNKNOWN)
    zone = models.CharField(max_length=30)
    source = models.CharField(max_length=200)
    as_of = models.CharField(max_length=60, blank=True)
    #: there is a place, and it is kept back
    withheld = models.BooleanField(default=False)
    #: where it is for the reader who looks for the nearest: the path of its place, or of the only area that it serves
    near = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_from__lte=F("age_to")), name="ages_rise"
            )
        ]

    def __str__(self) -> str:
        return self.name_en


class Location(models.Model):
    """HSDS's location and address, of a place that may be known."""

    service = models.OneToOneField(Service, models.CASCADE, primary_key=True, related_name="location")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    address_km = models.CharField(max_length=300, blank=True)
    address_en = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.place_id)


class ServiceNeed(models.Model):
    """A need that a service answers."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="needs")
    need = models.CharField(max_length=12, choices=Need)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["need", "service"], name="service_need")]


class ServiceLanguage(models.Model):
    """A language in which a service is given."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=2, choices=Language)


class ServiceArea(models.Model):
    """A place whose people a service helps."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="areas")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    path = models.CharField(max_length=64, db_index=True)  # of the place, so that a search needs no join


class Schedule(models.Model):
    """HSDS's schedule: one span of one day of every week, in minutes of that day."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="schedules")
    zone = models.CharField(max_length=30)
    day = models.CharField(max_length=2)
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="a_span_ends_after_it_begins")]
        indexes: ClassVar = [models.Index(fields=["zone", "day", "opens"], name="schedule_open")]
