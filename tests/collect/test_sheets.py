"""Sheets become rows of plain text; what is no sheet, or is made to harm, is refused with its reason; nothing ends in a bug."""

import contextlib
import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from spean.collect import sheetreader, sheets
from spean.collect.sheetwriter import Sheet, comma_separated, xlsx
from spean.kernel.errors import Invalid

HEAD = ("ល.រ", "What was told")


def read(data: bytes) -> list[tuple[int, list[str]]]:
    return [(number, list(cells)) for number, cells in sheets.read(SimpleUploadedFile("a.bin", data)).rows]


def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as refusal:
        read(data)
    return next(word for word, text in sheets.REASONS.items() if text is refusal.value.fields["sheet"])


def here(data: bytes) -> list | str:
    """The rows or the reason, without the process around it, which costs a second."""
    kind = sheets.kind_of(data)
    if kind not in {"xlsx", "text"}:
        return kind
    try:
        return sheetreader.bounded(sheetreader.workbook(data) if kind == "xlsx" else sheetreader.lines(data))
    except sheetreader.Refused as reason:
        return str(reason)


def workbook(*rows, change=None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, **parts) -> bytes:
    """A workbook with some of its parts changed: `name=lambda text: text`, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            change = parts.pop(part.filename, None)
            new.writestr(part.filename, change(old.read(part)) if change else old.read(part))
        for name, change in parts.items():
            new.writestr(name, change(b""))
    return out.getvalue()


def doctype(text: bytes) -> bytes:
    declared = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return text.replace(b"<worksheet", declared + b"<worksheet", 1)


PLAIN = workbook(HEAD, ("1", "words"))
FIRST = "xl/worksheets/sheet1.xml"


def test_a_workbook_gives_the_text_of_its_cells():
    rows = here(
        workbook(
            HEAD,
            (1.0, "ពាក្យ"),
            (),
            (12345678, datetime(2026, 11, 3, 5, tzinfo=UTC).replace(tzinfo=None)),
            (0.5, date(2026, 1, 2)),
            (True, "=1+1"),
            ("x", "#N/A"),
        )
    )
    assert rows == [
        (1, list(HEAD)),
        (2, ["1", "ពាក្យ"]),
        (4, ["12345678", "2026-11-03"]),
        (5, ["0.5", "2026-01-02"]),
        (6, ["yes", sheets.FORMULA]),
        (7, ["x", sheets.FAULT]),
    ]


def test_a_merged_cell_says_the_same_in_each_of_its_places():
    def merge(book):
        book.active.merge_cells("B2:B3")
        book.active.merge_cells("A5:B5")

    rows = here(workbook(HEAD, ("1", "same"), ("2", None), ("3", "other"), ("wide", None), change=merge))
    assert rows[1:] == [(2, ["1", "same"]), (3, ["2", "same"]), (4, ["3", "other"]), (5, ["wide", "wide"])]


TEXTS = {
    "utf-8": "a,b\n១,ពាក្យ\n".encode(),
    "utf-8 with a mark": "a,b\n១,ពាក្យ\n".encode("utf-8-sig"),
    "utf-16": "a\tb\n១\tពាក្យ\n".encode("utf-16"),
    "utf-16 without a mark": "a;b;longer\n១;ពាក្យ\n".encode("utf-16-le"),
    "the other end first": b"\xfe\xff" + "a;b\n១;ពាក្យ\n".encode("utf-16-be"),
    "semicolons": "a;b\r\n១;ពាក្យ\r\n".encode(),
    "tabs": "a\tb\r១\tពាក្យ\r".encode(),
    "a line that names the sign": "sep=;\na;b\n១;ពាក្យ\n".encode(),
    "quotes and empty rows": 'a,b\n\n,\n"១","ពាក្យ"\n'.encode(),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_read_however_a_spreadsheet_wrote_it(name):
    assert [cells for _number, cells in read(TEXTS[name])][1] == ["១", "ពាក្យ"]


def bomb() -> bytes:
    return repacked(PLAIN, **{"xl/worksheets/sheet1.xml": lambda text: text + b" " * (70 * 1024 * 1024)})


HOSTILE = {
    "nothing": (b"", "empty"),
    "spaces": (b" \n\t ", "empty"),
    "only commas": (b",,,\n,,\n", "empty"),
    "a photo": (b"\xff\xd8\xff\xe0" + bytes(100), "kind"),
    "a page": (b"<!DOCTYPE html><table><tr><td>1</table>", "kind"),
    "an old workbook, or one with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old"),
    "another archive": (repacked(PLAIN)[:0] + xlsx(Sheet("a", [["x"]])).replace(b"xl/", b"xx/"), "kind"),
    "macros": (repacked(PLAIN, **{"xl/vbaProject.bin": lambda _text: b"x"}), "macros"),
    "macros by their type": (
        repacked(PLAIN, **{"[Content_Types].xml": lambda t: t.replace(b"sheet.main", b"sheet.macroEnabled.main")}),
        "macros",
    ),
    "an entity": (repacked(PLAIN, **{FIRST: doctype}), "entities"),
    "an entity in other letters": (
        repacked(PLAIN, **{FIRST: lambda t: ("\ufeff" + doctype(t).decode()).encode("utf-16-le")}),
        "entities",
    ),
    "a bomb": (bomb(), "unfolds"),
    "a cell far away": (workbook(HEAD, change=lambda book: book.active.cell(900_000, 1, "x")), "rows"),
    "a cell far to the right": (workbook(HEAD, change=lambda book: book.active.cell(2, 61, "x")), "columns"),
    "too many rows": (b"a,b\n" + b"1,x\n" * 5_200, "rows"),
    "too many columns": (b"x," * 70 + b"\n", "columns"),
    "too much text": (b"a\n" + (b"x" * 9_999 + b"\n") * 900, "text"),
    "another alphabet's bytes": ("a,b\n1,\u00e9t\u00e9\n".encode("latin-1"), "encoding"),
    "half of utf-16": ("a,b\n1,x\n".encode("utf-16")[:-1], "encoding"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sheet_is_refused_with_its_reason(name):
    data, reason = HOSTILE[name]
    assert here(data) == reason
    assert reason in sheets.REASONS


@pytest.mark.parametrize("name", ["nothing", "a bomb", "another alphabet's bytes"])
def test_the_reason_comes_out_of_the_process(name):
    data, reason = HOSTILE[name]
    assert refused(data) == reason


@pytest.mark.parametrize("data", [PLAIN[:-200], b"PK\x03\x04" + bytes(60)])
def test_where_the_parser_breaks_the_process_ends_and_the_file_is_damaged(data):
    assert refused(data) == "damaged"


def test_more_than_ten_megabytes_are_not_even_read():
    assert refused(b"a,b\n" + b"x" * (11 * 1024 * 1024)) == "large"


def test_the_name_and_the_type_count_for_nothing():
    upload = SimpleUploadedFile("photo.jpg", b"a,b\n1,x\n", "image/jpeg")
    assert sheets.read(upload).rows[1] == (2, ("1", "x"))


@settings(max_examples=200)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-16", "surrogatepass")))
def test_any_text_gives_rows_or_a_reason(data):
    found = here(data) if sheets.kind_of(data) == "text" else "kind"
    if isinstance(found, str):
        assert found in sheets.REASONS
    else:
        assert all(cells and cells[-1] for _number, cells in found)
        "".join(cell for _number, cells in found for cell in cells).encode("utf-8")


@settings(max_examples=4)
@given(st.binary(max_size=300), st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=6))
def test_any_bytes_give_rows_or_a_reason(noise, at, wrong):
    for data in (noise, PLAIN[:at] + wrong + PLAIN[at + len(wrong) :]):
        with contextlib.suppress(Invalid):
            assert read(data)


GIVEN = [["A", "B"], ["=1+1", "@x"], ["+855 12", "-a\n|b"], ["'quoted", "<b>&\x07"], ["", "ពាក្យ 😀"]]
BACK = [["A", "B"], ["=1+1", "@x"], ["+855 12", "-a\n|b"], ["'quoted", "<b>&"], ["", "ពាក្យ 😀"]]


def test_what_we_give_out_reads_back_and_runs_nothing():
    book = xlsx(Sheet("Rows", GIVEN), Sheet("Codes", [["x"]]))
    assert [cells for _number, cells in read(book)] == BACK
    opened = openpyxl.load_workbook(io.BytesIO(book))
    assert opened.sheetnames == ["Rows", "Codes"]
    assert {cell.data_type for row in opened["Rows"].rows for cell in row} <= {"s", "inlineStr", "n"}
    text = comma_separated(GIVEN)
    assert b"\n'=1+1,'@x" in text
    assert [[c.replace("\x07", "") for c in cells] for _number, cells in read(text)] == BACK
