"""A volunteer asks a few safe questions on a telephone without a script; the team reads the answers, the volunteer what to do."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from journeys.hands import at, fill, send, words

if TYPE_CHECKING:  # this file is read before Django is ready
    from town import Town

pytestmark = pytest.mark.journey
GATE = {"gate_alone": "yes", "gate_willing": "yes", "gate_language": "yes"}
TOLD = "គាត់ខ្លាចថៅកែ"


def begin(page: Page, language: str, **gate: str) -> None:
    page.goto(at("desk:today", language=language))
    page.locator(f'main a[href="{at("desk:triage", language=language)}"]').click()
    fill(page, **gate)
    page.locator("main [name=begin]").click()


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_volunteer_asks_and_the_team_reads(town: "Town", browse: Callable[..., Page], language: str) -> None:
    volunteer, worker = browse("volunteer", town=town, java_script_enabled=False), browse("worker", town=town, width=1280)
    begin(volunteer, language, **GATE)
    volunteer.locator("[name=urgent][value=confined]").check()
    fill(volunteer, ask_papers="yes", ask_free="no", ask_debt="refused", told=TOLD, answer_wish="phone", phone="០១២ ៣៤៥ ៦៧៨")
    send(volunteer)  # nothing says what it is about, nor that the number may be called
    expect(volunteer.get_by_role("alert")).to_be_visible()
    expect(volunteer.locator("[name=ask_debt][value=refused]")).to_be_checked()
    expect(volunteer.locator("[name=urgent][value=confined]")).to_be_checked()
    fill(volunteer, kind="documents_kept", may_call="yes", hours="ពេលល្ងាច")
    send(volunteer)
    expect(volunteer.get_by_role("status")).to_contain_text(words("Tell the team now", language))
    for hidden in (TOLD, "012 345 678", "ពេលល្ងាច"):
        assert hidden not in volunteer.content()
    volunteer.locator(f'main a[href="{at("desk:reports", language=language)}"]').click()
    volunteer.locator("main ol a").first.click()
    assert TOLD not in volunteer.content()

    worker.goto(at("desk:inbox", language=language) + "?view=danger")
    worker.locator("main ol a").first.click()
    told = worker.locator("section[aria-labelledby=told] blockquote")
    expect(told).to_contain_text(words("Triage by a volunteer, version %(version)s", language).partition("%")[0])
    expect(told).to_contain_text(f"({words('strong sign', language)})")
    expect(told).to_contain_text(TOLD)
    lines = told.inner_text().split("\n")
    assert len([line for line in lines if line.startswith("•")]) == 1 + 3
    expect(worker.locator("section[aria-labelledby=contact]")).to_contain_text("012 345 678")


def test_where_it_is_not_safe_nobody_asks(town: "Town", browse: Callable[..., Page]) -> None:
    page = browse("volunteer", town=town, java_script_enabled=False)
    begin(page, "km", **{**GATE, "gate_alone": "no"})

    expect(page.locator("h1")).to_have_text(words("Do not ask more now"))
    expect(page.locator("[name^=ask_]")).to_have_count(0)
    page.locator(f'main a[href="{at("desk:report_new")}"]').click()
    expect(page).to_have_url(re.compile(r"/reports/new/$"))
