"""Ways, the own list and the law, as somebody without a script reads them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from spean.library.models import Fact, Way
from spean.surfaces.public.views.ways import ICONS
from tests.surfaces.public.reading import Page

pytestmark = pytest.mark.django_db
PATHS = [
    "ways/",
    "ways/?to=TH",
    "ways/thailand/",
    "ways/warning-online/",
    "ways/list/",
    "ways/list/?to=MY&work=domestic&age=18-20",
    "law/",
]


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_leaves_no_trace_and_runs_nothing_of_its_own(visitor, checked, path, language):
    response = visitor.get(f"/{language}/{path}")
    page = Page(response)
    assert (page.forbidden, page.lang, response.status_code) == ([], language, 200)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert "data-quick-exit" in page.html
    assert not any(word in page.title.lower() for word in ("spean", "report", "traffick", "help"))
    assert len(response.content) < 120_000


def test_that_thailand_is_shut_is_said_before_anything_else(visitor, checked):
    html = Page(visitor.get("/en/ways/thailand/")).html
    main = html[html.index("<main") :]
    assert main.index("This way is shut") < main.index("<h1>")
    assert main.index("17 February 2026") < main.index("<h1>")
    assert "Do not travel on a broker&#x27;s promise" in main


def test_what_nobody_has_checked_is_no_figure(visitor, library):
    for path in ("ways/thailand/", "ways/korea/", "law/", "ways/list/?to=KR"):
        text = Page(visitor.get(f"/en/{path}")).text
        assert "10,320" not in text
        assert "100 US dollars" not in text
        assert "no checked" in text
    assert "This way is shut" not in Page(visitor.get("/en/ways/thailand/")).text
    assert "We have no checked word on whether this way is open." in Page(visitor.get("/en/ways/thailand/")).text


def test_a_fact_says_its_source_and_who_checked_it(visitor, checked):
    text = Page(visitor.get("/en/ways/malaysia/")).text
    assert "1,700 Malaysian ringgit a month" in text
    assert "thestar.com.my" in text
    assert "Checked on 20 November 2026" in text


def test_an_overdue_fact_says_so(visitor, checked):
    Fact.objects.filter(key="my.wage").update(valid_until="2026-01-31")
    assert "It had to be checked again by 31 January 2026" in Page(visitor.get("/en/ways/malaysia/")).text


def test_a_demonstration_says_so_on_each_page_that_shows_it(visitor, checked):
    assert "This is a demonstration" not in Page(visitor.get("/en/law/")).text
    Fact.objects.update(demonstration=True)
    for path in ("ways/malaysia/", "law/", "ways/list/?to=MY"):
        assert "This is a demonstration" in Page(visitor.get(f"/en/{path}")).text


def test_the_list_ticks_the_papers_in_hand_and_keeps_the_answers_in_its_address(visitor, checked):
    query = "to=MY&work=domestic&age=18-20&have=identity&have=passport&when=weeks"
    page = Page(visitor.get(f"/en/ways/list/?{query}"))
    assert page.text.count("You have this already") == 2
    assert escape(f"http://testserver/en/ways/list/?{query}") in page.html
    assert "<svg" in page.html[page.html.index('role="img"') :][:200]
    assert "You are too young for this way." in page.text
    assert "Papers take time." in page.text


def test_the_list_of_a_way_that_there_is_not(visitor, checked):
    text = Page(visitor.get("/en/ways/list/?to=other&work=online")).text
    assert "We know no way that fits these answers." in text
    assert "Computer work, high pay" in text


@pytest.mark.parametrize("query", ["to=XX", "to=MY%00", "to[]=MY", "work=factory", "age=-1", "to=" + "9" * 3000, "%ff=%fe"])
def test_what_is_no_answer_is_asked_again(visitor, library, query):
    response = visitor.get(f"/en/ways/list/?{query}")
    assert response.status_code == 200
    assert "1. Where do you want to go?" in Page(response).text


def test_a_way_that_there_is_not(visitor, library):
    assert visitor.get("/en/ways/nowhere/").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_the_number_of_queries_does_not_grow_with_what_is_told(visitor, checked, path):
    visitor.get(f"/en/{path}")
    with CaptureQueriesContext(connection) as many:
        visitor.get(f"/en/{path}")
    Way.objects.exclude(slug__in=["thailand", "malaysia-domestic", "warning-online"]).delete()
    with CaptureQueriesContext(connection) as few:
        visitor.get(f"/en/{path}")
    assert len(few) == len(many) <= 5


def test_every_step_that_ways_share_has_a_picture(library):
    assert {name for name in Way.objects.values_list("steps__name", flat=True) if name} <= set(ICONS)
