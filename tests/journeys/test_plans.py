"""Somebody leaves a plan on a telephone without a script, presses Sun, then misses a day: people call, and two open the plan."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from journeys.content import photo
from journeys.hands import act, at, fill, words
from journeys.test_accessible import look

WAY = "ជិះឡានក្រុងជាមួយសុខា PLANTED"
MOTHER = "ម្ដាយ PLANTED"


def leave(page: Page, language: str = "km") -> str:
    """From the first page to the number; returns the link that only checks in."""
    from spean.kernel import clock

    page.goto(at("public:home", language=language))
    page.locator(f'main a[href="{at("public:plan", language=language)}"]').click()
    until = (clock.today() + timedelta(days=28)).isoformat()
    fill(page, destination="TH", way=WAY, employer="រោងចក្រ", one_name=MOTHER, one_phone="012 345 678", every="7", until=until)
    page.locator("[name=paper_1]").set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.locator("main [name=send]").click()
    expect(page.locator(".receipt-code").first).to_be_visible()
    return str(page.locator('main a[href*="/day/"]').get_attribute("href"))


def code_of(page: Page) -> str:
    """The number on the page."""
    return str(page.locator('main form [name="code"]').get_attribute("value"))


def miss() -> None:
    """The day and its grace are over; the timer calls."""
    from spean.kernel import clock
    from spean.privacy.keystore import keystore
    from spean.voices.models import Plan
    from spean.voices.operations import plan_rounds

    keystore().note("plan-round", "")
    Plan.objects.update(acts_on=clock.today() - timedelta(days=1), acts_hour=0)
    plan_rounds.hour()


def test_a_plan_from_leaving_to_the_search(town, browse):
    from spean.voices.models import Concern, Plan

    page = browse(java_script_enabled=False)
    link = leave(page)
    checks_in_and_reads(page, link, code_of(page))
    miss()
    plan = Plan.objects.get()
    asking, second = browse("supervisor", town=town, width=1280), browse("worker", town=town, width=1280)
    asks_whom_to_call(asking, plan.pk)
    act(asking, "ask_open", reason="search")
    assert WAY not in asking.content()
    second.goto(at("desk:plan", plan.pk))
    act(second, "agree")
    opens(asking)
    miss()
    concern = Concern.objects.get()
    second.goto(at("desk:inbox"))
    second.locator(f'main a[href*="{concern.pk}"]').first.click()
    expect(second.locator("blockquote")).to_contain_text("ផែនការធ្វើដំណើរ")
    second.locator(f'main a[href="{at("desk:plan", plan.pk)}"]').click()
    second.locator(f'main .timeline a[href="{at("desk:concern", concern.pk)}"]').click()
    expect(second.locator("blockquote")).to_be_visible()


def checks_in_and_reads(page, link, code):
    """By the link, which shows nothing; then with the number, which shows what was written only when asked."""
    page.goto(link)
    assert not [w for w in (WAY, MOTHER, words("Travel plan")) if w in page.locator("main").inner_text()]
    page.locator('[name=sign][value="1"]').click()
    expect(page.get_by_text(words("Thank you. It is saved."))).to_be_visible()
    assert page.context.cookies() == []
    page.goto(at("public:receipt"))
    page.locator("[name=code]").fill(code)
    page.locator("main form button").click()
    expect(page.get_by_text(words("Your plan is under way."))).to_be_visible()
    assert WAY not in page.content()
    page.locator('main button[value="written"]').click()
    expect(page.get_by_text(WAY)).to_be_visible()


def asks_whom_to_call(page, plan):
    """From Today to the plan: the trusted person, and that nobody answered."""
    page.goto(at("desk:today"))
    page.locator(f'main a[href^="{at("desk:plans")}"]').click()
    page.locator(f'main a[href="{at("desk:plan", plan)}"]').click()
    page.locator('form[action$="/contact/"] button').click()
    expect(page.get_by_text(MOTHER)).to_be_visible()
    act(page, "call", outcome="unreached")


def opens(page):
    """After a second keeper agreed: the way, and the photo of a paper."""
    page.reload()
    page.locator('form[action$="/open/"] button').click()
    expect(page.get_by_text(WAY)).to_be_visible()
    expect(page.locator("main img")).to_be_visible()
    assert page.locator("main img").evaluate("async i => { await i.decode(); return i.naturalWidth }") > 0


def test_rain_looks_like_sun_and_alarms_at_once(town, browse):
    from spean.voices.models import Concern

    page = browse(java_script_enabled=False)
    link = leave(page)
    seen = []
    for sign in "12":
        page.goto(link)
        page.locator(f'[name=sign][value="{sign}"]').click()
        seen.append(page.content())
    assert seen[0] == seen[1]
    assert Concern.objects.get().danger == "now"


def test_a_volunteer_makes_a_plan_beside_somebody_and_takes_digits_by_telephone(town, browse):
    from spean.kernel import clock
    from spean.voices.models import Plan

    page = browse("volunteer", town=town)
    page.goto(at("desk:plans"))
    page.locator(f'main a[href="{at("desk:plan_new")}"]').click()
    fill(page, way=WAY, one_name=MOTHER, on_1=clock.today().isoformat())
    page.locator("main [name=send]").click()
    digits = page.locator("dd[lang=en]").first.inner_text()
    miss()
    assert Plan.objects.get().state == "missed"
    page.goto(at("desk:plans"))
    page.locator("main details summary").click()
    page.locator("[name=digits]").fill(digits)
    page.locator(f'main form[action="{at("desk:plan_check")}"] button').click()
    expect(page.locator(".alert-success")).to_be_visible()
    assert Plan.objects.get().state == "running"


def test_twelve_digits_typed_on_a_borrowed_telephone_ask_for_help(town, browse):
    from spean.kernel.text import khmer_digits
    from spean.voices.models import Concern

    own, borrowed = browse(java_script_enabled=False), browse(java_script_enabled=False)
    leave(own)
    rain = own.locator("dd[lang=en]").nth(1).inner_text()
    borrowed.goto(at("public:receipt"))
    borrowed.locator(f'main a[href="{at("public:plan_code")}"]').click()
    borrowed.locator("[name=digits]").fill(rain[:-1])
    borrowed.locator("main form button").click()
    expect(borrowed.get_by_role("alert")).to_be_visible()
    assert not Concern.objects.exists()
    borrowed.locator("[name=digits]").fill(khmer_digits(rain))
    borrowed.locator("main form button").click()
    expect(borrowed.get_by_text(words("Thank you. It is saved."))).to_be_visible()
    assert rain not in borrowed.content()
    assert Concern.objects.get().danger == "now"


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_pages_of_plans_can_be_read_and_used_by_all(town, browse, language):
    from spean.voices.models import Plan

    page, wrong = browse(), {}
    page.goto(at("public:plan", language=language))
    wrong["form"] = look(page, public=True)
    page.locator("main [name=send]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    wrong["form back"] = look(page, public=True)
    link = leave(page, language)
    wrong["saved"] = look(page, public=True)
    page.locator(f'main form[action="{at("public:receipt", language=language)}"] button').click()
    wrong["own"] = look(page, public=True)
    page.locator('main button[value="written"]').click()
    wrong["written"] = look(page, public=True)
    page.locator('main button[value="change"]').click()
    wrong["change"] = look(page, public=True)
    page.goto(link)
    wrong["check"] = look(page, public=True)
    page.locator('[name=sign][value="1"]').click()
    wrong["checked"] = look(page, public=True)
    page.goto(at("public:plan_code", language=language))
    wrong["digits"] = look(page, public=True)
    page.locator("main form button").click()
    wrong["digits back"] = look(page, public=True)
    miss()
    desk, pk = browse("worker", town=town), Plan.objects.get().pk
    desk.goto(at("desk:plans", language=language))
    wrong["list"] = look(desk, public=False)
    desk.goto(at("desk:plan", pk, language=language))
    wrong["plan"] = look(desk, public=False)
    desk.locator('form[action$="/contact/"] button').click()
    wrong["contact"] = look(desk, public=False)
    desk.goto(at("desk:plan_new", language=language))
    wrong["new"] = look(desk, public=False)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_plan_s_form_is_small(town, client):
    import gzip

    for name in ("public:plan", "public:plan_check", "public:plan_code"):
        path = at(name, "x" * 43) if name.endswith("check") else reverse(name)
        assert len(gzip.compress(client.get(path).content)) < 20_000
