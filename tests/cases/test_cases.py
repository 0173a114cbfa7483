"""A case from its opening to its end: who may, what is sealed, what the course tells, what the trail holds."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked, NotAllowed, NotYours, TooMany

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
STORY = "The captain keeps my passport"


@pytest.fixture
def case(town):
    """A case of the worker."""
    return town.case()


def verbs_of(case):
    """What the trail holds of it, the oldest first."""
    from spean.privacy import audit

    return [e.verb for e in reversed(audit.entries(case.org_id, subject=case.id))]


def kinds_of(case):
    """Its course."""
    return list(case.steps.order_by("position").values_list("kind", flat=True))


# -- opening and reading --------------------------------------------------------------------------------------------------
def test_what_is_known_of_the_person_is_sealed_and_opens_to_who_looks_after_it(town, case):
    from spean.cases.operations import reading

    opened = reading.read(town.actor("worker"), case.id)

    assert (opened.person.story, opened.person.name_km, opened.person.aliases) == (STORY, "ចាន់ សុភា", ("Phea",))
    assert b"captain" not in bytes(case.person)
    assert case.place.code == "140101"  # the commune, never the village
    assert verbs_of(case) == ["case.open", "case.read"]


def test_sent_twice_it_is_one_case(town):
    from spean.cases.models import Case
    from spean.cases.operations.opening import Facts, Person, open_case

    sent, worker, team = uuid4(), town.actor("worker"), town.teams["team"].id
    made = {open_case(worker, team, Person(story=STORY), Facts(source="self"), sent) for _twice in range(2)}

    assert (len(made), Case.objects.count()) == (1, 1)
    with pytest.raises(NotYours):
        open_case(town.actor("supervisor"), team, Person(), Facts(source="self"), sent)


def test_numbers_are_counted_in_each_organisation_alone(town):
    from spean.cases.models import Case
    from spean.cases.operations.opening import Facts, Person, open_case

    town.case()
    town.case()
    other = open_case(town.actor("stranger"), town.teams["partner"].id, Person(), Facts(source="self"), uuid4())

    assert sorted(Case.objects.exclude(pk=other).values_list("number", flat=True)) == [1, 2]
    assert Case.objects.get(pk=other).number == 1


@pytest.mark.parametrize("name", ["volunteer", "manager", "officer", "administrator", "analyst", "focal", "coordinator"])
def test_nobody_else_opens_a_case_or_sees_one(town, case, name):
    from spean.cases.operations import reading
    from spean.cases.operations.opening import Facts, Person, open_case

    with pytest.raises(NotAllowed):
        open_case(town.actor(name), town.teams["team"].id, Person(), Facts(source="self"), uuid4())
    with pytest.raises(NotYours):
        reading.read(town.actor(name), case.id, "danger")


def test_another_team_and_locked_keys_reach_nothing(town, case):
    from spean.cases.operations import reading
    from spean.cases.operations.opening import Facts, Person, open_case

    with pytest.raises(NotYours):
        reading.read(town.actor("stranger"), case.id, "danger")
    with pytest.raises(NotYours):
        open_case(town.actor("worker"), town.teams["partner"].id, Person(), Facts(source="self"), uuid4())
    with pytest.raises(Locked):
        reading.read(town.actor("worker", locked=True), case.id)


def test_a_supervisor_says_why_she_opens_what_another_looks_after_and_it_is_seen(town, case):
    from spean.cases.operations import reading
    from spean.cases.queries import cases
    from spean.cases.queries.whole import whole

    supervisor = town.actor("supervisor")
    with pytest.raises(Invalid):
        reading.read(supervisor, case.id)
    for reason in ("review", ""):  # it holds for the day
        assert reading.read(supervisor, case.id, reason).person.story == STORY

    assert verbs_of(case) == ["case.open", "case.read_other", "case.read_other"]
    assert kinds_of(case) == ["opened", "seen"]
    with translation.override("en"):
        newest = whole(town.actor("worker"), case.id, opened=True).course.rows[0]
    assert (newest.by, newest.reason) == (town.users["supervisor"].name, "To supervise the work")
    assert [t.count for t in cases.tiles(town.actor("worker")) if t.name == "cases_seen"] == [1]
    with clock.at(datetime.now(UTC) + timedelta(days=1)), pytest.raises(Invalid):
        reading.read(supervisor, case.id)


def test_a_worker_sees_only_the_cases_that_she_looks_after(town):
    from spean.cases.operations import people, reading
    from spean.cases.queries import cases

    case = town.case("supervisor")
    assert cases.cases(town.actor("worker")).rows == ()
    people.assign(town.actor("supervisor"), case.id, town.users["worker"].id)

    assert [row.id for row in cases.cases(town.actor("worker")).rows] == [case.id]
    assert reading.read(town.actor("worker"), case.id).person.story == STORY
    with pytest.raises(Invalid):
        people.assign(town.actor("supervisor"), case.id, town.users["volunteer"].id)


def test_more_different_cases_a_day_than_the_quota_are_refused_and_supervisors_are_told(town, monkeypatch):
    from spean.cases.operations import reading
    from spean.cases.queries import cases

    monkeypatch.setattr(reading, "A_DAY", 2)
    first, second, third = (town.case() for _ in range(3))
    worker = town.actor("worker")
    for each in (first, second, first, second):
        reading.read(worker, each.id)
    with pytest.raises(TooMany):
        reading.read(worker, third.id)

    assert verbs_of(third) == ["case.open"]
    for name in ("supervisor", "officer"):
        told = [t for t in cases.tiles(town.actor(name)) if t.name == "cases_often"]
        assert [(t.count, town.users["worker"].name in t.label) for t in told] == [(1, True)]
    assert [t for t in cases.tiles(worker) if t.name == "cases_often"] == []
    with clock.at(datetime.now(UTC) + timedelta(days=1)):
        assert reading.read(worker, third.id).person.story == STORY


def test_the_case_that_comes_from_a_concern_is_tied_to_it(town):
    from spean.cases.models import Case
    from spean.cases.operations.opening import Facts, Person, open_case
    from spean.cases.queries import cases

    concern, worker = town.concern(read=True), town.actor("worker")
    made = open_case(worker, town.teams["team"].id, Person(), Facts(source="concern"), uuid4(), concern_id=concern.id)

    assert cases.cases_of_concern(worker, concern.id) == ((made, "C-0001"),)
    assert cases.case_head(worker, made).concern == concern.id
    with pytest.raises(NotYours):
        open_case(worker, town.teams["team"].id, Person(), Facts(source="concern"), uuid4(), concern_id=uuid4())
    assert Case.objects.count() == 1


# -- what is known ---------------------------------------------------------------------------------------------------------
def test_a_change_of_something_old_is_refused(town, case):
    from spean.cases.operations import people, reading
    from spean.cases.operations.opening import Facts, Person

    worker = town.actor("worker")
    people.change(worker, case.id, Person(story="New"), Facts(source="self", risk="now"), revision=0)
    with pytest.raises(Conflict):
        people.change(worker, case.id, Person(story="Old"), Facts(source="self"), revision=0)

    case.refresh_from_db()
    assert (reading.read(worker, case.id).person.story, case.risk, case.revision, case.place) == ("New", "now", 1, None)


# -- notes and tasks --------------------------------------------------------------------------------------------------------
def test_what_supervisors_alone_read_is_theirs(town, case):
    from spean.cases.operations import reading, working

    worker, supervisor, sent = town.actor("worker"), town.actor("supervisor"), uuid4()
    for _twice in range(2):
        working.note(worker, case.id, "She slept well", sent, kind="visit")
    working.note(supervisor, case.id, "Ask again", uuid4(), kind="note", readers="supervisors")
    with pytest.raises(Invalid):
        working.note(worker, case.id, "x", uuid4(), kind="note", readers="supervisors")
    with pytest.raises(Invalid):
        working.note(worker, case.id, "\u200b ", uuid4(), kind="note")

    assert [n.text for n in reading.read(worker, case.id).notes.rows] == ["She slept well"]
    assert {n.text for n in reading.read(supervisor, case.id, "review").notes.rows} == {"She slept well", "Ask again"}


def test_a_long_case_is_read_page_by_page_and_nothing_is_left_out(town, case):
    from spean.cases.operations import reading, working
    from spean.cases.queries.whole import whole

    worker, written = town.actor("worker"), [f"Note {n}" for n in range(60)]
    for n, text in enumerate(written):
        with clock.at(START + timedelta(days=n // 20)):  # twenty a day: a page ends within one
            working.note(worker, case.id, text, uuid4(), kind="note")
    notes, steps, before, earlier = [], [], "", ""
    for size in (25, 25, 10):
        page = reading.read(worker, case.id, before=before).notes
        notes, before = notes + [n.text for n in page.rows], page.after
        assert len(page.rows) == size
    for size in (25, 25, 11):  # and that it was opened
        page = whole(worker, case.id, opened=True, before=earlier).course
        steps, earlier = steps + list(page.rows), page.after
        assert len(page.rows) == size
    assert (notes, before, earlier) == (written[::-1], "", "")
    assert [row.on for row in steps] == sorted((row.on for row in steps), reverse=True)
    for broken in ("x", "-1", "9" * 40):
        with pytest.raises(Invalid):
            reading.read(worker, case.id, before=broken)
        with pytest.raises(Invalid):
            whole(worker, case.id, opened=True, before=broken)


@pytest.mark.parametrize(("response", "days"), [("hour", 0), ("hours", 0), ("day", 1), ("days", 3)])
def test_a_task_is_due_as_soon_as_its_word_says(town, response, days):
    from spean.cases.operations import working
    from spean.cases.queries import cases

    with clock.at(START):
        case = town.case()
        working.task(town.actor("worker"), case.id, "Call", uuid4(), kind="call", response=response)
        case.refresh_from_db()

        assert case.due_on == clock.today() + timedelta(days=days)
        assert [t.count for t in cases.tiles(town.actor("worker")) if t.name == "cases_due"] == [int(days == 0)]
    with clock.at(START + timedelta(days=days)):  # on its day it stands on Today
        assert [t.count for t in cases.tiles(town.actor("worker")) if t.name == "cases_due"] == [1]


def test_the_first_task_that_is_to_do_is_what_a_case_is_due_for(town):
    from spean.cases.operations import reading, working

    worker = town.actor("worker")
    with clock.at(START):
        case, today = town.case(), clock.today()
        sent = uuid4()
        for _twice in range(2):
            working.task(worker, case.id, "Ask the boss", sent, kind="papers", response="planned", due_on=today + timedelta(9))
        working.task(worker, case.id, "Doctor", uuid4(), kind="health", response="day")
        with pytest.raises(Invalid):
            working.task(worker, case.id, "x", uuid4(), kind="call", response="planned", due_on=today - timedelta(1))
        first, second = case.tasks.order_by("due_on")
        working.finish(worker, case.id, first.id)
        working.finish(worker, case.id, first.id)
        case.refresh_from_db()
        assert case.due_on == second.due_on
        working.drop(worker, case.id, second.id)
        case.refresh_from_db()

    assert case.due_on is None
    assert reading.read(worker, case.id).tasks == {first.id: "Doctor", second.id: "Ask the boss"}
    assert kinds_of(case) == ["opened", "task", "task", "task_done", "task_dropped"]


def test_a_task_of_another_case_is_not_found(town, case):
    from spean.cases.operations import working

    other = town.case()
    working.task(town.actor("worker"), other.id, "x", uuid4(), kind="call", response="day")
    with pytest.raises(NotYours):
        working.finish(town.actor("worker"), case.id, other.tasks.get().id)


# -- closing -----------------------------------------------------------------------------------------------------------------
def test_one_asks_to_close_and_another_agrees(town, case):
    from spean.cases.operations import closing, reading

    worker, supervisor = town.actor("worker"), town.actor("supervisor")
    closing.ask(worker, case.id, "reached", "I am at home now", uuid4())
    closing.keep_open(supervisor, case.id)
    closing.ask(worker, case.id, "wish", "", uuid4())
    closing.close(supervisor, case.id)
    with pytest.raises(Conflict):
        closing.keep_open(supervisor, case.id)
    assert [n.text for n in reading.read(worker, case.id).notes.rows] == ["I am at home now"]
    closing.reopen(worker, case.id)

    assert kinds_of(case) == ["opened", "ask_close", "kept_open", "ask_close", "closed", "reopened"]
    case.refresh_from_db()
    assert (case.state, case.closed_for, case.closing_by) == ("open", "", None)


def test_nobody_agrees_to_what_they_asked_themselves(town):
    from spean.cases.operations import closing

    case, supervisor = town.case("supervisor"), town.actor("supervisor")
    closing.ask(supervisor, case.id, "reached", "", uuid4())
    for refused in (lambda: closing.close(supervisor, case.id), lambda: closing.close(town.actor("worker"), case.id)):
        with pytest.raises((NotYours, NotAllowed)):
            refused()
    case.refresh_from_db()
    assert case.state == "closing"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("days", "erased"), [(1825, 0), (1828, 1)])
def test_after_five_years_nothing_opens_it(many_town, days, erased):
    from spean.cases.operations import closing, reading, retention

    case, worker = many_town.case(), many_town.actor("worker")
    closing.ask(worker, case.id, "reached", "Goodbye", uuid4())
    closing.close(many_town.actor("supervisor"), case.id)
    with clock.at(datetime.now(UTC) + timedelta(days=days)):
        assert (retention.erase_expired(), retention.erase_expired()) == (erased, 0)
        if erased:
            with pytest.raises(NotYours):
                reading.read(worker, case.id)
            with pytest.raises(NotYours):
                many_town.actor("worker").ring.data_key(case.id)
        else:
            assert reading.read(worker, case.id).notes.rows[0].text == "Goodbye"


def test_what_one_person_gives_to_another_moves_with_the_work(town, case):
    from spean.accounts.signals import handed_over

    handed_over.send(sender=None, team=town.teams["team"].id, giver=town.users["worker"].id, taker=town.users["supervisor"].id)

    case.refresh_from_db()
    assert case.assigned_to_id == town.users["supervisor"].id
