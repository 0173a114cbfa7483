"""A referral in two browsers: agreed to, offered without a name, accepted, handed over, opened, and taken back by the person."""

import pytest
from playwright.sync_api import Page, expect

from journeys.hands import at, fill

NEEDS = "គាត់ត្រូវការមេធាវី"


@pytest.fixture
def case(town):
    return town.case()


def offered(worker: Page, case, desk) -> str:
    """The person agrees, and it is offered; the address of the referral."""
    worker.goto(at("desk:case", case.pk))
    consent = worker.locator('form[action$="/consent/"]')
    consent.locator("xpath=ancestor::details/summary").click()
    for told in ("name", "needs"):
        consent.locator(f'[name=fields_told][value="{told}"]').check()
    fill(consent, purpose="referral", recipient=str(desk.organisation_id), how="thumb")
    consent.locator("button").click()

    worker.locator('a[href$="/refer/"]').click()
    fill(worker, need="law", desk=str(desk.pk))
    worker.locator("main form").first.locator("button").click()
    expect(worker.locator('[name=fields_told][value="story"]')).to_have_count(0)
    fill(worker, needs=NEEDS, urgency="day")
    worker.locator('form[action$="/refer/"] button').click()
    expect(worker.locator(".alert-success")).to_be_visible()
    return worker.url


def test_two_desks_and_a_person_who_takes_it_back(town, browse, case):
    worker = browse("worker", town=town)
    address = offered(worker, case, town.teams["partner"])

    other = browse("stranger", town=town, width=1280)
    other.goto(at("desk:today"))
    other.locator('main a[href*="box=received"]').first.click()
    other.locator("main ol a").first.click()
    expect(other.locator("main")).not_to_contain_text("Sophea")
    other.locator('form[action$="/accept/"] button').click()

    worker.goto(address)
    worker.locator('form[action$="/hand/"] button').click()
    other.reload()
    other.locator('form[action$="/open/"] button').click()
    for words in ("Chan Sophea", NEEDS):
        expect(other.locator("main")).to_contain_text(words)
    expect(other.locator("main")).not_to_contain_text("passport")

    worker.goto(at("desk:case_told", case.pk))
    expect(worker.locator("main")).to_contain_text(town.users["stranger"].name)
    worker.goto(at("desk:case", case.pk))
    worker.locator('form[action$="/withdraw/"] button').click()
    old = other.url
    other.goto(old.removesuffix("open/"))
    expect(other.locator("main")).not_to_contain_text("Sophea")
    expect(other.locator('form[action$="/open/"]')).to_have_count(0)
    expect(other.locator("main .alert-warning.max-w-none")).to_be_visible()
