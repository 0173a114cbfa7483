"""Facts as a sheet on the desk: taken as XLSX, changed in a spreadsheet, looked at, brought in."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spean.library.models import Fact
from spean.library.operations.loading import load
from tests.surfaces.public.reading import Page


@pytest.fixture
def manager(town):
    load()
    return town.client("manager")


def _at(name):
    return reverse(f"desk:{name}").replace("/km/", "/en/")


def _changed(content, **cells):
    """The sheet with cells of the wage in Malaysia changed, as a spreadsheet saves it."""
    book = openpyxl.load_workbook(BytesIO(content))
    leaf = book["Facts"]
    names = [cell.value for cell in leaf[1]]
    row = next(row for row in leaf.iter_rows(min_row=2) if row[0].value == "my.wage")
    for name, value in cells.items():
        row[names.index(name)].value = value
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("facts.xlsx", out.getvalue()), row[0].row


def test_a_sheet_goes_out_is_changed_and_comes_in(manager):
    given = manager.get(_at("facts_sheet"))
    assert given.headers["Content-Disposition"] == 'attachment; filename="spean-facts.xlsx"'
    upload, row = _changed(given.content, amount=1800, words_en="Also for workers from abroad.")
    page = Page(manager.post(_at("facts_import"), {"sheet": upload}))
    assert f"row {row}" in page.text
    assert "1800" in page.text
    assert Fact.objects.get(key="my.wage").versions.count() == 1

    sent = {"rows": page.values["rows"], "import": "1"}
    assert "0 new, 1 proposals" in Page(manager.post(_at("facts_import"), sent, follow=True)).text
    assert "0 new, 0 proposals" in Page(manager.post(_at("facts_import"), sent, follow=True)).text

    assert Fact.objects.get(key="my.wage").waiting
    assert Fact.objects.get(key="my.wage").versions.count() == 2


def test_what_is_wrong_is_shown_by_its_cell(manager):
    upload, row = _changed(manager.get(_at("facts_sheet")).content, amount="many")
    page = Page(manager.post(_at("facts_import"), {"sheet": upload}))
    assert f"E{row}:" in page.text
    assert "There is nothing to bring in." in page.text


BROKEN = [{}, {"rows": "no json"}, {"rows": "[1, 2]"}, {"rows": "[]"}, {"rows": '[[1, ["key"]]]'}, {"rows": "[[1e999, []]]"}]


@pytest.mark.parametrize("sent", [*BROKEN, *({**one, "import": "1"} for one in BROKEN)])
def test_what_is_no_sheet_comes_back_with_a_reason(manager, sent):
    response = manager.post(_at("facts_import"), sent)
    assert response.status_code == 422
    assert 'id="id_sheet_error"' in response.content.decode()


def test_a_file_that_is_no_sheet_comes_back_with_a_reason(manager):
    response = manager.post(_at("facts_import"), {"sheet": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert response.status_code == 422
