"""The sheets that a team uploaded: who, when, how many rows; never what they say."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, Sum

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.paging import PAGE, Page, cursor_day
from spean.voices.enums import ImportState
from spean.voices.models import SheetImport
from spean.voices.operations.importing import KEPT


@dataclass(frozen=True)
class ImportRow:
    """One uploaded sheet, in numbers."""

    id: UUID
    state: str
    state_label: str
    by: str
    team: str
    on: date
    until: date  # then it is discarded by itself, unless somebody goes on
    rows: int
    good: int  # that would be imported, or were
    faulty: int
    known: int
    imported: int


@dataclass(frozen=True)
class ImportView:
    """One sheet, how far it is, and what this actor may do with it."""

    row: ImportRow
    may: frozenset[str]
    next: int  # the part that is imported next
    looked_at: int  # rows of the parts that are done
    before: int  # sheets of a list of this name before this one
    others: int  # and of the team's other lists


def imports(actor: Actor, *, after: str = "") -> Page:
    """A page of the sheets of this actor's teams, the newest first. One query."""
    sheets = access.visible(actor, "import.see", SheetImport.objects.select_related("uploaded_by", "team")).defer("head")
    if after:
        day, key = cursor_day(after)
        sheets = sheets.filter(Q(on__lt=day) | Q(on=day, pk__gt=key))
    found = list(sheets.order_by("-on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(_row(s) for s in found[:PAGE]), f"{last.on.isoformat()}.{last.id}" if last else "")


def import_view(actor: Actor, import_id: UUID) -> ImportView:
    """One sheet, in numbers."""
    sheets = SheetImport.objects.select_related("uploaded_by", "team").defer("head")
    sheet = access.get(actor, "import.see", sheets, import_id)
    verbs = ("read", "assign", "start", "part", "discard")
    waiting = sheet.parts.filter(is_done=False).order_by("position").values_list("position", flat=True).first()
    done = sheet.parts.filter(is_done=True).aggregate(n=Sum("number"))["n"] or 0
    same = Q(source_hash=sheet.source_hash)
    earlier = SheetImport.objects.filter(team=sheet.team_id, imported__gt=0).exclude(pk=sheet.pk)
    lists = earlier.aggregate(before=Count("pk", filter=same), others=Count("pk", filter=~same))
    return ImportView(
        row=_row(sheet),
        may=access.allowed(actor, "import", verbs, sheet),
        next=waiting or 0,
        looked_at=done,
        **lists,
    )


def _row(s: SheetImport) -> ImportRow:
    return ImportRow(
        id=s.id,
        state=s.state,
        state_label=str(ImportState(s.state).label),
        by=s.uploaded_by.name,
        team=s.team.name,
        on=s.on,
        until=s.moved_on + KEPT,
        rows=s.rows,
        good=s.rows - s.faulty - s.known,
        faulty=s.faulty,
        known=s.known,
        imported=s.imported,
    )
