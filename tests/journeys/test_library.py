"""Somebody reads the way to Malaysia, makes her list and prints it; a manager changes a fact, a second one publishes it."""

import pytest
from playwright.sync_api import expect

from journeys.hands import at, fill, words
from journeys.test_accessible import look


@pytest.fixture
def library(town):
    """The files, with a small set published by the coordinator."""
    from spean.library.operations import facts
    from spean.library.operations.loading import load

    load()
    keys = [
        "th.corridor",
        "my.wage",
        "my.contract",
        "kh.passport.price",
        "kh.passport.time",
        "th.brokers-2019",
        "th.brokers-2014",
    ]
    facts.show_for_demonstration(town.actor("coordinator"), keys)
    return town


def test_she_reads_the_way_makes_her_list_and_prints_it(library, browse):
    page = browse(java_script_enabled=False)
    page.goto(at("public:home"))
    page.locator(f'main a[href="{at("public:ways")}"]').click()
    page.locator(f'main a[href="{at("public:way", "malaysia")}"]').click()
    expect(page.locator("main")).to_contain_text("១,៧០០ រីងហ្គីតក្នុងមួយខែ")
    expect(page.locator("main")).to_contain_text("១០០ ដុល្លារ")
    page.locator(f'main a[href="{at("public:own_list")}"]').click()
    for name, value in (("to", "MY"), ("work", "factory"), ("age", "21-39"), ("have", "identity"), ("when", "months")):
        page.locator(f'[name="{name}"][value="{value}"]').check()
    page.locator("main form button").click()
    expect(page.get_by_text(words("You have this already"))).to_have_count(1)
    assert page.url.endswith("?to=MY&work=factory&age=21-39&have=identity&when=months")
    page.emulate_media(media="print")
    expect(page.locator("main [role=img] svg")).to_be_visible()
    expect(page.locator("main .btn").first).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
    assert page.context.cookies() == []


def test_a_way_leads_to_its_leaflet_and_a_fact_to_every_leaflet_that_tells_it(library, browse):
    from spean.library.models import Fact

    reader = browse(java_script_enabled=False)
    reader.goto(at("public:way", "malaysia"))
    reader.locator("main summary").click()
    for shape in ("leaflet", "fold", "poster"):
        link = reader.locator(f'main a[href="{at("public:way_paper", "malaysia", shape)}"]')
        expect(link).to_be_visible()
        assert reader.request.get(link.get_attribute("href")).body().startswith(b"%PDF-")
    page = browse("manager", town=library, width=1280)
    page.goto(at("desk:fact", Fact.objects.get(key="my.wage").id))
    expect(page.locator(f'main a[href="{at("public:way_paper", "malaysia", "poster")}"]')).to_be_visible()


def test_that_thailand_is_shut_stands_first(library, browse):
    page = browse()
    page.goto(at("public:way", "thailand"))
    first, heading = page.get_by_text(words("This way is shut")).first, page.locator("h1")
    expect(first).to_be_visible()
    assert first.bounding_box()["y"] < heading.bounding_box()["y"]
    assert first.bounding_box()["y"] < 740


def test_a_manager_changes_a_fact_a_second_publishes_and_the_page_shows_it(library, browse):
    page = browse("manager", town=library, width=1280)
    page.goto(at("desk:facts"))
    page.locator("[name=q]").fill("my.wage")
    page.locator("[name=q]").press("Enter")
    page.locator("main ol a").click()
    page.locator('main a[href$="/change/"]').click()
    fill(page, amount="១,៨០០", as_of="2026-10")
    page.locator("[name=preview]").click()
    expect(page.locator("main [lang=en]").first).to_contain_text("1,800")
    page.locator("main [name=send]").click()
    expect(page.locator(".alert-success")).to_be_visible()
    expect(page.locator('form[action$="/publish/"]')).to_have_count(0)
    address = page.url

    second = browse("coordinator", town=library, width=1280)
    second.goto(address)
    second.locator('form[action$="/publish/"] button').click()
    expect(second.locator(".alert-success")).to_contain_text("ទៅម៉ាឡេស៊ី")

    reader = browse()
    reader.goto(at("public:way", "malaysia"))
    expect(reader.locator("main")).to_contain_text("១,៨០០ រីងហ្គីតក្នុងមួយខែ")


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_page_of_the_library_can_be_read_and_used(library, browse, language):
    from spean.library.models import Fact

    wage = Fact.objects.get(key="my.wage").id
    public = [(name, (), "") for name in ("ways", "own_list", "law")]
    public += [("way", (slug,), "") for slug in ("thailand", "warning-online")]
    public += [("own_list", (), f"?{asked}") for asked in ("to=MY&work=domestic&age=15-17&have=identity&when=weeks", "to=other")]
    desk = [("facts", (), ""), ("fact_new", (), ""), ("fact", (wage,), ""), ("fact_change", (wage,), "")]
    wrong = {}
    for door, pages in (("public", public), ("desk", desk)):
        page = browse("manager" if door == "desk" else "", town=library)
        for name, args, query in pages:
            page.goto(at(f"{door}:{name}", *args, language=language) + query)
            for problem in look(page, public=door == "public", contrast=language == "km"):
                wrong.setdefault(problem, []).append(f"{door} {name} {args} {query}")
    assert wrong == {}
