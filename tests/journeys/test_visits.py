"""A case worker asks a volunteer for a visit; the volunteer sees a card and nothing else, and tells what came of it."""

from playwright.sync_api import expect

from journeys.hands import act, at, fill, words


def agreed(town, case):
    from uuid import uuid4

    from spean.cases.operations import consent
    from spean.kernel import clock

    consent.give(town.actor("worker"), case.pk, consent.Given("visit", frozenset({"home"}), clock.today(), "thumb"), uuid4())


def test_a_volunteer_is_asked_goes_and_tells(town, browse):
    case = town.case()
    agreed(town, case)
    worker = browse("worker", town=town)
    worker.goto(at("desk:case_visits", case.pk))
    going = str(town.users["volunteer"].pk)
    worker.locator('main form[action$="/ask/"]').locator("xpath=ancestor::details/summary").click()
    worker.locator("[name=safe]").check()
    act(worker, "ask", volunteer=going, kind="look_in", alias="PLANTED")
    expect(worker.get_by_text("PLANTED")).to_be_visible()

    page = browse("volunteer", town=town, java_script_enabled=False)
    page.goto(at("desk:today"))
    page.locator(f'main a[href="{at("desk:visits")}"]').click()
    expect(page.get_by_role("heading", name="PLANTED")).to_be_visible()
    page.locator("main a.btn-primary").click()
    fill(page, result="unsafe", words="A man at the gate")
    page.locator("main form button").click()
    expect(page.get_by_text(words("Nobody asks you for a visit now."))).to_be_visible()
    expect(page.get_by_text("A man at the gate")).to_have_count(0)

    worker.reload()
    expect(worker.get_by_text("A man at the gate")).to_be_visible()
    assert list(case.tasks.values_list("kind", "response")) == [("safety", "hour")]
