"""What a reader meets: a search without a script, honest words for each state, a request that is kept or refused."""

import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from spean.directory.models import Correction
from spean.directory.queries import recruiters as public
from spean.kernel import clock
from tests.surfaces.public.reading import Page

#: what no page may promise
PROMISES = re.compile(r"\b(safe|safely|trustworthy|reliable|recommended)\b", re.IGNORECASE)


@pytest.fixture
def reader() -> Client:
    from spean.kernel.memory import memory

    memory().forget()
    return Client(enforce_csrf_checks=True)


def found(reader, asked, language="en"):
    return Page(reader.get(f"/{language}/recruiters/", {"q": asked}))


def test_the_first_page_is_a_box_and_a_warning(reader, town):
    answer = reader.get("/en/recruiters/")
    page = Page(answer)
    assert (answer.status_code, page.forbidden, len(answer.cookies)) == (200, [], 0)
    assert "A licence does not say that an offer is good" in page.text
    assert "It is not in our list." not in page.text


def test_what_is_not_in_the_list_is_told_honestly(reader, recruiter):
    recruiter()
    page = found(reader, "Lotus Company")
    assert "It is not in our list." in page.text
    assert "That alone does not mean that it is against the law" in page.text
    assert "Pay nothing" in page.text
    assert "/en/help/?need=migrate#found" in page.links


def test_a_licence_of_which_two_offices_speak_has_one_number(recruiter, claim):
    pk = recruiter()
    for more in ({}, {"claimant": "court", "says": "revoked"}):
        claim(pk, licence_number="777/2025", **more)
    assert public.one(pk).licence_numbers == ("777/2025",)


def test_what_nobody_checked_is_no_fact(reader, recruiter, claim):
    claim(recruiter(), published=False, licence_number="777/2025")
    page = found(reader, "Demo Agency Star")
    assert "We have not checked whether it has a licence." in page.text
    assert "777/2025" not in page.text
    assert "It is not in our list." in found(reader, "777/2025").text


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([{}], "It has a licence, says the source below."),
        ([{"says": "suspended"}], "Its licence is suspended"),
        ([{"says": "revoked"}], "Its licence was taken away"),
        ([{"says": "expired"}], "Its licence has ended"),
        ([{"says": "never"}], "It never had a licence"),
        ([{"says": "delisted"}], "stands on the newer one no more"),
        ([{"says": "unknown"}], "Nobody could say whether it has a licence."),
        ([{}, {"claimant": "court", "says": "revoked"}], "Offices say different things of its licence."),
    ],
)
def test_each_state_has_its_words_and_none_promises_anything(reader, recruiter, claim, claims, words):
    pk = recruiter()
    for said in claims:
        claim(pk, **said)
    for page in (found(reader, "Demo Agency Star"), Page(reader.get(f"/en/recruiters/{pk}/"))):
        assert words in page.text
        assert page.text.count("Source: A list.") >= len(claims)
        assert PROMISES.findall(page.text) == []
        assert page.forbidden == []
    khmer = Page(reader.get(f"/km/recruiters/{pk}/"))
    assert khmer.lang == "km"
    assert words not in khmer.text


def test_a_demonstration_says_so(reader, recruiter):
    pk = recruiter(demonstration=True, numbers=())
    assert "This is a demonstration." in found(reader, "Demo Agency").text
    assert "This is a demonstration." in Page(reader.get(f"/en/recruiters/{pk}/")).text


def test_a_number_that_nobody_called_is_not_shown(reader, recruiter):
    page = Page(reader.get(f"/en/recruiters/{recruiter()}/"))
    assert "311" not in page.text
    assert "which nobody of us has called" in page.text


def test_nonsense_in_the_address_is_no_error(reader, recruiter):
    recruiter()
    for query in (
        "q=%00",
        "q=%ff%fe",
        "from=99999&q=Demo",
        "from=-1&q=Demo",
        "q=" + "%E1%9E%80" * 300,
        "q=%E2%80%AE",
        "q='%22--",
    ):
        assert reader.get(f"/km/recruiters/?{query}").status_code == 200


def test_a_full_page_is_small(reader, recruiter, claim, record_property):
    for number in range(public.PAGE):
        claim(recruiter(name_en=f"Demo Agency {number}", numbers=()), licence_number=f"{number}/2025")
    page = reader.get("/km/recruiters/?q=Demo+Agency").content
    folder = Path(settings.PACKAGE) / "surfaces/public/static/built"
    wanted = set(re.findall(r"/static/built/([\w.-]+)", page.decode()))
    loaded = len(gzip.compress(page)) + sum((folder / f"{name}.br").stat().st_size for name in wanted)
    record_property("bytes of a full page of recruiters, without font", loaded)
    assert loaded < 60_000


def test_a_search_too_often_is_told_and_keeps_the_words(reader, recruiter, monkeypatch):
    monkeypatch.setattr("spean.surfaces.public.allowance.MOST_CHECKS", 1)
    found(reader, "Demo")
    answer = reader.get("/en/recruiters/?q=Demo")
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert Page(answer).values["q"] == "Demo"
    assert "It is not in our list." not in Page(answer).text


