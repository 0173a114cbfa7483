"""A manager runs an event: codes, three telephones at the gates, two of them without a network, the headcount, the report."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from journeys.hands import at
from spean.kernel.text import khmer_digits

KINDS = ("student", "teacher", "official")


def event(town):
    from spean.kernel import clock
    from spean.programme.operations import activities, events

    kept = activities.Kept("event", clock.today(), name_km="ទិវា", name_en="The day")
    pk = activities.write(town.actor("manager"), kept, "14010101", uuid4())
    events.make_codes(town.actor("manager"), pk, "leader", 4, uuid4())
    return pk


def gate(browse, town, who: str, pk) -> Page:
    page = browse(who, town=town)
    page.goto(at("desk:gate", pk))
    expect(page.locator("[data-kept]")).to_be_visible()
    return page


def press(page: Page, kind: str, times: int) -> None:
    here = int(page.locator("[data-here]").inner_text())
    for n in range(times):
        page.locator(f"button[value={kind}]").click()
        expect(page.locator("[data-here]")).to_have_text(khmer_digits(str(here + n + 1)))


def show(page: Page, code: str) -> None:
    page.locator("[name=code]").fill(code)
    page.locator("[name=code]").press("Enter")
    expect(page.locator("[name=code]")).to_have_value("")


def counted(pk) -> dict[str, int]:
    from spean.programme.operations.events import came

    return came([pk]).get(pk, {})


def test_three_telephones_two_without_a_network_come_to_the_exact_count(town, browse):
    from spean.programme.models import Ticket

    pk = event(town)
    codes = list(Ticket.objects.order_by("position").values_list("code", flat=True))
    phones = [gate(browse, town, who, pk) for who in ("volunteer", "faraway", "worker")]
    for phone in phones[1:]:
        phone.context.set_offline(True)
    phones[2].reload()  # without a network, the page comes from the telephone
    for phone, kind in zip(phones, KINDS, strict=True):
        press(phone, kind, 3)
    for phone, code in (
        (phones[0], codes[0]),
        (phones[1], codes[0]),
        (phones[1], codes[1]),
        (phones[2], codes[2]),
        (phones[2], codes[2]),
    ):
        show(phone, code)
    phones[1].locator("button[value=student]").click()
    phones[1].locator("[data-back]").click()
    expect(phones[0].locator("[data-waiting]")).to_have_text("០")
    expect(phones[0].locator("[data-all]")).to_have_text("៤")
    expect(phones[2].locator("[data-waiting]")).to_have_text("៤")
    for phone in phones[1:]:
        phone.context.set_offline(False)
        expect(phone.locator("[data-waiting]")).to_have_text("០", timeout=20_000)
    assert counted(pk) == {"student": 3, "teacher": 3, "official": 3, "leader": 3}

    manager = browse("manager", town=town)
    manager.goto(at("desk:headcount", pk))
    expect(manager.locator("[data-live] > p").first).to_have_text("១២")
    manager.goto(at("desk:event_report", pk))
    expect(manager.get_by_text("១២").first).to_be_visible()


def test_what_was_counted_for_an_event_that_is_cancelled_stays_on_the_telephone_and_it_says_so(town, browse):
    from spean.programme.operations import activities

    pk = event(town)
    phone = gate(browse, town, "volunteer", pk)
    phone.context.set_offline(True)
    press(phone, "student", 1)
    activities.move(town.actor("manager"), pk, "cancel", "weather")
    phone.context.set_offline(False)
    expect(phone.locator("[data-refused]")).to_be_visible(timeout=20_000)
    expect(phone.locator("[data-signed-out]")).to_be_hidden()
    expect(phone.locator("[data-waiting]")).to_have_text("១")
