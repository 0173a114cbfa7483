"""From what a person needs to a plan that another person approves, on a telephone in Khmer, without a script."""

from playwright.sync_api import expect

from journeys.hands import act, at, fill, words


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


def test_a_plan_is_approved_by_another(town, browse):
    case = town.case()
    page = browse("worker", town=town, java_script_enabled=False)
    page.goto(at("desk:care_plan", case.pk))
    act(page, "wish", text="ចង់មានហាងជួសជុលម៉ូតូ PLANTED")
    act(page, "goal", domain="work", words="រៀនជួសជុលម៉ូតូចប់", target_on="2099-01-01", payer="us")
    page.locator('form[action$="/submit/"] button').click()
    second = browse("supervisor", town=town, width=1280, java_script_enabled=False)
    second.goto(at("desk:care_plan", case.pk))
    assert "PLANTED" not in second.content()
    fill(second, reason="review")
    second.locator("main form button").first.click()
    expect(second.locator("blockquote")).to_contain_text("PLANTED")
    second.locator('form[action$="/approve/"] button').click()
    expect(second.get_by_role("heading", name=words("As it was approved"))).to_be_visible()
    assert case.care_plan.versions.count() == 1


def test_a_shelter_tells_its_free_places_and_is_chosen_at_a_goal(town, browse):
    case, shelter = town.case(), town.service(needs=("shelter",), capacity=10, confidential=True, desk="partner")
    desk = browse("stranger", town=town, java_script_enabled=False)
    desk.goto(at("desk:referrals"))
    desk.locator(f'main a[href="{at("desk:entry_free", shelter)}"]').click()
    fill(desk, places="៣")
    desk.locator("main form button").first.click()
    expect(desk.locator(".alert-success")).to_be_visible()
    page = browse("worker", town=town, java_script_enabled=False)
    page.goto(at("desk:care_plan", case.pk))
    act(page, "goal", domain="shelter", words="កន្លែងស្នាក់នៅមានសុវត្ថិភាព", target_on="2099-01-01", payer="us")
    page.locator('main a[href*="/plan/goals/"]').click()
    expect(page.locator("main")).to_contain_text("៣")
    page.locator(f'main form:has([value="{shelter}"]) button').click()
    expect(page.locator(f'main a[href*="service={shelter}"]')).to_be_visible()
    page.locator(f'main a[href*="service={shelter}"]').click()
    expect(page.get_by_role("heading", name=words("The service of the goal"))).to_be_visible()
