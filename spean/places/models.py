"""Tables of the gazetteer: what was loaded, the places with their history, and the rows set apart."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from spean.kernel import clock
from spean.places.enums import COUNTRIES, GAZETTEER, Kind, Level, Reason


def name_for_reader(name_km: str, name_en: str) -> str:
    """The name in the language of the reader, or the other one where a source has only that."""
    if (get_language() or "").startswith("km"):
        return name_km or name_en
    return name_en or name_km


class Load(models.Model):
    """One version of one source, as it was taken in."""

    source = models.CharField(max_length=30)
    version = models.CharField(max_length=40)
    loaded_at = models.DateTimeField(default=clock.now)
    #: sha-256 of the rows and of the way they are folded: the same again is not loaded twice
    digest = models.CharField(max_length=64)
    #: {"rows": {level: n}, "placed": {level: n}, "apart": {reason: n}, "added": n, "changed": n, "closed": n}
    counts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "-id"], name="places_load_latest")]

    def __str__(self) -> str:
        return f"{self.source} {self.version}"


class PlaceQuerySet(models.QuerySet["Place"]):
    """Reads of places that every query begins with."""

    def current(self) -> "PlaceQuerySet":
        """The places of today, of the sources in use."""
        return self.filter(until__isnull=True, source__in=(COUNTRIES, GAZETTEER))


class Place(models.Model):
    """A place as one source gives it, from one version until another: rows are closed, never deleted."""

    source = models.CharField(max_length=30)
    code = models.CharField(max_length=12)
    since = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="opened")
    until = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="closed", null=True, blank=True)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    name_km = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    #: "|khmer|latin|" in the form of `spelling.folded`; derived, not history
    folded = models.CharField(max_length=260)
    #: "|sound|" of the Latin name in the form of `spelling.sound`; derived, not history
    sound = models.CharField(max_length=130)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="children", null=True, blank=True)
    #: codes from the country down, "KH/14/1411/141104/14110401/": a subtree is `path__startswith`
    path = models.CharField(max_length=64, db_index=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "code"], condition=Q(until__isnull=True), name="places_place_one_current"),
            models.CheckConstraint(condition=Q(path__endswith="/"), name="places_place_path_ends"),
        ]
        indexes: ClassVar = [models.Index(fields=["source", "code"], name="places_place_history")]

    def __str__(self) -> str:
        return self.path

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return name_for_reader(self.name_km, self.name_en)


class ApartRow(models.Model):
    """A row of a load that could not become a place without guessing; reported, never offered."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="apart_rows")
    level = models.CharField(max_length=10, choices=Level)
    code = models.CharField(max_length=12)
    parent_code = models.CharField(max_length=12)
    name_km = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    reason = models.CharField(max_length=24, choices=Reason)
    raw = models.JSONField()

    def __str__(self) -> str:
        return f"{self.code} ({self.reason})"
