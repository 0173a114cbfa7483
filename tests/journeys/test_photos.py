"""A reader photographs a contract on paper, on a telephone without a script: it is read, answered on the picture, and gone."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from bench import contracts, photographs
from journeys.hands import at, words
from journeys.test_accessible import look, post


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


@pytest.mark.parametrize("language", ["km", "en"])
def test_its_pages_can_be_read_and_used(town, browse, language):
    """As every page is looked at: axe, widths, sizes, targets."""
    page, wrong = browse(), {}
    page.goto(at("public:photos", language=language))
    wrong["photos"] = look(page, public=True)
    post(page, button="main [name=read]")
    wrong["none chosen"] = look(page, public=True)
    written = photographs.pages("The employer keeps the passport of the worker.\n" * 3, "en")[0].crop((0, 60, 1190, 400))
    both = (png(written), png(Image.effect_noise((600, 800), 90)))
    send(page, [{"name": f"{n}.png", "mimeType": "image/png", "buffer": each} for n, each in enumerate(both)])
    expect(page.locator("main svg rect").first).to_be_visible()
    wrong["answer"] = look(page, public=True)
    post(page, button="main [name=delete]")
    wrong["deleted"] = look(page, public=True)
    page.route("**/contract/photos/*/", without_refresh)
    page.goto(at("public:photographed", in_the_queue(), language=language))
    expect(page.locator("main progress")).to_be_visible()
    wrong["waiting"] = look(page, public=True)

    assert {name: said for name, said in wrong.items() if said} == {}


def in_the_queue() -> str:
    """The address of a page that waits behind another."""
    from spean.collect import operations
    from spean.collect.models import Reading
    from spean.collect.pages import Sent
    from spean.kernel import clock

    empty = Sent("png", 1, png(Image.new("L", (500, 500), 255)))
    tokens = [operations.take([empty], uuid4()) for _n in range(2)]
    for token in tokens:
        Reading.objects.filter(locator=operations.locator_of(token)).update(read=0, queued_at=clock.now())
    return tokens[1]


def without_refresh(route: Route) -> None:
    """The same answer, without the header that opens it again while it is looked at."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={k: v for k, v in answer.headers.items() if k != "refresh"})


def png(image: Image.Image) -> bytes:
    """As it is sent."""
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def photographs_of(text: str, language: str, folder: Path) -> list[Path]:
    """A photo of each page, taken by hand over a table."""
    paths = []
    for n, sheet in enumerate(photographs.pages(text, language)):
        paths.append(folder / f"{n}.jpg")
        paths[-1].write_bytes(photographs.taken(sheet, "camera", f"{language}{n}").jpeg())
    return paths


def send(page: Page, paths: list[Any]) -> None:
    """Choose them all and press the button; they are read at once here."""
    page.locator("[name=photos]").set_input_files(paths)
    page.set_default_timeout(120_000)
    page.locator("main [name=read]").click()
    page.set_default_timeout(15_000)
