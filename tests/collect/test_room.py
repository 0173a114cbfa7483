"""A disk that is nearly full: files are refused first, then words, and it is said."""

import uuid
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spean.collect import room
from spean.config import health
from spean.privacy.keystore import keystore
from spean.voices.models import Concern
from tests import factories
from tests.collect.files import picture

ALL = 2.0, 10**18  # more than there is


@pytest.fixture
def send(db):
    factories.load_places()
    factories.report_team()

    def sending(*, photo=False):
        data = {"sent_id": str(uuid.uuid4()), "told": "A broker took 500 dollars.", "send": "1"}
        if photo:
            data["files"] = SimpleUploadedFile("p.jpg", picture("JPEG"), "image/jpeg")
        return Client().post("/en/report/", data)

    return sending


def test_files_stop_before_words(send, monkeypatch):
    monkeypatch.setattr(room, "FILES_SHARE", ALL[0])
    monkeypatch.setattr(room, "FILES_BYTES", ALL[1])

    refused = send(photo=True)
    assert (refused.status_code, Concern.objects.count()) == (503, 0)
    assert str(room.NO_FILES) in refused.content.decode()
    assert "A broker took 500 dollars." in refused.content.decode()
    assert (send().status_code, Concern.objects.count()) == (200, 1)


def test_without_room_nothing_is_taken_and_readiness_says_so(send, monkeypatch):
    keystore().pepper()
    assert health.missing() == []
    monkeypatch.setattr(room, "WORDS_SHARE", ALL[0])
    monkeypatch.setattr(room, "WORDS_BYTES", ALL[1])

    refused = send()
    assert (refused.status_code, Concern.objects.count(), health.missing()) == (503, 0, ["room"])
    assert str(room.NO_WORDS) in refused.content.decode()


def test_a_large_disk_keeps_no_more_free_than_it_needs(monkeypatch, tmp_path):
    large = SimpleNamespace(total=10**13, free=11 * 1024**3)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _folder: large)
    room.need(files=True)
