r"""The process that reads the tables of one foreign PDF: bytes in on stdin, rows of plain text out on stdout, then it ends.

`python -m spean.collect.pdfreader pdf`, confined as `collect.sheetreader`, which it answers like: "sheets\n" and JSON
[[name of the table, rows], ...], or "refused REASON\n". Only tables with drawn lines are read: nothing is guessed from gaps.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from spean.collect.sheetreader import MOST_COLUMNS, Row, answer, bounded_sheets
from spean.collect.worker import Refused, confine

MOST_PAGES = 40
#: what pdfminer writes for a letter whose font does not say which one it is
_UNKNOWN_LETTER = re.compile(r"\(cid:\d+\)")
_MOST_UNKNOWN = 0.02  # of all letters
Box = tuple[float, float, float, float]


def tables(data: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """(name, rows) of each table, page by page."""
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(BytesIO(data)) as book:
            _inspect(book)
            for number, page in enumerate(book.pages, 1):
                for nth, table in enumerate(page.find_tables(), 1):
                    yield f"{number}" if nth == 1 else f"{number}.{nth}", _rows(table)
                page.close()
    except MemoryError:
        raise Refused("unfolds") from None
    except PdfminerException as error:
        raise Refused("locked" if "assword" in f"{error!r}" else "damaged") from None


def _inspect(book: Any) -> None:
    """Refuse before looking for tables: too many pages, pages that are pictures, letters that nobody can tell."""
    if len(book.pages) > MOST_PAGES:
        raise Refused("pages")
    letters = "".join(str(c["text"]) for page in book.pages[:3] for c in page.chars)
    if not letters.strip():
        raise Refused("scan" if any(page.images for page in book.pages[:3]) else "no_table")
    unknown = sum(len(found) for found in _UNKNOWN_LETTER.findall(letters))
    if unknown > _MOST_UNKNOWN * len(letters):
        raise Refused("letters")


def _rows(table: Any) -> Iterator[Row]:
    """A cell that lies over several places says the same in each of them."""
    texts = table.extract()
    said = {
        box: text or ""
        for row, cells in zip(table.rows, texts, strict=True)
        for box, text in zip(row.cells, cells, strict=True)
        if box
    }
    middles = _middles(table.rows)
    for number, (row, cells) in enumerate(zip(table.rows, texts, strict=True), 1):
        top, bottom = row.bbox[1], row.bbox[3]
        at = (top + min(bottom, min((box[3] for box in row.cells if box), default=bottom))) / 2
        found = [text if text is not None else _over(said, x, at) for text, x in zip(cells, middles, strict=True)]
        yield number, [text or "" for text in found[: MOST_COLUMNS + 1]]


def _middles(rows: Sequence[Any]) -> list[float]:
    """The middle of each column: of its narrowest cell."""
    found = []
    for boxes in zip(*(row.cells for row in rows), strict=True):
        narrow = min((box for box in boxes if box), key=lambda box: box[2] - box[0], default=None)
        found.append((narrow[0] + narrow[2]) / 2 if narrow else 0.0)
    return found


def _over(said: dict[Box, str], x: float, y: float) -> str:
    return next((text for (left, top, right, bottom), text in said.items() if left <= x <= right and top <= y <= bottom), "")


def main() -> int:
    """Read, divide, answer."""
    data = sys.stdin.buffer.read()
    import pdfplumber  # noqa: F401 - before the limits: a library may look at the system

    confine()
    try:
        found = bounded_sheets(tables(data))
    except Refused as refusal:
        reason = "no_table" if str(refusal) == "empty" else str(refusal)
        sys.stdout.buffer.write(f"refused {reason}\n".encode("ascii"))
        return 0
    return answer("sheets", found)


if __name__ == "__main__":
    sys.exit(main())
