"""R-11, R-12: what errors carry too; that the public door remembers nobody. Every other answer: `test_matrix`, `test_hostile`."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from .answers import Page, headers_lacking, wrong_with
from .bodies import arguments, body
from .machine import METHODS, addresses, ask, path_of
from .world import Person, World

pytestmark = pytest.mark.once
#: an address of another host in a style or script; names of namespaces and words in comments are not fetched
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FOREIGN = re.compile(r"""\b(?:https?|wss?)://(?!www\.w3\.org/)|(?:url\(|@import|import\()\s*["']?//""", re.IGNORECASE)


def _failing(monkeypatch) -> None:
    from spean.surfaces.public.views import pages

    def broken(*_given, **_more):
        raise RuntimeError("a bug")

    monkeypatch.setattr(pages, "page", broken)


@pytest.mark.parametrize(
    "path", ["/km/nowhere/", "/nowhere", "/en/desk/nowhere/", "/km/privacy/", "/en/said/999999999999999999999/"]
)
def test_errors_carry_them_too(world, monkeypatch, path):
    _failing(monkeypatch)
    expected = 500 if "privacy" in path else 404

    for name in ("stranger", "supervisor@own"):
        answer = ask(world.people[name], "GET", path)

        assert answer.status_code == expected
        assert wrong_with(answer) == []
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies


def test_the_search_finds_each_thing_that_must_not_be():
    bad = {
        "<script>go()</script>": "inline <script>",
        "<style>p {color: red}</style>": "inline <style>",
        '<p style="color: red">': "<p style>",
        '<img onerror="x" src="/a.png">': "<img onerror>",
        '<link href="https://cdn.example/a.css">': "<link href=https://cdn.example/a.css>",
        '<script src="//cdn.example/a.js"></script>': "<script src=//cdn.example/a.js>",
        '<a href="javascript:go()">': "<a href=javascript:go()>",
        '<form action="http://elsewhere.example/">': "<form action=http://elsewhere.example/>",
        '<iframe src="/a"></iframe>': "<iframe>",
    }
    for text, found in bad.items():
        assert Page(text).wrong == [found]
    assert Page('<p class="a"><a href="/km/">x</a><a href="#b">y</a><script src="/static/a.js"></script></p>').wrong == []
    naked = HttpResponse("")
    assert len(headers_lacking(naked)) == 10
    naked.headers["Content-Security-Policy"] = "default-src 'none'; script-src 'self' 'unsafe-inline' https://cdn.example"
    assert {"nothing unsafe", "nothing foreign"} <= set(headers_lacking(naked))


def test_what_the_pages_load_reaches_nobody_else(client):
    """The styles and scripts themselves, as they are served."""
    folder = settings.PACKAGE / "surfaces" / "public" / "static" / "built"
    texts = {path.name: path.read_text(encoding="utf-8") for path in (*folder.glob("*.css"), *folder.glob("*.js"))}

    assert texts, "the front end has not been built"
    assert [name for name, text in texts.items() if FOREIGN.search(COMMENT.sub("", text))] == []
    assert all(FOREIGN.search(bad) for bad in ("a{b:url(//x.example/a)}", 'fetch("https://x.example")', "@import '//x.example'"))


# -- the public door remembers nobody ---------------------------------------------------------------------


def public_answers(world: World, person: Person | None):
    """(where, answer, queries) of every public address and method, with good forms, bad ones and none."""
    for url in (u for u in addresses() if u.startswith("public:") or u in {"root", "healthz", "readyz"}):
        for method in METHODS:
            for variant in ("", "of nobody") if method == "POST" else ("",):
                for sent in (body(world, url, variant), {"told": "", "code": "12", "send": "1"}) if method == "POST" else ({},):
                    path = path_of(url, arguments(world, url), "km")
                    with CaptureQueriesContext(connection) as asked:
                        answer = ask(person, method, path, sent)
                    yield f"{method} {path}: {answer.status_code}", answer, asked.captured_queries


@pytest.mark.parametrize("name", ["stranger", "supervisor@own"])
def test_the_public_door_gives_no_cookie_and_opens_no_session(world, name):
    statuses = set()
    for where, answer, asked in public_answers(world, world.people[name]):
        statuses.add(answer.status_code)
        assert not answer.cookies, where
        assert "Cookie" not in answer.headers.get("Vary", ""), where
        touched = [
            q["sql"] for q in asked if "django_session" in q["sql"] or "unlocksession" in q["sql"] or "accounts_user" in q["sql"]
        ]
        assert touched == [], where

    assert {200, 302, 405, 422} <= statuses


def test_the_desk_does_touch_its_session(world):
    """The control of the test above."""
    with CaptureQueriesContext(connection) as asked:
        ask(world.people["supervisor@own"], "GET", "/en/desk/")

    assert any("django_session" in q["sql"] for q in asked.captured_queries)


def test_cookies_of_the_desk_are_out_of_reach_of_scripts_and_other_sites(world, settings):
    answer = ask(None, "GET", "/en/account/sign-in/")
    unlocked = ask(world.people["locked"], "POST", "/en/desk/unlock/", body(world, "desk:unlock"))

    cookies = {**answer.cookies, **unlocked.cookies}
    assert settings.UNLOCK_COOKIE_NAME in cookies
    assert settings.CSRF_COOKIE_NAME in cookies
    for cookie in cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert cookie["path"] == "/"
