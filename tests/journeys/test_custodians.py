"""Custodians, from the first one named to somebody's keys opened again: every step by the hands of the person it is for."""

import re

from playwright.sync_api import Page, expect
from town import PASSWORD, Town

from journeys.hands import at, fill, sign_in
from spean.privacy import audit

TRIO = ("focal", "otherfocal", "stranger")
NEW = "lotus ladder seven rivers"


def digits_on(page: Page) -> str:
    """As they are read out."""
    return " ".join(page.locator(".receipt-code span").all_inner_texts())


def press(page: Page) -> None:
    """The button that the page leads to."""
    page.locator("main form .btn-primary").click()


def follow(page: Page, address: str) -> None:
    """The link to a page, wherever it stands on this one."""
    page.locator(f'main a[href*="{address}"]').first.click()


def become_custodians(town: Town, browse) -> None:
    """The administrator names three; each reads out the digits of My account; the supervisor hears them."""
    administrator, supervisor = (browse(name, town=town) for name in ("administrator", "supervisor"))
    for number, name in enumerate(TRIO, 1):
        administrator.goto(at("desk:custodians"))
        follow(administrator, "/name/")
        fill(administrator, username=name)
        press(administrator)
        one = browse(name, town=town)
        one.goto(at("desk:me"))
        supervisor.goto(at("desk:custodians"))
        follow(supervisor, "/confirm/")
        fill(supervisor, fingerprint=digits_on(one))
        press(supervisor)
        expect(supervisor.locator("main .badge-success")).to_have_count(number)


def ask(town: Town, browse) -> Page:
    """The worker has lost password and sheet: the supervisor tells 20 digits, the worker's own telephone takes the way up."""
    supervisor, phone = browse("supervisor", town=town), browse()
    supervisor.goto(at("desk:open_way", town.users["worker"].memberships.get().pk))
    supervisor.locator('[name=way][value="custodians"]').check()
    press(supervisor)
    expect(supervisor.locator(".receipt-code")).to_be_visible()
    phone.goto(at("account_login"))
    follow(phone, "/recover/")
    follow(phone, "/with-custodians/")
    fill(phone, username="worker", fingerprint="1" * 20)
    press(phone)
    expect(phone.locator("[role=alert]").first).to_be_visible()
    fill(phone, fingerprint=digits_on(supervisor))
    press(phone)
    expect(phone.locator(".receipt-code")).to_be_visible()
    return phone


def release(page: Page, digits: str) -> None:
    """A custodian finds the request, forgets the second look, then does it well."""
    page.goto(at("desk:custodians"))
    follow(page, "/custodians/ways/")
    fill(page, fingerprint=digits)
    press(page)
    expect(page.locator("[role=alert]").first).to_be_visible()
    page.locator("[name=sure]").check()
    fill(page, fingerprint=digits)
    press(page)
    expect(page.locator(".alert-success")).to_be_visible()


def test_two_of_three_bring_somebody_back_and_one_alone_does_not(town, browse):
    concern = town.concern(read=True)
    become_custodians(town, browse)
    before = browse()
    sign_in(before, "worker")  # opening the keys leaves them with the custodians
    expect(before).to_have_url(re.compile("/km/desk/$"))
    phone = ask(town, browse)
    for helper in TRIO[:2]:
        expect(phone.locator("main [name=password]")).to_have_count(0)
        release(browse(helper, town=town), digits_on(phone))
        phone.goto(at("desk:way_back"))
    fill(phone, password=NEW)
    press(phone)
    expect(phone.locator(".receipt-code")).to_be_visible()  # the sheet for the next time
    assert opens(browse(), PASSWORD, concern.pk) is False
    assert opens(browse(), NEW, concern.pk) is True
    said = [e.verb for e in audit.entries(town.teams["team"].organisation_id, limit=200)]
    assert [said.count(v) for v in ("custodian.name", "custodian.confirm", "recovery.release")] == [3, 3, 2]


def opens(page: Page, password: str, concern) -> bool:
    """Whether this password signs in and shows what was sealed before."""
    page.goto(at("account_login"))
    fill(page, login="worker", password=password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_load_state()
    page.goto(at("desk:concern", concern))
    return "ឈ្មួញយកលុយ" in page.locator("main").inner_text()


def test_a_practice_opens_a_made_up_secret_and_its_day_stands(town, browse):
    become_custodians(town, browse)
    first, second = (browse(name, town=town) for name in TRIO[:2])
    first.goto(f"{at('desk:custodians')}?org={town.teams['team'].organisation_id}")
    first.locator('main form[action$="/practise/"] button').click()
    expect(first.locator(".receipt-code")).to_be_visible()
    assert first.locator("main form").count() == 0
    release(second, digits_on(first))
    first.reload()
    press(first)
    expect(first.locator(".alert-success")).to_be_visible()
