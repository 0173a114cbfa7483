"""Sheets that somebody uploads, made into rows of plain text: XLSX, CSV and tables of a PDF, read in a process of its own."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.collect import pdfreader, sheetreader, uploads
from spean.collect.sheetreader import FAULT, FORMULA, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from spean.kernel.errors import Invalid

__all__ = [
    "FAULT",
    "FORMULA",
    "LARGEST",
    "LONGEST_CELL",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "REASONS",
    "Grid",
    "kind_of",
    "read",
    "read_all",
]
LARGEST = uploads.LARGEST
WALL_SECONDS = 40  # of the clock, on a busy machine; of the processor it has 10
_READER, _PDF_READER = sheetreader.__name__, pdfreader.__name__

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
    "no_table": _("We find no table with lines in this PDF. Ask the office for the list as XLSX, or type it into a sheet."),
    "scan": _("This PDF holds pictures of pages, no letters. We cannot read it. Ask the office for the list as XLSX."),
    "letters": _("The letters of this PDF cannot be read: its font does not say which they are. Ask the office for XLSX."),
    "locked": _("This PDF has a password. Open it, take the password away, and save it again."),
    "pages": _("There are more than 40 pages in this PDF. Divide it."),
}
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet that say something, each with the number that it has in the sheet."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    name: str = ""  # of the sheet or page, where there are several


def read(upload: UploadedFile | None) -> Grid:
    """The rows of the upload; Invalid with the reason when it is no sheet that we take. Its name counts for nothing."""
    data, kind = _taken(upload, {"xlsx", "text"})
    return _grid("", json.loads(_ask(_READER, kind, data, "rows")))


def read_all(upload: UploadedFile | None) -> tuple[Grid, ...]:
    """The rows of every sheet of a workbook, of a text, or of every table of a PDF; as `read`."""
    data, kind = _taken(upload, {"xlsx", "text", "pdf"})
    if kind == "text":
        return (_grid("", json.loads(_ask(_READER, kind, data, "rows"))),)
    reader, kind = (_PDF_READER, "pdf") if kind == "pdf" else (_READER, "book")
    return tuple(_grid(name, rows) for name, rows in json.loads(_ask(reader, kind, data, "sheets")))


def _taken(upload: UploadedFile | None, kinds: set[str]) -> tuple[bytes, str]:
    """The bytes of the upload, and which of these kinds it is."""
    if upload is None:
        raise _refused("none")
    if (upload.size or 0) > LARGEST:
        raise _refused("large")
    data = upload.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _refused("large")
    kind = kind_of(data)
    if kind not in kinds:
        raise _refused("kind" if kind == "pdf" else kind)
    return data, kind


def _ask(reader: str, kind: str, data: bytes, wanted: str) -> bytes:
    verdict, word, made = uploads.ask_worker(reader, kind, data, seconds=WALL_SECONDS)
    if verdict != wanted:
        raise _refused(word if word in REASONS else "damaged")
    return made


def _grid(name: str, rows: list[list[Any]]) -> Grid:
    return Grid(tuple((int(number), tuple(map(str, cells))) for number, cells in rows), name)


def kind_of(data: bytes) -> str:
    """What the first bytes say it is: "xlsx", "text", "pdf", or the reason why it is not taken."""
    if not data.strip():
        return "empty"
    if data.startswith(_ZIP):
        return "xlsx"
    if data.startswith(_OLD):
        return "old"
    head = data[:512].lstrip()
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"<?xml", b"<!DOCTYPE", b"<html")):
        return "kind"
    return "text"


def _refused(reason: str) -> Invalid:
    return Invalid({"sheet": REASONS[reason]})
