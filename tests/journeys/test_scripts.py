"""The scripts of both doors in a real browser, on pages of their own, under the real Content-Security-Policy."""

import json
import mimetypes
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.utils.csp import build_policy
from playwright.sync_api import Page, expect

BUILT = Path(settings.DJANGO_VITE["default"]["manifest_path"]).parent
HOME = "http://spean.test/"
PLACES = {"": [("14", "ព្រៃវែង")], "14": [("1401", "បាភ្នំ"), ("1411", "ស្វាយអន្ទរ")], "1411": [("141104", "ជាខ្លាង")]}
LEVELS = "".join(f'<select id="{n}" aria-label="{n}"><option value="">-</option>{{{n}}}</select>' for n in ("p", "d", "c"))
PICKER = f"""<div data-picker data-url="/children" data-failed="failed">
  {LEVELS.format(p='<option value="14">ព្រៃវែង</option>', d="", c="")}<button data-picker-show>Show</button>
  <label>Search <input id="q" data-picker-search data-search-url="/search" data-found="{{n}} found" data-none="none"></label>
  <p data-picker-status></p></div>"""


def asset(name: str) -> str:
    return json.loads((BUILT / "manifest.json").read_text())[name]["file"]


@pytest.fixture
def show(page: Page):
    """A function that opens a page of one door with this body; `show.sent` holds what was asked of the server."""
    state = {"html": ""}
    sent = []

    def answer(route):
        address = urlsplit(route.request.url)
        sent.append((route.request.method, address.path, parse_qs(address.query)))
        query = {k: v[0] for k, v in parse_qs(address.query).items()}
        if address.path == "/children":
            options = [{"id": i, "name": n} for i, n in PLACES.get(query["parent"], [])]
            return route.fulfill(json={"options": options})
        if address.path == "/search":
            found = [{"id": "141104", "name": "ជាខ្លាង", "detail": "ព្រៃវែង", "lineage": ["14", "1411", "141104"]}]
            return route.fulfill(json={"results": found if query["q"].startswith("chea") else []})
        file = BUILT / Path(address.path).name
        if address.path.startswith("/static/") and file.exists():
            return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
        if address.path == "/slow":  # no page follows: the form stays
            return route.fulfill(status=204)
        if address.path == "/elsewhere":
            return route.fulfill(body="<title>Weather</title>", content_type="text/html")
        policy = {"Content-Security-Policy": build_policy(settings.SECURE_CSP)}
        return route.fulfill(body=state["html"], content_type="text/html; charset=utf-8", headers=policy)

    def open_(body: str, door: str = "public", attributes: str = "") -> Page:
        files = [asset(f"frontend/{door}/{door}.{kind}") for kind in ("css", "js")]
        head = f'<link rel="stylesheet" href="/static/{files[0]}"><script type="module" src="/static/{files[1]}"></script>'
        state["html"] = f'<!doctype html><html lang="km"><head>{head}</head><body {attributes}>{body}</body></html>'
        page.goto(HOME)
        return page

    page.route("**/*", answer)
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    open_.sent = sent
    yield open_
    assert errors == []


@pytest.mark.parametrize("leave", ["click", "shift"])
def test_leaving_replaces_the_page(show, leave):
    page = show('<a class="quick-exit" data-quick-exit href="/elsewhere">Leave</a><textarea>told</textarea>')
    if leave == "click":
        page.get_by_text("Leave").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    expect(page).to_have_title("Weather")
    page.go_back()
    assert page.url != HOME


def test_two_shifts_do_not_leave(show):
    page = show('<a data-quick-exit href="/elsewhere">Leave</a>')
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    expect(page.get_by_text("Leave")).to_be_visible()


def test_each_level_opens_the_next(show):
    page = show(PICKER)
    expect(page.get_by_text("Show")).to_be_hidden()
    expect(page.locator("#d")).to_be_disabled()
    page.locator("#p").select_option("14")
    expect(page.locator("#d option")).to_have_count(3)
    page.locator("#d").select_option("1411")
    expect(page.locator("#c option")).to_have_count(2)
    page.locator("#p").select_option("")
    expect(page.locator("#c")).to_be_disabled()


def test_a_place_is_found_with_the_keyboard_alone(show):
    page = show(PICKER)
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("chea")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    expect(page.locator("[data-picker-status]")).to_have_text("១ found")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "picker-list-1-0")
    field.press("Enter")
    expect(page.locator("#c")).to_have_value("141104")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_list(show):
    page = show(PICKER)
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("chea")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_one_press_sends_once(show):
    page = show('<form method="post" action="/slow"><button name="a" value="1">Send</button></form>')
    page.get_by_text("Send").click()
    expect(page.get_by_text("Send")).to_be_disabled()
    expect(page.get_by_text("Send")).to_have_attribute("aria-busy", "true")
    page.evaluate("document.forms[0].requestSubmit()")
    assert [path for method, path, _query in show.sent if method == "POST"] == ["/slow"]


def test_typing_too_much_is_said_and_kept(show):
    page = show('<textarea data-count="10" data-count-text="{n} of {max}"></textarea>')
    page.locator("textarea").fill("ស" * 12)
    expect(page.get_by_role("status")).to_have_text("១២ of ១០")
    expect(page.locator("textarea")).to_have_attribute("aria-invalid", "true")


def test_slash_goes_to_the_filter(show):
    page = show('<input data-filter aria-label="Filter">', door="desk")
    page.keyboard.press("/")
    expect(page.get_by_label("Filter")).to_be_focused()
    expect(page.get_by_label("Filter")).to_have_value("")


def test_the_lock_hides_what_is_sealed(show, page):
    page.clock.install()
    notice = '<p data-lock-notice hidden data-text="{n} minutes" data-locked="Locked"></p><p data-sealed>told</p>'
    show(notice, door="desk", attributes='data-lock-after="300"')
    page.clock.run_for(181_000)
    expect(page.locator("[data-lock-notice]")).to_have_text("២ minutes")
    page.clock.run_for(125_000)
    expect(page.locator("[data-lock-notice]")).to_have_text("Locked")
    expect(page.locator("[data-sealed]")).to_be_hidden()


@pytest.mark.parametrize("door", ["public", "desk"])
def test_targets_are_large_and_text_legible(show, door):
    body = '<main class="page"><button class="btn">Go</button><input class="input" aria-label="x"><p class="claim">x</p></main>'
    page = show(body, door=door)
    smallest = 48 if door == "public" else 44
    for name in (".btn", ".input"):
        assert page.locator(name).bounding_box()["height"] >= smallest
    assert float(page.locator(".claim").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 15
