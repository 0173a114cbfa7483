"""Pages kept on a telephone because the reader asked for it; the network goes; and nothing is left after "Leave now"."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.content import keep_directory
from journeys.hands import at, words
from journeys.test_accessible import look
from journeys.test_library import library  # noqa: F401 - a fixture

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname + new URL(one.url).search);
  return found.sort();
}"""
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map(one => new URL(one.scope).pathname)"
AGE = """async ([address, days]) => {
  const cache = await caches.open("pages /km/"), found = await cache.match(address), headers = new Headers(found.headers);
  headers.set("X-Kept", String(Date.now() - days * 86400000));
  await cache.put(address, new Response(await found.blob(), { headers }));
}"""


@pytest.fixture
def shelter(library):  # noqa: F811
    keep_directory(library)
    return library


def until(page: Page, script: str, *args: str) -> None:
    """Wait for what a promise says: `wait_for_function` takes any promise for a yes."""
    for _ in range(150):
        if page.evaluate(script, *args):
            return
        page.wait_for_timeout(200)
    raise AssertionError(script)


def keep(page: Page, language: str = "km") -> None:
    page.goto(at("public:keep", language=language))
    page.locator("[data-keep]").click()
    expect(page.locator("[data-remove]")).to_be_visible(timeout=90_000)


def test_nothing_is_kept_before_the_reader_asks_for_it(shelter, browse):
    page = browse()
    for name, args in (("home", ()), ("ways", ()), ("way", ("thailand",)), ("law", ()), ("help", ()), ("keep", ())):
        page.goto(at(f"public:{name}", *args), wait_until="networkidle")
    assert (page.evaluate(KEPT), page.evaluate(WORKERS)) == ([], [])


def test_kept_pages_open_without_a_network_and_say_from_which_day_they_are(shelter, browse):
    page = browse()
    keep(page)
    page.context.set_offline(True)
    stops = (("home", (), ""), ("ways", (), ""), ("way", ("malaysia",), ""), ("law", (), ""), ("help", (), "?need=shelter"))
    for name, args, query in (*stops, ("keep", (), "")):
        page.goto(at(f"public:{name}", *args) + query)
        expect(page.locator("main [data-kept][role=status]").first).to_contain_text(re.compile("២០២៦|២០២៧"))
        expect(page.locator("h1")).to_be_visible()
    page.goto(at("public:way", "malaysia"))
    expect(page.locator("main")).to_contain_text("១,៧០០ រីងហ្គីតក្នុងមួយខែ")
    assert page.evaluate("getComputedStyle(document.querySelector('.quick-exit')).position") == "fixed"
    page.goto(at("public:help") + "?need=shelter")
    expect(page.locator("[data-now]")).to_have_count(0)


def test_what_is_not_kept_says_so_and_what_is_personal_never_is(shelter, browse):
    page = browse()
    keep(page)
    personal = ("report", "receipt", "contract", "offer", "said")
    for name, query in (("own_list", "?to=MY&work=factory"), *((name, "") for name in personal)):
        page.goto(at(f"public:{name}") + query)
    kept = page.evaluate(KEPT)
    assert not [one for one in kept if re.search(r"report|receipt|contract|offer|ways/list|said|desk|account|calendar", one)]
    page.context.set_offline(True)
    page.goto(at("public:report"))
    expect(page.locator("h1")).to_have_text(words("There is no network now"))
    page.locator("main a", has_text=words("Find help")).click()
    expect(page.locator("h1")).to_have_text(words("Find help"))


def test_a_helper_that_was_opened_is_kept_too(shelter, browse):
    page = browse()
    keep(page)
    page.goto(at("public:help") + "?need=shelter")
    page.locator("#found h3 a").first.click()
    name = page.locator("h1").inner_text()
    address = page.url
    until(page, "async address => Boolean(await caches.match(address))", address)
    page.context.set_offline(True)
    page.goto(address)
    expect(page.locator("h1")).to_have_text(name)


def test_with_a_network_the_newest_page_is_shown_and_takes_the_place_of_the_kept_one(shelter, browse):
    from spean.library.models import Fact

    page = browse()
    keep(page)
    Fact.objects.filter(key="my.wage").update(state="withdrawn")
    page.goto(at("public:way", "malaysia"))
    expect(page.locator("main")).not_to_contain_text("១,៧០០ រីងហ្គីត")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("main [data-kept][role=status]")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("១,៧០០ រីងហ្គីត")


