"""You said, we did: figures, stories, their filters."""

from datetime import date

import pytest

from tests import factories
from tests.surfaces.public.reading import Page

ANSWER = {
    "kind": "commitment", "text": "", "office": "commune_chief", "why_not": "", "until": "2026-03-01", "given_on": "2026-02-01",
    "done_on": "2026-02-20", "done_note": "Given back.", "outcome": "confirmed",
}  # fmt: skip


def line(path, level, name, raised, parent="", **more):
    numbers = {"raised": raised, "answered": raised - 10, "kept": 12, "overdue": 0}
    return (
        {"path": path, "parent": parent, "level": level, "name_km": name, "name_en": name, "rolled_up": False, "reason": ""}
        | numbers
        | more
    )


@pytest.fixture
def released(places):
    from spean.evidence.models import PublishedIssue, Release

    together = {"rolled_up": True, "reason": "together"}
    cells = [
        line("KH/", "country", "Cambodia", 80),
        line("KH/14/", "province", "Prey Veng", 50, "KH/"),
        line("KH/", "province", "Others", 30, "KH/", **together),
        line("KH/14/1401/", "district", "Ba Phnum", 50, "KH/14/"),
    ]
    Release.objects.create(table="voices", period=date(2026, 2, 1), released_on=date(2026, 3, 1), threshold=11, cells=cells)
    for number in range(1, 24):
        PublishedIssue.objects.create(
            number=number, kind="fees" if number % 2 else "debt", title_km=f"ចំណង {number}", title_en=f"Title {number}",
            summary_km="សេចក្ដី", summary_en="Summary", province=factories.place("14"), district=factories.place("1401"),
            committee_km="គណៈកម្មការ", committee_en="The committee", state="confirmed", raised_on=date(2026, 1, 5),
            moved_on=date(2026, 2, number), answers=[ANSWER, {**ANSWER, "text": "Cleared words"}],
        )  # fmt: skip


def test_figures_show_shapes_and_the_same_numbers_as_a_table(visitor, released):
    page = Page(visitor.get("/en/said/"))
    assert page.forbidden == []
    assert "40 of 50 answered" in page.text
    assert '<rect class="fill-base-300" width="50" height="10"/>' in page.html
    assert "Places where fewer than 11 voices could be singled out are told together." in page.text
    assert "?place=KH/14/" in page.links
    assert "?place=KH/" not in page.links
    assert "៨០" in Page(visitor.get("/km/said/")).text


def test_a_province_by_district(visitor, released):
    text = Page(visitor.get("/en/said/?place=KH/14/")).text
    assert "By district" in text
    assert "40 of 50 answered" in text
    assert "Others" not in text


def test_stories_by_kind_and_page(visitor, released):
    page = Page(visitor.get("/en/said/?kind=fees"))
    assert (page.values["kind"], "Title 23" in page.text, "Title 22" in page.text) == ("fees", True, False)
    page = Page(visitor.get("/en/said/?place=KH/14/1401/"))
    assert page.values["place"] == "KH/14/1401/"
    older = next(link for link in page.links if "after=" in link)
    rest = Page(visitor.get("/en/said/" + older.partition("#")[0])).text
    assert ("Title 3" in rest, "Title 4" in rest, "Older stories" in rest) == (True, False, False)
    assert "No story fits this choice." in Page(visitor.get("/en/said/?place=KH/03/")).text


def test_a_story_tells_what_became_of_it(visitor, released):
    response = visitor.get("/en/said/7/")
    page = Page(response)
    assert page.forbidden == []
    words = [
        "Title 7",
        "Raised with The committee.",
        "Responsible: Commune chief.",
        "Until 1 March 2026.",
        "Cleared words",
        "Given back.",
    ]
    assert [w for w in words if w not in page.text] == []
    assert "are not public until somebody has checked" in page.text
    assert "៥ មករា ២០២៦" in Page(visitor.get("/km/said/7/")).text


def test_before_the_first_release_that_is_said(visitor, places):
    text = Page(visitor.get("/en/said/")).text
    assert "No figures have been released yet." in text
    assert "No story is public yet." in text


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_list_asks_the_database_a_fixed_number_of_times(visitor, released, django_assert_num_queries, language):
    with django_assert_num_queries(6):
        visitor.get(f"/{language}/said/?place=KH/14/")
