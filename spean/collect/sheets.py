"""Sheets that somebody uploads, made into rows of plain text: XLSX and CSV, read in a process of its own, never on a disk."""

import json
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.collect import sheetreader, uploads
from spean.collect.sheetreader import FAULT, FORMULA, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from spean.kernel.errors import Invalid

__all__ = ["FAULT", "FORMULA", "LARGEST", "LONGEST_CELL", "MOST_COLUMNS", "MOST_ROWS", "REASONS", "Grid", "kind_of", "read"]
LARGEST = uploads.LARGEST
WALL_SECONDS = 40  # of the clock, on a busy machine; of the processor it has 10
_READER = sheetreader.__name__

#: what the reader answers when it refuses -> what the person reads
REASONS: dict[str, Promise] = {
    "none": _("Choose the sheet that you want to import."),
    "kind": _("We take sheets as XLSX or CSV. This is another kind of file. Open it in your program and save it as XLSX."),
    "old": _("This file is of an old kind, or has a password. Open it, take the password away, and save it as XLSX."),
    "macros": _("There are programs (macros) in this file. We do not open it. Save it as XLSX without macros."),
    "entities": _("This file asks us to fetch something from elsewhere. We do not open it. Copy the rows into our template."),
    "empty": _("There is no row in this file. Look whether you chose the right one."),
    "large": _("This file is larger than 10 MB. Divide it into several sheets."),
    "unfolds": _("This file unfolds to far more than it seems. We do not open it. Copy the rows into our template."),
    "rows": _("There are more than 5,000 rows in this sheet. Divide it into several sheets."),
    "columns": _("There are more than 60 columns in this sheet. Keep those that are needed."),
    "text": _("There is too much text in this sheet. Divide it into several sheets."),
    "encoding": _("The letters of this file cannot be read. Save it as XLSX, or as CSV UTF-8."),
    "damaged": _("This file is damaged or not complete. Open it in your program and save it again as XLSX."),
    "slow": _("This file takes too long to read. Divide it into several sheets."),
}
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet that say something, each with the number that it has in the sheet."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(upload: UploadedFile | None) -> Grid:
    """The rows of the upload; Invalid with the reason when it is no sheet that we take. Its name counts for nothing."""
    if upload is None:
        raise _refused("none")
    if (upload.size or 0) > LARGEST:
        raise _refused("large")
    data = upload.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _refused("large")
    kind = kind_of(data)
    if kind not in {"xlsx", "text"}:
        raise _refused(kind)
    verdict, word, made = uploads.ask_worker(_READER, kind, data, seconds=WALL_SECONDS)
    if verdict != "rows":
        raise _refused(word if word in REASONS else "damaged")
    return Grid(tuple((int(number), tuple(map(str, cells))) for number, cells in json.loads(made)))


def kind_of(data: bytes) -> str:
    """What the first bytes say it is: "xlsx", "text", or the reason why it is not taken."""
    if not data.strip():
        return "empty"
    if data.startswith(_ZIP):
        return "xlsx"
    if data.startswith(_OLD):
        return "old"
    head = data[:512].lstrip()
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"<?xml", b"<!DOCTYPE", b"<html")):
        return "kind"
    return "text"


def _refused(reason: str) -> Invalid:
    return Invalid({"sheet": REASONS[reason]})
