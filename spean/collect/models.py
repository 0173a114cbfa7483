"""What waits to be read. Nothing that was sent is in the database: it lies sealed on the disk, for an hour at most."""

import uuid

from django.db import models

from spean.privacy.fields import OpaqueField, SealedField


class Reading(models.Model):
    """Photos of one contract, from one sender: one place in the queue. The row and its files go together."""

    people_matters = False  # how many pages, and when they are gone: nothing about anybody

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    locator = OpaqueField(max_length=64, unique=True)  # a hash of what stands in the reader's address
    files = models.JSONField()  # [kind, pages] of each file
    pages = models.PositiveSmallIntegerField()
    read = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)  # of the page that comes next
    queued_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    for_sender = SealedField(cls="reading.key", purpose="check of a contract", retention="an hour")
    for_worker = SealedField(cls="reading.key", purpose="check of a contract", retention="until the last page is read")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(read__lte=models.F("pages")), name="reading_no_more_than_there_are"),
        )
        indexes = (models.Index(fields=["queued_at"], condition=models.Q(read__lt=models.F("pages")), name="reading_queue"),)

    def __str__(self) -> str:
        return str(self.id)
