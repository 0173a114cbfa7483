"""Background work: fetch by id, call the operation."""

from datetime import timedelta
from uuid import UUID

from django.tasks import task

from spean.evidence import operations
from spean.kernel import clock


@task()
def publish_issue(issue_id: str) -> None:
    """Bring the public copy of an issue up to date."""
    operations.publish_issue(UUID(issue_id))


@task()
def release_last_month() -> None:
    """Release the figures of the month before this one; the operator's timer calls it daily, twice is once."""
    operations.release_month(clock.today().replace(day=1) - timedelta(days=1))


@task()
def release_outcomes() -> None:
    """Tell the teams' outcomes of a half-year that has settled; called daily, twice is once."""
    from spean.evidence import teams  # it needs the cases, which the public door can do without

    teams.release_outcomes()
