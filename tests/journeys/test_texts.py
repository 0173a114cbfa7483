"""An editor writes a text, a second person publishes it, and the reader sees it; without a script too; every page can be used."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from journeys.hands import at, fill, words
from journeys.test_accessible import look


@pytest.fixture
def library(town):
    """The files as they are loaded."""
    from spean.library.operations.loading import load

    load()
    return town


def _find(page, words_of_title):
    page.goto(at("desk:texts"))
    page.locator("[name=q]").fill(words_of_title)
    page.locator("[name=q]").press("Enter")
    page.locator("main ol a").first.click()


@pytest.mark.parametrize("script", [True, False])
def test_an_editor_writes_a_second_publishes_and_the_reader_sees(library, browse, script):
    page = browse("manager", town=library, width=1280, java_script_enabled=script)
    _find(page, "malaysia")
    page.locator('main a[href$="/change/"]').click()
    first = page.locator("[name=step-0-title_km]").input_value()
    page.locator('[name=do][value="down-0"]').click()
    expect(page.locator("[name=step-1-title_km]")).to_have_value(first)
    page.locator('[name=do][value="add-1"]').click()
    fill(page, **{"step-1-title_km": "សួរអ្នកដែលធ្លាប់ទៅ", "step-1-title_en": "Ask somebody who has been there"})
    fill(page, **{"step-1-text_km": "ប្រាក់ឈ្នួល៖", "step-1-text_en": "The wage:", "fact": "my.wage", "into": "step-1"})
    page.locator('[name=do][value="fact"]').click()
    expect(page.locator("[name=step-1-text_en]")).to_have_value("The wage: [[Lowest wage in Malaysia]]")
    page.locator("main [name=preview]").first.click()
    expect(page.locator("main")).to_contain_text(words("Preview: readers do not see this."))
    expect(page.locator("main")).to_contain_text("សួរអ្នកដែលធ្លាប់ទៅ")
    page.locator('main a[href$="/change/"]').click()
    page.locator("main [name=send]").first.click()
    expect(page.locator(".alert-success")).to_be_visible()
    expect(page.locator('form[action$="/publish/"]')).to_have_count(0)
    address = page.url

    reader = browse(java_script_enabled=script)
    reader.goto(at("public:way", "malaysia"))
    expect(reader.locator("main")).not_to_contain_text("សួរអ្នកដែលធ្លាប់ទៅ")

    second = browse("coordinator", town=library, width=1280, java_script_enabled=script)
    second.goto(address)
    expect(second.locator("main ins").filter(has_text="សួរអ្នកដែលធ្លាប់ទៅ")).to_be_visible()
    second.locator('form[action$="/publish/"] button').click()
    expect(second.locator(".alert-success")).to_be_visible()

    reader.reload()
    expect(reader.locator("main")).to_contain_text("សួរអ្នកដែលធ្លាប់ទៅ")


def test_a_broken_mark_is_named_beside_its_text_and_nothing_typed_is_lost(library, browse):
    page = browse("manager", town=library, width=1280)
    _find(page, "malaysia")
    page.locator('main a[href$="/change/"]').click()
    fill(page, lede_km="ពាក្យថ្មី", **{"step-3-text_km": "តម្លៃ [[ប្រាក់ឈ្នួល"})
    page.locator("main [name=draft]").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator('[id="id_step-3-text_km_error"]')).to_contain_text("[[ប្រាក់ឈ្នួល")
    expect(page.locator("[name=lede_km]")).to_have_value("ពាក្យថ្មី")


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_page_of_texts_can_be_read_and_used(library, browse, language):
    from spean.library.models import Text
    from spean.library.operations import texts

    way = Text.objects.get(kind="way", slug="malaysia")
    body = {**way.versions.get().body, "title_en": "Another title", "title_km": "ចំណងជើងថ្មី"}

    made = texts.write(library.actor("manager"), way.id, body, uuid4())
    texts.propose(library.actor("manager"), way.id, made.number)
    texts.write(library.actor("coordinator"), way.id, {**body, "steps": body["steps"][:2]}, uuid4())
    law = Text.objects.get(kind="law", slug="agreed")
    pages = [
        ("texts", ()),
        ("text", (way.id,)),
        ("text_change", (way.id,)),
        ("text_compare", (way.id,)),
        ("text_version", (way.id, 2)),
    ]
    pages += [("text_media", (way.id,)), ("text_part", (way.id, 1)), ("text_part", (law.id, 0))]
    pages += [("text_new", ("way",)), ("text_new", ("law",)), ("text_version", (law.id, 1)), ("text", (law.id,))]
    page, wrong = browse("coordinator", town=library), {}
    for name, args in pages:
        page.goto(at(f"desk:{name}", *args, language=language))
        for problem in look(page, public=False, contrast=language == "km"):
            wrong.setdefault(problem, []).append(f"{name} {args}")
    page.goto(at("desk:text_new", "way", language=language))
    page.locator("main [name=send]").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert (wrong, look(page, public=False)) == ({}, [])


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_sheet_of_facts_can_be_looked_at_and_used(library, browse, language):
    from spean.library import sheet

    told = dict.fromkeys(sheet.COLUMNS, "a") | {
        "key": "my.wage",
        "subject": "my.wage",
        "unit": "usd",
        "amount": "1",
        "as_of": "2026",
        "valid_until": "",
    }
    rows = [list(sheet.COLUMNS), [told[n] for n in sheet.COLUMNS], ["A bad key", *sheet.COLUMNS[1:]]]
    lines = "\n".join(",".join(row) for row in rows)
    page = browse("manager", town=library)
    page.goto(at("desk:facts_import", language=language))
    page.locator("[name=sheet]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": lines.encode()})
    page.locator("main form[enctype] button").click()
    expect(page.locator("main ol li")).to_have_count(2)
    assert look(page, public=False) == []


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_sheet_of_texts_can_be_looked_at_and_used(library, browse, language):
    lines = "key,km,en,version\nway.malaysia.title,ក,A,1\nway.mars.title,ក,A,1\n"
    page = browse("manager", town=library)
    page.goto(at("desk:texts_import", language=language))
    page.locator("[name=sheet]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": lines.encode()})
    page.locator("main form[enctype] button").click()
    expect(page.locator("main ol li")).to_have_count(2)
    assert look(page, public=False) == []
