"""Reactions to what other apps say: an issue that moves is published again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from spean.evidence import tasks
from spean.voices.signals import issue_moved

_ID = "evidence.publish_moved_issue"


def publish_moved_issue(*, issue: UUID, **_: Any) -> None:
    """Queue the publication, in the same transaction as the move."""
    tasks.publish_issue.enqueue(str(issue))


def connect() -> None:
    """Listen."""
    issue_moved.connect(publish_moved_issue, dispatch_uid=_ID)


@contextmanager
def paused() -> Iterator[None]:
    """Within the block nothing is queued; who uses it publishes at its end. For loading many issues at once."""
    issue_moved.disconnect(dispatch_uid=_ID)
    try:
        yield
    finally:
        connect()
