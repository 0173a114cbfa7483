"""A way home on a telephone without a script: planned, its steps written down, set out, come home."""

import re

from playwright.sync_api import Page, expect

from journeys.hands import at, fill, words


def written(page: Page, name: str, **step: str) -> None:
    """Open the step by its number and name, mark how it stands, and keep it."""
    page.get_by_role("link", name=re.compile(rf"^[០-៩]+\. {name}$")).click()
    fill(page, **step)
    page.locator("main form button").click()


def test_a_person_comes_home(town, browse):
    case = town.case(country="TH")
    page = browse("worker", town=town, java_script_enabled=False)
    page.goto(at("desk:case", case.pk))
    form = page.locator('form[action$="/way_plan/"]')
    page.locator("details", has=form).locator("summary").click()
    form.locator("[name=where]").fill("ទៅជួបម្ដាយមីង PLANTED")
    form.locator("button").click()
    page.locator(f'main a[href="{at("desk:case_home", case.pk)}"]').click()
    expect(page.get_by_text("PLANTED")).to_be_visible()
    assert page.locator(".route-dot").count() == 18
    written(page, "សាមីខ្លួនយល់ព្រមមកផ្ទះ ហើយបានមើលថាមានគ្រោះថ្នាក់អ្វី", state="done", text="គាត់ចង់មកវិញ")
    expect(page.locator("#step-6")).to_contain_text("គាត់ចង់មកវិញ")
    for verb in ("way_set_out", "way_arrive"):
        page.goto(at("desk:case", case.pk))
        page.locator(f'form[action$="/{verb}/"] button').click()
    assert case.ways.get().state == "arrived"
    expect(page.get_by_text(words("Has come home")).first).to_be_visible()
