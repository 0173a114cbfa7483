"""Who opened something: one question to the trail, for whoever asks who has read of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from spean.privacy.models import AuditEntry


@dataclass(frozen=True)
class Opening:
    """One person who opened one of these things, how often, and when last."""

    actor: str
    subject: str
    times: int
    last: datetime


def opened(org: UUID, subjects: Iterable[UUID], verbs: Iterable[str]) -> list[Opening]:
    """Whoever did one of these verbs to one of these things, by an organisation's trail; the newest first. One query."""
    rows = AuditEntry.objects.filter(org=org, subject_id__in=[str(s) for s in subjects], verb__in=list(verbs))
    found = rows.order_by().values("actor", "subject_id").annotate(times=Count("pk"), last=Max("at"))
    made = [Opening(row["actor"], row["subject_id"], row["times"], row["last"]) for row in found]
    return sorted(made, key=lambda one: one.last, reverse=True)
