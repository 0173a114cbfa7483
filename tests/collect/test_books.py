"""All sheets of a workbook, and the tables of a PDF: merged cells are filled, what cannot be read says why."""

import contextlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from spean.collect import sheets
from spean.kernel.errors import Invalid

from .books import pdf, workbook
from .files import picture

TABLE = """
#set page(height: 12cm)
#set text(font: ("Noto Sans", "Noto Sans Khmer"))
= List of agencies
#table(columns: 4,
  table.cell(colspan: 2)[Name], [Licence], [Telephone],
  table.cell(rowspan: 2)[Demo Agency Star], [Main office], [012/2025], [012 311 112],
  [Branch], table.cell(colspan: 2)[077 455 516],
)
#pagebreak()
#table(columns: 2, [Demo Moon], [៣/២០២៥])
"""


def read(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    grids = sheets.read_all(SimpleUploadedFile("a.bin", data))
    return {grid.name: [(number, list(cells)) for number, cells in grid.rows] for grid in grids}


def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as refusal:
        read(data)
    return next(word for word, text in sheets.REASONS.items() if text is refusal.value.fields["sheet"])


def test_every_sheet_is_read_and_merged_cells_are_filled():
    first = [["A list", None, None], ["Name", "Name", "Licence"], ["Khmer", "Latin", None], ["ផ្កាយ", "Demo Star", "១២"]]
    data = workbook({"2026": first, "Empty": [], "Suspended": [["Name"], ["Demo Moon"]]}, {"2026": ["A1:C1", "A2:B2", "C2:C3"]})
    assert read(data) == {
        "2026": [
            (1, ["A list"] * 3),
            (2, ["Name", "Name", "Licence"]),
            (3, ["Khmer", "Latin", "Licence"]),
            (4, ["ផ្កាយ", "Demo Star", "១២"]),
        ],
        "Suspended": [(1, ["Name"]), (2, ["Demo Moon"])],
    }


def test_a_text_is_one_sheet():
    assert read(b"Name,Licence\nDemo,1\n") == {"": [(1, ["Name", "Licence"]), (2, ["Demo", "1"])]}


def test_a_table_of_a_pdf_is_read_with_its_merged_cells():
    found = read(pdf(TABLE))
    assert found["1"] == [
        (1, ["Name", "Name", "Licence", "Telephone"]),
        (2, ["Demo Agency Star", "Main office", "012/2025", "012 311 112"]),
        (3, ["Demo Agency Star", "Branch", "077 455 516", "077 455 516"]),
    ]
    assert found["2"][0][1][0] == "Demo Moon"


def test_a_pdf_without_a_drawn_table_says_so():
    assert refused(pdf("Demo Agency Star, 012/2025")) == "no_table"
    assert refused(pdf("#table(columns: 2, stroke: none, [Demo], [1])")) == "no_table"


def test_a_pdf_of_pictures_says_so(tmp_path):
    from PIL import Image

    made = tmp_path / "scan.pdf"
    Image.new("RGB", (600, 800), "white").save(made, "PDF")
    assert refused(made.read_bytes()) == "scan"


def test_a_pdf_of_many_pages_is_refused():
    assert refused(pdf("#for n in range(45) [page #pagebreak()]")) == "pages"


@pytest.mark.parametrize(("data", "reason"), [(b"%PDF-1.7\nnothing", "damaged"), (b"", "empty"), (picture(), "kind")])
def test_what_is_no_list_is_refused(data, reason):
    assert refused(data) == reason


def test_a_sheet_of_concerns_is_no_pdf():
    with pytest.raises(Invalid) as refusal:
        sheets.read(SimpleUploadedFile("a.pdf", pdf(TABLE)))
    assert refusal.value.fields["sheet"] is sheets.REASONS["kind"]


@settings(max_examples=6)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=6))
def test_a_damaged_pdf_is_read_or_refused_and_nothing_else(at, change):
    whole = pdf(TABLE)
    data = whole[:at] + change + whole[at + len(change) :]
    with contextlib.suppress(Invalid):
        assert all(grid.rows for grid in sheets.read_all(SimpleUploadedFile("a.bin", data)))
