"""Background work: a page of what was photographed, in a queue of its own; and the end of what is too old."""

from uuid import UUID

from django.conf import settings
from django.tasks import task

from spean.collect import operations


@task(queue_name=settings.READING_QUEUE)
def read_page(reading: str) -> None:
    """Read the next page of a reading."""
    operations.read_next(UUID(reading))


@task()
def forget(reading: str) -> None:
    """Its time is over."""
    operations.end(UUID(reading))
