"""Photos of a contract on the public page: chosen, waited for, answered on the picture, corrected, deleted."""

import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bench import photographs
from spean.collect.models import Reading
from spean.collect.pages import Page, Word
from spean.surfaces.public import photographed
from tests.collect.test_reading import ENGLISH, IN_THE_QUEUE, locked_pdf, png, sheet
from tests.surfaces.public.reading import Page as Seen

SAFE = "None of what we look for was found"


def photo(data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.png", png(sheet(ENGLISH)) if data is None else data)


def send(visitor: Client, *photos: SimpleUploadedFile, language: str = "en", **more: str):
    fields = {"sent_id": str(uuid4()), "photos": list(photos), "read": "1", **more}
    return visitor.post(f"/{language}/contract/photos/", fields)


@pytest.fixture
def answered(db, visitor) -> str:
    """The address of an answer."""
    answer = send(visitor, photo())
    assert answer.status_code == 303
    return answer.url


def test_a_photo_is_answered_on_its_picture(visitor, answered):
    answer = visitor.get(answered)
    page = Seen(answer)

    assert "2 things to ask about were found." in page.text
    assert "Written in: English." in page.text
    assert page.html.count("<rect ") >= 4  # in each finding's strip, and on the page
    pictures = set(re.findall(r'<image href="([^"]+)"', page.html))
    assert {visitor.get(each).headers["Content-Type"] for each in pictures} == {"image/jpeg"}
    assert set(re.findall(r'href="#(w\d+)"', page.html)) == set(re.findall(r'id="(w\d+)"', page.html)) == {"w1", "w2"}
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Refresh" not in answer.headers


def test_a_corrected_text_is_checked_again_and_marked_on_the_picture(visitor, answered):
    read = Seen(visitor.get(answered)).values["page0"]
    page = Seen(visitor.post(answered, {"check": "1", "page0": read.replace("14", "8")}))
    assert "1 thing to ask about was found." in page.text
    assert "<rect " in page.html

    page = Seen(visitor.post(answered, {"check": "1", "page0": "The worker keeps the passport."}))
    assert page.values["page0"] == "The worker keeps the passport."
    assert visitor.post(answered, {"check": "1", "page0": "x" * 20_001}).status_code == 422


def test_delete_now_leaves_nothing(visitor, answered):
    picture = re.search(r'<image href="([^"]+)"', Seen(visitor.get(answered)).html).group(1)
    assert "Everything is deleted" in Seen(visitor.post(answered, {"delete": "1"})).text

    assert Reading.objects.count() == 0
    assert [visitor.get(each).status_code for each in (answered, picture)] == [404, 404]
    assert visitor.post(answered, {"delete": "1"}).status_code == 200  # twice is once


def test_who_waits_sees_the_place_and_the_page_looks_again(db, visitor, settings):
    settings.TASKS = IN_THE_QUEUE
    first, second = (visitor.get(send(visitor, photo()).url) for _n in range(2))

    assert "0 of 1 pages are read." in Seen(first).text
    assert "It is your turn." in Seen(first).text
    assert "Your place in the queue: 2." in Seen(second).text
    assert int(second.headers["Refresh"]) > 0
    assert "<script" not in second.content.decode().split("</head>")[1]


def test_a_page_that_cannot_be_read_is_never_called_fine(db, visitor):
    noise = photo(png(Image.effect_noise((800, 1100), 90)))
    clean = photo(png(sheet("The worker keeps the passport at all times.\nThe wage is paid on the fifth day of each month.")))
    page = Seen(visitor.get(send(visitor, clean, noise).url))

    assert SAFE not in page.text
    assert "Page 2 could not be read. What stands there is not checked." in page.text
    assert "Take a new photo: in daylight, the paper flat" in page.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a text", "We take photos"),
        (b"\xff\xd8\xff" + bytes(90), "damaged or not complete"),
        (locked_pdf(), "locked with a password"),
        (photographs.pdf(["Page"] * 50, "en"), "These are 50 pages. We read 10 at a time."),
    ],
    ids=["text", "damaged", "locked", "50 pages"],
)
def test_what_is_not_taken_says_why_in_words(db, visitor, data, words):
    answer = send(visitor, photo(data))

    assert answer.status_code == 422
    assert words in Seen(answer).text
    assert Reading.objects.count() == 0


def test_one_bad_file_among_several_is_named(db, visitor):
    answer = send(visitor, photo(), photo(b"text"), photo(b""))

    assert answer.status_code == 422
    assert "File 2: We take photos" in Seen(answer).text
    assert "File 3: This file is empty." in Seen(answer).text


def test_nothing_chosen_and_too_much(db, visitor, monkeypatch):
    from spean.surfaces.public.views import photographing

    assert "Choose a photo or a PDF" in Seen(send(visitor)).text
    monkeypatch.setattr(photographing, "LARGEST_SENDING", 1000)
    answer = send(visitor, photo(b"x" * 2000))
    assert (answer.status_code, "larger than" in Seen(answer).text) == (413, True)


def test_more_than_a_form_of_words_may_hold_arrives_whole(db, visitor):
    big = io.BytesIO()
    Image.effect_noise((2000, 2000), 120).convert("RGB").save(big, "PNG")
    assert len(big.getvalue()) < 10 * 1024 * 1024
    photos = [photo(big.getvalue()[:-100]) for _n in range(2)]  # more than other forms take; cut
    assert Seen(send(visitor, *photos)).text.count("damaged or not complete") == 4  # at the head and at the field


def test_a_machine_without_language_data_says_so(visitor, settings, tmp_path, db):
    settings.TESSDATA = str(tmp_path)
    assert "This machine cannot read photos at the moment." in Seen(visitor.get("/en/contract/")).text
    assert send(visitor, photo()).status_code == 503

    for language in ("khm", "eng"):
        (tmp_path / f"{language}.traineddata").touch()
    assert "This machine cannot read photos in: Thai." in Seen(visitor.get("/en/contract/")).text


def test_nobody_elses_page_can_send_it(visitor):
    answer = visitor.post("/en/contract/photos/", {"sent_id": str(uuid4())}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_a_crowd_waits(db, visitor, monkeypatch):
    from spean.surfaces.public import allowance

    monkeypatch.setattr(allowance, "MOST_FILES", 0)
    answer = send(visitor, photo())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


WORDS = st.lists(st.sampled_from(["wage", "is", "kept", "ប្រាក់", "ข้อ", "14", "the"]), min_size=1, max_size=12)


@given(read=WORDS, given_words=WORDS)
def test_a_words_place_is_always_within_the_text(read, given_words):
    page = Page(900, 900, words=tuple(Word(w, 10 * n, 0, 10 * n + 9, 9, n // 4) for n, w in enumerate(read)))
    text = " ".join(given_words)

    assert all(0 <= s.start < s.end <= len(text) for s in photographed.aligned(page, text))
    assert [page.text[s.start : s.end] for s in photographed.aligned(page, page.text)] == read
