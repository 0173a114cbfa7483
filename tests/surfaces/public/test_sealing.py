"""The page's side of sealing at the server: the offer of a key, and what is no envelope."""

import base64
import os
from uuid import uuid4

import pytest

from spean.privacy.envelopes import LARGEST_ENVELOPE


def test_the_offer_names_the_team_of_the_place_and_its_key(visitor, readers):
    offer = visitor.get("/en/report/seal/").json()
    assert set(offer) == {"org", "team", "key"}
    assert offer["team"] == str(readers.team.id)
    assert len(bytes.fromhex(offer["key"])) == 32


def test_where_nobody_reads_there_is_no_offer(visitor, places):
    assert visitor.get("/en/report/seal/").json() == {}


@pytest.mark.parametrize("place", ["x", "\x00", "9" * 400])
def test_an_unknown_place_has_no_offer(visitor, readers, place):
    assert visitor.get("/en/report/seal/", {"place-province": place}).json() == {}


@pytest.mark.parametrize(
    "envelope", ["x", "é", "AAAA", base64.b64encode(b"SE1" + os.urandom(LARGEST_ENVELOPE)).decode()], ids=lambda e: e[:4]
)
def test_what_is_no_envelope_comes_back_with_a_reason(send, envelope):
    page = send(envelope=envelope)
    assert page.status_code == 422
    assert "did not arrive whole" in page.text
    assert envelope[:60] not in page.text or len(envelope) < 5


def test_an_envelope_for_nobody_is_not_saved_and_says_what_to_do(send):
    blob = b"SE1" + os.urandom(600)
    page = send(told="", envelope=base64.b64encode(blob).decode(), sent_id=str(uuid4()))
    assert page.status_code == 409
    assert "press Send again" in page.text


def test_a_photo_is_no_voice(send):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.collect import files

    page = send(voice=SimpleUploadedFile("v", files.picture(), "audio/webm"))
    assert page.status_code == 422
