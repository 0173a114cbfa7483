"""Is this recruiter licensed? A manager brings the ministry's list in, a second person publishes it, a reader finds it."""

from pathlib import Path

from collect.books import workbook
from playwright.sync_api import expect

from journeys.hands import at, fill, words

NAME, LATIN = "ទីភ្នាក់ងារសាកល្បង ផ្កាយ", "Demo Agency Star Co., Ltd."
SHEET = {
    "បញ្ជី ២០២៦": [
        ["ព្រះរាជាណាចក្រកម្ពុជា", None, None, None, None],
        ["ល.រ", "ឈ្មោះក្រុមហ៊ុន", None, "លេខអាជ្ញាបណ្ណ", "ទូរស័ព្ទ"],
        [None, "ជាភាសាខ្មែរ", "ជាអក្សរឡាតាំង", None, None],
        ["១", NAME, LATIN, "០១២/២០២៦", "០១២ ៣១១ ១១២"],
        [None, None, None, None, "077 455 516"],
        ["២", "ទីភ្នាក់ងារសាកល្បង ព្រះច័ន្ទ", "Demo Agency Moon", "០១៣/២០២៦", None],
        ["ផ្ញើទៅម៉ាឡេស៊ី", None, None, None, None],
    ]
}
MERGED = {"បញ្ជី ២០២៦": ["A1:E1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "A7:E7"]}


def ask(page, what):
    """Search a recruiter."""
    page.goto(at("public:recruiters"))
    page.locator("[name=q]").fill(what)
    page.locator("main form[role=search] button").click()
    expect(page.locator("#found")).to_be_visible()


def bring_in(page, sheet: Path):
    """Upload the list of the ministry and confirm it."""
    page.goto(at("desk:recruiters"))
    page.locator(f'main a[href="{at("desk:recruiter_lists")}"]').click()
    page.locator(f'main a[href="{at("desk:recruiter_list_new")}"]').click()
    fill(page, source="បញ្ជីទីភ្នាក់ងារ", listed_on="2026-01-05")
    page.locator("[name=sheet]").set_input_files(sheet)
    page.locator("main form[method=post] button").click()
    expect(page.locator('form[action$="/start/"]')).to_be_visible()


def test_from_an_offer_to_what_the_ministry_says(town, browse, tmp_path):
    from spean.directory.models import ListedRow, Recruiter

    sheet = tmp_path / "list.xlsx"
    sheet.write_bytes(workbook(SHEET, MERGED))
    reader, manager = browse(), browse("manager", town=town, width=1280)
    coordinator = browse("coordinator", town=town, width=1280)
    looks_from_an_offer(reader)
    bring_in(manager, sheet)  # merged cells, three lines that are two agencies and a title
    assert sorted(ListedRow.objects.values_list("verdict", flat=True)) == ["faulty", "new", "new"]
    assert Recruiter.objects.count() == 0
    proposes(manager)
    ask(reader, LATIN)
    expect(reader.locator("#found")).to_contain_text(words("It is not in our list."))
    publishes(coordinator)
    finds(reader)
    asks_for_a_correction(reader, Recruiter.objects.get(title_km=NAME).pk)
    coordinator.goto(at("desk:today"))
    coordinator.locator(f'main a[href="{at("desk:corrections")}"]').first.click()
    expect(coordinator.locator("main ol")).to_contain_text("អាសយដ្ឋានខុស")


def looks_from_an_offer(page):
    """Somebody was offered work; the offer's page leads here, and the list does not know the agency."""
    page.goto(at("public:offer"))
    page.locator('[name="visa"][value="yes"]').check()
    page.locator("main [name=check]").click()
    page.locator(f'main a[href="{at("public:recruiters")}"]').click()
    ask(page, LATIN)
    expect(page.locator("#found")).to_contain_text(words("It is not in our list."))


def proposes(page):
    """The manager looks at the new lines and lets them become proposals, which another person has to publish."""
    page.locator('main a[href="?kind=new"]').click()
    expect(page.locator("main")).to_contain_text(NAME)
    page.locator('form[action$="/start/"] button').click()
    expect(page.locator("main")).to_contain_text(words("The proposals wait for another manager or coordinator."))
    publish = words("I compared these lines with the list: publish them")
    expect(page.locator("main form button", has_text=publish)).to_have_count(0)


def publishes(page):
    """The coordinator compares the lines."""
    page.goto(at("desk:recruiter_lists"))
    page.locator("main ol a").click()
    page.locator('main a[href="?kind=new"]').click()
    page.locator('form[action$="/publish/"] button').click()
    expect(page.locator(".alert-success")).to_be_visible()


def finds(page):
    """By a name spelt otherwise, by the licence number, by the number that she was given, by a part in Khmer."""
    for asked in ("dimo ajency star", "012/2026", "០១២ ៣១១ ១១២", "ផ្កាយ"):
        ask(page, asked)
        expect(page.locator("#found h2").first).to_contain_text(NAME)
    expect(page.locator("#found")).to_contain_text(words("It has a licence, says the source below."))
    page.locator("#found h2 a").first.click()
    expect(page.locator("main")).to_contain_text("បញ្ជីទីភ្នាក់ងារ")
    expect(page.locator("main")).not_to_contain_text("311 112")


def asks_for_a_correction(page, recruiter):
    """She knows better."""
    page.locator(f'main a[href="{at("public:recruiter_correct", recruiter)}"]').click()
    fill(page, wrong="អាសយដ្ឋានខុស")
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text(words("Your request is kept"))


def test_the_same_list_again_says_that_nothing_is_new(town, browse, tmp_path):
    from spean.directory.models import LicenceClaim

    sheet = tmp_path / "list.xlsx"
    sheet.write_bytes(workbook(SHEET, MERGED))
    manager = browse("manager", town=town, width=1280)
    bring_in(manager, sheet)
    manager.locator('form[action$="/start/"] button').click()
    expect(manager.locator("main")).to_contain_text(words("The proposals wait for another manager or coordinator."))
    manager.goto(at("desk:recruiter_list_new"))
    fill(manager, source="បញ្ជីទីភ្នាក់ងារ", listed_on="2026-01-05")
    manager.locator("[name=sheet]").set_input_files(sheet)
    manager.locator("main form[method=post] button").click()
    expect(manager.locator("main")).to_contain_text(words("This list says nothing that we do not have."))
    assert LicenceClaim.objects.count() == 2
