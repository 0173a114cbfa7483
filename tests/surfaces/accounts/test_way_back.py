"""The way back by custodians through the pages, as the person and two custodians walk it; and devices that are ended."""

import re
from datetime import UTC, datetime

import pytest
from accounts.house import PASSWORD, a_subject, browser, has_open_keys, sign_in, signed_in, words
from accounts.test_custodians import NEW, another_team, kept  # noqa: F401 - a fixture
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from spean.accounts import operations, queries
from spean.accounts.models import Device
from spean.kernel import clock
from spean.kernel.text import khmer_digits
from spean.privacy import custody, keys
from spean.privacy.models import DataKeyWrap, TeamWrap, UnlockSession

WAY = "/en/desk/recover/with-custodians/"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36"


def shown(answer):
    """The digits on a page, as they are read out."""
    return " ".join(re.findall(r"<span>(\d{5})</span>", answer.content.decode()))


def test_two_custodians_bring_somebody_back(kept):  # noqa: F811
    signed_in(kept["dara"]).post("/en/account/sign-out/")  # the keys were open once: they lie with the custodians
    assert custody.left_with(kept["dara"].id)[0] == kept.org.id
    asked = signed_in(kept["sophea"]).post(
        f"/en/desk/people/members/{kept['dara'].membership()}/way-back/", {"way": "custodians"}
    )
    phone = browser("10.7.7.7")
    assert phone.post(WAY, {"username": "dara", "fingerprint": "1" * 20}).status_code == 422
    taken = phone.post(WAY, {"username": "dara", "fingerprint": khmer_digits(shown(asked))})
    assert taken.headers["Location"] == WAY
    digits = shown(phone.get(WAY))
    for number, helper in enumerate(kept.trio[1:]):
        page = phone.get(WAY)
        assert f"{number} of 2 custodians have helped" in words(page)
        assert b'name="password"' not in page.content
        client = signed_in(helper, f"10.1.1.{number}")
        address = re.search(r"/en/desk/custodians/ways/[0-9a-f-]+/", client.get("/en/desk/custodians/").content.decode()).group()
        assert client.post(address, {"fingerprint": digits}).status_code == 422  # no second look
        assert client.post(address, {"fingerprint": "1" * 20, "sure": "on"}).status_code == 422
        assert client.post(address, {"fingerprint": digits, "sure": "on"}).status_code == 302
    assert b'name="password"' in phone.get(WAY).content
    done = phone.post(WAY, {"password": NEW})
    assert "Your new password is saved." in words(done)
    assert phone.cookies[settings.WAY_BACK_COOKIE_NAME].value == ""
    kept["dara"].password = NEW
    assert has_open_keys(signed_in(kept["dara"]))


