"""Workbooks and PDFs as offices make them, for tests: merged cells, several sheets, tables with and without lines."""

from collections.abc import Sequence
from io import BytesIO


def workbook(sheets: dict[str, Sequence[Sequence[object]]], merged: dict[str, Sequence[str]] | None = None) -> bytes:
    """An XLSX with these sheets; `merged` names areas like "A1:F1"."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(body: str) -> bytes:
    """A PDF of a text in Typst."""
    import typst

    from spean.surfaces.papers import FONTS

    return bytes(typst.compile(body.encode(), font_paths=[FONTS], ignore_system_fonts=True))
