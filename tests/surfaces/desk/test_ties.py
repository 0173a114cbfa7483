"""The page on which a team says which recruiter an issue is about: found in both scripts, by licence or telephone."""

import pytest

from tests.surfaces.public.reading import Page


@pytest.fixture
def star(town):
    return town.recruiter("Demo Agency Star Co., Ltd.", name_km="ទីភ្នាក់ងារផ្កាយ", aliases=("Phkay",), numbers=("012 311 117",))


@pytest.mark.parametrize("asked", ["demo agency star", "ទីភ្នាក់ងារផ្កាយ", "phkay", "012 311 117", "០១២ ៣១១ ១១៧"])
def test_it_is_found_however_it_is_written_chosen_and_taken_back(town, star, asked):
    issue, browser = town.issue(), town.client("worker")
    address = f"/en/desk/issues/{issue.pk}/recruiter/"
    found = browser.post(address, {"q": asked})
    assert (found.status_code, str(star) in found.text) == (200, True)

    browser.post(address, {"recruiter": str(star)})
    page = Page(browser.get(f"/en/desk/issues/{issue.pk}/"))
    assert "Demo Agency Star" in page.text
    assert "It is about this one already." in Page(browser.post(address, {"q": asked})).text

    browser.post(address, {"recruiter": ""})
    assert "No recruiter of the register." in Page(browser.get(f"/en/desk/issues/{issue.pk}/")).text
    assert "until" in Page(browser.get(address)).text


def test_what_cannot_be_is_answered_and_nothing_is_lost(town):
    issue, browser = town.issue(), town.client("worker")
    address = f"/en/desk/issues/{issue.pk}/recruiter/"
    assert "Nobody is found" in Page(browser.post(address, {"q": "Nobody At All"})).text
    assert browser.post(address, {"q": ""}).status_code == 422
    for wrong in ("x", str(issue.pk)):
        refused = browser.post(address, {"recruiter": wrong})
        assert (refused.status_code, "Choose a recruiter that was found" in refused.text) == (422, True)
    assert issue.recruiters.count() == 0


def test_the_register_shows_the_honest_count_to_who_may_open_the_issues(town, star):
    from spean.voices.operations import tying

    issue = town.issue("raised", concerns=(town.concern(read=True).pk,))
    tying.tie(town.actor("worker"), issue.pk, star)
    address = f"/en/desk/recruiters/{star}/"
    assert "1 concern is behind the issues about it" in Page(town.client("manager").get(address)).text
    page = Page(town.client("coordinator").get(address)).text
    assert ("None that you may open." in page, "1 concern is behind" in page) == (True, False)
