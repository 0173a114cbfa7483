"""The public checks without a script: what is pasted comes back with an answer, nothing is kept, nothing is promised."""

import re

import pytest

from tests.surfaces.public.reading import Page

pytestmark = pytest.mark.django_db

BAD = (
    "The employer keeps the passport <b> of the worker.\nThe worker works 14 hours per day.\n"
    "The wage is 250 baht per day.\nThe worker shall not leave the dormitory."
)
CLEAN = "The employer shall not keep the passport of the worker. The wage is 15,000 baht per month, paid on the 5th day."
SAID = re.compile(r"\b(safe|safely|good contract|good offer)\b")


def test_a_contract_with_flags_is_answered_with_its_own_words_marked(visitor):
    answer = visitor.post("/en/contract/", {"text": BAD})
    page = Page(answer)
    assert answer.status_code == 200
    assert not answer.cookies
    assert page.forbidden == []
    assert "4 things to ask about were found." in page.text
    assert '<mark class="print:underline">employer keeps the passport</mark>' in page.html
    assert "&lt;b&gt;" in page.html
    assert "250 THB a day. This is less than the lowest wage in a list that nobody of us has checked yet." in page.text
    assert "337" not in page.text
    assert "14 hours a day. We look for more than 12." in page.text
    assert page.values["text"] == BAD
    assert "/en/report/" in page.links


def test_the_same_in_khmer(visitor):
    page = Page(visitor.post("/km/contract/", {"text": BAD}))
    assert "រកឃើញចំណុច ៤ ដែលត្រូវសួរ។" in page.text
    assert "អ្នកដទៃរក្សាទុកលិខិតឆ្លងដែនរបស់អ្នក" in page.text
    assert page.lang == "km"


def test_every_link_into_the_text_leads_somewhere(visitor):
    html = Page(visitor.post("/en/contract/", {"text": BAD})).html
    ids = re.findall(r'id="([wf]\d+)"', html)
    assert sorted(ids) == sorted(set(ids)) == sorted(f"{c}{n}" for c in "fw" for n in range(1, 5))
    assert set(re.findall(r'href="#([wf]\d+)"', html)) == set(ids)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CLEAN, "None of what we look for was found. Have a person read it."),
        ("Contract", "We could not read it."),
        ("雇用主は労働者の旅券を保管する。" * 10, "We could not read it."),
    ],
)
def test_a_contract_without_flags_is_never_called_good(visitor, text, words):
    page = Page(visitor.post("/en/contract/", {"text": text}))
    assert words in page.text
    assert SAID.findall(page.text.replace("does not mean that the contract is good", "")) == []


@pytest.mark.parametrize(
    ("text", "reason"), [("", "Paste or type the text"), (" \u200b\n", "Paste or type"), ("x" * 20_001, "20000 at a time")]
)
def test_what_cannot_be_read_is_said_and_given_back(visitor, text, reason):
    answer = visitor.post("/en/contract/", {"text": text})
    page = Page(answer)
    assert answer.status_code == 422
    assert reason in page.text
    assert page.values["text"].strip() == text.strip()


def test_signs_that_turn_the_direction_are_taken_out(visitor):
    page = Page(visitor.post("/en/contract/", {"text": BAD.replace("passport", "\u202epass\u200fport\u202c")}))
    assert "4 things to ask about were found." in page.text


def test_a_crowd_is_asked_to_wait_and_keeps_its_text(visitor, monkeypatch):
    from spean.surfaces.public import allowance

    monkeypatch.setattr(allowance, "MOST_CHECKS", 1)
    visitor.post("/en/contract/", {"text": BAD})
    answer = visitor.post("/en/contract/", {"text": BAD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert Page(answer).values["text"] == BAD
    assert visitor.post("/en/offer/", {"visa": "yes"}).status_code == 429


def test_a_check_asks_the_database_nothing(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.post("/en/contract/", {"text": BAD})
        visitor.post("/en/offer/", {"visa": "yes"})


def test_a_strong_sign_says_do_not_go_yet(visitor):
    page = Page(visitor.post("/en/offer/", {"visa": "yes", "employer": "unknown"}))
    assert "Do not go yet." in page.text
    assert "You answered 1 of 15 questions." in page.text
    assert "Ask for the name, the address and a telephone number." in page.text
    assert page.values["visa"] == "yes"


def test_an_offer_without_signs_is_never_called_good(visitor):
    from spean.checks import offer

    fine = {q.code: "no" if q.worries == "yes" else "yes" for q in offer.questions()}
    page = Page(visitor.post("/en/offer/", fine))
    assert "None of the signs that we ask about was found." in page.text
    assert SAID.findall(page.text) == []
    assert "Too few answers to say anything." in Page(visitor.post("/en/offer/", {})).text


def test_an_answer_that_is_none_is_told(visitor):
    answer = visitor.post("/en/offer/", {"visa": "perhaps"})
    assert answer.status_code == 422
    assert "Choose one of the answers, or none." in Page(answer).text


@pytest.mark.parametrize("path", ["contract/", "offer/"])
def test_a_foreign_page_cannot_send_it(visitor, path):
    assert visitor.post(f"/en/{path}", {"text": BAD}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
