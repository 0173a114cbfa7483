"""The way home: its corridor's steps, who does what, in which order, and where it stands; nobody sets out who has not agreed."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from spean.cases import corridors
from spean.cases.way_enums import WAY_MOVES, Corridor, HomeStep, WayState
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def case(town):
    with clock.at(START):
        yield town.case()


def plan(town, case, sent_id=None, who="worker", **more):
    from spean.cases.operations import homecoming

    corridor, known = more.pop("corridor", "TH"), {"mode": "official", "where": "To an aunt"}
    return homecoming.plan(town.actor(who), case.id, corridor, homecoming.Planned(**{**known, **more}), sent_id or uuid4())


def write(town, case, code, **now):
    from spean.cases.models import WayStep
    from spean.cases.operations import homecoming

    step = WayStep.objects.get(way__case=case, code=code)
    homecoming.write_step(town.actor("worker"), case.id, step.id, homecoming.StepIs(**{"state": "to_do", **now}))
    step.refresh_from_db()
    return step


def move(town, case, *verbs):
    from spean.cases.operations import homecoming

    for verb in verbs:
        getattr(homecoming, verb)(town.actor("worker"), case.id)
    return case.ways.latest("made_on").state


def seen(town, case):
    from spean.cases.queries import ways

    with translation.override("en"):
        return ways.newest(town.actor("worker"), case.id)


# -- the table ---------------------------------------------------------------------------------------------------------------
def test_every_corridor_has_its_table_and_every_step_its_words():
    assert set(corridors.ways()) == set(Corridor.values)
    told = {step.code for way in corridors.ways().values() for step in way.steps}
    assert told == set(HomeStep.values)
    for way in corridors.ways().values():
        assert all(step.name.km and step.name.en and step.side in {"there", "border", "here"} for step in way.steps)


@given(st.sampled_from(sorted(corridors.ways())), st.randoms())
def test_no_step_waits_for_one_that_comes_later_so_that_every_way_can_be_walked(code, chance):
    steps = list(corridors.ways()[code].steps)
    done: set[str] = set()
    while len(done) < len(steps):
        free = [step.code for step in steps if step.code not in done and set(step.after) <= done]
        assert free
        done.add(chance.choice(free))
    order = [step.code for step in steps]
    assert all(order.index(first) < order.index(step.code) for step in steps for first in step.after)


def test_a_country_without_a_table_has_the_common_steps():
    assert [corridors.corridor_of(code) for code in ("TH", "KH", "JP", "not_known")] == ["TH", "KH", "other", "other"]


# -- planning ----------------------------------------------------------------------------------------------------------------
def test_it_is_planned_once_with_all_steps_of_its_corridor(town, case):
    sent = uuid4()
    made = {plan(town, case, sent) for _twice in range(2)}
    way = case.ways.get()

    assert made == {way.id}
    assert b"aunt" not in bytes(way.words)
    assert [s.code for s in way.steps.order_by("position")] == [s.code for s in corridors.ways()["TH"].steps]
    with pytest.raises(Conflict):
        plan(town, case)


def test_an_unknown_corridor_is_refused_and_a_stranger_finds_nothing(town, case):
    with pytest.raises(Invalid):
        plan(town, case, corridor="XX")
    for who in ("stranger", "volunteer"):
        with pytest.raises(NotYours):
            plan(town, case, who=who)
    assert case.ways.count() == 0


def test_how_and_when_is_written_anew_and_a_stopped_one_stays(town, case):
    from spean.cases.operations import homecoming

    way = plan(town, case, mode="not_known")
    anew = homecoming.Planned("deported", date(2027, 3, 9), "To a sister")
    homecoming.change(town.actor("worker"), case.id, anew)
    kept = case.ways.get()
    assert (kept.mode, kept.planned_for) == ("deported", date(2027, 3, 9))
    assert homecoming.read(town.actor("worker"), case.id, way).where == "To a sister"

    move(town, case, "stop")
    with pytest.raises(Conflict):
        homecoming.change(town.actor("worker"), case.id, anew)


# -- its steps ---------------------------------------------------------------------------------------------------------------
def test_what_comes_first_is_said_and_the_next_step_is_shown(town, case):
    plan(town, case)
    first = seen(town, case)
    assert (first.next.at, first.next.name, first.done) == (1, "Recognised as somebody who needs protection", 0)
    assert first.steps[2].first == ("Recognised",)

    write(town, case, "identified", state="done", who="Officer of the demo", text="Number 0")
    after = seen(town, case)
    assert (after.next.at, after.done, after.steps[2].first) == (2, 1, ())
    assert (after.steps[0].done_on, after.steps[0].done_by) == (date(2027, 3, 1), "Demo Worker")


def test_the_day_of_a_step_makes_the_case_due_until_it_is_done_or_the_way_is_stopped(town, case):
    plan(town, case)
    step = write(town, case, "paper", due_on=date(2027, 3, 9), waits_for="answer", owner=town.users["worker"].id)
    case.refresh_from_db()
    assert (case.due_on, step.waits_for, step.owner_id) == (date(2027, 3, 9), "answer", town.users["worker"].id)

    move(town, case, "stop")
    case.refresh_from_db()
    assert case.due_on is None
    with pytest.raises(Conflict):
        write(town, case, "paper", state="done")

    move(town, case, "resume")
    case.refresh_from_db()
    assert case.due_on == date(2027, 3, 9)
    write(town, case, "paper", state="done")
    case.refresh_from_db()
    assert case.due_on is None


def test_written_twice_it_is_one_step_of_the_course_and_what_was_done_can_be_taken_back(town, case):
    plan(town, case)
    for _twice in range(2):
        done = write(town, case, "identified", state="done")
    assert case.steps.filter(kind="way_step").count() == 1
    assert done.done_by_id == town.users["worker"].id
    again = write(town, case, "identified")
    assert (again.done_on, again.done_by_id) == (None, None)


def test_nobody_of_another_team_owns_a_step_and_another_cases_step_is_not_found(town, case):
    from spean.cases.models import WayStep
    from spean.cases.operations import homecoming

    plan(town, case)
    with pytest.raises(Invalid):
        write(town, case, "paper", owner=town.users["stranger"].id)
    other = town.case()
    step = WayStep.objects.get(way__case=case, code="paper")
    with pytest.raises(NotYours):
        homecoming.write_step(town.actor("worker"), other.id, step.id, homecoming.StepIs("done"))


# -- where it stands ---------------------------------------------------------------------------------------------------------
def test_nobody_sets_out_who_has_not_agreed(town, case):
    plan(town, case)
    with pytest.raises(Invalid):
        move(town, case, "set_out")
    write(town, case, "agrees", state="done")
    assert move(town, case, "set_out", "set_out", "arrive") == "arrived"
    assert case.ways.get().arrived_on == date(2027, 3, 1)
    plan(town, case, mode="self")
    assert [way.state for way in case.ways.order_by("state")] == ["arrived", "planned"]


@pytest.mark.parametrize("mode", ["deported", "mass", "self"])
def test_who_was_sent_back_or_goes_alone_is_only_written_down(town, case, mode):
    plan(town, case, mode=mode)
    assert move(town, case, "set_out") == "on_the_way"


@pytest.mark.parametrize("state", WayState.values)
def test_the_table_of_moves_holds(town, case, state):
    plan(town, case, mode="self")
    for verb, (leaves, to) in WAY_MOVES.items():
        case.ways.update(state=state)
        if state in leaves or state == to:
            assert move(town, case, verb) == to
        else:
            with pytest.raises(Conflict):
                move(town, case, verb)


# -- reading -----------------------------------------------------------------------------------------------------------------
def test_it_is_in_the_trail_before_it_is_read_and_another_says_why(town, case):
    from spean.cases.operations import homecoming
    from spean.privacy.models import AuditEntry

    way = plan(town, case)
    assert homecoming.read(town.actor("worker"), case.id, way).where == "To an aunt"
    with pytest.raises(Invalid):
        homecoming.read(town.actor("supervisor"), case.id, way)
    homecoming.read(town.actor("supervisor"), case.id, way, "review")
    assert AuditEntry.objects.filter(verb="case.way_read").count() == 2
    assert case.steps.filter(kind="seen", reason="review").count() == 1


def test_the_list_of_ways_asks_as_often_for_one_as_for_three(town, case, django_assert_num_queries):
    from spean.cases.queries import ways

    for wanted in (1, 3):
        while case.ways.count() < wanted:
            plan(town, case, mode="self")
            move(town, case, "arrive")
        actor = town.actor("worker")
        with django_assert_num_queries(3):
            assert len(ways.ways(actor, case.id)) == wanted


def test_what_was_kept_is_erased_with_the_case(town, case):
    from datetime import timedelta

    from spean.cases.models import WayStep
    from spean.cases.operations import closing, retention

    plan(town, case)
    closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
    closing.close(town.actor("supervisor"), case.id)
    with clock.at(START + timedelta(days=6 * 365)):
        assert retention.erase_expired() == 1
    assert bytes(case.ways.get().words) == b""
    assert not WayStep.objects.exclude(words=b"").exists()
