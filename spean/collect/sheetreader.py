r"""The process that opens one foreign sheet: bytes in on stdin, rows of plain text out on stdout as JSON, then it ends.

`python -m spean.collect.sheetreader xlsx|text|book`. As `collect.worker`: no Django, no key, no database, no disk, 512 MB and
10 seconds. Answers "rows\n" and JSON [[number of the row, [cell, ...]], ...], or "refused REASON\n". Of a "book" all sheets are
read: "sheets\n" and JSON [[name of the sheet, rows], ...].
"""

import codecs
import contextlib
import csv
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from spean.collect.worker import Refused, confine

MOST_ROWS, MOST_COLUMNS = 5_000, 60
MOST_PLACES = 4 * MOST_ROWS  # row numbers, with the empty ones between
LONGEST_CELL = 10_000
MOST_TEXT = 8_000_000  # letters in all cells together
UNFOLDED = 64 * 1024 * 1024  # bytes of a workbook's parts together
MOST_PARTS = 1_000
#: what a cell says that has no plain value; no text of anybody's can begin so
FORMULA, FAULT = "\x00formula", "\x00fault"
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_PICTURES = (".png", ".jpeg", ".jpg", ".gif", ".svg", ".emf", ".wmf")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_SIGNS = (",", ";", "\t")
_ESCAPED = re.compile(r"^'(?=[=+\-@|%\t])")
Row = tuple[int, list[str]]


# -- workbooks ------------------------------------------------------------------------------------------------
def workbook(data: bytes) -> Iterator[Row]:
    """The rows of the first sheet; a merged cell says the same in each of its places."""
    return next(sheets(data))[1]


def sheets(data: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """(name, rows) of each sheet."""
    import openpyxl

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _inspect(archive)
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            yield str(sheet.title), _rows_of(data, sheet)
    except MemoryError:
        raise Refused("unfolds") from None  # any other error ends the process: the file is damaged for us


def _rows_of(data: bytes, sheet: Any) -> Iterator[Row]:
    try:
        merged = _merged(data, sheet._worksheet_path)  # noqa: SLF001 - openpyxl's read-only sheets do not tell otherwise
        sheet.reset_dimensions()
        found = sheet.iter_rows(max_row=MOST_PLACES + 1, max_col=MOST_COLUMNS + 1)
        yield from _filled(((n, [_value(cell) for cell in row]) for n, row in enumerate(found, 1)), merged)
    except MemoryError:
        raise Refused("unfolds") from None


def _inspect(archive: zipfile.ZipFile) -> None:
    """Refuse before unpacking: macros, too much, and markup that declares entities."""
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("old")
    if any(name.endswith(("vbaproject.bin", "xlm.bin")) or "/macrosheets/" in name for name in names):
        raise Refused("macros")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused("kind")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNFOLDED:
        raise Refused("unfolds")
    for part in parts:
        if not part.filename.lower().endswith(_PICTURES):
            text = _unfold(archive, part)
            if any(sign in text for sign in _DOCTYPE):
                raise Refused("entities")
            if b"macroEnabled" in text and part.filename == "[Content_Types].xml":
                raise Refused("macros")


def _unfold(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as opened:
        return opened.read(UNFOLDED + 1)


def _merged(data: bytes, path: str) -> list[tuple[int, int, int, int]]:
    """(first row, last row, first column, last column) of the merged cells, as far as we read."""
    from openpyxl.utils import column_index_from_string as index

    with zipfile.ZipFile(BytesIO(data)) as archive:
        text = _unfold(archive, archive.getinfo(path))
    found = []
    for left, top, right, bottom in _MERGED.findall(text)[:MOST_ROWS]:
        columns = index(left.decode()) - 1, min(index(right.decode()), MOST_COLUMNS) - 1
        found.append((int(top), min(int(bottom), MOST_PLACES), *columns))
    return found


def _filled(rows: Iterable[Row], merged: list[tuple[int, int, int, int]]) -> Iterator[Row]:
    starts: dict[int, list[tuple[int, int, int, int]]] = {}
    for area in merged:
        starts.setdefault(area[0], []).append(area)
    going: dict[int, tuple[int, str]] = {}  # column -> (last row, value)
    for number, cells in rows:
        going = {column: held for column, held in going.items() if held[0] >= number}
        for column, (_last, value) in going.items():
            if column < len(cells) and not cells[column]:
                cells[column] = value
        for _top, bottom, left, right in starts.get(number, ()):
            for column in range(left, min(right + 1, len(cells))):
                cells[column] = cells[column] or cells[left]
                going[column] = bottom, cells[column]
        yield number, cells


def _value(cell: Any) -> str:
    """What a cell says, as text; a length of time or what else has no plain value counts as a formula."""
    value, kind = cell.value, getattr(cell, "data_type", "")
    if value is None or kind in {"f", "e"}:
        return "" if value is None else FORMULA if kind == "f" else FAULT
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    plain: dict[type, Any] = {bool: lambda v: "yes" if v else "no", datetime: lambda v: v.date().isoformat()}
    plain |= dict.fromkeys((str, int, float), str) | dict.fromkeys((date, time), lambda v: v.isoformat())
    return plain.get(type(value), lambda _v: FORMULA)(value)


# -- text -----------------------------------------------------------------------------------------------------
def lines(data: bytes) -> Iterator[Row]:
    """The rows of a text with a sign between the cells: comma, semicolon or tab."""
    text = _decoded(data)
    first, _line, rest = text.partition("\n")
    named = re.fullmatch(r'"?sep=(.)"?\r?', first)
    if named:
        text = rest
    sign = named.group(1) if named and named.group(1) in _SIGNS else _sign(text)
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=sign), 2 if named else 1):
            yield number, [_ESCAPED.sub("", cell).replace("\x00", "") for cell in cells]
    except csv.Error:
        raise Refused("damaged") from None


