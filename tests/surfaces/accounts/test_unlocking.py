"""Keys open and lock, and nothing typed is lost in between."""

import html
import json
import re

import pytest
from accounts.house import PASSWORD, has_open_keys, signed_in, words
from django.core.files.uploadedfile import SimpleUploadedFile

from spean.privacy import keys
from spean.privacy.models import UnlockSession


@pytest.fixture
def locked(house):
    """Sophea, signed in, keys locked."""
    client = signed_in(house["sophea"])
    client.post("/en/desk/lock/")
    return client


def hidden(answer):
    """The hidden fields of a page's forms, in order."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    plain = [(name, html.unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"]
    return plain or [(n, html.unescape(v)) for n, v in re.findall(r'name="(held)" value="([^"]*)"', answer.content.decode())]


def test_the_lock_button_locks_and_numbers_stay(house, locked):
    assert not has_open_keys(locked)
    assert UnlockSession.objects.count() == 0
    assert locked.get("/en/desk/people/").status_code == 200
    assert locked.get("/en/desk/lock/").status_code == 405


def test_the_password_opens_and_leads_on(locked):
    answer = locked.post("/en/desk/unlock/", {"password": PASSWORD, "next": "/en/desk/me/?a=1"})
    assert answer.headers["Location"] == "/en/desk/me/?a=1"
    assert has_open_keys(locked)


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example", "/km/", "/nowhere/", "/en/account/sign-out/", ""])
def test_it_leads_nowhere_but_to_the_desk(locked, target):
    assert locked.post("/en/desk/unlock/", {"password": PASSWORD, "next": target}).headers["Location"] == "/en/desk/"


def test_a_wrong_password_opens_nothing(locked):
    answer = locked.post("/en/desk/unlock/", {"password": "wrong"})
    assert answer.status_code == 422
    assert "This password does not open your keys." in words(answer)
    assert not has_open_keys(locked)


def test_attempts_are_limited_for_this_person_and_nobody_else(house, locked):
    statuses = [locked.post("/en/desk/unlock/", {"password": "wrong"}).status_code for _n in range(6)]
    assert statuses == [422] * 5 + [429]
    assert locked.post("/en/desk/unlock/", {"password": PASSWORD}).status_code == 429
    assert has_open_keys(signed_in(house["sophea"], "10.0.0.9"))
    assert has_open_keys(signed_in(house["dara"]))


def test_a_form_that_comes_while_locked_is_held_and_sent_on(house, locked):
    new = house.add("new", "case_worker")
    path = f"/en/desk/people/{house.team.id}/key/{new.id}/"
    typed = keys.fingerprint(new.id).replace(" ", "")

    held = locked.post(f"{path}?from=list", {"fingerprint": typed})
    assert held.status_code == 423
    assert "What you typed is kept in this page" in words(held)

    again = locked.post("/en/desk/unlock/", {"password": "wrong", **dict(hidden(held))})
    assert (again.status_code, hidden(again)) == (422, hidden(held))

    opened = locked.post("/en/desk/unlock/", {"password": PASSWORD, **dict(hidden(again))})
    assert f'action="{path}?from=list"' in opened.content.decode()
    assert hidden(opened) == [("fingerprint", typed)]
    assert locked.post(path, dict(hidden(opened))).status_code == 302
    assert keys.holds_team_key(new.id, house.team.id)


NASTY = ["<script>alert(1)</script>", '"><img src=x>', "ពីរ\r\nបន្ទាត់", " spaces ", "", "'\u2028", "x" * 20_000]


def test_what_is_held_comes_back_letter_by_letter_and_is_stored_nowhere(house, locked):
    from django.contrib.sessions.models import Session

    path = "/en/desk/me/recovery-code/"
    held = locked.post(path, {"told": NASTY, "kind": ["a", "b"], "csrfmiddlewaretoken": "x"})
    opened = locked.post("/en/desk/unlock/", {"password": PASSWORD, **dict(hidden(held))})

    assert hidden(opened) == [("told", v) for v in NASTY] + [("kind", "a"), ("kind", "b")]
    assert "<script>alert" not in held.content.decode() + opened.content.decode()
    assert "spaces" not in str([s.get_decoded() for s in Session.objects.all()])


def test_files_have_to_be_chosen_again_and_that_is_said(locked):
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8", "image/jpeg")
    held = locked.post("/en/desk/me/recovery-code/", {"told": "something", "photo": file})
    assert "Photos and recordings must be chosen again" in words(held)
    assert "\\xff" not in dict(hidden(held))["held"]

    opened = locked.post("/en/desk/unlock/", {"password": PASSWORD, **dict(hidden(held))})
    assert "It goes without the photo or recording" in words(opened)


@pytest.mark.parametrize(
    "held",
    [
        "[", "{}", "null", "1", '{"path": 1, "fields": []}', '{"path": "https://evil.example/", "fields": []}',
        '{"path": "//evil.example/", "fields": []}', '{"path": "/en/account/sign-out/", "fields": []}',
        '{"path": "/en/desk/me/", "fields": [["a"]]}', '{"path": "/en/desk/me/", "fields": 7}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_forged_hold_is_ignored(locked, held):
    answer = locked.post("/en/desk/unlock/", {"password": PASSWORD, "held": held})
    assert answer.headers["Location"] == "/en/desk/"


def test_a_hold_never_carries_a_token(locked):
    held = json.dumps({"path": "/en/desk/me/", "fields": [["csrfmiddlewaretoken", "x"], ["name", "y"]], "files": False})
    assert hidden(locked.post("/en/desk/unlock/", {"password": PASSWORD, "held": held})) == [("name", "y")]


def test_a_get_that_needs_keys_comes_back_after_opening(house, locked, rf):
    from spean.kernel.errors import Locked
    from spean.surfaces.middleware import RefusalMiddleware

    request = rf.get("/en/desk/concerns/x/?a=1")
    answer = RefusalMiddleware(None).process_exception(request, Locked())
    assert answer.headers["Location"] == "/en/desk/unlock/?next=%2Fen%2Fdesk%2Fconcerns%2Fx%2F%3Fa%3D1"


def test_keys_that_were_swapped_in_the_database_do_not_open(house, locked):
    from spean.privacy.models import UserKey

    other = UserKey.objects.get(user=house["admin"].id)
    UserKey.objects.filter(user=house["sophea"].id).update(public_box=other.public_box)
    assert locked.post("/en/desk/unlock/", {"password": PASSWORD}).status_code == 422
