"""Every page: both languages, no cookie, nothing inline, a way out."""

import pytest

from tests.surfaces.public.reading import Page

PAGES = [
    "",
    "report/",
    "receipt/",
    "receipt/add/",
    "said/",
    "contract/",
    "offer/",
    "privacy/",
    "keep/",
    "keep/none/",
    "calendar/",
]
WITH_EXIT = [p for p in PAGES if p != "calendar/"]
EVERY = [f"/{language}/{path}" for language in ("km", "en") for path in PAGES]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [*EVERY, "/km/no-such-page/", "/en/said/9/"])
def test_a_page_leaves_no_trace_and_runs_nothing_of_its_own(visitor, places, address):
    response = visitor.get(address)
    page = Page(response)
    assert page.forbidden == []
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert page.lang == address[1:3]


@pytest.mark.parametrize("address", EVERY)
def test_a_title_tells_nothing(visitor, places, address):
    title = Page(visitor.get(address)).title.lower()
    assert title
    assert [word for word in ("spean", "ស្ពាន", "report", "traffick", "help") if word in title] == []


@pytest.mark.parametrize("path", WITH_EXIT)
def test_every_page_has_the_way_out_and_the_other_language(visitor, places, path):
    page = Page(visitor.get(f"/km/{path}"))
    assert "data-quick-exit" in page.html
    assert "/km/calendar/" in page.links
    assert f"/en/{path}" in page.links
    assert 'class="skip-link"' in page.html


def test_the_language_switch_keeps_the_question(visitor, places):
    assert "/en/said/?kind=fees" in Page(visitor.get("/km/said/?kind=fees")).links


def test_the_neutral_page_clears_what_the_browser_kept_and_names_nothing(visitor, places):
    response = visitor.get("/en/calendar/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    page = Page(response)
    assert page.links == []
    assert "Spean" not in page.html.replace("/static/spean/", "")


def test_no_telephone_number_is_shown_until_somebody_has_checked_one(visitor, places):
    page = Page(visitor.get("/en/"))
    assert "tel:" not in page.html
    assert "We show a telephone number only when somebody has called it." in page.text


def test_it_is_said_openly_what_cannot_be_protected(visitor, places):
    text = Page(visitor.get("/en/privacy/")).text
    assert "does not hide from your network" in text
    assert "takes over our server" in text
    assert "threatens a team member" in text
    assert "can see that a report exists" in text


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(visitor, places, method):
    assert getattr(visitor, method)("/km/report/").status_code == 405


def test_a_bug_gets_a_plain_page_even_when_the_page_breaks(rf, monkeypatch):
    from spean.surfaces.public import views
    from spean.surfaces.public.views import failures

    assert "It is not your fault" in views.server_error(rf.get("/en/said/")).content.decode()
    monkeypatch.setattr(failures, "render_to_string", lambda *_: 1 / 0)
    broken = views.server_error(rf.get("/en/said/"))
    assert (broken.status_code, "Something broke" in broken.content.decode()) == (500, True)


def test_failures_ask_neither_session_nor_database(rf, django_assert_num_queries):
    from spean.surfaces.public import views

    for language in ("km", "en"):
        request = rf.get(f"/{language}/x/")
        with django_assert_num_queries(0):
            answers = [
                views.not_found(request),
                views.server_error(request),
                views.bad_request(request),
                views.csrf_failure(request),
            ]
        assert [a.status_code for a in answers] == [404, 500, 400, 403]
        assert [Page(a).lang for a in answers] == [language] * 4
