"""A hotline's list is brought in in a real browser: template, faults, import with and without a script, the rest by another."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from journeys.hands import at, fill, send

ROWS = 12


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr("spean.voices.operations.importing.PART", 4)


def taken(page: Page, link: str) -> bytes:
    """What a link gives out."""
    with page.expect_download() as download:
        page.locator(f'main a[href$="/{link}/"]').click()
    return Path(download.value.path()).read_bytes()


def filled(template: bytes, **changed: dict[int, str]) -> bytes:
    """The template with a list in it; `day={3: "x"}` changes the third row."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet, names = book.worksheets[0], {}
    for cell in sheet[1]:
        names[cell.value.rpartition(" / ")[2]] = cell.column
    plain = {
        "Number in your list": "{n}",
        "Day received": "០៣/១១/២០២៥",
        "Place": "14010101",
        "What was told": "រឿងទី {n}",
        "Sex": "f",
    }
    for n in range(1, ROWS + 1):
        for name, words in plain.items():
            sheet.cell(n + 1, names[name], changed.get(name, {}).get(n, words.format(n=n)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(page: Page, data: bytes, name: str = "ទូរស័ព្ទជំនួយ ២០២៦") -> None:
    """By the form."""
    page.goto(at("desk:import_new"))
    fill(page, source=name)
    page.locator("[name=sheet]").set_input_files({"name": "list.xlsx", "mimeType": "", "buffer": data})
    send(page)


def press(page: Page, verb: str) -> None:
    page.locator(f'form[action$="/{verb}/"] button').click()


def test_a_list_is_brought_in_corrected_and_brought_in_again(town, browse):
    from spean.voices.models import Concern

    page = browse("supervisor", town=town, accept_downloads=True)
    page.goto(at("desk:inbox"))
    page.locator(f'main a[href="{at("desk:imports")}"]').click()
    page.locator(f'main a[href="{at("desk:import_new")}"]').click()
    template = taken(page, "template/xlsx")

    upload(page, b"%PDF-1.7 no sheet")
    expect(page.get_by_role("alert")).to_be_visible()

    upload(page, filled(template, Place={2: "nowhere"}, **{"Day received": {5: "១/១/២៥៦៨"}}))
    expect(page.locator(".stat-cell.done strong")).to_have_text("១០")
    expect(page.locator("section[aria-labelledby=faulty] > ol > li")).to_have_count(2)
    assert Concern.objects.count() == 0

    faulty = taken(page, "faulty/xlsx")
    press(page, "start")
    expect(page.locator(".alert-success")).to_be_visible(timeout=30_000)  # the page's script did all parts
    assert Concern.objects.filter(channel="sheet").count() == 10

    book = openpyxl.load_workbook(io.BytesIO(faulty))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [row[-1] != "" for row in rows] == [True, True]
    upload(page, filled(template))  # corrected in the own list, and the whole list again
    expect(page.locator(".stat-cell strong").last).to_have_text("១០")
    press(page, "start")
    expect(page.locator(".alert-success")).to_be_visible(timeout=30_000)
    assert Concern.objects.filter(channel="sheet").count() == ROWS
    page.goto(at("desk:imports"))
    expect(page.locator("main ol > li")).to_have_count(2)


def test_what_one_began_without_a_script_another_ends_with_one(town, browse):
    from spean.voices.models import Concern

    boss = browse("supervisor", town=town, java_script_enabled=False, accept_downloads=True)
    upload(boss, filled(taken_template(boss)))
    press(boss, "start")
    press(boss, "part")
    expect(boss.locator("[data-said]")).to_contain_text("៤")
    assert Concern.objects.count() == 4
    address = boss.url

    worker = browse("worker", town=town, width=1280)
    worker.goto(address.partition("?")[0])
    worker.wait_for_timeout(300)
    assert Concern.objects.count() == 4  # nothing goes on by itself before somebody says so
    press(worker, "part")
    expect(worker.locator(".alert-success")).to_be_visible(timeout=30_000)
    assert Concern.objects.count() == ROWS

    upload(boss, filled(taken_template(boss)), name="មួយទៀត")
    boss.locator('form[action$="/discard/"]').locator("xpath=ancestor::details/summary").click()
    press(boss, "discard")
    expect(boss.locator("main ol > li")).to_have_count(2)


def taken_template(page: Page) -> bytes:
    page.goto(at("desk:import_new"))
    return taken(page, "template/xlsx")