def test_a_request_is_kept_once_and_asks_for_nobody(reader, recruiter):
    pk = recruiter()
    page = Page(reader.get(f"/en/recruiters/{pk}/correct/"))
    assert set(page.values) == {"sent_id", "wrong", "proof"}
    sent = {"sent_id": str(uuid4()), "wrong": "The number is another", "proof": "A letter"}
    for _twice in range(2):
        answer = reader.post(f"/en/recruiters/{pk}/correct/", sent)
        assert (answer.status_code, len(answer.cookies)) == (200, 0)
        assert "Your request is kept" in Page(answer).text
    assert Correction.objects.get().wrong == "The number is another"


@pytest.mark.parametrize(
    "words", [{"wrong": ""}, {"wrong": "a" * 2001}, {"proof": "a" * 501}, {"sent_id": "x"}, {"wrong": "a\u202eb"}]
)
def test_what_cannot_be_kept_comes_back_with_its_words(reader, recruiter, words):
    pk = recruiter()
    answer = reader.post(f"/en/recruiters/{pk}/correct/", {"sent_id": str(uuid4()), "wrong": "A", "proof": "B", **words})
    page = Page(answer)
    assert (answer.status_code, Correction.objects.count()) == (422, 0)
    assert page.values["proof"] == words.get("proof", "B")


def test_a_flood_of_requests_is_stopped_and_loses_no_words(reader, recruiter, monkeypatch):
    monkeypatch.setattr("spean.surfaces.public.allowance.MOST_CORRECTIONS", 1)
    pk = recruiter()
    for status in (200, 429):
        answer = reader.post(f"/en/recruiters/{pk}/correct/", {"sent_id": str(uuid4()), "wrong": "A"})
        assert answer.status_code == status
    assert Page(answer).values["wrong"] == "A"
    assert Correction.objects.count() == 1


def test_nobody_asks_about_what_is_not_public(reader, recruiter, coordinator):
    from spean.directory.operations.registering import RECRUITERS

    pk = recruiter()
    RECRUITERS.withdraw(coordinator, pk)
    assert reader.get(f"/en/recruiters/{pk}/").status_code == 404
    assert reader.post(f"/en/recruiters/{pk}/correct/", {"sent_id": str(uuid4()), "wrong": "A"}).status_code == 404


@pytest.mark.parametrize("path", ["", "ways/", "recruiters/"])
def test_one_comes_here_from_the_pages_before_leaving(reader, town, path):
    assert "/en/recruiters/" in Page(reader.get(f"/en/{path}")).links


def test_one_comes_here_from_a_checked_offer(reader, town):
    assert "/en/recruiters/" in Page(reader.post("/en/offer/", {"visa": "yes"})).links


def told(recruiter, *batches):
    """The figures of as many months, each with one batch of this recruiter."""
    from spean.evidence.models import Release

    for number, batch in enumerate(batches, 1):
        row = {"recruiter": str(recruiter), "total": 0, "kinds": [], "taken_back": False, **batch}
        days = {"period": date(2026, number, 1), "released_on": date(2026, number + 1, 1)}
        Release.objects.create(table="recruiters", threshold=11, cells=[row], **days)


NONE = "No number does not mean that nothing happened, or that this recruiter is good."


@pytest.mark.parametrize("language", ["en", "km"])
def test_without_a_number_it_says_why_and_that_this_means_nothing_good(reader, recruiter, language):
    answer = reader.get(f"/{language}/recruiters/{recruiter()}/")
    assert answer.status_code == 200
    if language == "en":
        page = Page(answer).text
        assert ("No number is shown here." in page, NONE in page, "reports about this recruiter" in page) == (True, True, False)


def test_a_number_is_told_with_its_kinds_its_day_and_what_it_is_not(reader, recruiter):
    pk = recruiter()
    told(pk, {"total": 30, "kinds": [{"kind": "fees", "voices": 19}]}, {"total": 11})
    with clock.at(datetime(2026, 9, 1, tzinfo=UTC)):
        page = Page(reader.get(f"/en/recruiters/{pk}/")).text
    for words in (
        "41 reports about this recruiter were raised with offices. Counted until 28 February 2026",
        "Fees and brokers: 19",
        "Something else, or of which few spoke: 22",
        "No court has judged it.",
    ):
        assert words in page
    assert (NONE in page, PROMISES.search(page)) == (False, None)


def test_what_was_taken_back_is_said_and_is_no_number(reader, recruiter):
    pk = recruiter()
    told(pk, {"total": 30}, {"taken_back": True})
    with clock.at(datetime(2026, 9, 1, tzinfo=UTC)):
        page = Page(reader.get(f"/en/recruiters/{pk}/")).text
    assert ("taken back on 1 March 2026" in page, "No number is shown here." in page, "30 reports" in page) == (True, True, False)
