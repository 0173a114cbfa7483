"""From what a person needs to a plan that another person approves, on a telephone in Khmer, without a script."""

from playwright.sync_api import expect

from journeys.hands import at, fill, words


def test_what_is_needed_becomes_tasks(town, browse):
    case = town.case()
    page = browse("worker", town=town, java_script_enabled=False)
    page.goto(at("desk:case", case.pk))
    page.locator(f'main a[href="{at("desk:assessment_new", case.pk)}"]').click()
    fill(page, need_life="now", need_bed="now", need_learn="later", words="ចង់រៀនជួសជុលម៉ូតូ PLANTED")
    page.locator("main [name=propose]").click()
    expect(page.locator("main [name=taken]").first).to_be_checked()  # the danger, first
    page.locator('main [name=taken][value="learn"]').check()
    page.locator("main [name=keep]").click()
    expect(page.locator(".alert-success")).to_be_visible()
    assert sorted(case.tasks.values_list("kind", flat=True)) == ["counsel", "work"]
    page.locator(f'main a[href*="/{case.pk}/needs/"]').first.click()
    expect(page.get_by_text("PLANTED")).to_be_visible()
    expect(page.get_by_text(words("became a task")).first).to_be_visible()
