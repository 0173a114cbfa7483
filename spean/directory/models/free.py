"""How many places of a service are free, as of a day. It is told, not published: never on a page that everybody reads."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class FreePlaces(models.Model):
    """One telling. None is ever changed: the newest day counts, and of one day the last word."""

    entry = models.ForeignKey("directory.Entry", models.PROTECT, related_name="free_places")
    free = models.PositiveIntegerField()
    on = models.DateField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: the organisation whose desk told it, or whose editor asked
    told_for = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    sent_id = models.UUIDField(unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["entry", "on", "id"], name="free_places_newest")]

    def __str__(self) -> str:
        return f"{self.on} {self.free}"
