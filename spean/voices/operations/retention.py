"""What is not kept for ever: concerns erased when their time is over, files that no report owns swept away."""

import time
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from spean.accounts.access import SYSTEM
from spean.kernel import clock
from spean.privacy import audit, keys
from spean.voices import enums
from spean.voices.models import Concern
from spean.voices.operations.files import has_row, unlink_with

KEPT_AFTER_CLOSING = timedelta(days=5 * 365 + 1)
KEPT_ASIDE = timedelta(days=366)  # a report with no follow-up
ORPHANS_WAIT_SECONDS = 24 * 3600
_ENDINGS = ("concern.close", "concern.set_aside")


def erase_expired(limit: int = 1000, passed: date | None = None) -> int:
    """Erase concerns closed or set aside longer ago than they are kept; returns how many. Their counted facts stay.

    `passed` is the day up to which time has surely passed, today by default.
    """
    passed = passed or clock.today()
    closed = Q(state=enums.ConcernState.CLOSED, moved_on__lt=passed - KEPT_AFTER_CLOSING)
    aside = Q(state=enums.ConcernState.SET_ASIDE, moved_on__lt=passed - KEPT_ASIDE)
    over = Concern.objects.filter(closed | aside).exclude(told=b"").order_by("moved_on")
    erased = 0
    for pk, state, org in over.values_list("pk", "state", "team__organisation")[:limit]:
        kept = KEPT_ASIDE if state == enums.ConcernState.SET_ASIDE else KEPT_AFTER_CLOSING
        if _is_over(pk, org, passed - kept):
            _erase(pk)
            erased += 1
    return erased


def _is_over(pk: UUID, org: UUID, before: date) -> bool:
    """Whether the trail agrees: a day that a clock gone back gave to a closing is not believed."""
    seen = audit.newest_before(org, pk, _ENDINGS)
    return seen is None or seen.astimezone(clock.PHNOM_PENH).date() < before


@transaction.atomic
def _erase(pk: UUID) -> None:
    concern = Concern.objects.select_for_update(of=("self",)).select_related("team").get(pk=pk)
    unlink_with(*concern.attachments.values_list("pk", flat=True))
    concern.attachments.all().delete()
    concern.messages.update(said=b"")
    concern.told = b""
    concern.save(update_fields=["told"])
    for subject in (concern.id, concern.thread_id):
        keys.erase_subject(subject)
    audit.record(SYSTEM, "concern.erase", concern, org=concern.team.organisation_id, day_only=True)


def sweep_files() -> int:
    """Delete sealed files of reports that were never committed (a stop between the file and the row); returns how many."""
    swept = 0
    for path in Path(settings.SEALED_FILES_DIR).glob("*/*"):
        old = time.time() - path.stat().st_mtime > ORPHANS_WAIT_SECONDS
        if old and not has_row(path.stem):
            path.unlink(missing_ok=True)
            swept += 1
    return swept
