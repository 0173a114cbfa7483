"""Meetings: planned, on the agenda what waits, minutes that move the issue, letters with numbers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours


def planned(town, by="focal", on=None):
    """A meeting of the commune's committee."""
    from spean.voices.operations import meetings

    committee = town.teams["committee"].organisation_id
    return meetings.plan(town.actor(by), committee, on or clock.today(), uuid4())


def said(decision, **more):
    """What a meeting said, filled in well."""
    from spean.voices.operations.meetings import Said

    given = {"what": "យើងនឹងជួប", "office": "commune_chief", "until": clock.today() + timedelta(days=9), "why_not": "no_means"}
    return Said(decision, **{**given, **more})


@pytest.fixture
def waiting(town):
    """An issue that waits at the commune, and the levels above."""
    from town import add_levels

    add_levels(town)
    return town.issue("raised")


def test_who_may_plan_a_meeting_and_twice_is_once(town, waiting):
    from spean.voices.models import Meeting
    from spean.voices.operations import meetings

    committee, sent = town.teams["committee"].organisation_id, uuid4()
    for name in ("focal", "worker", "supervisor", "manager"):
        assert planned(town, name)
    for name in ("otherfocal", "stranger", "volunteer", "analyst", "administrator"):
        with pytest.raises((NotYours, NotAllowed)):
            planned(town, name)
    first = meetings.plan(town.actor("focal"), committee, clock.today(), sent)
    assert meetings.plan(town.actor("focal"), committee, clock.today(), sent) == first
    with pytest.raises(NotYours):
        meetings.plan(town.actor("worker"), committee, clock.today(), sent)
    assert Meeting.objects.count() == 5
    for days in (-1, 400):
        with pytest.raises(Invalid):
            planned(town, on=clock.today() + timedelta(days=days))


def test_the_agenda_is_what_waits_the_overdue_first(town, waiting):
    from spean.voices.models import Issue
    from spean.voices.queries import meetings

    promised, overdue, draft = town.issue("committed"), town.issue("raised"), town.issue("draft")
    Issue.objects.filter(pk=overdue.pk).update(due_on=clock.today() - timedelta(days=3))
    found = meetings.meeting_page(town.actor("focal"), planned(town))
    assert [i.row.id for i in found.items] == [overdue.pk, waiting.pk, promised.pk]
    assert [i.to_decide for i in found.items] == [True, True, False]
    assert draft.pk not in [i.row.id for i in found.items]


def test_an_office_that_is_complained_of_does_not_meet_the_issue_on_its_agenda(town, waiting):
    from spean.voices.models import IssueAvoid
    from spean.voices.queries import meetings

    IssueAvoid.objects.create(issue=waiting, level="commune", on=clock.today())
    assert meetings.meeting_page(town.actor("focal"), planned(town)).items == ()


@pytest.mark.parametrize("by", ["focal", "worker"])
@pytest.mark.parametrize(
    ("decision", "state", "level"),
    [
        ("commit", "committed", "commune"),
        ("decline", "declined", "commune"),
        ("lift", "raised", "district"),
        ("later", "raised", "commune"),
    ],
)
def test_minutes_move_the_issue_as_the_meeting_said(town, waiting, decision, state, level, by):
    from spean.voices.operations import meetings
    from spean.voices.queries import meetings as queries

    meeting = planned(town)
    for _twice in range(2):
        meetings.write_minute(town.actor(by), meeting, waiting.pk, said(decision))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.level) == (state, level)
    item = queries.meeting_page(town.actor("worker"), meeting).items[0]
    assert (item.decision, item.on_behalf, item.to_decide) == (decision, by == "worker", False)
    assert queries.meeting_page(town.actor("focal"), meeting).row.state == "held"
    with pytest.raises(Conflict):
        meetings.write_minute(town.actor(by), meeting, waiting.pk, said("decline" if decision != "decline" else "later"))


def test_minutes_are_written_by_the_office_or_the_team_alone(town, waiting):
    from spean.voices.operations import meetings

    meeting = planned(town)
    for name in ("otherfocal", "stranger", "volunteer", "manager", "analyst", "district"):
        with pytest.raises((NotYours, NotAllowed)):
            meetings.write_minute(town.actor(name), meeting, waiting.pk, said("commit"))
    waiting.refresh_from_db()
    assert waiting.state == "raised"


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": "dance"},
        {"office": ""},
        {"until": None},
        {"what": " "},
        {"decision": "decline", "why_not": ""},
        {"decision": "lift", "why_not": "x"},
    ],
)
def test_a_minute_that_lacks_something_changes_nothing(town, waiting, wrong):
    from spean.voices.models import Meeting, Minute
    from spean.voices.operations import meetings

    meeting = planned(town)
    with pytest.raises(Invalid):
        meetings.write_minute(town.actor("focal"), meeting, waiting.pk, said(**{"decision": "commit", **wrong}))
    assert (Minute.objects.count(), Meeting.objects.get(pk=meeting).state) == (0, "planned")


