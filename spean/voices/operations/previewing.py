"""Looking into an uploaded sheet before it is imported: each look opens a seal and is written in the trail first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.collect.sheets import FAULT, FORMULA
from spean.kernel.errors import Invalid
from spean.places.models import Place
from spean.privacy import audit
from spean.voices.columns import CODEBOOKS, Column
from spean.voices.judging import FAULTS, Judged
from spean.voices.models import ImportPart, SheetImport
from spean.voices.operations.importing import Head, head_of, rows_of
from spean.voices.operations.triage import ring_of

PAGE = 25
SAMPLE = 2


@dataclass(frozen=True)
class FaultyRow:
    """A row that cannot be imported: for each fault the column, what stands in the cell, and a sentence."""

    number: int
    faults: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ReadRow:
    """A row as it would be imported: pairs of a column and what it says, words or a day."""

    number: int
    said: tuple[tuple[str, str | date], ...]


@dataclass(frozen=True)
class Preview:
    """What a sheet says, in clear, for the moment of a page."""

    head: Head
    sample: tuple[ReadRow, ...]
    rows: tuple[FaultyRow, ...]
    after: str  # opens the next faulty rows


@transaction.atomic
def look(actor: Actor, import_id: UUID, *, after: str = "") -> Preview:
    """The headings, the first good rows, and a page of the faulty ones."""
    sheet, key = _opened(actor, import_id)
    position, index = _cursor(after)
    head = head_of(sheet, key)
    first = [] if head.missing else list(sheet.parts.order_by("position")[:1])
    sample = [row for part in first for row in rows_of(sheet, part, key) if not row.faults][:SAMPLE]
    faulty = sheet.parts.filter(faulty__gt=0, position__gte=position).order_by("position")[: PAGE + 1]
    found = list(islice(_faulty(sheet, key, list(faulty), (position, index)), PAGE + 1))
    last = found[PAGE - 1][0] if len(found) > PAGE else None
    rows = tuple(_row(head, row) for _at, row in found[:PAGE])
    return Preview(head, _read(head, sample), rows, f"{last[0]}.{last[1] + 1}" if last else "")


@transaction.atomic
def faulty_rows(actor: Actor, import_id: UUID) -> list[list[str]]:
    """The faulty rows as they came, below their headings, with the reasons in a last column."""
    sheet, key = _opened(actor, import_id)
    head = head_of(sheet, key)
    wide = len(head.headings)
    rows = [[*head.headings, str(_("What is wrong"))]]
    for _at, row in _faulty(sheet, key, list(sheet.parts.filter(faulty__gt=0).order_by("position")), (0, 0)):
        cells = ["" if cell in {FORMULA, FAULT} else cell for cell in row.cells[:wide]]
        why = " ".join(f"{Column(column).label}: {FAULTS[word]}" for column, word in row.faults)
        rows.append([*cells, *[""] * (wide - len(cells)), why])
    return rows


def _opened(actor: Actor, import_id: UUID) -> tuple[SheetImport, bytes]:
    """The sheet and its data key; the trail is written first."""
    sheet = access.get(actor, "import.see", SheetImport.objects.all(), import_id, to="import.read")
    ring = ring_of(actor)
    audit.record(actor, "import.read", sheet, org=sheet.org_id)
    return sheet, ring.data_key(sheet.id)


def _faulty(
    sheet: SheetImport, key: bytes, parts: list[ImportPart], since: tuple[int, int]
) -> Iterator[tuple[tuple[int, int], Judged]]:
    """((part, place among its faulty rows), row) from a place on."""
    for part in parts:
        faulty = (row for row in rows_of(sheet, part, key) if row.faults)
        for at, row in enumerate(faulty):
            if (part.position, at) >= since:
                yield (part.position, at), row


def _row(head: Head, row: Judged) -> FaultyRow:
    def cell(column: str) -> str:
        at = head.columns.get(column, len(row.cells))
        said = row.cells[at] if at < len(row.cells) else ""
        return "" if said in {FORMULA, FAULT} else said

    faults = ((str(Column(column).label), cell(column), str(FAULTS[word])) for column, word in row.faults)
    return FaultyRow(row.number, tuple(faults))


def _read(head: Head, rows: list[Judged]) -> tuple[ReadRow, ...]:
    places = Place.objects.select_related("parent").in_bulk({row.values[Column.PLACE] for row in rows} - {None})
    return tuple(ReadRow(row.number, tuple(_said(row.values, head, places))) for row in rows)


def _said(values: dict[str, Any], head: Head, places: dict[int, Place]) -> Iterator[tuple[str, str | date]]:
    """What a row says in the columns that its sheet has."""
    for column in (c for c in Column if c.value in head.columns):
        value = values[column]
        if column is Column.PLACE and value:
            place = places[value]
            yield str(column.label), f"{place.name}, {place.parent.name}" if place.parent else place.name
        elif column in CODEBOOKS:
            yield str(column.label), str(CODEBOOKS[column][0](value).label)
        elif value:
            yield str(column.label), date.fromisoformat(value) if column is Column.DAY else str(value)


def _cursor(after: str) -> tuple[int, int]:
    if not after:
        return 0, 0
    position, _dot, index = after.partition(".")
    if not (position.isascii() and position.isdigit() and index.isascii() and index.isdigit() and len(after) < PAGE):
        raise Invalid({"after": _("This link to the next page is broken. Open the list again.")})
    return min(int(position), 2**31 - 1), int(index)
