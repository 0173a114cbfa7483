"""A reader photographs a contract on paper, on a telephone without a script: it is read, answered on the picture, and gone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench import contracts, photographs
from journeys.hands import at, words


@pytest.mark.parametrize(("language", "ours"), [("km", "km"), ("en", "en")])
def test_a_contract_on_paper_is_answered_on_its_picture(town, browse, tmp_path, language, ours):
    bad = next(c for c in contracts.contracts(ours) if c.raises)
    page = browse(java_script_enabled=False)
    page.goto(at("public:contract", language=language))

    send(page, photographs_of(bad.text, ours, tmp_path))
    expect(page.locator("main ol > li")).to_have_count(len(bad.raises))
    for item in page.locator("main ol > li").all():
        expect(item.locator("mark").first).to_be_visible()
        expect(item.locator("svg rect").first).to_be_visible()
    page.locator("main ol > li a").first.click()
    assert page.url.endswith("#w1")
    expect(page.locator("section > svg").first).to_be_in_viewport()

    text = page.locator("[name=page0]").input_value()
    page.locator("[name=page0]").fill("\n".join(text.splitlines()[:3]))
    page.locator("[name=page1]").fill("") if page.locator("[name=page1]").count() else None
    page.locator("main [name=check]").click()
    assert page.locator("main ol > li").count() < len(bad.raises)

    address = page.url
    page.locator("main [name=delete]").click()
    expect(page.get_by_text(words("Everything is deleted", language))).to_be_visible()
    assert page.goto(address).status == 404
    assert page.context.cookies() == []


def photographs_of(text: str, language: str, folder: Path) -> list[Path]:
    """A photo of each page, taken by hand over a table."""
    paths = []
    for n, sheet in enumerate(photographs.pages(text, language)):
        paths.append(folder / f"{n}.jpg")
        paths[-1].write_bytes(photographs.taken(sheet, "camera", f"{language}{n}").jpeg())
    return paths


def send(page: Page, paths: list[Path]) -> None:
    """Choose them all and press the button; they are read at once here."""
    page.locator("[name=photos]").set_input_files(paths)
    page.set_default_timeout(120_000)
    page.locator("main [name=read]").click()
    page.set_default_timeout(15_000)
