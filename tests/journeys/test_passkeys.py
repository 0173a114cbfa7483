"""Passkeys in a real browser, with Chromium's virtual authenticator: kept, signed in with, replayed, removed."""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Page, expect
from town import PASSWORD

from journeys.hands import at, sign_in
from spean.accounts import operations
from spean.accounts.access import SYSTEM
from spean.privacy import audit

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at_localhost(live_server, browser_context_args) -> str:
    """A passkey belongs to a host by name, never to an address in digits."""
    assert live_server.url.startswith("http://localhost:")
    return live_server.url


@pytest.fixture
def phone(town, browse, at_localhost) -> Iterator[Page]:
    """A page of a telephone that can keep passkeys, and says yes with its finger."""
    page = browse()
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def password_again(page: Page) -> None:
    if page.locator("[name=login]").count() == 0 and page.locator("main [name=password]").count():
        page.locator("main [name=password]").fill(PASSWORD)
        page.locator("main [name=password]").press("Enter")


def keep_passkey(page: Page, name: str = "") -> None:
    """As its owner does it: sign in, My account, Passkeys, Add."""
    sign_in(page, "worker", "en")
    expect(page).to_have_url(re.compile("/en/desk/$"))
    page.goto(at("mfa_add_webauthn", language="en"))
    password_again(page)
    page.locator("[name=name]").fill(name)
    page.locator("[data-passkey] button").click()
    expect(page.locator(".alert-success")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto(at("desk:me", language="en"))
    page.locator("header div summary").click()
    page.locator('header form[action$="/sign-out/"] button').click()
    page.wait_for_load_state()


def with_passkey(page: Page) -> dict[str, list[str]]:
    """Signs in with it; returns the form that was posted."""
    page.goto(at("account_login", language="en"))
    with page.expect_request(lambda r: r.method == "POST") as sent:
        page.locator("[data-passkey] button").click()
    return parse_qs(sent.value.post_data)


def test_a_passkey_signs_in_and_leaves_the_keys_locked(phone, town):
    keep_passkey(phone, "ទូរសព្ទ")
    row = Authenticator.objects.get(type="webauthn")
    assert (row.user_id, row.data["name"]) == (town.users["worker"].id, "ទូរសព្ទ")
    assert "user.passkey" in [e.verb for e in audit.entries(town.teams["team"].organisation_id, limit=3)]
    sign_out(phone)
    with_passkey(phone)
    expect(phone).to_have_url(re.compile("/en/desk/$"))
    expect(phone.locator("header .badge")).to_have_text("Keys locked")
    phone.goto(at("desk:concern", town.concern(read=True).id, language="en"))
    expect(phone).to_have_url(re.compile("/unlock/"))
    phone.locator("main [name=password]").fill(PASSWORD)
    phone.locator("main [name=password]").press("Enter")
    expect(phone.locator("header .badge")).to_have_text("Keys open")


def test_a_used_answer_another_challenge_and_a_leavers_passkey_open_nothing(phone, town, at_localhost):
    """R-03 for passkeys; C-12: after leaving, the passkey is known to nobody."""
    keep_passkey(phone)
    sign_out(phone)
    answer = with_passkey(phone)["credential"][0]
    expect(phone).to_have_url(re.compile("/en/desk/$"))
    address, host = at("mfa_login_webauthn", language="en"), {"HTTP_HOST": at_localhost.removeprefix("http://")}
    for began in (False, True):
        client = Client(**host)
        if began:
            assert client.get(address).json()["publicKey"]["userVerification"] == "required"
        assert client.post(address, {"credential": answer}).headers["Location"] == at("account_login", language="en")
        assert client.get(at("desk:me", language="en")).status_code == 302
    operations.end_membership(SYSTEM, town.users["worker"].memberships.get().pk)
    phone.goto(at("account_login", language="en"))
    with_passkey(phone)
    expect(phone).to_have_url(re.compile("/sign-in/"))
    expect(phone.locator(".alert-error")).to_be_visible()


def test_it_is_the_second_step_where_an_organisation_asks_for_one_and_the_last_one_stays(phone, town):
    town.teams["team"].organisation.requires_second_factor = True
    town.teams["team"].organisation.save()
    sign_in(phone, "worker", "en")
    expect(phone).to_have_url(re.compile("/second-step/on/"))
    phone.get_by_role("link", name="Use a passkey instead").click()
    phone.get_by_role("link", name="Add a passkey").click()
    password_again(phone)
    phone.locator("[data-passkey] button").click()
    phone.goto(at("desk:today", language="en"))
    expect(phone.locator("h1")).to_contain_text("Hello")
    sign_out(phone)
    sign_in(phone, "worker", "en")
    expect(phone).to_have_url(re.compile("/second-step/code/"))
    phone.locator("[data-passkey] button").click()
    expect(phone).to_have_url(re.compile("/en/desk/$"))
    expect(phone.locator("header .badge")).to_have_text("Keys open")
    row = Authenticator.objects.get(type="webauthn")
    phone.goto(at("mfa_remove_webauthn", row.pk, language="en"))
    password_again(phone)
    phone.locator("main form button").click()
    expect(phone.locator(".alert-error")).to_be_visible()
    assert Authenticator.objects.filter(type="webauthn").exists()


def test_it_is_named_and_removed_by_its_owner_alone(phone, town):
    keep_passkey(phone)
    row = Authenticator.objects.get(type="webauthn")
    stranger = town.client("supervisor")
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        answer = stranger.post(at(name, row.pk, language="en"), {"name": "mine"})
        assert answer.status_code in {302, 404}
    phone.goto(at("mfa_edit_webauthn", row.pk, language="en"))
    password_again(phone)
    phone.locator("[name=name]").fill("Old telephone")
    phone.locator("main form button").first.click()
    expect(phone.locator("main")).to_contain_text("Old telephone")
    phone.goto(at("mfa_remove_webauthn", row.pk, language="en"))
    phone.locator("main form button").first.click()
    expect(phone.locator(".alert-success")).to_be_visible()
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_without_an_answer_the_page_says_what_else_can_be_done(phone, town):
    phone.goto(at("account_login", language="en"))
    phone.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    phone.locator("[data-passkey] button").click()
    expect(phone.locator("[data-passkey-failed]")).to_be_visible()


SIGNED = {"userHandle": "bm9ib2R5", "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA"}
HOSTILE = [
    *("", "x", "null", "1", "[]", "{}", '{"response": 1}', '{"response": {}}'),
    '{"id": 1, "rawId": [], "response": {"userHandle": 7}}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": SIGNED}),
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_what_is_no_answer_is_refused(db, answer):
    client = Client()
    client.get(at("mfa_login_webauthn", language="en"))
    sent = client.post(at("mfa_login_webauthn", language="en"), {"credential": answer})
    assert (sent.status_code, sent.headers["Location"]) == (302, at("account_login", language="en"))
