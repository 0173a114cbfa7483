"""A case worker at a crossing, with the keyboard alone: two people are written down, one is taken, and found again by name."""

from playwright.sync_api import expect

from journeys.hands import at


def test_from_the_border_to_the_search_by_another_script(town, browse):
    page = browse("worker", town=town)
    page.goto(at("desk:border"))
    page.locator("[name=crossing]").select_option("poipet")
    for name, phone, extra in (("ចាន់ សុភា", "012345678", 0), ("កែវ ដារ៉ា", "", 1)):
        if extra:  # the crossing and the day stay; the cursor stands in the name
            expect(page.locator("[name=name]")).to_be_focused()
        else:
            page.locator("[name=name]").focus()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.keyboard.type(phone)
        for _field in ("phone", "sex", "age"):
            page.keyboard.press("Enter")
        if extra:
            page.keyboard.press("Space")  # in danger now
        for _tick in ("danger", "child", "sick"):
            page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator("[role=status], .alert").filter(has_text="លេខ").first).to_be_visible()

    page.goto(at("desk:border_queue"))
    expect(page.locator("main ol > li strong")).to_have_text(["២", "១"])
    page.locator("main ol > li form[action$='/take/'] button").last.click()
    expect(page.locator("[name=name_km]")).to_have_value("ចាន់ សុភា")
    page.locator("[name=story]").fill("គាត់ត្រឡប់មកវិញ")
    page.locator("main [name=send]").click()

    page.goto(at("desk:case_search"))
    page.locator("[name=text]").fill("Sophea")
    page.locator("main form[role=search] button").click()
    expect(page.locator("main ol > li")).to_have_count(1)
    page.locator("main ol a").click()
    expect(page.locator("main")).to_contain_text("គាត់ត្រឡប់មកវិញ")

    boss = browse("supervisor", town=town, width=1280)
    boss.goto(at("desk:case_board") + "?by=who")
    expect(boss.locator("main section h2")).to_have_count(2)
