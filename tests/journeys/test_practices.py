"""A partner that starts in another country finds a practice, asks, is answered, tries it, and tells that it did not work."""

from playwright.sync_api import expect

from journeys.hands import at, words
from tests.network.partners import NOON, join, published


def test_a_starting_partner_learns_from_another(town, browse):
    from spean.kernel import clock
    from spean.network.models import Trial

    join(town)
    with clock.at(NOON):
        practice = published(town)
    page = browse("starter", town=town, java_script_enabled=False)
    asked = found_and_asked(page, practice)
    other = browse("worker", town=town, width=1280)
    answered(other, practice)
    tried(page, asked)
    other.goto(at("desk:good_practice", practice))
    expect(other.get_by_text("Nobody answers unknown numbers")).to_be_visible()
    assert [(one.country, one.result, one.state) for one in Trial.objects.all()] == [("TH", "not", "told")]


def found_and_asked(page, practice):
    """By words and problem; with a question about it. Where it stands."""
    page.goto(at("desk:good_practices"))
    page.locator("[name=text]").fill("អ្នកស្ម័គ្រចិត្ត")
    page.locator("[name=problem]").select_option("fees")
    page.locator("form[role=search] button").click()
    page.locator(f'a[href="{at("desk:good_practice", practice)}"]').click()
    expect(page.get_by_text("អ្នកស្ម័គ្រចិត្តទូរស័ព្ទទៅគ្រួសារ")).to_be_visible()
    page.get_by_role("link", name=words("Ask about it")).click()
    expect(page.get_by_role("note")).to_be_visible()
    expect(page.locator("[name=problem]")).to_have_value("fees")
    page.locator("[name=title]").fill("How many calls a day?")
    page.locator("[name=words]").fill("Our volunteers have little credit")
    page.locator("main form .btn-primary").click()
    return page.url


def answered(other, practice):
    """By another organisation, from Today on, with the practice."""
    other.goto(at("desk:today"))
    other.locator('a.stat-cell[href*="view=unanswered"]').click()
    other.get_by_role("link", name="How many calls a day?").click()
    other.locator("[name=words]").fill("Ten, and the office pays")
    other.locator("[name=practice]").select_option(str(practice))
    other.locator('form[action$="/answer/"] button').click()
    expect(other.get_by_text("Ten, and the office pays")).to_be_visible()


def tried(page, asked):
    """The answer helped; it is tried in another country, and did not work."""
    page.goto(asked)
    page.get_by_role("button", name=words("It helped")).click()
    page.get_by_role("button", name=words("We know enough: close it")).click()
    page.get_by_role("listitem").get_by_role("link", name="ទូរស័ព្ទមុនចេញដំណើរ").click()
    page.get_by_role("link", name=words("We try it too")).click()
    page.locator("[name=country]").select_option("TH")
    page.locator("[name=changed]").fill("In Thai")
    page.locator("main form .btn-primary").click()
    page.get_by_role("link", name=words("Tell what came of it")).click()
    page.locator("[name=result][value=not]").check()
    page.locator("[name=sure][value=counted]").check()
    page.locator("[name=words]").fill("Nobody answers unknown numbers")
    page.locator("main form .btn-primary").click()
