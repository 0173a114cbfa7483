"""Sheets that we give out, made in memory. XLSX by hand: openpyxl would write readable temporary files. CSV that runs nothing."""

import csv
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_WIDTHS = (12, 60)
_STARTS_A_FORMULA = re.compile(r"^[\ufeff\x00-\x20]*[=+\-@|%\t\r]")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: format 1 is text, so that a spreadsheet does not make numbers or days of what is typed; 2 is text in bold
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="12"/><name val="Noto Sans Khmer"/></font>'
    '<font><b/><sz val="12"/><name val="Noto Sans Khmer"/></font></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
    '<xf numFmtId="49" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class Sheet:
    """A name of at most 31 letters and the rows, the headings first."""

    name: str
    rows: Sequence[Sequence[str]]


def xlsx(*sheets: Sheet) -> bytes:
    """A workbook whose cells are all text."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_frame(sheets), "xl/styles.xml": _STYLES}.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), _HEAD + text, zipfile.ZIP_DEFLATED)
        for number, sheet in enumerate(sheets, 1):
            part = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml", (2000, 1, 1, 0, 0, 0))
            archive.writestr(part, _HEAD + _rows(sheet), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _frame(sheets: Sequence[Sheet]) -> dict[str, str]:
    """The parts that say which parts there are."""
    numbers = range(1, len(sheets) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers)
    named = "".join(f'<sheet name="{escape(s.name)}" sheetId="{n}" r:id="r{n}"/>' for n, s in enumerate(sheets, 1))
    links = "".join(f'<Relationship Id="r{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{parts}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="r0" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    }


def _rows(sheet: Sheet) -> str:
    widest = max((len(row) for row in sheet.rows), default=1)
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_width(sheet, n - 1)}" style="1" customWidth="1"/>' for n in range(1, widest + 1)
    )
    rows = "".join(
        f'<row r="{n}">{"".join(_cell(text, 2 if n == 1 else 1) for text in row)}</row>' for n, row in enumerate(sheet.rows, 1)
    )
    pane = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
    inner = f"<sheetViews>{pane}</sheetViews><cols>{widths}</cols><sheetData>{rows}</sheetData>"
    return f'<worksheet xmlns="{_MAIN}">{inner}</worksheet>'


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(row[column]) for row in sheet.rows[:50] if column < len(row)), default=0)
    return max(_WIDTHS[0], min(_WIDTHS[1], longest + 2))


def _cell(text: str, style: int) -> str:
    if not text:
        return f'<c s="{style}"/>'
    plain = escape(_NO_XML.sub("", text))
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{plain}</t></is></c>'


def comma_separated(rows: Sequence[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with its mark; what a spreadsheet would take for a formula has an apostrophe before it."""
    out = StringIO(newline="")
    csv.writer(out).writerows([[_tame(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig", "replace")


def _tame(cell: str) -> str:
    return f"'{cell}" if _STARTS_A_FORMULA.match(cell) else cell
