"""An issue climbs all four levels in a real browser: passed up, one level passed over, one silent, kept at the top."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import translation
from playwright.sync_api import expect

from journeys.hands import act, at
from spean.kernel import clock

PROMISE = "ក្រសួងនឹងបញ្ជាឲ្យទីភ្នាក់ងារប្រគល់លិខិតឆ្លងដែនវិញ។"
CANNOT = "ឃុំគ្មានអំណាចលើទីភ្នាក់ងារនៅភ្នំពេញ។"


@pytest.fixture
def levels(town):
    """A committee on each level."""
    from town import add_levels

    add_levels(town)
    return town


def on_day(day):
    """Noon of that day."""
    return clock.at(datetime.combine(day, time(12), tzinfo=clock.PHNOM_PENH))


def test_a_voice_climbs_from_the_commune_to_the_nation_and_comes_back(levels, browse):
    from spean.voices.models import Issue
    from spean.voices.operations import ladder

    town = levels
    concern = town.concern(read=True, sex="woman")
    issue = town.issue("raised", concerns=(concern.pk,))
    address = at("desk:issue", issue.pk)

    # an official of the district is complained of: the team passes that level over
    worker = browse("worker", town=town, width=1280)
    worker.goto(address)
    act(worker, "avoid", level="district")

    # the village counts hands
    volunteer = browse("volunteer", town=town)
    volunteer.goto(address)
    act(volunteer, "tally", on=str(clock.today()), women="១៤", poor="៣")
    expect(volunteer.locator("main")).to_contain_text("១៥")  # with the woman who told the concern

    # the commune cannot act and passes it up
    focal = browse("focal", town=town)
    focal.goto(address)
    expect(focal.locator("main")).to_contain_text("១៥")
    act(focal, "lift", why_not="not_competent", what=CANNOT)
    expect(focal.locator('form[action$="/commit/"]')).to_have_count(0)  # it still reads it, and answers no more
    assert _said_of_complaint(focal) == []

    # the district never hears of it; the province sees the commune's reason, and stays silent
    district, province = browse("district", town=town), browse("province", town=town)
    assert district.goto(address).status == 404
    district.goto(at("desk:issues"))
    expect(district.locator("main")).not_to_contain_text(issue.title_km)
    province.goto(address)
    expect(province.locator("main")).to_contain_text(CANNOT)
    assert _said_of_complaint(province) == []
    issue = Issue.objects.get(pk=issue.pk)
    with on_day(issue.due_on - timedelta(days=1)):
        assert ladder.day() == (1, 0)
    with on_day(issue.climbs_on):
        assert ladder.day() == (0, 1)

    # the nation promises and keeps it; the village confirms
    nation = browse("country", town=town)
    nation.goto(address)
    act(nation, "commit", what=PROMISE, office="other", until=str(clock.today() + timedelta(days=40)))
    act(nation, "finish", note=PROMISE)
    volunteer.goto(address)
    act(volunteer, "read-back", outcome="confirmed", women="12", men="7")

    # the team sees the whole ladder, with the level passed over and why
    worker.goto(address)
    with translation.override("km"):
        from spean.voices.enums import Why

        expect(worker.locator(".ladder")).to_contain_text(str(Why.COMPLAINED_OF.label))
    expect(worker.locator(".ladder li.reached")).to_have_count(4)  # village, commune, province, nation
    expect(worker.locator(".ladder li[aria-current]")).to_have_count(1)
    assert len(re.findall("<li", worker.locator(".timeline").last.inner_html())) >= 8


def _said_of_complaint(page) -> list[str]:
    from spean.voices.enums import Why

    with translation.override("km"):
        return [w for w in (str(Why.COMPLAINED_OF.label),) if w in page.content()]
