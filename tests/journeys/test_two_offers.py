"""A reader decides between two offers, on a telephone, in Khmer, without an account or a script: from the way to the plan."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from bench import contracts as fixtures
from journeys.hands import at, fill, words
from journeys.register import tell_of

#: what she knows of each offer; the first one's answers are all without a sign
GOOD = {
    **dict.fromkeys(("employer", "contract", "licence"), "yes"),
    **dict.fromkeys(("wage", "online", "travel_paid", "fee", "debt", "visa", "passport", "stranger", "hurry"), "no"),
    **dict.fromkeys(("secret", "age", "changed"), "no"),
}
BAD = {"employer": "no", "wage": "yes", "passport": "yes", "hurry": "yes", "contract": "yes", "licence": "unknown"}
LICENSED, OTHER = ("ទីភ្នាក់ងារសាកល្បង ផ្កាយ", "Demo Agency Star"), ("ទីភ្នាក់ងារសាកល្បង ព្រះច័ន្ទ", "Demo Agency Moon")
WAY = "ជិះឡានក្រុង ជាមួយមិត្តភក្ដិ"


@pytest.fixture
def offered(town: Any) -> Any:
    """Facts of the way, and the recruiters of both offers: one licensed, one that lost its licence, of which many told."""
    from spean.directory.operations import registering
    from spean.directory.recruiting import Licence
    from spean.kernel import clock
    from spean.library.operations import facts
    from spean.library.operations.loading import load

    load()
    facts.show_for_demonstration(town.actor("coordinator"), ["th.corridor", "my.wage", "my.contract", "kh.passport.price"])
    today = clock.today()
    for (km, en), says, number in ((LICENSED, "licensed", "012/2026"), (OTHER, "revoked", "013/2026")):
        pk = town.recruiter(en, name_km=km, demonstration=True)
        ends = today + timedelta(days=300) if says == "licensed" else None
        said = Licence("ministry", says, "A list of the ministry", today, number, ends)
        registering.publish(town.actor("coordinator"), registering.say(town.actor("manager"), pk, said, uuid4()))
    tell_of(pk)
    return town


def test_she_decides_between_two_offers_and_leaves_a_plan(offered, browse):
    page = browse(java_script_enabled=False)
    reads_the_way(page)
    for answers, ending in ((GOOD, "None of the signs that we ask about was found."), (BAD, STOP)):
        checks_the_offer(page, answers, ending)
    follow(page, "public:contract")
    good, bad = (next(c for c in fixtures.contracts("km") if bool(c.raises) is flags) for flags in (False, True))
    checks_the_contract(page, good.text, "None of what we look for was found. Have a person read it.")
    follow(page, "public:contract")
    checks_the_contract(page, bad.text, "Do not sign before you have asked, and before a person whom you trust has read it.")
    expect(page.locator("main ol > li").first.locator("mark").first).to_be_visible()
    looks_both_up(page)
    leaves_a_plan(page)
    assert page.context.cookies() == []


STOP = "Do not go yet. Speak with somebody whom you trust first."


def follow(page: Page, name: str, *args: Any) -> None:
    """A link of the page itself, not of its head or foot."""
    page.locator(f'main a[href="{at(name, *args)}"]').first.click()


def reads_the_way(page: Page) -> None:
    """From the first page to her own list, which leads on to the offers."""
    page.goto(at("public:home"))
    follow(page, "public:ways")
    follow(page, "public:way", "malaysia")
    expect(page.locator("main")).to_contain_text("១,៧០០ រីងហ្គីតក្នុងមួយខែ")
    follow(page, "public:own_list")
    for name, value in (("to", "MY"), ("work", "factory"), ("age", "21-39"), ("have", "identity"), ("when", "months")):
        page.locator(f'[name="{name}"][value="{value}"]').check()
    page.locator("main form button").click()
    expect(page.get_by_text(words("You have this already"))).to_have_count(1)
    expect(
        page.get_by_text(words("Check each offer by itself, before you say yes or pay anything. Then compare."))
    ).to_be_visible()


def checks_the_offer(page: Page, answers: dict[str, str], ending: str) -> None:
    """Fifteen questions, of which she answers what she knows; none of the earlier offer's answers is there."""
    follow(page, "public:offer")
    expect(page.locator("main input:checked")).to_have_count(0)
    for name, answer in answers.items():
        page.locator(f'[name="{name}"][value="{answer}"]').check()
    page.locator("main [name=check]").click()
    expect(page.get_by_text(words(ending))).to_be_visible()


def checks_the_contract(page: Page, text: str, ending: str) -> None:
    expect(page.locator("main [name=text]")).to_be_empty()
    page.locator("main [name=text]").fill(text)
    page.locator("main [name=check]").click()
    expect(page.get_by_text(words(ending))).to_be_visible()


def looks_both_up(page: Page) -> None:
    """The licensed one by its Khmer name, of whom no number is told; the other by its licence number, of whom many told."""
    follow(page, "public:recruiters")
    find(page, LICENSED[0])
    expect(page.get_by_text(words("It has a licence, says the source below."))).to_be_visible()
    expect(page.get_by_text(words("That does not say that its offer is good."))).to_be_visible()
    expect(
        page.get_by_text(words("No number does not mean that nothing happened, or that this recruiter is good."))
    ).to_be_visible()
    follow(page, "public:recruiters")
    find(page, "០១៣/២០២៦")
    expect(page.locator("h1")).to_have_text(OTHER[0])
    expect(page.get_by_text(words("Its licence was taken away, says the source below."))).to_be_visible()
    expect(page.locator("#reported + p")).to_contain_text("៤១")
    expect(page.get_by_text(words("That is what people told. No court has judged it."))).to_be_visible()


def find(page: Page, asked: str) -> None:
    page.locator("main [name=q]").fill(asked)
    page.locator("main form[role=search] button").click()
    page.locator("#found li h2 a").click()


def leaves_a_plan(page: Page) -> None:
    """With the one that she chose; it is sealed, and she has a number."""
    from spean.kernel import clock
    from spean.voices.models import Plan

    follow(page, "public:plan")
    until = (clock.today() + timedelta(days=28)).isoformat()
    fill(page, destination="MY", way=WAY, broker=LICENSED[0], one_name="ម្ដាយ", one_phone="012 345 678", every="7", until=until)
    page.locator("main [name=send]").click()
    expect(page.locator(".receipt-code").first).to_be_visible()
    page.locator(f'main form[action="{at("public:receipt")}"] button').click()
    expect(page.get_by_text(words("Your plan is under way."))).to_be_visible()
    assert Plan.objects.get().destination == "MY"
    assert LICENSED[0] not in page.content()
    page.locator('main button[value="written"]').click()
    expect(page.get_by_text(LICENSED[0])).to_be_visible()
