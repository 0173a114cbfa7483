"""Complaints for the team that looks at them: a list without words, one of them opened, what waits on Today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.kernel.errors import Locked
from spean.kernel.paging import PAGE, Page, cursor_day
from spean.privacy import audit
from spean.privacy.sealing import open_sealed
from spean.programme.complaint_enums import ComplaintState
from spean.programme.models import Complaint
from spean.programme.operations.complaints import context


@dataclass(frozen=True)
class ComplaintRow:
    """One complaint, without a word."""

    id: UUID
    kind: str
    about: str
    on: date
    state: str
    state_label: str
    outcome: str


@dataclass(frozen=True)
class ComplaintPage:
    """One that was opened."""

    row: ComplaintRow
    by: str
    words: str
    may: frozenset[str]


def complaints(actor: Actor, *, after: str = "") -> Page:
    """A page of those that the actor may look at, the latest first. One query."""
    rows = access.visible(actor, "complaint.see", Complaint.objects.all())
    if after:
        day, key = cursor_day(after)
        rows = rows.filter(Q(on__lt=day) | Q(on=day, pk__gt=key))
    found = list(rows.select_related("about").order_by("-on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(map(_row, found[:PAGE])), f"{last.on.isoformat()}.{last.id}" if last else "")


@transaction.atomic
def opened(actor: Actor, complaint_id: UUID) -> ComplaintPage:
    """One of them with its words: it stands in the trail."""
    found = access.get(actor, "complaint.see", Complaint.objects.select_related("about", "by"), complaint_id)
    if actor.ring is None:
        raise Locked
    org, words = found.about.organisation_id, ""
    if found.words:
        words = str(open_sealed(actor.ring.data_key(found.id), bytes(found.words), context(org, found.id))["text"])
    audit.record(actor, "complaint.read", found, org=org)
    return ComplaintPage(_row(found), found.by.name, words, access.allowed(actor, "complaint", ("take", "close"), found))


def check(actor: Actor, complaint_id: UUID, verb: str) -> None:
    """Refuse what cannot be done with it now, before anything that was typed is judged."""
    access.get(actor, "complaint.see", Complaint.objects.all(), complaint_id, to=f"complaint.{verb}")


def tiles(actor: Actor) -> list[Tile]:
    """For Today of a supervisor: those that are not closed. One query."""
    if not access.may(actor, "complaint.see"):
        return []
    waiting = access.visible(actor, "complaint.see", Complaint.objects.exclude(state=ComplaintState.CLOSED)).count()
    return [Tile("complaints", str(_("Complaints about one of us")), waiting, "urgent", "desk:complaints", "")]


def _row(c: Complaint) -> ComplaintRow:
    return ComplaintRow(
        c.id,
        c.get_kind_display(),
        c.about.name,
        c.on,
        c.state,
        c.get_state_display(),
        c.get_outcome_display() if c.outcome else "",
    )
