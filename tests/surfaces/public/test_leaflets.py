"""Leaflets and posters: the words of the page and no others, their day, their way back, and no way to flood the machine."""

import re
from io import BytesIO

import pypdfium2
import pytest

from spean.kernel.claims import ClaimState
from spean.library.enums import Shape
from spean.library.models import Fact, LawQuestion, Way
from spean.surfaces.public import allowance, leaflets

pytestmark = pytest.mark.django_db
A4, A3 = (595, 842), (842, 1191)
SIZES = {"leaflet": A4, "fold": A4[::-1], "poster": A3}


@pytest.fixture(autouse=True)
def _fresh_press(monkeypatch):
    monkeypatch.setattr(leaflets, "press", leaflets.Press())


def pages_of(answer) -> list[str]:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(answer.content))]


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", " ".join(pages_of(answer)))


@pytest.mark.parametrize("shape", Shape.values)
@pytest.mark.parametrize("language", ["km", "en"])
def test_a_paper_has_its_size_its_language_and_tags_for_those_who_hear_it(visitor, checked, language, shape):
    answer = visitor.get(f"/{language}/ways/thailand/{shape}.pdf")
    made = pypdfium2.PdfDocument(BytesIO(answer.content))
    assert {tuple(round(side) for side in page.get_size()) for page in made} == {SIZES[shape]}
    assert b"pdfuaid:part" in answer.content
    assert f"/Lang({language}".encode() in answer.content
    assert len(made) == {"leaflet": len(made), "fold": 2, "poster": 1}[shape]


@pytest.mark.parametrize("shape", Shape.values)
def test_every_way_and_question_fits_its_paper(visitor, checked, shape):
    most = {"leaflet": 5, "fold": 2, "poster": 1}[shape]
    paths = [f"ways/{slug}" for slug in Way.objects.values_list("slug", flat=True)]
    paths += [f"law/{slug}" for slug in LawQuestion.objects.values_list("slug", flat=True)]
    long = {path: len(pages_of(visitor.get(f"/km/{path}/{shape}.pdf"))) for path in paths[::3]}
    assert {path: n for path, n in long.items() if n > most} == {}


def test_that_thailand_is_shut_stands_before_the_title(visitor, checked):
    for shape in Shape.values:
        text = words_of(visitor.get(f"/en/ways/thailand/{shape}.pdf"))
        assert text.index("This way is shut") < text.index("To Thailand")
        assert "Facts checked on 20 November 2026." in text
        assert "Ask again after 1 May 2027" in text
        assert "http://testserver/en/ways/thailand/" in text


def test_what_the_page_hides_no_paper_shows(visitor, checked):
    first = words_of(visitor.get("/en/ways/malaysia/leaflet.pdf"))
    assert "1,700 Malaysian ringgit" in first
    Fact.objects.filter(key="my.wage").update(state=ClaimState.UNVERIFIED)
    second = words_of(visitor.get("/en/ways/malaysia/leaflet.pdf"))
    assert "1,700" not in second
    assert "We have no checked figure yet." in second
    Fact.objects.update(state=ClaimState.WITHDRAWN)
    assert "Nobody has checked a fact for this paper yet." in words_of(visitor.get("/en/ways/malaysia/poster.pdf"))


def test_what_is_overdue_and_what_is_a_demonstration_says_so(visitor, checked):
    Fact.objects.filter(key="my.wage").update(valid_until="2026-01-01", demonstration=True)
    for shape in Shape.values:
        text = words_of(visitor.get(f"/en/ways/malaysia/{shape}.pdf"))
        assert "This is a demonstration." in text
        assert "Facts checked on 20 November 2026." in text
        assert "Some of this should have been checked again by now." in text
    Fact.objects.update(demonstration=True)
    assert "Facts checked on" not in words_of(visitor.get("/en/ways/malaysia/leaflet.pdf"))


def test_khmer_is_whole(visitor, checked):
    text = words_of(visitor.get("/km/ways/malaysia/leaflet.pdf"))
    assert "១,៧០០" in text
    assert "�" not in text


def test_the_mark_changes_with_the_words_and_nothing_is_sent_twice(visitor, checked):
    path = "/en/ways/malaysia/leaflet.pdf"
    first = visitor.get(path)
    assert (first["Cache-Control"], first.cookies) == ("no-store", {})
    again = visitor.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Fact.objects.filter(key="my.wage").update(amount="1800")
    changed = visitor.get(path, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_only_what_has_to_be_set_anew_is_counted(visitor, checked, monkeypatch):
    monkeypatch.setattr(allowance, "MOST_PAPERS", 2)
    for _ in range(4):
        assert visitor.get("/en/law/agency-fee/leaflet.pdf").status_code == 200
    assert visitor.get("/en/law/agency-fee/fold.pdf").status_code == 200
    refused = visitor.get("/en/law/agency-fee/poster.pdf")
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (429, True)
    assert visitor.get("/en/law/agency-fee/leaflet.pdf").status_code == 200


@pytest.mark.parametrize(
    "path", ["ways/malaysia/book.pdf", "ways/nowhere/leaflet.pdf", "law/nothing/fold.pdf", "help/in/99/fold.pdf"]
)
def test_what_is_not_there_is_a_page_that_says_so(visitor, checked, path):
    assert visitor.get(f"/en/{path}").status_code == 404


def test_a_district_has_no_list_of_its_own(visitor, checked):
    assert visitor.get("/en/help/in/1401/leaflet.pdf").status_code == 404


def test_pages_lead_to_their_papers(visitor, checked):
    assert 'href="/en/ways/malaysia/poster.pdf"' in visitor.get("/en/ways/malaysia/").content.decode()
    assert 'href="/en/law/agency-fee/fold.pdf"' in visitor.get("/en/law/").content.decode()
