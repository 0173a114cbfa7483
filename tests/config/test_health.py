"""Alive, and ready: what the two addresses answer, and when."""

import pytest
from django.test import RequestFactory

from spean.config import health
from spean.privacy.keystore import keystore


@pytest.fixture(autouse=True)
def forget():
    health._settled.clear()


def ask(view):
    return view(RequestFactory().get("/"))


def test_alive_needs_nothing():
    assert (ask(health.healthz).status_code, ask(health.healthz).content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_when_everything_is_there():
    keystore().pepper()
    assert (ask(health.readyz).status_code, health.missing()) == (200, [])


@pytest.mark.django_db
def test_a_missing_keystore_is_named(settings, tmp_path):
    settings.KEYSTORE_DIR = tmp_path / "nowhere"
    answer = ask(health.readyz)
    assert answer.status_code == 503
    assert answer.content == b'{"ready": false, "missing": ["keystore"]}'


def test_no_answer_to_a_write():
    assert health.healthz(RequestFactory().post("/")).status_code == 405
