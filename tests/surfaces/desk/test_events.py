"""Events on the desk and at the public door: the gate, codes, papers in both languages, calendar, report, public page."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from icalendar import Calendar

from spean.kernel import clock
from tests.surfaces.public.reading import Page


def at(name, *args, door="desk", language="en"):
    return reverse(f"{door}:{name}", args=args).replace("/km/", f"/{language}/")


@pytest.fixture
def day(town):
    """An event with two places, a programme, and something asked."""
    from spean.programme.operations import activities

    actor, today = town.actor("manager"), clock.today()
    names = {"name_km": "ទិវាប្រឆាំងការជួញដូរមនុស្ស", "name_en": "The day"}
    kept = activities.Kept("event", today, **names, presides_en="The governor", about_en="Come with your family")
    pk = activities.write(actor, kept, "14010101", uuid4())
    for name in ("Parade in Andoung", "Play in Svay"):
        activities.write(actor, activities.Kept("event", today, name_en=name, part_of=pk), "14010102", uuid4())
    from datetime import time

    item = {"on": today, "starts": time(7, 30), "minutes": 45, "what_en": "PLANTED parade", "what_km": "ក្បួនដង្ហែ"}
    activities.add(actor, pk, "items", item, uuid4())
    activities.add(actor, pk, "questions", {"topic": "papers", "words": "PLANTED question"}, uuid4())
    activities.add(actor, pk, "costs", {"kind": "sound", "currency": "USD", "planned": 300, "spent": 280}, uuid4())
    activities.add(actor, pk, "invitations", {"whom": "PLANTED guest", "kind": "official", "number": 3}, uuid4())
    return pk


def send(town, pk, *taps, who="volunteer"):
    given = [{"kind": "", "code": "", "undoes": "", "id": str(uuid4()), **one} for one in taps]
    return town.client(who).post(at("gate_taps", pk), {"taps": json.dumps(given)})


def test_taps_are_taken_and_named_in_the_answer(town, day):
    known = {"id": str(uuid4()), "kind": "student"}
    for _twice in range(2):
        assert send(town, day, known).json() == {"taps": {known["id"]: "counted"}, "came": 1}
    assert "1" in Page(town.client("manager").get(at("headcount", day))).text


@pytest.mark.parametrize(
    "wrong", ["", "{", "[]", "7", '[{"id": "x"}]', '[{"id": 7, "kind": "student", "code": "", "undoes": ""}]', "[" * 5000]
)
def test_what_is_no_batch_is_refused_whole(town, day, wrong):
    assert town.client("volunteer").post(at("gate_taps", day), {"taps": wrong}).status_code == 422


def test_a_gate_counts_without_a_script(town, day):
    from spean.programme.models import Ticket

    manager, client = town.client("manager"), town.client("volunteer")
    assert manager.post(at("event_codes", day), {"kind": "teacher", "number": "3", "sent_id": str(uuid4())}).status_code == 302
    code, sent = Ticket.objects.first().code, str(uuid4())
    for body in ({"code": code, "sent_id": sent}, {"code": code, "sent_id": sent}, {"kind": "student", "sent_id": str(uuid4())}):
        assert client.post(at("gate", day), body).status_code == 302
    again = client.post(at("gate", day), {"code": code, "sent_id": str(uuid4())}, follow=True)
    assert "counted before" in Page(again).text
    assert client.post(at("gate", day), {"sent_id": str(uuid4())}).status_code == 422
    from spean.programme.operations.events import came

    assert came([day])[day] == {"teacher": 1, "student": 1}


def test_the_gate_may_use_the_camera_and_holds_nobodys_name(town, day):
    answer = town.client("volunteer").get(at("gate", day))
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert (town.users["volunteer"].name in answer.content.decode(), Page(answer).forbidden) == (False, [])


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("shape", ["poster", "programme", "report"])
def test_papers_are_made_in_both_languages(town, day, shape, language):
    send(town, day, {"kind": "student"})
    answer = town.client("manager").get(at("event_paper", day, shape, language=language))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_codes_are_printed(town, day):
    sent = uuid4()
    town.client("manager").post(at("event_codes", day), {"kind": "teacher", "number": "25", "sent_id": str(sent)})
    answer = town.client("manager").get(at("event_sheet", day, sent))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_the_report_tells_no_small_group(town, day):
    send(town, day, *({"kind": kind} for kind in ["student"] * 9 + ["teacher"] * 7 + ["migrant"]))
    shown = Page(town.client("manager").get(at("event_report", day))).text
    assert [word in shown for word in ("PLANTED question", "PLANTED parade", "17", "not shown", "280")] == [True] * 5
    from spean.evidence.groups import ToldGroup, tell

    assert tell([("s", 9), ("t", 7), ("m", 1)]) == (ToldGroup("s", 9), ToldGroup("t", None), ToldGroup("m", None))


@pytest.mark.parametrize(
    ("counted", "hidden"),
    [((9, 7), 0), ((9, 0, 7), 0), ((1,), 1), ((9, 4), 2), ((9, 2, 2), 3), ((9, 8, 2, 2), 3), ((9, 8, 2, 4), 2)],
)
def test_what_is_hidden_is_never_one_group_alone_nor_few_together(counted, hidden):
    from spean.evidence.groups import tell

    told = tell([(str(at), n) for at, n in enumerate(counted)])
    assert sum(one.number is None for one in told) == hidden


def test_a_calendar_has_the_places_and_the_programme(town, day):
    made = Calendar.from_ical(town.client("volunteer").get(at("event_calendar", day)).content)
    assert sorted(str(e["summary"]) for e in made.walk("vevent")) == ["PLANTED parade", "Parade in Andoung", "Play in Svay"]


def test_the_public_page_is_there_once_it_is_shown_and_tells_no_figure(town, client, day):
    page, file = (at(name, day, door="public") for name in ("event", "event_file"))
    assert [client.get(where).status_code for where in (page, file)] == [404, 404]
    manager = town.client("manager")
    assert manager.post(at("activity_act", day, "publish")).status_code == 302
    send(town, day, *[{"kind": "student"}] * 9)
    shown = Page(client.get(page))
    told = [
        word in shown.text for word in ("The day", "Parade in Andoung", "PLANTED parade", "The governor", "Come with your family")
    ]
    hidden = [word in shown.text for word in ("PLANTED question", "PLANTED guest", "280")]
    assert (told, hidden, client.get(file).status_code) == ([True] * 5, [False] * 3, 200)
    manager.post(at("activity_act", day, "cancel"), {"why": "weather"})
    assert client.get(page).status_code == 404
