"""Large letters: by the address, on every public page, kept from page to page, and nowhere else."""

import pytest
from django.urls import get_script_prefix

from tests.surfaces.public.reading import Page

pytestmark = pytest.mark.django_db
PATHS = ["", "report/", "ways/", "ways/thailand/", "law/", "help/?need=danger", "said/", "contract/", "keep/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_link_of_a_large_page_leads_to_a_large_page(visitor, checked, path):
    page = Page(visitor.get(f"/large/en/{path}"))
    inside = [link for link in page.links if link.startswith("/")]
    assert [link for link in inside if not link.startswith(("/large/", "/static/"))] == [f"/en/{path}"]
    assert 'class="large"' in page.html
    assert f"/large/km/{path}" in page.links
    assert page.forbidden == []


def test_the_usual_page_leads_to_the_large_one_and_is_not_changed_by_it(visitor, checked):
    visitor.get("/large/en/ways/")
    page = Page(visitor.get("/en/ways/?to=MY"))
    assert "/large/en/ways/?to=MY" in page.links
    assert [link for link in page.links if link.startswith("/large/")] == ["/large/en/ways/?to=MY"]
    assert 'class="large"' not in page.html
    assert get_script_prefix() == "/"


def test_nothing_is_remembered(visitor, checked):
    answer = visitor.get("/large/km/ways/malaysia/")
    assert (answer.cookies, answer["Cache-Control"]) == ({}, "no-store")


NOWHERE = ["/large/", "/large/en/desk/", "/large/en/account/sign-in/", "/large/fr/", "/large/large/en/", "/large/healthz"]


@pytest.mark.parametrize("path", NOWHERE)
def test_only_the_public_pages_are_there(visitor, places, path):
    assert visitor.get(path).status_code == 404


def test_a_page_that_is_not_there_says_so_in_the_readers_language(visitor, places):
    answer = visitor.get("/large/km/no-such-page/")
    assert (answer.status_code, Page(answer).lang) == (404, "km")


def test_a_form_is_answered_in_large_letters(send, visitor):
    answer = visitor.post("/large/en/offer/", {"ask": "1"})
    assert 'class="large"' in Page(answer).html


def test_what_is_kept_of_large_pages_is_large(visitor, checked):
    assert "/large/km/ways/malaysia/" in visitor.get("/large/km/keep/list.json").json()["pages"]
    assert 'data-scope="/large/km/"' in Page(visitor.get("/large/km/keep/")).html
