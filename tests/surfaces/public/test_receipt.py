"""Coming back with the number: the same words for every wrong one, the team's replies, more from the person."""

import uuid

import pytest

from spean.kernel.ids import group, with_check_digit
from spean.kernel.text import khmer_digits
from spean.voices.models import Attachment, Concern, Message
from spean.voices.operations import threads
from tests.surfaces.public.reading import Page, receipt_of
from tests.surfaces.public.test_report import photo

ADDED = "and they took my passport PLANTED-88"


@pytest.fixture
def code(send):
    return receipt_of(send(told="SECRET-TOLD"))


@pytest.fixture
def reply(readers):
    """The team says something."""

    def replying(text: str, kind: str = "answer") -> None:
        concern = Concern.objects.get()
        key = readers.ring.data_key(concern.thread_id)
        threads.say(concern, key, text, uuid.uuid4(), kind=kind, author=readers.user_id)

    return replying


@pytest.mark.parametrize(
    "typed", [str, group, khmer_digits, lambda c: khmer_digits(group(c, 6)), lambda c: f" {group(c, 3)}\u200b. "]
)
def test_the_number_opens_its_thread_however_it_is_typed(visitor, code, reply, typed):
    reply("We have raised it. ការឆ្លើយ")
    response = visitor.post("/en/receipt/", {"code": typed(code)})
    text = Page(response).text
    assert response.status_code == 200
    assert "We have raised it. ការឆ្លើយ" in text
    assert "SECRET-TOLD" not in text
    assert "Set-Cookie" not in response.headers


def test_every_wrong_number_is_answered_alike(visitor, code):
    same_place = with_check_digit(code[:6] + f"{(int(code[6:23]) + 1) % 10**17:017d}")
    elsewhere = with_check_digit(f"{(int(code[:6]) + 1) % 10**6:06d}" + code[6:23])
    answers = [visitor.post("/en/receipt/", {"code": wrong}) for wrong in (same_place, elsewhere)]
    words = [a.content.decode().replace(wrong, "") for a, wrong in zip(answers, (same_place, elsewhere), strict=True)]
    assert [a.status_code for a in answers] == [422, 422]
    assert words[0] == words[1]
    assert "We do not know this number." in words[0]


@pytest.mark.parametrize("typed", ["", "123", "x" * 300, "9" * 24, "\u202e123", "' OR 1=1 --", "1" * 5000])
def test_what_is_no_number_is_refused_with_its_reason(visitor, code, typed):
    response = visitor.post("/km/receipt/", {"code": typed})
    assert response.status_code == 422
    assert Page(response).values["code"] == typed


def test_more_can_be_added_once_and_is_not_shown_again(visitor, code, readers):
    sent = {"code": code, "text": ADDED, "sent_id": str(uuid.uuid4())}
    for _twice in range(2):
        response = visitor.post("/en/receipt/add/", {**sent, "files": photo()})
        assert response.status_code == 200
        assert ADDED not in response.content.decode()
    concern, message = Concern.objects.get(), Message.objects.get()
    assert "You added something." in Page(response).text
    assert threads.text_of(concern, readers.ring.data_key(concern.thread_id), message) == ADDED
    assert Attachment.objects.get().in_thread


def test_what_is_wrong_in_an_addition_is_said_and_kept(visitor, code):
    sent = {"code": code, "text": "x" * 5001, "sent_id": "forged"}
    response = visitor.post("/en/receipt/add/", sent)
    page = Page(response)
    assert response.status_code == 422
    assert "This is 5001 letters long." in page.text
    assert "This page was not complete." in page.text
    assert (page.values["text"], page.values["code"]) == (sent["text"], code)
    assert Message.objects.count() == 0


def test_adding_with_a_wrong_number_adds_nothing(visitor, code):
    response = visitor.post("/en/receipt/add/", {"code": "9" * 24, "text": ADDED, "sent_id": str(uuid.uuid4())})
    assert response.status_code == 422
    assert Message.objects.count() == 0


@pytest.mark.parametrize("state", [s.value for s in __import__("spean.voices.enums", fromlist=["ConcernState"]).ConcernState])
def test_each_state_is_told_in_plain_words(visitor, code, state):
    from spean.surfaces.public.views.threads import STATES

    Concern.objects.update(state=state)
    assert str(STATES[state]) in Page(visitor.post("/en/receipt/", {"code": code})).text
