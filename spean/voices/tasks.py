"""Background work: what the ladder does once a day."""

from django.tasks import task

from spean.voices.operations import ladder


@task()
def climb() -> None:
    """Remind, and send up what was not answered; the operator's timer calls it daily, twice is once."""
    ladder.day()
