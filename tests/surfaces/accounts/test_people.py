"""One's own pages, coming back with the printed code, joining, and the pages about teams and the trail."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from accounts.house import PASSWORD, a_subject, an_organisation, browser, has_open_keys, invited, sign_in, signed_in, words
from factories import load_places

from spean.accounts import operations
from spean.accounts.access import SYSTEM
from spean.accounts.models import Invitation, Membership, User
from spean.kernel import clock
from spean.privacy import keys

NEW_PASSWORD = "pepper bicycle monsoon teacher"


def code_in(answer):
    """The recovery code on the page that shows it."""
    return " ".join(re.findall(r"<span>([A-Z2-7]{4})</span>", answer.content.decode()))


def a_concern(house, **more):
    """A row as the intake makes it; what it seals plays no part here."""
    from spean.voices.models import Concern

    today = clock.today()
    words = {"kind": "fees", "danger": "no", "happened": "not_said", "answer_wish": "none", "channel": "public"}
    return Concern.objects.create(
        org_id=house.org.id, team=house.team, received_on=today, moved_on=today, sent_hash="x", told=b"", **words, **more
    )


# -- oneself -----------------------------------------------------------------------------------------------------
def test_me_shows_roles_and_the_digits_of_ones_keys(house):
    page = words(signed_in(house["dara"]).get("/en/desk/me/"))
    assert "Case worker" in page
    assert keys.fingerprint(house["dara"].id) in page


def test_name_and_language_are_changed(house):
    client = signed_in(house["dara"])
    assert client.post("/en/desk/me/", {"name": "  Sok   Dara ", "language": "km"}).status_code == 302
    user = User.objects.get(pk=house["dara"].id)
    assert (user.name, user.language) == ("Sok Dara", "km")


@pytest.mark.parametrize(("name", "language"), [("", "km"), ("x" * 81, "km"), ("Sok", "xx"), ("S\u202eok", "km")])
def test_what_cannot_be_a_name_or_language_comes_back(house, name, language):
    assert signed_in(house["dara"]).post("/en/desk/me/", {"name": name, "language": language}).status_code == 422


def test_a_new_password_keeps_this_browser_and_ends_the_others(house):
    subject = a_subject(house)
    here, there = signed_in(house["dara"]), signed_in(house["dara"], "10.0.0.2")
    answer = here.post("/en/desk/me/password/", {"old": PASSWORD, "password": NEW_PASSWORD})

    assert answer.status_code == 302
    assert has_open_keys(here)
    assert there.get("/en/desk/me/").status_code == 302
    assert sign_in(browser(), house["dara"]).status_code == 200
    house["dara"].password = NEW_PASSWORD
    assert house["dara"].actor().ring.data_key(subject)
    assert has_open_keys(signed_in(house["dara"]))


@pytest.mark.parametrize(("old", "new"), [("wrong", NEW_PASSWORD), (PASSWORD, "password"), ("", ""), (PASSWORD, "")])
def test_a_password_that_does_not_do_comes_back(house, old, new):
    client = signed_in(house["dara"])
    assert client.post("/en/desk/me/password/", {"old": old, "password": new}).status_code == 422
    assert has_open_keys(client)
    assert sign_in(browser(), house["dara"]).status_code == 302


def test_a_new_recovery_code_is_shown_once_and_works(house):
    client = signed_in(house["dara"])
    code = code_in(client.post("/en/desk/me/recovery-code/"))

    assert len(code.replace(" ", "")) == 36
    assert keys.unlock_with_recovery(house["dara"].id, house["dara"].code) is None
    assert keys.unlock_with_recovery(house["dara"].id, code) is not None
    assert client.get("/en/desk/me/recovery-code/").status_code == 405


# -- coming back -----------------------------------------------------------------------------------------------------
def test_the_printed_code_makes_a_new_password(house):
    subject = a_subject(house)
    client = browser()
    answer = client.post("/en/desk/recover/", {"username": "Dara", "code": house["dara"].code, "password": NEW_PASSWORD})

    assert "Your new password is saved" in words(answer)
    house["dara"].password = NEW_PASSWORD
    assert has_open_keys(signed_in(house["dara"]))
    assert house["dara"].actor().ring.data_key(subject)


def test_a_wrong_code_and_a_wrong_name_look_the_same(house):
    pages = [
        browser().post("/en/desk/recover/", {"username": name, "code": "ABCD " * 9, "password": NEW_PASSWORD})
        for name in ("dara", "nobody")
    ]
    bare = [re.sub(r'value="[^"]*"', "", p.content.decode()) for p in pages]
    assert bare[0] == bare[1]
    assert pages[0].status_code == 422


def test_recovery_is_limited_for_each_address(house):
    client = browser("203.0.113.7")
    data = {"username": "dara", "code": "ABCD " * 9, "password": NEW_PASSWORD}
    statuses = [client.post("/en/desk/recover/", data).status_code for _n in range(11)]
    assert statuses == [422] * 10 + [429]
    assert browser().post("/en/desk/recover/", {**data, "code": house["dara"].code}).status_code == 200


# -- joining ---------------------------------------------------------------------------------------------------------
def test_an_invitation_is_made_given_and_accepted(house):
    made = signed_in(house["sophea"]).post(
        f"/en/desk/people/{house.team.id}/invite/", {"role": "case_worker", "sent_id": "4f6de9c4-1f1f-4a9f-9a51-0c8c1c6a1b11"}
    )
    link = re.search(r"http://testserver(/en/desk/join/[^<\s]+/)", made.content.decode()).group(1)
    client = browser()
    assert "You join Demo team of Demo house as: Case worker." in words(client.get(link))

    done = client.post(link, {"name": "Chan Sok", "username": "Chan.Sok", "password": NEW_PASSWORD})
    user = User.objects.get(username="chan.sok")

    assert keys.unlock_with_recovery(user.id, code_in(done)) is not None
    assert client.get(link).status_code == 404
    assert client.post("/en/account/sign-in/", {"login": "chan.sok", "password": NEW_PASSWORD}).status_code == 302


def test_what_was_typed_comes_back_but_the_password(house):
    token = operations.invite(SYSTEM, house.team, "case_worker")
    answer = browser().post(f"/en/desk/join/{token}/", {"name": "Chan", "username": "dara", "password": NEW_PASSWORD})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody already signs in with this name" in page
    assert 'value="Chan"' in page
    assert NEW_PASSWORD not in page


def test_a_volunteer_is_invited_for_a_village(house):
    load_places()
    client = signed_in(house["sophea"])
    path = f"/en/desk/people/{house.team.id}/invite/"
    sent = {"role": "volunteer", "sent_id": "4f6de9c4-1f1f-4a9f-9a51-0c8c1c6a1b12"}

    assert client.post(path, sent).status_code == 422
    shown = client.post(path, {**sent, "place-province": "14", "show": "place-province"})
    assert shown.status_code == 200
    assert "Ba Phnum" in words(shown)
    assert 'value="volunteer"' in shown.content.decode()
    assert client.post(path, {**sent, "place-pick": "14010102"}).status_code == 200
    assert Invitation.objects.get(role="volunteer", state="waiting").place.code == "14010102"
    assert client.post(path, {**sent, "place-pick": "14010102"}).status_code == 409


def test_somebody_who_has_an_account_joins_with_one_button(house):
    team = operations.add_team(SYSTEM, house.org.id, name_km="ពីរ", name_en="Second")
    token = operations.invite(SYSTEM, team, "analyst")
    client = signed_in(house["dara"])

    assert "Join as Dara" in words(client.get(f"/en/desk/join/{token}/"))
    assert client.post(f"/en/desk/join/{token}/").status_code == 302
    assert Membership.objects.filter(user=house["dara"].user, team=team, role="analyst").exists()


@pytest.mark.parametrize("token", ["nonsense", "x" * 500, "ក", "%00", "%ff"])
def test_a_link_that_never_was_is_nothing(db, token):
    assert browser().get(f"/en/desk/join/{token}/").status_code == 404
    assert (
        browser().post(f"/en/desk/join/{token}/", {"name": "a", "username": "abc", "password": NEW_PASSWORD}).status_code == 404
    )


def test_an_old_link_says_so(house):
    token = operations.invite(SYSTEM, house.team, "case_worker")
    with clock.at(clock.now() + timedelta(days=15)):
        page = browser().get(f"/en/desk/join/{token}/")
    assert (page.status_code, "Ask for a new one." in words(page)) == (404, True)


# -- teams -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "status"), [("sophea", 200), ("admin", 200), ("dara", 403), ("officer", 403)])
def test_who_sees_people(house, name, status):
    client = signed_in(house[name])
    assert client.get("/en/desk/people/").status_code == status
    assert client.get(f"/en/desk/people/{house.team.id}/").status_code == {200: 200, 403: 404}[status]


def test_another_organisations_team_is_not_there(house):
    _org, team = an_organisation()
    other = invited(team, "other", "case_worker")
    client = signed_in(house["sophea"])
    paths = [
        f"people/{team.id}/", f"people/{team.id}/invite/", f"people/{team.id}/key/{other.id}/",
        f"people/members/{other.membership()}/end/", f"people/members/{other.membership()}/hand-over/",
    ]  # fmt: skip
    assert [client.get(f"/en/desk/{p}").status_code for p in paths] == [404] * len(paths)
    assert [client.post(f"/en/desk/{p}").status_code for p in paths] == [405, 404, 404, 404, 404]


def test_an_administrator_manages_people_and_gives_no_key(house):
    new = house.add("new", "case_worker")
    client = signed_in(house["admin"])
    assert "Waits for the key" in words(client.get(f"/en/desk/people/{house.team.id}/"))
    path = f"/en/desk/people/{house.team.id}/key/{new.id}/"
    assert client.get(path).status_code == 404
    assert client.post(path, {"fingerprint": keys.fingerprint(new.id)}).status_code == 404
    assert client.post(f"/en/desk/people/{house.team.id}/key/").status_code == 403
    assert client.post(f"/en/desk/people/{house.team.id}/key/change/").status_code == 403


def test_the_giver_types_what_she_heard(house):
    new = house.add("new", "case_worker")
    client, path = signed_in(house["sophea"]), f"/en/desk/people/{house.team.id}/key/{new.id}/"
    digits = keys.fingerprint(new.id)

    assert digits not in words(client.get(path))
    assert client.post(path, {"fingerprint": "12345"}).status_code == 422
    assert client.post(path, {"fingerprint": keys.fingerprint(house["dara"].id)}).status_code == 422
    assert not keys.holds_team_key(new.id, house.team.id)
    assert client.post(path, {"fingerprint": digits}).status_code == 302
    assert keys.holds_team_key(new.id, house.team.id)


def test_the_first_key_of_a_team_is_made_by_its_supervisor(db):
    _org, team = an_organisation()
    client = signed_in(invited(team, "first", "supervisor"))
    assert "The team has no key yet" in words(client.get(f"/en/desk/people/{team.id}/"))
    assert client.post(f"/en/desk/people/{team.id}/key/").status_code == 302
    assert "You hold it." in words(client.get(f"/en/desk/people/{team.id}/"))
    assert client.post(f"/en/desk/people/{team.id}/key/").status_code == 409


def test_a_supervisor_of_another_team_is_vouched_for(house):
    team = operations.add_team(SYSTEM, house.org.id, name_km="ពីរ", name_en="Second")
    second = house.add("second", "supervisor", team)
    client = signed_in(house["sophea"])

    assert "Vouch for a supervisor of another team" in words(client.get("/en/desk/people/"))
    sent = {"person": str(second.id), "fingerprint": keys.fingerprint(second.id)}
    assert client.post("/en/desk/people/vouch/", sent).status_code == 302
    assert signed_in(second).post(f"/en/desk/people/{team.id}/key/").status_code == 302


def test_ending_is_confirmed_and_then_done(house):
    client, path = signed_in(house["sophea"]), f"/en/desk/people/members/{house['dara'].membership()}/end/"
    theirs = signed_in(house["dara"])

    assert "They are signed out everywhere, at once." in words(client.get(path))
    assert theirs.get("/en/desk/me/").status_code == 200
    assert client.post(path).status_code == 302
    assert theirs.get("/en/desk/me/").status_code == 302
    assert "will be changed when a supervisor" in words(client.get(f"/en/desk/people/{house.team.id}/"))
    assert client.post(f"/en/desk/people/{house.team.id}/key/change/").status_code == 302
    assert keys.current_epoch(house.team.id) == 2


def test_the_last_holder_stays_and_the_page_says_why(house):
    a_subject(house)
    operations.end_membership(house["sophea"].actor(), house["dara"].membership())
    answer = signed_in(house["admin"]).post(f"/en/desk/people/members/{house['sophea'].membership()}/end/")
    assert answer.status_code == 409
    assert "the last one with the team's key" in words(answer).replace("&#x27;", "'")


def test_concerns_move_with_a_handover(house):
    concern = a_concern(house, assigned_to=house["dara"].user)
    client, path = signed_in(house["sophea"]), f"/en/desk/people/members/{house['dara'].membership()}/hand-over/"
    assert client.post(path, {"to": str(house["admin"].membership())}).status_code == 422
    assert client.post(path, {"to": str(house["sophea"].membership())}).status_code == 302
    concern.refresh_from_db()
    assert concern.assigned_to_id == house["sophea"].id


def test_an_invitation_is_withdrawn(house):
    operations.invite(SYSTEM, house.team, "case_worker")
    invitation = Invitation.objects.get(state="waiting")
    path = f"/en/desk/people/{house.team.id}/invitations/{invitation.pk}/withdraw/"
    client = signed_in(house["sophea"])
    assert [client.post(path).status_code, client.post(path).status_code] == [302, 404]


# -- the trail ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "status"), [("officer", 200), ("sophea", 403), ("admin", 403), ("dara", 403)])
def test_who_reads_the_trail(house, name, status):
    client = signed_in(house[name])
    assert client.get("/en/desk/trail/").status_code == status
    assert client.post("/en/desk/trail/check/").status_code == {200: 302}.get(status, status)


def test_the_trail_says_who_did_what_and_that_it_is_whole(house):
    page = words(signed_in(house["officer"]).get("/en/desk/trail/"))
    assert "Sophea gave a member the team" in page
    assert "Unbroken" in page


def test_who_touched_this_thing_is_one_question(house):
    page = words(signed_in(house["officer"]).get("/en/desk/trail/", {"subject": str(house.team.id)}))
    assert "made the team" in page
    assert "accepted an invitation" not in page.split("Show everything")[0].split("choose what was done.")[1]


@pytest.mark.parametrize("query", ["subject=nonsense", "verb=no.verb", "person=nobody"])
def test_what_cannot_be_looked_for_is_said(house, query):
    assert signed_in(house["officer"]).get(f"/en/desk/trail/?{query}").status_code == 422


@pytest.mark.parametrize("query", ["before=x", "before=99999999999999999999", "before=-1", "org=x", "org="])
def test_a_forged_page_is_the_first(house, query):
    assert signed_in(house["officer"]).get(f"/en/desk/trail/?{query}").status_code == 200


def test_a_trail_that_somebody_changed_is_reported(house):
    from django.db import connection

    from spean.privacy import triggers
    from spean.privacy.models import AuditEntry

    triggers.remove(connection)
    AuditEntry.objects.filter(index=3).update(actor="system")
    client = signed_in(house["officer"])
    assert "Somebody changed the trail" in words(client.get("/en/desk/trail/"))


def test_older_lines_are_on_the_next_page(house):
    for _n in range(50):
        operations.invite(SYSTEM, house.team, "case_worker")
    client = signed_in(house["officer"])
    first = client.get("/en/desk/trail/").content.decode()
    older = re.search(r'href="(\?before=\d+)"', first).group(1)
    assert "founded an organisation" not in first.split("<ol")[1]
    assert "founded an organisation" in client.get(f"/en/desk/trail/{older}").content.decode().split("<ol")[1]


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_page_about_people_stands_in_both_languages(house, language):
    team, dara = house.team.id, house["dara"].membership()
    by_supervisor = [
        "people/", f"people/{team}/", f"people/{team}/invite/", f"people/members/{dara}/end/", "people/vouch/",
        f"people/members/{dara}/hand-over/", f"people/{team}/key/{house['dara'].id}/", "me/", "me/password/",
    ]  # fmt: skip
    supervisor, officer = signed_in(house["sophea"]), signed_in(house["officer"])
    answers = [supervisor.get(f"/{language}/desk/{path}") for path in by_supervisor]
    answers += [officer.get(f"/{language}/desk/trail/"), browser().get(f"/{language}/desk/recover/")]
    assert [a.status_code for a in answers] == [200] * len(answers)
    assert all(f'<html lang="{language}">' in a.content.decode() for a in answers)


def test_an_administrator_adds_a_team_once(house):
    from spean.accounts.models import Team

    client, address = signed_in(house["admin"]), "/en/desk/people/new-team/"
    sent = {
        "organisation": str(house.org.id),
        "name_km": "ក្រុមថ្មី",
        "name_en": "New team",
        "receives_reports": "on",
        "sent_id": str(client.get(address).context["form"]["sent_id"].value()),
    }
    empty = client.post(address, {**sent, "name_km": ""})
    answers = [client.post(address, sent) for _twice in range(2)]
    made = Team.objects.get(name_en="New team")

    assert empty.status_code == 422
    assert [a.url for a in answers] == [f"/en/desk/people/{made.pk}/"] * 2
    assert (made.organisation_id, made.receives_reports, made.place) == (house.org.id, True, None)


def test_no_administrator_takes_the_reports_of_another_place(house):
    from spean.accounts.models import Team

    client, address = signed_in(house["admin"]), "/en/desk/people/new-team/"
    Team.objects.filter(organisation=house.org).update(receives_reports=False)
    names = {"organisation": str(house.org.id), "name_km": "ក", "name_en": "Taker", "sent_id": str(uuid4())}
    refused = client.post(address, {**names, "receives_reports": "on"})
    plain = client.post(address, names)

    assert (refused.status_code, plain.status_code) == (422, 302)
    assert "Ask the operator" in refused.content.decode()
    assert Team.objects.get(name_en="Taker").receives_reports is False


def test_a_supervisor_adds_no_team(house):
    assert signed_in(house["sophea"]).get("/en/desk/people/new-team/").status_code == 403
