"""A town behind a real server, and a browser for each of its people. What a page complains of fails the test."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

if TYPE_CHECKING:  # this file is read before Django is ready
    from town import Town

expect.set_options(timeout=20_000)  # ms: a busy machine is no failure

#: a form that comes back with reasons, a locked key, a refusal: the browser says it, and it is meant
MEANT = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d|net::ERR_INTERNET_DISCONNECTED")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pictures` takes the pictures of docs/images anew."""
    parser.addoption("--pictures", action="store_true", default=False, help="write the pictures of docs/images")


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> "Town":
    """The small town of `town.py`; nobody has asked or guessed yet."""
    from django.core.cache import cache
    from town import make_town

    from spean.kernel.memory import memory
    from spean.surfaces.public import allowance

    cache.clear()
    memory().forget()
    for limit in ("MOST_FILES", "MOST_LOOKUPS"):
        monkeypatch.setattr(allowance, limit, 1000)
    return make_town()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What pages wrote to their consoles: errors, and reports of the Content-Security-Policy. There must be none."""
    said: list[str] = []
    yield said
    assert said == []


@pytest.fixture
def browse(
    browser: Browser, browser_context_args: dict, live_server: Any, complaints: list[str]
) -> "Iterator[Callable[..., Page]]":
    """`browse("worker", town=town, width=1280)`: a page of a browser of its own; who is named is signed in there."""
    opened: list[BrowserContext] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not MEANT.search(message.text):
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def open_one(person: str = "", *, town: "Town | None" = None, width: int = 360, height: int = 740, **more: Any) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(**{**browser_context_args, "base_url": live_server.url, "viewport": size, **more})
        opened.append(context)
        context.set_default_timeout(15_000)
        context.on("console", listen)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        if person:
            cookies = town.client(person).cookies
            context.add_cookies([{"name": k, "value": v.value, "url": live_server.url} for k, v in cookies.items()])
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()
