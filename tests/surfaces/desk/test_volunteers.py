"""Volunteers on the desk: from the roster to a page, a threat on Today, one's own work, a claim from asked to paid."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pdfplumber
import pytest
from django.urls import reverse
from django.utils import translation

from spean.kernel import clock
from spean.privacy.models import AuditEntry
from spean.programme.models import Card, Trained
from spean.programme.queries.volunteers import number
from spean.programme.volunteer_enums import CheckStep
from spean.programme.volunteering import first_kinds
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def today():
    return clock.today().isoformat()


def shown(town, who, name, *args, query=""):
    answer = town.client(who).get(at(name, *args) + query)
    assert answer.status_code == 200
    return Page(answer).text


@pytest.fixture
def seat(town):
    return town.users["volunteer"].memberships.get()


def add(town, seat, name, by="supervisor", **typed):
    body = {"on": today(), "sent_id": str(uuid4()), **typed}
    return town.client(by).post(at("volunteer_add", seat.id, name), body)


def test_from_the_roster_to_what_is_written_of_one(town, seat):
    assert town.users["volunteer"].name in shown(town, "coordinator", "volunteers")
    assert add(town, seat, "conduct", edition="១", way="thumb").status_code == 302
    assert add(town, seat, "goal", on=today()[:7], sessions="4", contacts="៦០").status_code == 302
    assert add(town, seat, "talk", kind="visit", outcome="well", words="PLANTED words").status_code == 302
    assert add(town, seat, "check", step="gossip").status_code == 422
    text = shown(town, "supervisor", "volunteer", seat.id)
    assert [word in text for word in ("With a thumbprint", "of 60 hoped for", "It goes well", "PLANTED", "Reports sent")] == [
        True, True, True, False, True,
    ]  # fmt: skip
    assert "PLANTED words" in shown(town, "supervisor", "volunteer_told", seat.id)
    text = shown(town, "administrator", "volunteer", seat.id)
    assert [word in text for word in ("It goes well", "Reports sent", "Threats")] == [False] * 3


def test_every_list_has_its_form(town, seat):
    from spean.programme.volunteer_lists import LISTS

    for name, kept in LISTS.items():
        with translation.override("en"):
            label = str(kept.label)
        assert label in shown(town, "supervisor", "volunteer_add", seat.id, name)
    assert town.client("supervisor").get(at("volunteer_add", seat.id, "gossip")).status_code == 404


def paper(town, seat, name, row, who="supervisor"):
    return town.client(who).get(at("volunteer_paper", seat.id, name, row))


def words_of(answer):
    with pdfplumber.open(BytesIO(answer.content)) as found:
        return found.pages[0].extract_text()


def test_a_card_is_for_who_is_selected_has_signed_and_is_trained(town, seat):
    days = {"until": (clock.today() + timedelta(days=365)).isoformat()}
    answer = add(town, seat, "card", **days)
    assert [answer.status_code, b"Code of conduct" in answer.content, b"Spoken with" in answer.content] == [422, True, True]
    for step in CheckStep:
        add(town, seat, "check", step=step)
    add(town, seat, "conduct", edition="1", way="thumb")
    for kind in first_kinds():
        add(town, seat, "trained", kind=kind)
    assert add(town, seat, "card", until=(clock.today() + timedelta(days=366)).isoformat()).status_code == 422
    assert add(town, seat, "card", **days).status_code == 302
    card = Card.objects.get()
    assert number(card.id) in shown(town, "supervisor", "volunteer", seat.id)
    text = words_of(paper(town, seat, "card", card.id))
    assert [word in text for word in (town.users["volunteer"].name, number(card.id), "Give no money")] == [True] * 3
    assert [seat.place.name_en in text, seat.place.name_km in text] == [False, False]
    assert AuditEntry.objects.filter(verb="volunteer.print", subject_id=str(seat.id)).count() == 1
    people = ("volunteer", "analyst", "coordinator")
    assert [paper(town, seat, "card", card.id, who).status_code for who in people] == [404, 404, 403]
    with clock.at(datetime.now(UTC) + timedelta(days=366)):
        assert paper(town, seat, "card", card.id).status_code == 409


def test_a_certificate_is_for_the_volunteer_too(town, seat):
    add(town, seat, "trained", kind="safeguarding")
    row = Trained.objects.get().id
    assert "Print the certificate" in shown(town, "volunteer", "volunteering")
    for who in ("volunteer", "supervisor", "manager"):
        text = words_of(paper(town, seat, "trained", row, who))
        assert [word in text for word in (town.users["volunteer"].name, number(row), "took part in the training")] == [True] * 3
    for who, name, one in (("faraway", "trained", row), ("supervisor", "card", row), ("supervisor", "talk", row)):
        assert paper(town, seat, name, one, who).status_code == 404


def test_a_threat_stands_on_today_until_it_is_over(town, seat):
    from spean.programme.models import Threat

    client, boss = town.client("volunteer", locked=True), town.client("supervisor")
    body = {"kind": "message", "on": today(), "words": "PLANTED threat", "sent_id": str(uuid4())}
    assert 'href="/en/help/"' in client.get(at("volunteering_threat", seat.id)).content.decode()  # whom to call now
    assert client.post(at("volunteering_threat", seat.id), {**body, "words": ""}).status_code == 422
    assert client.post(at("volunteering_threat", seat.id), body).status_code == 302
    assert "PLANTED" not in Page(client.get(at("volunteering"))).text
    assert "Volunteers who are threatened" in shown(town, "supervisor", "today")
    assert town.users["volunteer"].name in shown(town, "supervisor", "volunteers", query="?view=threats")
    row = Threat.objects.get().id
    assert boss.post(at("volunteer_threat", seat.id, row, "act"), {"done": ""}).status_code == 422
    assert boss.post(at("volunteer_threat", seat.id, row, "act"), {"done": "plan"}).status_code == 302
    assert boss.post(at("volunteer_threat", seat.id, row, "close")).status_code == 302
    assert "There is no volunteer like this" in shown(town, "supervisor", "volunteers", query="?view=threats")


def test_a_claim_from_asked_to_paid(town, seat):
    from spean.programme.models import Claim

    typed = {"month": today()[:7], "kind": "travel", "amount": "២០,០០០", "currency": "KHR", "sent_id": str(uuid4())}
    client = town.client("volunteer")
    assert client.post(at("claim_new"), {**typed, "amount": "much"}).status_code == 422
    assert client.post(at("claim_new"), typed).status_code == 302
    assert "20,000" in shown(town, "volunteer", "volunteering")
    pk = Claim.objects.get().id
    refused = town.client("supervisor").post(at("claim_act", pk, "refuse"), {"reason": ""})
    assert (refused.status_code, "Please fill this in" in Page(refused).text) == (422, True)
    assert town.client("supervisor").post(at("claim_act", pk, "approve")).status_code == 302
    assert town.client("manager").post(at("claim_act", pk, "pay")).status_code == 302
    text = shown(town, "manager", "claims")
    assert [word in text for word in ("By month and project", "Paid", town.users["volunteer"].name)] == [True] * 3


def test_the_villages_without_anybody(town):
    from spean.accounts.models import Team

    assert "No commune lies there" in shown(town, "supervisor", "volunteer_coverage")
    Team.objects.filter(pk=town.teams["team"].pk).update(place=town.place("14"))
    assert "Nobody: Andoung" in shown(town, "supervisor", "volunteer_coverage")


def test_what_the_system_counts_of_a_month(town, seat):
    from spean.programme.operations import activities

    kept = activities.Kept("outreach", clock.today(), name_en="A session", setting="village")
    activities.count(town.actor("volunteer"), activities.write(town.actor("volunteer"), kept, "14010101", uuid4()), {}, 48)
    town.concern(public=False)
    text = " ".join(shown(town, "volunteer", "volunteering").split())
    wanted = ("Sessions held 1", "Contacts there 48", "Visits told of 0", "Reports sent 1")
    assert [one in text for one in wanted] == [True] * 4