def test_a_meeting_to_come_is_not_held_and_a_cancelled_one_decides_nothing(town, waiting):
    from spean.voices.operations import meetings

    focal, ahead = town.actor("focal"), planned(town, on=clock.today() + timedelta(days=3))
    with pytest.raises(Conflict):
        meetings.move(focal, ahead, "hold")
    with pytest.raises(Conflict):
        meetings.write_minute(focal, ahead, waiting.pk, said("commit"))
    meetings.move(focal, ahead, "cancel")
    with pytest.raises(Conflict):
        meetings.write_minute(focal, ahead, waiting.pk, said("commit"))
    with pytest.raises(Conflict):
        meetings.move(focal, ahead, "cancel")


def test_letters_are_numbered_kept_and_the_teams_alone(town, waiting):
    from spean.voices.models import Letter
    from spean.voices.operations import meetings
    from spean.voices.queries import meetings as queries

    worker, sent = town.actor("worker"), uuid4()
    words = {"kind": "request", "text_km": "សូម", "text_en": "Please"}
    first = meetings.write_letter(worker, waiting.pk, **words, sent_id=sent)
    assert meetings.write_letter(worker, waiting.pk, **words, sent_id=sent) == first
    meetings.write_letter(worker, waiting.pk, **words, sent_id=uuid4())
    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2]
    assert queries.letter(town.actor("supervisor"), first).text_en == "Please"
    for name in ("focal", "stranger", "manager", "volunteer"):
        with pytest.raises(NotYours):
            queries.letter(town.actor(name), first)
        with pytest.raises((NotYours, NotAllowed)):
            meetings.write_letter(town.actor(name), waiting.pk, **words, sent_id=uuid4())


def test_every_template_can_be_filled_in_both_languages():
    from spean.voices import letters
    from spean.voices.enums import LetterKind

    fill = {"number": "S-0001", "title": "{x}", "committee": "C", "due": "D", "places": "P"}
    assert set(letters.templates()) == set(LetterKind.values)
    for kind in LetterKind:
        for words in letters.begin(kind, km=fill, en=fill):
            assert "S-0001" in words
            assert "{x}" in words


def test_the_agenda_takes_a_fixed_number_of_queries(town, waiting, django_assert_max_num_queries):
    from spean.voices.queries import meetings

    meeting, focal = planned(town), town.actor("focal")
    for _n in range(2):
        town.issue("raised")
    with django_assert_max_num_queries(14):
        assert len(meetings.meeting_page(focal, meeting).items) == 3


def regular(town, on, months=1):
    """The committee's meeting, with those after it by the rule."""
    from spean.voices.operations import meetings

    committee = town.teams["committee"].organisation_id
    return meetings.plan(town.actor("focal"), committee, on, uuid4(), repeats=months)


def test_a_committee_that_meets_regularly_has_its_next_meeting_by_itself(town):
    from datetime import UTC, date, datetime

    from spean.voices.models import Meeting
    from spean.voices.operations import rhythm

    with clock.at(datetime(2026, 1, 30, 3, tzinfo=UTC)):
        regular(town, date(2026, 1, 31))
        assert rhythm.day() == 0
    with clock.at(datetime(2026, 1, 31, 3, tzinfo=UTC)):
        assert (rhythm.day(), rhythm.day()) == (1, 0)
    with clock.at(datetime(2026, 5, 5, 3, tzinfo=UTC)):  # the timer stood still for months
        assert (rhythm.day(), rhythm.day()) == (1, 0)
    assert list(Meeting.objects.order_by("on").values_list("on", "planned_by", "repeats_months")) == [
        (date(2026, 1, 31), town.users["focal"].id, 1),
        (date(2026, 2, 28), None, 1),
        (date(2026, 5, 28), None, 1),
    ]


def test_one_rhythm_holds_and_can_be_ended(town, waiting):
    from spean.voices.models import Meeting
    from spean.voices.operations import meetings, rhythm

    regular(town, clock.today() + timedelta(days=1))
    made = regular(town, clock.today(), months=3)
    assert list(Meeting.objects.filter(repeats_months__gt=0).values_list("pk", flat=True)) == [made]
    meetings.move(town.actor("worker"), made, "once")
    assert (rhythm.day(), Meeting.objects.get(pk=made).state) == (0, "planned")
    with pytest.raises(Invalid):
        regular(town, clock.today(), months=2)
