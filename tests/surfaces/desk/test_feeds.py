"""Calendars and e-mails say how much is due, and nothing else (protection.md P-10)."""

from uuid import uuid4

import pytest
from django.core import mail
from icalendar import Calendar

from spean.kernel import clock
from spean.kernel.errors import Invalid

PLANTED = ("ឈ្មួញយកថ្លៃ", "Brokers take fees", "House", "Boeng", "Trapeang", "committee", "Spean", "ស្ពាន", "Demo", "S-0001", "fees")


@pytest.fixture
def town(db):
    """A town with one issue that waits, and a meeting."""
    from town import make_town

    from spean.voices.operations import meetings

    made = make_town()
    made.issue("raised")
    made.issue("raised", kind="debt")
    meetings.plan(made.actor("focal"), made.teams["committee"].organisation_id, clock.today(), uuid4())
    return made


def calendar(client, token):
    """The text of a calendar, unfolded."""
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return answer.content.decode().replace("\r\n ", "")


@pytest.mark.parametrize("name", ["focal", "worker", "manager"])
def test_a_calendar_shows_days_and_numbers_alone(town, client, name):
    from spean.accounts import operations

    text = calendar(client, operations.new_feed(town.actor(name)))
    assert [word for word in PLANTED if word in text] == []
    summaries = sorted(str(event["SUMMARY"]) for event in Calendar.from_ical(text).walk("VEVENT"))
    assert summaries == ["1 meeting", "2 things are due"]


def test_nobody_else_learns_of_it(town, client):
    from spean.accounts import operations

    for name in ("otherfocal", "stranger", "analyst", "faraway"):
        assert "VEVENT" not in calendar(client, operations.new_feed(town.actor(name)))


def test_an_address_ends_with_the_next_one_and_with_its_owner(town, client):
    from spean.accounts import operations
    from spean.accounts.models import User

    focal = town.actor("focal")
    first = operations.new_feed(focal)
    second = operations.new_feed(focal)
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert calendar(client, second)
    assert not User.objects.filter(feed_hash__contains=second).exists()
    User.objects.filter(pk=focal.id).update(is_active=False)
    assert client.get(f"/calendar/{second}.ics").status_code == 404
    User.objects.filter(pk=focal.id).update(is_active=True)
    operations.end_feed(focal)
    assert client.get(f"/calendar/{second}.ics").status_code == 404


def test_an_email_says_how_much_is_due_once_a_day(town):
    from datetime import timedelta

    from spean.accounts import operations
    from spean.surfaces.desk.feeds import send_digests
    from spean.voices.models import Issue

    operations.choose_digest(town.actor("focal"), email="focal@example.org", digest="daily")
    assert send_digests() == 0  # nothing is due within a week
    Issue.objects.update(due_on=clock.today() - timedelta(days=1))
    operations.choose_digest(town.actor("otherfocal"), email="other@example.org", digest="daily")
    assert [send_digests(), send_digests()] == [1, 0]
    sent = mail.outbox[0]
    assert sent.to == ["focal@example.org"]
    assert "2 things are due" in sent.body
    assert [word for word in PLANTED if word in sent.subject + sent.body] == []


def test_what_is_no_address_is_refused(town):
    from spean.accounts import operations

    for wrong in (
        {"email": "nobody", "digest": "daily"},
        {"email": "", "digest": "weekly"},
        {"email": "a@example.org", "digest": "hourly"},
    ):
        with pytest.raises(Invalid):
            operations.choose_digest(town.actor("focal"), **wrong)
    operations.choose_digest(town.actor("focal"), email="", digest="none")


def test_a_calendar_says_on_which_days_one_is_needed_at_activities(town, client):
    from datetime import time, timedelta

    from spean.accounts import operations
    from spean.programme.operations import activities

    today, volunteer, boss = clock.today(), town.actor("volunteer"), town.actor("supervisor")

    def made(by, kind, state, **more):
        kept = activities.Kept(kind, setting="village", name_en="Before you go", **more)
        return activities.write(by, kept, "14010101", uuid4(), state)

    walk = made(volunteer, "outreach", "planned", on=today, until=today + timedelta(days=2))
    draft = made(volunteer, "outreach", "draft", on=today)
    past = made(volunteer, "outreach", "planned", on=today - timedelta(days=100))
    long = made(volunteer, "training", "planned", on=today + timedelta(days=20), until=today + timedelta(days=60))
    parade = made(boss, "event", "planned", on=today + timedelta(days=2))
    for pk in (walk, draft, past, long):
        activities.add(volunteer, pk, "leaders", {"role": "volunteer", "member": str(volunteer.id)}, uuid4())
    for begins in (7, 13):
        shift = {"on": today + timedelta(days=2), "starts": time(begins), "ends": time(begins + 2), "task": "Gate", "number": 1}
        activities.add(boss, parade, "shifts", {**shift, "member": str(volunteer.id)}, uuid4())

    text = calendar(client, operations.new_feed(volunteer))
    assert [word for word in (*PLANTED, "Before", "Gate") if word in text] == []
    events = {(e.decoded("DTSTART"), str(e["SUMMARY"])) for e in Calendar.from_ical(text).walk("VEVENT")}
    assert events >= {
        (today, "1 activity"),
        (today + timedelta(days=1), "1 activity"),
        (today + timedelta(days=2), "2 activities"),
    }
    assert {day for day, words in events if words == "1 activity"} >= {today + timedelta(days=n) for n in (20, 60)}
    assert sum("activit" in words for _day, words in events) == 5
    assert "activit" not in calendar(client, operations.new_feed(town.actor("worker")))
