"""A follow-up on a telephone without a script: the person's words, one area, a sign; its task; and how it went, seen."""

from playwright.sync_api import expect

from journeys.hands import at, words


def test_a_follow_up_is_written_down_and_a_sign_becomes_a_task(town, browse):
    from uuid import uuid4

    from spean.cases.operations import following

    case, worker = town.case(country="TH"), town.actor("worker")
    following.start(worker, case.pk, following.Told("visit", "", {"income": 1}), uuid4())
    page = browse("worker", town=town, java_script_enabled=False)
    page.goto(at("desk:case_after", case.pk))
    form = page.locator('form[action$="/count_from/"]')
    page.locator("details", has=form).locator("summary").click()
    form.locator("button").click()
    page.locator(f'main a[href="{at("desk:case_follow", case.pk, case.follow_ups.get(month=1).pk)}"]').click()
    page.locator("[name=how][value=visit]").check()
    page.locator("[name=words]").fill("ខ្ញុំលក់បន្លែ PLANTED")
    area = page.locator("details", has=page.locator("[name=area_income]"))
    area.locator("summary").click()
    area.locator("[value='3']").check()
    page.locator("[name=signs][value=recruiter]").check()
    page.locator("main form button").click()
    expect(page.get_by_text("PLANTED")).to_be_visible()
    expect(page.get_by_text("ឡើងពី ១ ដល់ ៣").first).to_be_visible()
    page.locator('form[action$="/tasks/"] button').click()
    expect(page.get_by_text(words("became a task"))).to_be_visible()
    assert [task.kind for task in case.tasks.all()] == ["visit"]
    case.refresh_from_db()
    assert case.risk == "high"
