"""The directory for machines: what everybody may read, as pages of HSDS services, without what a demonstration invented."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from spean.directory import hsds
from spean.directory.drafts import Draft
from spean.directory.enums import VersionState
from spean.directory.models import Entry, Phone, Version
from spean.kernel.claims import ClaimState
from spean.kernel.errors import NotYours

PER_PAGE = 50


def services(number: int) -> dict[str, Any]:
    """Page `number`, from 1, in HSDS's frame of a page. Always the same number of queries."""
    found = _public().order_by("id")
    total = found.count()
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    rows = [_service(e) for e in found[(number - 1) * PER_PAGE : number * PER_PAGE]]
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(rows), "first_page": number == 1,
        "last_page": number == pages, "empty": not rows, "contents": rows,
    }  # fmt: skip


def service(pk: UUID) -> dict[str, Any]:
    """One of them."""
    entry = _public().filter(pk=pk).first()
    if entry is None:
        raise NotYours
    return _service(entry)


def _public() -> QuerySet[Entry]:
    shown = Version.objects.filter(state=VersionState.PUBLISHED)
    called = Phone.objects.filter(listed=True, state=ClaimState.VERIFIED).order_by("position", "id")
    found = Entry.objects.filter(state=ClaimState.VERIFIED, demonstration=False, service__isnull=False).select_related("service")
    return found.prefetch_related(Prefetch("versions", shown), Prefetch("phones", called))


def _service(entry: Entry) -> dict[str, Any]:
    draft = Draft.of(next(iter(entry.versions.all())).body)
    numbers = [(p.id, p.shown) for p in entry.phones.all()]
    on = entry.checked_on.isoformat() if entry.checked_on else ""
    return hsds.service(entry.id, draft, provider=entry.service.provider_id, numbers=numbers, assured=on)
