"""A villager without a script, and a case worker with her keys, look for something in Khmer."""

from urllib.parse import unquote

from playwright.sync_api import Page, expect

from journeys.content import furnish
from journeys.hands import at, words


def test_a_villager_finds_a_story_without_a_script(town, browse):
    furnish(town)
    word = "អត្តសញ្ញាណប័ណ្ណ"
    page = browse(java_script_enabled=False)
    page.goto(at("public:said"))
    search(page, word)
    expect(page.locator("mark").first).to_have_text(word)
    page.locator("main li h2 a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(at("public:said"))
    search(page, "Prey Vaeng")
    expect(page.locator("main li h2").first).to_be_visible()
    search(page, "ដំរីស")
    expect(page.get_by_text(words("No story has these words."))).to_be_visible()


def test_a_case_worker_finds_whom_she_is_called_about(town, browse):
    story = furnish(town)
    page = browse("worker", town=town)
    page.goto(at("desk:inbox"))
    page.locator(f'main a[href="{at("desk:concern_search")}"]').click()
    page.locator("[name=text]").fill("+៨៥៥ ១២ ៣៤៥ ៦៧៨")
    page.locator("main form[role=search] button").click()
    found = page.locator("main ol a")
    expect(found).to_have_count(1)
    assert unquote(page.url).endswith(at("desk:concern_search"))
    expect(page.locator("main")).not_to_contain_text("ណារី")
    found.click()
    expect(page.locator("main")).to_contain_text("012 345 678")
    assert page.url.endswith(at("desk:concern", story.concerns["documents_kept"].id))
    page.goto(at("desk:issues"))
    page.locator("[name=q]").fill("ស-០០០១")
    page.locator("[name=q]").press("Enter")
    expect(page.locator("main ol > li").first).to_contain_text("S-០០០១")


def search(page: Page, text: str) -> None:
    """By the box, as people do."""
    page.locator("main [name=q]").fill(text)
    page.locator("main form[role=search] button").click()