def test_an_old_page_says_so_loudly_and_a_very_old_one_is_gone(shelter, browse):
    page = browse()
    keep(page)
    address = at("public:way", "malaysia")
    page.context.set_offline(True)
    page.evaluate(AGE, [address, 8])
    page.goto(address)
    expect(page.locator("main .alert-error[data-kept]")).to_be_visible()
    page.evaluate(AGE, [address, 31])
    page.goto(address)
    expect(page.locator("h1")).to_have_text(words("There is no network now"))
    assert address not in page.evaluate(KEPT)


def test_after_half_a_day_everything_is_fetched_anew(shelter, browse):
    from spean.library.models import Fact

    page = browse()
    keep(page)
    Fact.objects.filter(key="my.wage").update(state="withdrawn")
    page.evaluate(AGE, [at("public:keep_list"), 1])
    page.goto(at("public:home"))
    anew = "async address => Date.now() - Number((await caches.match(address)).headers.get('X-Kept')) < 43200000"
    until(page, anew, at("public:keep_list"))
    page.context.set_offline(True)
    page.goto(at("public:way", "malaysia"))
    expect(page.locator("main")).not_to_contain_text("១,៧០០ រីងហ្គីត")


@pytest.mark.parametrize("offline", [False, True])
def test_leaving_removes_everything_and_shows_a_calendar(shelter, browse, offline):
    page = browse()
    keep(page)
    page.goto(at("public:way", "malaysia"))
    page.context.set_offline(offline)
    page.locator("[data-quick-exit]").click()
    expect(page).to_have_url(re.compile(at("public:exit")))
    expect(page.locator("table")).to_be_visible()
    assert "ស្ពាន" not in page.content()
    assert page.title() == words("Calendar")
    page.context.set_offline(False)
    page.wait_for_function(
        "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length"
    )


def test_the_button_removes_it_also_without_a_network(shelter, browse):
    page = browse()
    keep(page)
    page.context.set_offline(True)
    page.goto(at("public:keep"))
    page.locator("[data-remove]").click()
    expect(page.locator("[data-said]")).to_have_text(words("Removed. Nothing of these pages is kept on this phone any more."))
    assert (page.evaluate(KEPT), page.evaluate(WORKERS)) == ([], [])


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_page_of_it_can_be_read_and_used(shelter, browse, language):
    page, wrong = browse(), {}
    for name in ("keep", "not_kept"):
        page.goto(at(f"public:{name}", language=language))
        wrong |= dict.fromkeys(look(page, public=True), name)
    keep(page, language)
    wrong |= dict.fromkeys(look(page, public=True), "kept")
    page.context.set_offline(True)
    page.goto(at("public:way", "malaysia", language=language))
    wrong |= dict.fromkeys(look(page, public=True), "without a network")
    assert wrong == {}


@pytest.mark.parametrize("chosen", [True, False])
def test_pictures_and_voices_are_kept_only_where_the_reader_chose_them(library, browse, chosen):  # noqa: F811
    from uuid import uuid4

    from collect.files import picture, sound

    from spean.library.models import Text
    from spean.library.operations import media, texts

    actor, way = library.actor("manager"), Text.objects.get(kind="way", slug="malaysia")
    shown = {"picture": media.keep(actor, picture(), "image/jpeg"), "alt_km": "រូប", "alt_en": "A drawing"}
    voice = {"reading_km": media.keep(actor, sound("ogg", "libopus", 3.0), "audio/ogg"), "heard_km": media.NOW}
    made = media.put(actor, way.id, 1, {**shown, **voice}, uuid4())
    texts.propose(actor, way.id, made.number)
    texts.publish(library.actor("coordinator"), way.id, made.number)

    page = browse()
    page.goto(at("public:keep"))
    assert look(page, public=True) == []
    page.locator("#with-media").set_checked(chosen)
    page.locator("[data-keep]").click()
    expect(page.locator("[data-remove]")).to_be_visible(timeout=90_000)
    kept = [one for one in page.evaluate(KEPT) if "/media/" in one]
    assert len(kept) == (2 if chosen else 0)
    page.context.set_offline(True)
    page.goto(at("public:way", "malaysia"))
    expect(page.locator("main li audio")).to_have_count(1)
    if chosen:
        page.locator("main li img").scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelector('main li img').naturalWidth > 0")
        page.locator("main li audio").evaluate("(audio) => audio.play()")
        page.wait_for_function("() => document.querySelector('main li audio').currentTime > 0.1")
    page.context.set_offline(False)
    page.goto(at("public:home"))
    page.locator("a[data-quick-exit]").click()
    until(page, f"async () => (await ({KEPT})()).length === 0")
