"""A volunteer is asked for a visit; the card is kept where no network is and gone at its hour; what is told comes once."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from journeys.hands import act, at, fill, words

WAITS = "Sealed on this phone, and not sent yet. It is sent when you open this page with a network and are signed in."
SAID = "A man at the gate"
HOUR = 3_600_000  # ms
LEFT = """async () => {
  const names = await caches.keys(), workers = await navigator.serviceWorker.getRegistrations();
  const asked = indexedDB.open("visits");
  await new Promise(done => { asked.onsuccess = done; });
  const found = asked.result.transaction("cards").objectStore("cards").getAll();
  await new Promise(done => { found.onsuccess = done; });
  return names.length + workers.length + found.result.length;
}"""


def agreed(town, case):
    from spean.cases.operations import consent
    from spean.kernel import clock

    consent.give(town.actor("worker"), case.pk, consent.Given("visit", frozenset({"home"}), clock.today(), "thumb"), uuid4())


def ask(page: Page, town, kind: str) -> None:
    """By the form of the case."""
    form = page.locator('main form[action$="/ask/"]')
    form.locator("xpath=ancestor::details/summary").click()
    page.locator("[name=safe]").check()
    act(page, "ask", volunteer=str(town.users["volunteer"].pk), kind=kind, alias=f"PLANTED {kind}")


def tell_without_network(page: Page) -> None:
    page.context.set_offline(True)
    page.goto(at("desk:visits"))
    cards = page.locator("[data-card]")
    expect(cards).to_have_count(2)
    card = cards.filter(has_text="PLANTED look_in")
    card.locator("summary").click()
    fill(card, result="unsafe", words=SAID)
    card.locator("form button").click()
    expect(cards).to_have_count(1)
    expect(page.get_by_text(words(WAITS))).to_be_visible()


def wait_until_its_hour(page: Page) -> None:
    page.clock.install()
    page.reload()
    cards = page.locator("[data-card]")
    expect(cards).to_have_count(1)
    page.clock.fast_forward(70 * HOUR)
    expect(cards).to_have_count(1)
    page.clock.fast_forward(3 * HOUR)
    expect(cards).to_have_count(0)


def test_a_volunteer_is_asked_goes_where_no_network_is_and_tells(town, browse):
    case = town.case()
    agreed(town, case)
    worker = browse("worker", town=town)
    worker.goto(at("desk:case_visits", case.pk))
    for kind in ("look_in", "message"):
        ask(worker, town, kind)
    page = browse("volunteer", town=town)
    page.goto(at("desk:today"))
    page.locator(f'main a.stat-cell[href="{at("desk:visits")}"]').click()
    expect(page.get_by_role("heading", name="PLANTED look_in")).to_be_visible()
    page.locator("[data-keep]").click()
    expect(page.locator("[data-remove]")).to_be_visible()

    tell_without_network(page)
    wait_until_its_hour(page)
    assert not case.visits.filter(state="told").exists()
    page.context.set_offline(False)
    for _twice in range(2):
        page.goto(at("desk:visits"))
        expect(page.locator("[data-visits] [data-said]")).not_to_have_text(words(WAITS))
    page.locator("header div summary").click()
    page.locator("form[data-sign-out] button").click()
    page.wait_for_url("**/km/")
    assert page.evaluate(LEFT) == 0

    worker.reload()
    expect(worker.get_by_text(SAID)).to_be_visible()
    assert list(case.tasks.values_list("kind", "response")) == [("safety", "hour")]
