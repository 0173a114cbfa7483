"""Signing in and out, the second step, guesses, and what the tables hold while keys are open."""

import re
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from accounts.house import PASSWORD, a_subject, browser, has_open_keys, sign_in, signed_in, unlock_cookie, words
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.test import Client

from spean.accounts import operations
from spean.accounts.models import User
from spean.kernel import clock
from spean.kernel.text import khmer_digits
from spean.privacy import sessions
from spean.privacy.models import UnlockSession

CODE_PAGE = "/en/account/second-step/code/"


def second_factor(person):
    """As the page turns it on; returns the secret that the telephone holds."""
    client = signed_in(person, "10.9.9.9")
    page = client.get("/en/account/second-step/on/").content.decode()
    secret = re.search(r"[A-Z2-7]{32}", page).group()
    answer = client.post("/en/account/second-step/on/", {"code": code_of(secret)})
    assert answer.status_code == 302, words(answer)
    client.post("/en/account/sign-out/")
    return secret


def code_of(secret, step=0):
    """What the telephone shows, `step` half minutes from now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + step))


def is_in(client):
    return client.get("/en/desk/me/").status_code == 200


# -- in and out ------------------------------------------------------------------------------------------------
def test_signing_in_opens_the_keys_and_leads_to_today(house):
    client = browser()
    answer = sign_in(client, house["dara"])

    assert answer.headers["Location"] == "/en/desk/"
    assert is_in(client)
    assert has_open_keys(client)


@pytest.mark.parametrize("typed", ["DARA", " dara ", "Dara", "ｄａｒａ"])
def test_the_name_is_the_same_however_it_is_typed(house, typed):
    house["dara"].user.username = typed
    assert sign_in(browser(), house["dara"]).status_code == 302


def test_the_unlock_cookie_is_for_this_site_only_and_no_script(house):
    client = browser()
    sign_in(client, house["dara"])
    cookie = client.cookies["unlock"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Strict", "/", 8 * 3600)


def test_over_https_the_cookies_are_bound_to_the_host(house, settings):
    settings.HTTPS, settings.UNLOCK_COOKIE_NAME = True, "__Host-unlock"
    client = browser()
    sign_in(client, house["dara"])
    assert client.cookies["__Host-unlock"]["secure"]
    client.post("/en/desk/lock/")
    assert client.cookies["__Host-unlock"]["secure"]
    assert client.cookies["__Host-unlock"].value == ""


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_next_never_leads_elsewhere(house, target):
    assert sign_in(browser(), house["dara"], follow=target).headers["Location"] == "/en/desk/"


def test_next_leads_where_the_reader_was_going(house):
    assert sign_in(browser(), house["dara"], follow="/en/desk/me/").headers["Location"] == "/en/desk/me/"


def test_signing_out_locks_and_forgets(house):
    client = signed_in(house["dara"])
    old = {k: v.value for k, v in client.cookies.items()}
    client.post("/en/account/sign-out/")

    assert client.cookies["unlock"].value == ""
    assert UnlockSession.objects.count() == 0
    client.cookies.load(old)
    assert not is_in(client)


def test_a_session_planted_before_signing_in_is_not_the_one_after(house):
    client = browser()
    client.get("/en/account/sign-in/")
    client.session["planted"] = 1
    before = client.session.session_key
    client.cookies["session"] = before
    sign_in(client, house["dara"])
    assert client.session.session_key != before


def test_a_post_needs_the_token_of_its_page(house):
    client = browser(enforce_csrf_checks=True)
    assert sign_in(client, house["dara"]).status_code == 403
    assert client.post("/en/account/sign-out/").status_code == 403


def test_a_stranger_is_sent_to_sign_in(db):
    answer = browser().get("/en/desk/me/?x=1")
    assert answer.headers["Location"] == "/en/account/sign-in/?next=%2Fen%2Fdesk%2Fme%2F%3Fx%3D1"


@pytest.mark.parametrize("path", ["sign-in", "inactive", "sign-up"])
@pytest.mark.parametrize("language", ["km", "en"])
def test_pages_before_signing_in_stand_in_both_languages(db, path, language):
    answer = browser().get(f"/{language}/account/{path}/")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


def test_there_is_no_signing_up_and_no_reset_by_mail(db):
    assert browser().post("/en/account/sign-up/", {"username": "x", "password1": PASSWORD}).status_code == 405
    assert browser().get("/en/account/forgotten/").headers["Location"] == "/en/desk/recover/"
    assert not User.objects.exists()


# -- guesses ---------------------------------------------------------------------------------------------------
def test_a_wrong_name_and_a_wrong_password_look_the_same(house):
    known = browser().post("/en/account/sign-in/", {"login": "dara", "password": "wrong"})
    unknown = browser().post("/en/account/sign-in/", {"login": "nobody", "password": "wrong"})

    without_token = lambda a: re.sub(r'value="[^"]*"', "", a.content.decode())  # noqa: E731
    assert without_token(known) == without_token(unknown)
    assert known.status_code == unknown.status_code


def test_an_unknown_name_costs_one_derivation_too(house, monkeypatch):
    from spean.accounts import passwords

    counted = []
    real = passwords.derive
    monkeypatch.setattr(passwords, "derive", lambda *args: counted.append(1) or real(*args))
    per_name = []
    for name in ("dara", "nobody"):
        browser().post("/en/account/sign-in/", {"login": name, "password": "wrong"})
        per_name.append(len(counted))
        counted.clear()
    assert per_name == [1, 1]


def test_two_hundred_wrong_guesses_keep_the_real_user_from_nothing(house):
    attacker = browser("203.0.113.7")
    statuses = [sign_in(attacker, house["dara"], password=f"wrong {n}").status_code for n in range(200)]

    assert statuses.count(200) == 30
    assert statuses.count(429) == 170
    assert "Your account is not locked." in words(sign_in(attacker, house["dara"], password="wrong"))
    assert sign_in(browser("198.51.100.4"), house["dara"]).status_code == 302


def test_who_guesses_waits_behind_everybody_else_and_is_not_locked_out(house):
    from spean.accounts import backend

    attacker = browser("203.0.113.7")
    for n in range(backend.WRONG_MOST):
        sign_in(attacker, house["dara"], password=f"wrong {n}")
    with backend._room, backend._room, backend._room:  # other guessers wait already
        busy = sign_in(browser("203.0.113.8"), house["dara"])
        assert (busy.status_code, busy.headers["Retry-After"]) == (429, "5")
        assert sign_in(browser("198.51.100.4"), house["dara"]).status_code == 302
    assert sign_in(browser("203.0.113.8"), house["dara"]).status_code == 302


@pytest.mark.parametrize("typed", ["\x00", "dara\x00", "'; DROP TABLE", "x" * 5000, "\u202edara", "%", "_"])
def test_strange_names_are_only_wrong(house, typed):
    answer = browser().post("/en/account/sign-in/", {"login": typed, "password": "wrong"})
    assert answer.status_code == 200


def test_a_password_with_a_null_or_of_a_megabyte_is_only_wrong(house):
    for password in ("a\x00b", "x" * 1_000_000):
        assert browser().post("/en/account/sign-in/", {"login": "dara", "password": password}).status_code == 200


# -- the second step ---------------------------------------------------------------------------------------------
def test_the_second_step_is_asked_and_opens_the_keys(house):
    secret = second_factor(house["dara"])
    client = browser()

    assert sign_in(client, house["dara"]).headers["Location"] == CODE_PAGE
    assert not is_in(client)
    assert client.post(CODE_PAGE, {"code": code_of(secret, 1)}).headers["Location"] == "/en/desk/"
    assert is_in(client)
    assert has_open_keys(client)


def test_a_code_in_khmer_digits_is_taken(house):
    secret = second_factor(house["dara"])
    client = browser()
    sign_in(client, house["dara"])
    typed = khmer_digits(code_of(secret, 1))
    assert client.post(CODE_PAGE, {"code": f" {typed[:3]} {typed[3:]}"}).status_code == 302


def test_a_code_works_once(house):
    secret = second_factor(house["dara"])
    code = code_of(secret, 1)
    first, second = browser(), browser("10.0.0.2")
    for client in (first, second):
        sign_in(client, house["dara"])

    assert first.post(CODE_PAGE, {"code": code}).status_code == 302
    from django.core.cache import cache

    cache.clear()  # another process has another memory
    assert second.post(CODE_PAGE, {"code": code}).status_code == 200
    assert second.post(CODE_PAGE, {"code": code_of(secret, 0)}).status_code == 200
    assert not is_in(second)


@pytest.mark.parametrize("step", [-2, 2])
def test_codes_of_two_windows_away_are_refused(house, step):
    secret = second_factor(house["dara"])
    client = browser()
    sign_in(client, house["dara"])
    assert client.post(CODE_PAGE, {"code": code_of(secret, step)}).status_code == 200


def test_who_stops_at_the_second_step_can_use_no_key(house):
    second_factor(house["dara"])
    client = browser()
    sign_in(client, house["dara"])

    assert client.cookies["unlock"].value
    assert client.get("/en/desk/unlock/").headers["Location"].startswith("/en/account/sign-in/")
    client.post("/en/account/sign-out/", {"next": "/en/account/sign-in/"})
    assert client.cookies["unlock"].value == ""
    assert UnlockSession.objects.count() == 0


def test_codes_cannot_be_tried_at_will_but_the_password_still_starts_anew_later(house):
    second_factor(house["dara"])
    client = browser()
    sign_in(client, house["dara"])
    pages = [words(client.post(CODE_PAGE, {"code": f"{n:06}"})) for n in range(6)]
    assert "Wait for the next one" in pages[4]
    assert "Too many attempts" in pages[5]


def test_a_spare_code_works_once(house):
    second_factor(house["dara"])
    spare = Authenticator.objects.get(user=house["dara"].user, type="recovery_codes").wrap().get_unused_codes()
    first, second, third = browser(), browser("10.0.0.2"), browser("10.0.0.3")
    for client in (first, second, third):
        sign_in(client, house["dara"])

    assert len(spare) == 10
    assert first.post(CODE_PAGE, {"code": khmer_digits(spare[0])}).status_code == 302
    assert second.post(CODE_PAGE, {"code": spare[0]}).status_code == 200
    assert third.post(CODE_PAGE, {"code": spare[1]}).status_code == 302


def test_the_database_holds_no_secret_of_the_second_step(house):
    secret = second_factor(house["dara"])
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows
    sealed = Authenticator.objects.get(type="recovery_codes")
    assert sealed.wrap().get_unused_codes()[0] not in rows


def test_an_organisation_can_ask_for_the_second_step(house):
    house.org.requires_second_factor = True
    house.org.save()
    client = signed_in(house["dara"])

    assert client.get("/en/desk/people/").headers["Location"] == "/en/account/second-step/on/"
    assert client.get("/en/account/second-step/on/").status_code == 200
    assert is_in(client)


def test_where_it_is_asked_for_it_cannot_be_turned_off(house):
    secret = second_factor(house["dara"])
    house.org.requires_second_factor = True
    house.org.save()
    client = browser()
    sign_in(client, house["dara"])
    client.post(CODE_PAGE, {"code": code_of(secret, 1)})

    client.post("/en/account/second-step/off/")

    assert Authenticator.objects.filter(user=house["dara"].user, type="totp").exists()


def test_the_picture_is_drawn_for_its_owner_only_while_it_is_set_up(house):
    client = signed_in(house["dara"])
    assert client.get("/en/account/second-step/picture.svg").status_code == 404
    page = client.get("/en/account/second-step/on/").content.decode()
    drawn = client.get("/en/account/second-step/picture.svg")

    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert drawn.headers["Cache-Control"] == "no-store"
    assert drawn.content.startswith(b"<svg")
    assert "data:image" not in page
    assert browser().get("/en/account/second-step/picture.svg").status_code == 404


def test_changing_the_second_step_needs_a_fresh_password(house):
    client = signed_in(house["dara"])
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()

    asked = client.get("/en/account/second-step/on/").headers["Location"]
    assert asked == "/en/account/password/?next=%2Fen%2Faccount%2Fsecond-step%2Fon%2F"
    assert client.post(asked, {"password": "wrong"}).status_code == 200
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == "/en/account/second-step/on/"
    assert client.get("/en/account/second-step/on/").status_code == 200


def test_no_request_with_its_cookies_is_ever_kept_in_a_session(house):
    second_factor(house["dara"])
    client = browser()
    sign_in(client, house["dara"])
    spare = Authenticator.objects.get(user=house["dara"].user, type="recovery_codes").wrap().get_unused_codes()
    client.post(CODE_PAGE, {"code": spare[0]})
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    for path in ("second-step/on/", "second-step/off/", "spare-codes/", "spare-codes/new/", "spare-codes/file/", "password/"):
        client.post(f"/en/account/{path}", {"code": "1"})
        for row in Session.objects.all():
            assert unlock_cookie(client) not in str(row.get_decoded())


# -- what is stored while keys are open ----------------------------------------------------------------------------
def test_a_copy_of_the_database_opens_nothing(house):
    client = signed_in(house["dara"])
    secret = unlock_cookie(client)
    handle = client.session["unlock"]
    rows = str([r.get_decoded() for r in Session.objects.all()]) + str(list(UnlockSession.objects.values()))

    assert sessions.ring_for(handle, secret) is not None
    assert secret not in rows
    for known in (handle, client.session.session_key, *UnlockSession.objects.values_list("secret_hash", "session_hash")[0]):
        assert sessions.ring_for(handle, known) is None


def test_another_persons_cookie_opens_nothing(house):
    sophea, dara = signed_in(house["sophea"]), signed_in(house["dara"])
    dara.cookies["unlock"] = unlock_cookie(sophea)
    assert not has_open_keys(dara)


def test_keys_lock_after_fifteen_minutes_without_use(house):
    client = signed_in(house["dara"])
    now = clock.now()
    with clock.at(now + timedelta(minutes=14)):
        assert has_open_keys(client)
    with clock.at(now + timedelta(minutes=28)):
        assert has_open_keys(client)
    with clock.at(now + timedelta(minutes=44)):
        assert not has_open_keys(client)
        assert is_in(client)


def test_keys_lock_after_eight_hours_of_use(house):
    client = signed_in(house["dara"])
    start = clock.now()
    moments = [start + timedelta(minutes=10 * n) for n in range(60)]
    opened = []
    for moment in moments:
        with clock.at(moment):
            opened.append(has_open_keys(client))
    assert opened.index(False) == 48
    assert not any(later and not earlier for earlier, later in pairwise(opened))


# -- leaving ---------------------------------------------------------------------------------------------------------
def test_who_leaves_is_out_at_the_next_request(house):
    a_subject(house)
    client, second = signed_in(house["dara"]), signed_in(house["dara"], "10.0.0.2")
    operations.end_membership(house["sophea"].actor(), house["dara"].membership())

    assert not is_in(client)
    assert not is_in(second)
    assert UnlockSession.objects.filter(user=house["dara"].id).count() == 0
    closed = sign_in(browser(), house["dara"])
    assert closed.headers["Location"] == "/en/account/inactive/"
    assert "unlock" not in closed.cookies or closed.cookies["unlock"].value == ""


def test_who_keeps_another_seat_signs_in_again(house):
    operations.accept_as(house["dara"].actor(), operations.invite(house["admin"].actor(), house.team, "analyst"))
    client = signed_in(house["dara"])
    operations.end_membership(house["sophea"].actor(), house["dara"].user.memberships.get(role="case_worker").pk)

    assert not is_in(client)
    assert is_in(signed_in(house["dara"]))


def test_a_supervisor_who_signs_in_changes_the_key_of_a_leaver(house):
    from spean.privacy import keys

    a_subject(house)
    operations.end_membership(house["sophea"].actor(), house["dara"].membership())
    signed_in(house["sophea"])
    assert (keys.is_stale(house.team.id), keys.team_waiting(house.team.id)) == (False, [])


def test_trouble_with_a_teams_key_keeps_nobody_from_signing_in(house, monkeypatch):
    from spean.accounts import signin
    from spean.kernel.errors import Unavailable

    def broken(_actor):
        raise Unavailable

    monkeypatch.setattr(signin, "tend_keys", broken)
    assert is_in(signed_in(house["sophea"]))


def test_an_address_is_read_behind_one_proxy_only_over_https(house, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(31):
        client = Client(REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": f"1.2.3.{n}, 203.0.113.7"})
        last = sign_in(client, house["dara"], password="wrong")
    assert last.status_code == 429
    other = Client(REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "203.0.113.7, 198.51.100.4"})
    assert sign_in(other, house["dara"]).status_code == 302