def test_the_secret_of_a_way_back_is_in_one_cookie_and_no_table(kept, django_db_blocker):  # noqa: F811
    from spean.privacy.models import Ceremony

    operations.leave_with_custodians(kept["dara"].actor())
    code = operations.open_request(kept["sophea"].actor(), kept["dara"].membership(), way="custodians")
    phone = browser()
    phone.post(WAY, {"username": "dara", "fingerprint": code})
    cookie = phone.cookies[settings.WAY_BACK_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Strict", "/", 24 * 3600)
    secret = cookie.value.partition(".")[2]
    assert secret not in str(list(Ceremony.objects.values())) + str(list(kept["dara"].user.devices.values()))


@pytest.mark.parametrize("value", ["", ".", "x.y", "00000000-0000-4000-8000-000000000000.x", "\xff"])
def test_a_strange_cookie_is_no_way_back(db, value):
    client = browser()
    client.cookies[settings.WAY_BACK_COOKIE_NAME] = value
    assert b'name="fingerprint"' in client.get(WAY).content
    assert client.post(WAY, {"password": NEW}).status_code == 422


def test_the_codes_cannot_be_guessed_at_will(house):
    client = browser("203.0.113.9")
    answers = [client.post(WAY, {"username": "dara", "fingerprint": "1" * 20}).status_code for _ in range(12)]
    assert answers[:10] == [422] * 10
    assert answers[10:] == [429] * 2


def test_after_a_way_back_the_second_step_is_off_and_asked_for_where_it_must_be(kept):  # noqa: F811
    Authenticator.objects.create(user=kept["dara"].user, type="totp", data={"secret": "x"})
    kept.org.requires_second_factor = True
    kept.org.save()
    code = operations.open_request(kept["sophea"].actor(), kept["dara"].membership(), way="new_keys")
    request, secret = operations.take_up("dara", code=code)
    operations.finish_request(request, secret, password=NEW)
    kept["dara"].password = NEW
    assert signed_in(kept["dara"]).get("/en/desk/").headers["Location"] == "/en/account/second-step/on/"


# -- devices ---------------------------------------------------------------------------------------------------------------
def test_a_device_is_kept_coarsely_and_once(house):
    client = browser(headers={"User-Agent": PHONE})
    sign_in(client, house["dara"])
    for _ in range(2):
        client.get("/en/desk/")
    row = Device.objects.get(user=house["dara"].user)
    assert (row.kind, row.browser) == ("phone", "chrome")
    page = words(client.get("/en/desk/me/devices/"))
    assert "Telephone, Chrome" in page
    assert "This one" in page
    assert "Android" not in str(list(Device.objects.values()))
    assert {f.name for f in Device._meta.fields} == {"id", "user", "kind", "browser", "first_on", "last_on"}


def test_one_session_ends_at_its_next_request_and_its_keys_at_once(house):
    mine, lost = signed_in(house["dara"]), signed_in(house["dara"], "10.0.0.9")
    here = mine.session["device"]
    other = Device.objects.exclude(pk=here).get()
    mine.post(f"/en/desk/me/devices/{other.pk}/end/")
    assert UnlockSession.objects.count() == 1
    assert lost.get("/en/desk/people/").headers["Location"].startswith("/en/account/sign-in/")
    assert lost.get("/en/account/second-step/").headers["Location"].startswith("/en/account/sign-in/")
    assert has_open_keys(mine)


def test_a_new_day_is_noted_once_and_lets_nobody_in_who_was_ended(house):
    with clock.at(datetime(2026, 3, 2, 10, tzinfo=UTC)):
        mine, ended = signed_in(house["dara"]), signed_in(house["dara"], "10.0.0.9")
    with clock.at(datetime(2026, 3, 2, 16, 30, tzinfo=UTC)):  # 23:30 in Phnom Penh
        assert mine.get("/en/desk/me/").status_code == 200
    Device.objects.filter(pk=ended.session["device"]).delete()
    with clock.at(datetime(2026, 3, 2, 17, 10, tzinfo=UTC)):
        assert [c.get("/en/desk/me/").status_code for c in (mine, ended)] == [200, 302]
        assert {str(d.last_on) for d in Device.objects.all()} == {"2026-03-03"}


def test_all_others_end_and_a_strangers_device_is_not_ones_own(house):
    mine, others = signed_in(house["dara"]), [signed_in(house["dara"], f"10.0.1.{n}") for n in range(3)]
    signed_in(house["sophea"])
    strangers = Device.objects.get(user=house["sophea"].user)
    assert mine.post(f"/en/desk/me/devices/{strangers.pk}/end/").status_code == 404
    mine.post("/en/desk/me/devices/end/")
    assert [c.get("/en/desk/me/").status_code for c in others] == [302] * 3
    assert len(queries.devices(house["dara"].actor(), None)) == 1
    assert mine.get("/en/desk/me/").status_code == 200


def test_signing_out_and_a_new_password_leave_no_device_behind(house):
    first, second = signed_in(house["dara"]), signed_in(house["dara"], "10.0.0.9")
    second.post("/en/account/sign-out/")
    assert Device.objects.count() == 1
    third = signed_in(house["dara"], "10.0.0.9")
    first.post("/en/desk/me/password/", {"old": PASSWORD, "password": NEW})
    assert first.get("/en/desk/me/").status_code == 200
    assert third.get("/en/desk/me/").status_code == 302
    assert [str(d.pk) for d in Device.objects.all()] == [first.session["device"]]


def test_a_supervisor_ends_all_sessions_of_a_member_in_one_act(kept):  # noqa: F811
    clients = [signed_in(kept["dara"], f"10.0.1.{n}") for n in range(3)]
    code = operations.open_request(kept["sophea"].actor(), kept["dara"].membership(), way="custodians")
    request, secret = operations.take_up("dara", code=code)
    boss = signed_in(kept["sophea"])
    boss.post(f"/en/desk/people/members/{kept['dara'].membership()}/sign-out/")
    assert [c.get("/en/desk/me/").status_code for c in clients] == [302] * 3
    assert not UnlockSession.objects.filter(user=kept["dara"].id).exists()
    assert not Device.objects.filter(user=kept["dara"].user).exists()
    phone = Client()
    phone.cookies[settings.WAY_BACK_COOKIE_NAME] = f"{request}.{secret}"
    assert b'name="password"' not in phone.get(WAY).content
    assert has_open_keys(signed_in(kept["dara"]))


def test_what_was_ended_stays_ended_whatever_the_old_cookies_say(house):
    """R-04: two requests of one session at once, one of them after the other's end."""
    client = signed_in(house["dara"])
    old = {k: v.value for k, v in client.cookies.items()}
    operations.end_other_devices(house["dara"].actor(), None)
    for _ in range(2):
        again = browser()
        again.cookies.load(old)
        assert again.get("/en/desk/").headers["Location"].startswith("/en/account/sign-in/")
        assert again.post("/en/desk/lock/").headers["Location"].startswith("/en/account/sign-in/")


# -- the leaver (C-12) ------------------------------------------------------------------------------------------------------
def test_nothing_that_a_leaver_kept_works(kept):  # noqa: F811
    dara = kept["dara"]
    subject = a_subject(kept)
    client = signed_in(dara)
    ring, token = dara.actor().ring, operations.new_feed(dara.actor())
    Authenticator.objects.create(user=dara.user, type="webauthn", data={"name": "x", "credential": {}})
    code = operations.open_request(kept["sophea"].actor(), dara.membership(), way="custodians")
    request, secret = operations.take_up("dara", code=code)
    old = {k: v.value for k, v in client.cookies.items()}
    feed = reverse("feed", args=[token])
    assert browser().get(feed).status_code == 200
    operations.end_membership(kept["sophea"].actor(), dara.membership())

    again = browser()
    again.cookies.load(old)
    paths = ("/en/desk/", "/en/desk/me/", "/en/desk/unlock/", "/en/desk/concerns/", "/en/account/passkeys/")
    assert all(again.get(p).headers["Location"].startswith("/en/account/sign-in/") for p in paths)
    assert sign_in(browser(), dara).headers.get("Location", "") != "/en/desk/"
    assert ring.data_keys([subject]) == {}
    assert not TeamWrap.objects.filter(user=dara.id).exists()
    assert not DataKeyWrap.objects.filter(recipient=dara.id).exists()
    assert browser().get(feed).status_code == 404
    assert not Authenticator.objects.filter(user=dara.user).exists()
    assert custody.left_with(dara.id) is None
    phone = Client()
    phone.cookies[settings.WAY_BACK_COOKIE_NAME] = f"{request}.{secret}"
    assert phone.post(WAY, {"password": NEW}).status_code == 422
    assert browser().post("/en/desk/recover/", {"username": "dara", "code": dara.code, "password": NEW}).status_code == 422
    signed_in(kept["sophea"])
    assert (keys.is_stale(kept.team.id), keys.current_epoch(kept.team.id)) == (False, 2)
