"""A fisher in Thailand comes home: the partner there says that the travel paper is issued, and our case worker sees it."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from journeys.hands import at, fill, words
from spean.kernel import clock

PAPER = "លិខិតធ្វើដំណើរ"


def agreed_and_offered(town, case):
    """The person agreed that the way home is seen; it is offered to the desk over there. Its id."""
    from uuid import uuid4

    from spean.cases.operations import consent, homecoming, referring

    worker, desk, until = town.actor("worker"), town.teams["partner"], clock.today() + timedelta(days=30)
    told = frozenset({"name", "way"})
    homecoming.plan(worker, case.pk, "TH", homecoming.Planned("official", where="ទៅជួបម្ដាយមីង PLANTED"), uuid4())
    consent.give(worker, case.pk, consent.Given("return", told, until, "thumb", recipient=desk.organisation_id), uuid4())
    return referring.offer(worker, case.pk, referring.Offer(desk.pk, "service", "home", "days", told, until), uuid4())


def test_the_travel_paper_is_issued_over_there_and_seen_here(town, browse):
    case = town.case(country="TH")
    pk = agreed_and_offered(town, case)
    there = browse("stranger", town=town)
    there.goto(at("desk:referral", pk))
    expect(there.locator(f'a[href="{at("desk:referral_way", pk)}"]')).to_have_count(0)
    there.locator('form[action$="/accept/"] button').click()
    here = browse("worker", town=town, java_script_enabled=False)
    here.goto(at("desk:referral", pk))
    here.locator('form[action$="/hand/"] button').click()

    there.goto(at("desk:referral", pk))
    there.locator(f'a[href="{at("desk:referral_way", pk)}"]').click()
    expect(there.locator(".route-dot")).to_have_count(18)
    expect(there.locator("main")).not_to_contain_text("PLANTED")
    there.locator("main li a", has_text=PAPER).first.click()
    fill(there, word="done", day=clock.today().isoformat())
    there.locator("main form button").click()
    expect(there.locator(".alert-success")).to_be_visible()

    here.goto(at("desk:case", case.pk))
    expect(here.locator("[aria-labelledby=tasks]")).to_contain_text(words("See what a partner said of the way home"))
    expect(here.locator(".timeline")).to_contain_text(town.users["stranger"].name)
    here.goto(at("desk:case_home", case.pk))
    paper = here.locator("li", has=here.get_by_role("link", name=re.compile(rf"^[០-៩]+\. {PAPER}$"))).last
    expect(paper).to_contain_text(words("Done: %(day)s").split("%")[0])
    expect(paper).to_contain_text(town.teams["partner"].name_km)

    here.goto(at("desk:referral", pk))
    here.locator('form[action$="/call_back/"] button').click()
    there.reload()
    expect(there.locator("main")).not_to_contain_text(PAPER)
