"""A case in a real browser: from a concern, with a task and a note, opened by a supervisor who says why, and closed by two."""

import pytest
from playwright.sync_api import expect

from journeys.hands import act, at, fill

TOLD = "ថៅកែកាន់លិខិតឆ្លងដែនខ្ញុំ"
NOTE, WORD = "គាត់សុខសប្បាយ", "ខ្ញុំនៅផ្ទះហើយ"


@pytest.fixture
def concern(town):
    return town.concern(told=TOLD, read=True, contact={"name": "សុភា", "phone": "012 345 678", "may_call": "no"})


def test_one_person_from_a_concern_to_the_end(town, browse, concern):
    worker = browse("worker", town=town)
    worker.goto(at("desk:concern", concern.pk))
    worker.locator('a[href*="/cases/new/"]').evaluate("a => a.closest('details').open = true")
    worker.locator('a[href*="/cases/new/"]').click()
    expect(worker.locator("[name=story]")).to_have_value(TOLD)
    fill(worker, sex="man", age="25-59", country="TH", risk="high", name_latin="Demo Fisher")
    worker.locator("main [name=send]").click()
    expect(worker.locator("h1")).to_have_text("C-០០០១")
    expect(worker.locator("main")).to_contain_text(TOLD)
    address = worker.url

    act(worker, "task", kind="papers", text="សុំលិខិតឆ្លងដែនវិញ", response="day")
    act(worker, "note", kind="call", text=NOTE)
    worker.locator('form[action$="/task_done/"] button').click()
    expect(worker.locator('form[action$="/task_done/"]')).to_have_count(0)
    act(worker, "ask_close", reason="reached", text=WORD)

    supervisor = browse("supervisor", town=town, width=1280)
    supervisor.goto(address)
    expect(supervisor.locator("main")).not_to_contain_text(TOLD)
    supervisor.locator('input[value="review"]').check()
    supervisor.locator('form[action$="/open/"] button').click()
    for words in (TOLD, NOTE, WORD):
        expect(supervisor.locator("main")).to_contain_text(words)
    supervisor.goto(address)
    supervisor.locator('form[action$="/close/"] button').click()
    expect(supervisor.locator("main")).to_contain_text("C-០០០១")
    expect(supervisor.locator('form[action$="/reopen/"]')).to_have_count(1)

    worker.goto(address)
    expect(worker.locator(".timeline").last).to_contain_text(town.users["supervisor"].name)
