"""A reader with two contracts and an offer decides, on a telephone without a script, in Khmer."""

import re

from playwright.sync_api import Page, expect

from bench import contracts as fixtures
from journeys.hands import at, words


def test_a_reader_pastes_two_contracts_and_decides(town, browse):
    bad, clean = (next(c for c in fixtures.contracts("km") if bool(c.raises) is flags) for flags in (True, False))
    page = browse(java_script_enabled=False)
    page.goto(at("public:home"))
    page.locator(f'main a[href="{at("public:contract")}"]').click()

    check(page, bad.text)
    expect(page.locator("main ol > li")).to_have_count(len(bad.raises | {f for f in bad.may_raise if f in raised(bad.text)}))
    for item in page.locator("main ol > li").all():
        expect(item.locator("mark").first).to_be_visible()
        expect(item).to_contain_text(words("What to ask:"))
    page.locator("main ol > li a").first.click()
    assert page.url.endswith("#w1")
    expect(page.locator("#w1 + mark")).to_be_in_viewport()

    page.locator("main details summary").click()
    check(page, clean.text)
    expect(page.get_by_text(words("None of what we look for was found. Have a person read it."))).to_be_visible()
    expect(page.locator("main ol")).to_have_count(0)
    expect(page.get_by_text(words("Have a person read it"), exact=True)).to_be_visible()
    assert page.context.cookies() == []


def test_a_reader_asks_about_an_offer_and_tells_us(town, browse):
    page = browse(java_script_enabled=False)
    page.goto(at("public:home"))
    page.locator(f'main a[href="{at("public:offer")}"]').click()
    for name, answer in {"wage": "yes", "online": "yes", "travel_paid": "yes", "employer": "unknown"}.items():
        page.locator(f'[name="{name}"][value="{answer}"]').check()
    page.locator("main [name=check]").click()
    expect(page.get_by_text(words("Do not go yet. Speak with somebody whom you trust first."))).to_be_visible()
    expect(page.get_by_text(words("Three or more signs together are a reason to stop."))).to_be_visible()
    page.locator(f'main form[action="{at("public:report")}"] [name=show]').click()
    expect(page.locator("[name=told]")).to_have_value(re.compile(re.escape(words("The check of a job offer found this:"))))


def check(page: Page, text: str) -> None:
    """Paste and press the button."""
    page.locator("main [name=text]").fill(text)
    page.locator("main [name=check]").click()


def raised(text: str) -> set[str]:
    """What the engine raises in it."""
    from spean.checks import contract

    return {f.code for f in contract.check(text).findings}
