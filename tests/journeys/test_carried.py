"""From the answer about a photographed contract to people who help: on a telephone without a script, and with one."""

import pytest
from playwright.sync_api import Page, expect

from bench import photographs
from journeys.hands import at, fill, words
from journeys.test_accessible import look
from journeys.test_photos import png, send

OWN = "មេខ្យល់សុខា PLANTED"
TEXT = "The employer keeps the passport of the worker.\n" * 3
QUOTED = "employer keeps the passport"


def answered(page: Page, language: str, pages: int = 2) -> str:
    """Photos are sent and read; the address of their answer."""
    sheet = png(photographs.pages(TEXT, "en")[0].crop((0, 60, 1190, 400)))
    page.goto(at("public:photos", language=language))
    send(page, [{"name": f"{n}.png", "mimeType": "image/png", "buffer": sheet} for n in range(pages)])
    expect(page.locator("main svg rect").first).to_be_visible()
    return page.url


def onward(page: Page, name: str, language: str) -> None:
    """Press the button that leads there."""
    page.locator(f'main form[action="{at(name, language=language)}"] [name=show]').click()
    expect(page.locator("main [name=send]")).to_be_visible()


@pytest.mark.parametrize(("language", "script"), [("km", False), ("en", True)])
def test_a_photographed_contract_reaches_the_team(town, browse, language, script):
    from spean.collect.models import Reading

    page = browse(java_script_enabled=script)
    address = answered(page, language)
    onward(page, "public:report", language)
    told = page.locator("[name=told]").input_value()
    assert QUOTED in told
    expect(page.locator("main [name=page]:checked")).to_have_count(2)
    expect(page.locator("main #pages img").first).to_be_visible()
    page.locator("main [name=page]").nth(1).uncheck()
    fill(page, told=f"{OWN}\n{told}", kind="agency")
    page.locator("main [name=send]").click()
    expect(page.locator(".receipt-code").first).to_be_visible()
    assert Reading.objects.count() == 0
    assert page.goto(address).status == 404
    assert page.context.cookies() == []
    the_team_reads_it(browse("worker", town=town, width=1280))


def the_team_reads_it(desk: Page) -> None:
    """The words, what was found, and the page's picture."""
    from spean.voices.models import Concern

    desk.goto(at("desk:concern", Concern.objects.get().pk))
    expect(desk.locator("blockquote").first).to_contain_text(OWN)
    expect(desk.locator("blockquote").first).to_contain_text(QUOTED)
    pictures = desk.locator('main img[src*="/files/"], main img[src*="file"]')
    expect(pictures).to_have_count(1)
    assert pictures.first.evaluate("img => img.decode().then(() => img.naturalWidth)") > 500


@pytest.mark.parametrize("language", ["km", "en"])
def test_its_pages_can_be_read_and_used(town, browse, language):
    """As every page is looked at: axe, widths, sizes, targets."""
    page, wrong = browse(), {}
    address = answered(page, language)
    wrong["answer"] = look(page, public=True)
    onward(page, "public:plan", language)
    wrong["plan"] = look(page, public=True)
    page.goto(address)
    onward(page, "public:report", language)
    wrong["report"] = look(page, public=True)
    gone = browse()
    gone.goto(address)
    onward(gone, "public:report", language)
    page.locator("main [name=send]").click()
    expect(page.locator(".receipt-code").first).to_be_visible()
    wrong["saved"] = look(page, public=True)
    gone.locator("main [name=send]").click()
    expect(gone.get_by_text(words("Not saved yet.", language))).to_be_visible()
    assert QUOTED in gone.locator("[name=told]").input_value()
    wrong["gone"] = look(gone, public=True)
    for name, button in (("contract", "check"), ("offer", "check")):
        page.goto(at(f"public:{name}", language=language))
        fill(page, **({"text": TEXT} if name == "contract" else {"fee": "yes"}))
        page.locator(f"main [name={button}]").first.click()
        expect(page.locator("#onward")).to_be_visible()
        wrong[name] = look(page, public=True)
        onward(page, "public:report", language)
        wrong[f"{name} report"] = look(page, public=True)

    assert {name: said for name, said in wrong.items() if said} == {}
