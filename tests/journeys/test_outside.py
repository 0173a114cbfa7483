"""An organisation without an account: looked at beforehand, a code is told, and a telephone without scripts opens it once."""

import re

from playwright.sync_api import Page, expect

from journeys.hands import at, fill
from spean.kernel.text import latin_digits

NEEDS, NAMED = "គាត់ត្រូវការគ្រែមួយ", "ផ្ទះសាកល្បង"


def test_a_link_and_a_spoken_code_open_it_once(town, browse):
    case = town.case()
    worker, other = browse("worker", town=town), browse(java_script_enabled=False)
    address, link, code = _hand_out(worker, case)

    assert len(re.sub(r"\D", "", latin_digits(code))) == 18
    _open_once(other, link, code)
    assert other.context.cookies() == []

    worker.goto(address)
    expect(worker.locator("main p.alert.max-w-none")).to_be_visible()
    worker.goto(at("desk:case_told", case.pk))
    expect(worker.locator("main")).to_contain_text(NAMED)


def _hand_out(worker: Page, case) -> tuple[str, str, str]:
    """What the person agreed to, asked for and looked at: (the referral's page, the link, the code to say)."""
    worker.goto(at("desk:case", case.pk))
    consent = worker.locator('form[action$="/consent/"]')
    consent.locator("xpath=ancestor::details/summary").click()
    for told in ("name", "needs"):
        consent.locator(f'[name=fields_told][value="{told}"]').check()
    fill(consent, purpose="referral", named=NAMED, how="thumb")
    consent.locator("button").click()
    worker.locator('a[href$="/refer/"]').click()
    worker.locator('a[href$="/refer/outside/"]').click()
    worker.locator("[name=desk]").select_option(label=NAMED)
    fill(worker, need="shelter")
    worker.locator("main form").first.locator("button").click()
    fill(worker, needs=NEEDS, urgency="day", call="ដារ៉ា ០១២ ០០០ ១១១")
    worker.locator('form[action$="/refer/outside/"] button').click()
    worker.locator('form[action$="/preview/"] button').click()
    for words in ("Chan Sophea", NEEDS, "ដារ៉ា"):
        expect(worker.locator("main dl").first).to_contain_text(words)
    address = worker.url.removesuffix("preview/")
    worker.locator('form[action$="/hand_out/"] button').click()
    return address, worker.locator("main ol code").inner_text(), worker.locator("main ol strong").inner_text()


def _open_once(other: Page, link: str, code: str) -> None:
    """Without an account: nothing before the code; then what was agreed to, and an answer."""
    other.goto(link)
    expect(other.locator("main")).not_to_contain_text("Sophea")
    other.locator("[name=code]").fill(code)
    other.locator("main button").click()
    for words in ("Chan Sophea", NEEDS, "ដារ៉ា"):
        expect(other.locator("main")).to_contain_text(words)
    expect(other.locator("main")).not_to_contain_text("passport")
    other.locator('button[value="serve"]').click()
    expect(other.locator("main")).not_to_contain_text("Sophea")