def _decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 as spreadsheets write it; nothing is guessed that could turn words into other words."""
    code = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        code = "utf-16"
    elif b"\x00" in data[:200]:
        code = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
    try:
        return data.decode(code)
    except UnicodeDecodeError:
        raise Refused("encoding") from None


def _sign(text: str) -> str:
    """The sign that divides the first lines into most cells."""
    head = "\n".join([line for line in text[:20_000].splitlines() if line.strip()][:5])

    def cells(sign: str) -> int:
        try:
            return max((len(row) for row in csv.reader(StringIO(head), delimiter=sign)), default=0)
        except csv.Error:
            return 0

    return max(_SIGNS, key=cells)


# -- both -----------------------------------------------------------------------------------------------------
def bounded(rows: Iterable[Row]) -> list[Row]:
    """Rows that say something, within the bounds; cut at the last cell that is not empty."""
    found: list[Row] = []
    letters = 0
    for number, given in rows:
        if number > MOST_PLACES:
            raise Refused("rows")
        cells = [_stored(cell) for cell in given]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise Refused("columns")
        found.append((number, cells))
        letters += sum(map(len, cells))
        if letters > MOST_TEXT:
            raise Refused("text")
        if len(found) > MOST_ROWS + 10:  # headings and a title
            raise Refused("rows")
    if not found:
        raise _Empty("empty")
    return found


class _Empty(Refused):
    """No row says anything."""


def _stored(cell: str) -> str:
    """Text that can be kept: no half letters; what is too long stays too long, and its row is refused for it."""
    return cell[: LONGEST_CELL + 1].encode("utf-8", "replace").decode("utf-8").strip()


def bounded_sheets(found: Iterable[tuple[str, Iterable[Row]]]) -> list[tuple[str, list[Row]]]:
    """Sheets with rows that say something; together within the bounds of one."""
    kept: list[tuple[str, list[Row]]] = []
    for name, rows in found:
        with contextlib.suppress(_Empty):
            kept.append((_stored(name), bounded(rows)))
        if sum(len(rows) for _name, rows in kept) > MOST_ROWS + 10 * len(kept):
            raise Refused("rows")
    if not kept:
        raise Refused("empty")
    return kept


def main(kind: str) -> int:
    """Read, divide, answer."""
    data = sys.stdin.buffer.read()
    if kind != "text":
        sys.modules.update(dict.fromkeys(("numpy", "PIL")))  # openpyxl would load them where they are: half of the time
        import openpyxl  # noqa: F401 - before the limits: a library may look at the system
    confine()
    csv.field_size_limit(MOST_TEXT)
    try:
        if kind == "book":
            return answer("sheets", bounded_sheets(sheets(data)))
        return answer("rows", bounded(workbook(data) if kind == "xlsx" else lines(data)))
    except Refused as refusal:
        sys.stdout.buffer.write(f"refused {refusal}\n".encode("ascii"))
        return 0


def answer(verdict: str, found: Any) -> int:
    """Say what was read; 0 for a process that ends well."""
    sys.stdout.buffer.write(f"{verdict}\n".encode("ascii") + json.dumps(found, ensure_ascii=True).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
