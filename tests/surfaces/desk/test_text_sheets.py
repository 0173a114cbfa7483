"""Texts as a sheet on the desk: taken as XLSX, changed in a spreadsheet, looked at, brought in as drafts."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spean.library.models import Text
from spean.library.operations.loading import load
from tests.surfaces.public.reading import Page


def _at(name):
    return reverse(f"desk:{name}").replace("/km/", "/en/")


def test_a_sheet_of_texts_goes_out_is_changed_and_comes_in(town):
    load()
    manager = town.client("manager")
    given = manager.get(_at("texts_sheet"))
    assert given.headers["Content-Disposition"] == 'attachment; filename="spean-texts.xlsx"'
    book = openpyxl.load_workbook(BytesIO(given.content))
    row = next(row for row in book["Texts"].iter_rows(min_row=2) if row[0].value == "way.malaysia.step-2.text")
    row[2].value = "A line.\nAnother line."
    out = BytesIO()
    book.save(out)

    page = Page(manager.post(_at("texts_import"), {"sheet": SimpleUploadedFile("a.xlsx", out.getvalue())}))
    assert f"row {row[0].row}" in page.text
    assert "Another line." in page.text
    text = Text.objects.get(slug="malaysia")
    assert text.versions.count() == 1

    sent = {"rows": page.values["rows"], "import": "1"}
    assert "1 text has a new draft." in Page(manager.post(_at("texts_import"), sent, follow=True)).text
    assert "0 texts have a new draft." in Page(manager.post(_at("texts_import"), sent, follow=True)).text
    draft = text.versions.get(number=2)
    assert (draft.state, draft.body["steps"][1]["text_en"]) == ("draft", "A line.\nAnother line.")


def test_what_is_wrong_is_shown_by_its_cell(town):
    load()
    rows = b"key,km,en,version\nway.mars.title,x,y,1\n"
    page = Page(town.client("manager").post(_at("texts_import"), {"sheet": SimpleUploadedFile("a.csv", rows)}))
    assert "A2:" in page.text
    assert "There is nothing to bring in." in page.text
