"""Readers with tired eyes, and readers whose telephone has keys: large letters by the address; pages without style or script."""

import pytest
from playwright.sync_api import Page, expect

from journeys.content import keep_directory
from journeys.hands import at
from journeys.test_accessible import look
from journeys.test_library import library  # noqa: F401 - a fixture

PAGES = (
    ("home", (), ""), ("ways", (), ""), ("way", ("thailand",), ""), ("law", (), ""), ("help", (), "?need=shelter"),
    ("report", (), ""), ("receipt", (), ""), ("contract", (), ""), ("offer", (), ""), ("own_list", (), ""),
    ("own_list", (), "?to=MY&work=factory"), ("said", (), ""), ("privacy", (), ""), ("keep", (), ""), ("not_kept", (), ""),
)  # fmt: skip
#: without a style a field, and the set around it, is as wide as the browser makes it, and an address does not break
WIDE_TEXT = """() => [...document.querySelectorAll('main :is(p, li, h1, h2, h3, dd, dt, legend)')]
  .filter(e => !e.closest('fieldset, .break-all') && !e.querySelector('input, select, textarea') && e.scrollWidth > innerWidth)
  .map(e => e.outerHTML.slice(0, 90)).slice(-3).join(' ; ')"""
WIDEST_PICTURE = """() => Math.max(0, ...[...document.querySelectorAll('main svg[aria-hidden]')]
  .map(e => e.getBoundingClientRect().width))"""


@pytest.fixture
def filled(library):  # noqa: F811
    keep_directory(library)
    return library


def bare(page: Page) -> None:
    """As a browser of keys has it: 240 pixels, neither style nor script nor letters of ours."""
    page.route("**/static/**", lambda route: route.abort())


@pytest.mark.parametrize("language", ["km", "en"])
def test_without_style_and_script_all_can_be_read_on_240_pixels(filled, browser, browser_context_args, live_server, language):
    keys = {"viewport": {"width": 240, "height": 320}, "java_script_enabled": False, "base_url": live_server.url}
    context = browser.new_context(**{**browser_context_args, **keys})
    page, wrong = context.new_page(), []
    bare(page)
    for name, args, query in PAGES:
        page.goto(at(f"public:{name}", *args, language=language) + query)
        wide = page.evaluate(WIDE_TEXT)
        wrong += [f"{name}{query}: {wide}"] if wide else []
        wrong += [f"{name}{query}: a picture as wide as the screen"] if page.evaluate(WIDEST_PICTURE) > 40 else []
        wrong += [f"{name}{query}: no way out"] if not page.locator("a[data-quick-exit]").is_visible() else []
    context.close()
    assert wrong == []


def test_a_number_is_called_by_one_press(filled, browse):
    page = browse(java_script_enabled=False, width=240, height=320)
    page.goto(at("public:help") + "?need=shelter")
    assert page.locator('#found a[href^="tel:"]').count() >= 1


def test_larger_letters_stay_from_page_to_page_and_leave_no_trace(filled, browse):
    page = browse(java_script_enabled=False)
    page.goto(at("public:ways"))
    page.locator("header a[href^='/large/']").click()
    for link in (f"/large{at('public:way', 'malaysia')}", f"/large{at('public:law')}"):
        page.locator(f'main a[href="{link}"]').first.click()
        assert float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")) >= 26
    page.locator("header a[lang=en]").click()
    expect(page).to_have_url(f"/large{at('public:law', language='en')}")
    page.locator(f'header a[href="{at("public:law", language="en")}"]').click()
    expect(page.locator("html.large")).to_have_count(0)
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_page_can_be_read_and_used_in_large_letters(filled, browse, language):
    page, wrong = browse(), {}
    for name, args, query in PAGES:
        page.goto("/large" + at(f"public:{name}", *args, language=language) + query)
        for problem in look(page, public=True):
            wrong.setdefault(problem, []).append(name + query)
    assert wrong == {}
