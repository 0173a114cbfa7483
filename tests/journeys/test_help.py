"""A manager writes, a second person checks and calls, a mother in the district finds who helps; nobody finds a shelter."""

from playwright.sync_api import expect

from journeys.hands import act, at, fill, words

HOUSE = "ក្រោយវត្តបឹង ផ្ទះលេខ ៧"
ENTRY = {
    "provider_km": "ផ្ទះស្ពាន", "provider_en": "Bridge House", "name_km": "មេធាវីដោយឥតគិតថ្លៃ", "name_en": "Lawyers without a fee",
    "source": "ទៅសួរដល់កន្លែង", "numbers": "០១២ ៣១១ ១១២ / 1288", "address_km": HOUSE, "address_en": "House 7 behind the pagoda",
}  # fmt: skip


def write(page, **more):
    """Fill the form of an entry in and save it."""
    fill(page, **{**ENTRY, **more})
    for name, value in (("needs", "law"), ("areas", "14"), ("hours", "always")):
        page.locator(f'[name="{name}"][value="{value}"]').check()
    page.locator("main [name=send]").click()
    expect(page.locator(".alert-success")).to_be_visible()


def look_for(page):
    """As a mother does who lives in Ba Phnum: a need, her province, her district."""
    page.goto(at("public:help"))
    page.locator('main a[href="?need=law#found"]').click()
    page.locator("main summary").click()
    page.locator("[name=place-province]").select_option("14")
    page.locator('[name=place-district] option[value="1401"]').wait_for(state="attached")
    page.locator("[name=place-district]").select_option("1401")
    page.locator("main [name=find]").click()
    expect(page.locator("#found")).to_be_visible()


def test_two_people_and_a_call_before_a_mother_finds_it(town, browse):
    from spean.directory.models import Entry

    mother = browse()
    look_for(mother)
    expect(mother.locator("#found")).to_contain_text(words("We know of nobody for this who was checked."))
    expect(mother.locator('#found a[href="/km/report/"]')).to_be_visible()

    # the manager writes it, and can neither publish nor call
    manager = browse("manager", town=town, width=1280)
    manager.goto(at("desk:directory"))
    manager.locator(f'main a[href="{at("desk:entry_new")}"]').click()
    manager.locator("[name=place-search]").fill("")
    fill(manager, **{"place-province": "14"})
    manager.locator('[name=place-district] option[value="1401"]').wait_for(state="attached")
    fill(manager, **{"place-district": "1401"})
    write(manager)
    entry = Entry.objects.get()
    expect(manager.locator('form[action$="/publish/"], form[action$="/call/"]')).to_have_count(0)

    # the coordinator finds it in her list, publishes it; the number is not there yet
    coordinator = browse("coordinator", town=town, width=1280)
    coordinator.goto(at("desk:today"))
    coordinator.locator(f'main a[href="{at("desk:directory")}?view=check"]').first.click()
    coordinator.locator(f'main a[href="{at("desk:entry", entry.pk)}"]').click()
    coordinator.locator('form[action$="/publish/"] button').click()
    expect(coordinator.locator(".alert-success")).to_be_visible()
    look_for(mother)
    expect(mother.locator("#found")).to_contain_text(ENTRY["name_km"])
    expect(mother.locator("#found")).to_contain_text(words("In this district"))
    expect(mother.locator('main a[href^="tel:"]')).to_have_count(0)

    # after a test call, the mother can tap it; the page says where it is from
    number = coordinator.locator('form[action$="/call/"]').first.get_attribute("action").split("/")[-3]
    act(coordinator, f"{number}/call", heard="right", words="ស្ត្រីម្នាក់ឆ្លើយជាភាសាខ្មែរ")
    look_for(mother)
    expect(mother.locator('main a[href="tel:+85512311112"]')).to_be_visible()
    mother.locator("#found h3 a").click()
    expect(mother.locator("main")).to_contain_text(HOUSE)
    expect(mother.locator("main")).to_contain_text(ENTRY["source"])

    # it turns out to be a shelter: nobody reads its place again
    manager.goto(at("desk:entry_change", entry.pk))
    manager.locator("[name=confidential]").check()
    fill(manager, **{"place-province": "", "address_km": "", "address_en": ""})
    manager.locator("main [name=send]").click()
    expect(manager.locator(".alert-success")).to_be_visible()
    coordinator.goto(at("desk:entry", entry.pk))
    coordinator.locator('form[action$="/publish/"] button').click()
    expect(coordinator.locator(".alert-success")).to_be_visible()
    mother.reload()
    assert HOUSE not in mother.content()
    expect(mother.locator("main")).to_contain_text(
        words("The place is kept secret, so that the people there are safe. Call first.")
    )


def test_without_a_script_the_whole_way_is_open(town, browse):
    from journeys.content import keep_directory

    shelter, _waiting = keep_directory(town)
    page = browse(java_script_enabled=False)
    page.goto(at("public:home"))
    page.locator(f'main a[href="{at("public:help")}"]').click()
    page.locator('main a[href="?need=shelter#found"]').click()
    page.locator("main summary").click()
    page.locator("[name=place-province]").select_option("14")
    page.locator('button[value="place-province"]').click()
    page.locator("[name=place-district]").select_option("1401")
    page.locator("main [name=find]").click()
    page.locator(f'#found a[href="{at("public:helper", shelter)}"]').click()
    expect(page.locator('main a[href="tel:1288"]')).to_be_visible()
    assert page.context.cookies() == []
