"""Follow-ups: when they are due, what is written of them, how answers compare, what a sign asks for; and what was promised."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from spean.cases import rebuild
from spean.cases.enums import Response, Risk, TaskKind
from spean.cases.rebuild_enums import Moved
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

START = datetime(2027, 3, 31, 3, 0, tzinfo=UTC)
DAY = date(2027, 3, 31)
AREAS, SIGNS = sorted(rebuild.areas()), sorted(rebuild.signs())
SAID = st.dictionaries(st.sampled_from(AREAS), st.sampled_from(rebuild.STEPS))


@pytest.fixture
def case(town):
    with clock.at(START):
        yield town.case()


def after(days):
    return clock.at(START + timedelta(days=days))


def begin(town, case, since=DAY):
    from spean.cases.operations import following

    following.begin(town.actor("worker"), case.id, since)
    case.refresh_from_db()


def do(town, case, month, *, who="worker", sent_id=None, **told):
    from spean.cases.operations import following

    found = case.follow_ups.exclude(state="set_aside").get(month=month)
    told = {"how": "visit", "words": "It goes", **told}
    following.do(town.actor(who), case.id, found.id, following.Told(**told), sent_id or uuid4())
    case.refresh_from_db()
    found.refresh_from_db()
    return found


def end(town, case, month, verb, *more, who="worker"):
    from spean.cases.operations import following

    found = case.follow_ups.exclude(state="set_aside").get(month=month)
    getattr(following, verb)(town.actor(who), case.id, found.id, *more)
    case.refresh_from_db()
    found.refresh_from_db()
    return found


def close(town, case, reason="reached"):
    from spean.cases.operations import closing

    closing.ask(town.actor("worker"), case.id, reason, "", uuid4())
    closing.close(town.actor("supervisor"), case.id)
    case.refresh_from_db()


def planned(case):
    return list(case.follow_ups.filter(state="planned").order_by("due_on").values_list("month", flat=True))


# -- the table ---------------------------------------------------------------------------------------------------------------
def test_every_area_has_four_steps_in_both_languages_and_every_sign_a_task_that_is_due_at_once():
    assert len(AREAS) == 16
    for area in rebuild.areas().values():
        assert len(area.steps) == 4
        assert all(both.km and both.en for both in (area.name, *area.steps))
    for sign in rebuild.signs().values():
        assert sign.level in Risk
        assert sign.task in TaskKind
        assert sign.soon in set(Response) - {Response.PLANNED}
        assert all(both.km and both.en for both in (sign.name, sign.todo))


# -- comparing ---------------------------------------------------------------------------------------------------------------
@given(st.lists(SAID, max_size=5))
def test_what_was_not_said_is_never_a_step_and_never_changes_what_is_compared(asked):
    rows = rebuild.courses(asked)
    assert {row.code for row in rows} == {code for said in asked for code in said}
    assert all(len(row.steps) == len(asked) for row in rows)
    silent = rebuild.courses([*asked, {}])
    assert [(row.code, row.moved, row.ends) for row in silent] == [(row.code, row.moved, row.ends) for row in rows]
    assert rebuild.moved([*asked, {}]) == rebuild.moved(asked)


@pytest.mark.parametrize(
    ("asked", "moved"),
    [
        ([], Moved.ONCE),
        ([{"income": 1}], Moved.ONCE),
        ([{"income": 1}, {"body": 3}], Moved.ONCE),
        ([{"income": 1}, {}, {"income": 3}], Moved.ROSE),
        ([{"income": 3, "body": 2}, {"income": 1, "body": 2}], Moved.FELL),
        ([{"income": 2}, {"income": 4}, {"income": 2}], Moved.SAME),
        ([{"income": 1, "body": 3}, {"income": 2, "body": 1}], Moved.BOTH),
    ],
)
def test_all_areas_together_are_told_in_one_word(asked, moved):
    assert rebuild.moved(asked) == moved


# -- days --------------------------------------------------------------------------------------------------------------------
def test_who_has_come_home_is_asked_after_one_three_six_twelve_and_twenty_four_months(town, case):
    from spean.cases.operations import homecoming

    homecoming.plan(town.actor("worker"), case.id, "TH", homecoming.Planned("self"), uuid4())
    homecoming.arrive(town.actor("worker"), case.id)
    days = case.follow_ups.order_by("due_on").values_list("month", "due_on")
    assert list(days) == [
        (1, date(2027, 4, 30)), (3, date(2027, 6, 30)), (6, date(2027, 9, 30)), (12, date(2028, 3, 31)), (24, date(2029, 3, 31)),
    ]  # fmt: skip
    case.refresh_from_db()
    assert case.due_on == date(2027, 4, 30)


def test_beginning_twice_is_once_and_another_day_counts_anew(town, case):
    begin(town, case)
    begin(town, case)
    assert (planned(case), case.follow_ups.count()) == ([1, 3, 6, 12, 24], 5)
    do(town, case, 1)
    begin(town, case, DAY - timedelta(days=200))
    assert planned(case) == [12, 24]
    assert sorted(case.follow_ups.filter(state="done").values_list("month", flat=True)) == [1]


def test_what_was_long_ago_is_not_asked_any_more(town, case):
    with pytest.raises(Invalid):
        begin(town, case, DAY - timedelta(days=800))
    with pytest.raises(Invalid):
        begin(town, case, DAY + timedelta(days=1))
    assert case.follow_ups.count() == 0


def test_what_is_due_moves_on_with_each_follow_up(town, case):
    begin(town, case)
    do(town, case, 1)
    assert case.due_on == date(2027, 6, 30)
    end(town, case, 3, "decline")
    assert case.due_on == date(2027, 9, 30)
    assert planned(case) == [6, 12, 24]


# -- what becomes of one -----------------------------------------------------------------------------------------------------
def test_sent_twice_it_is_written_once_and_changed_by_nobody(town, case):
    begin(town, case)
    sent = uuid4()
    first = do(town, case, 1, sent_id=sent, steps={"income": 2})
    steps = case.steps.count()
    again = do(town, case, 1, sent_id=sent, steps={"income": 4})
    assert (again.said, case.steps.count()) == (first.said, steps)
    with pytest.raises(Conflict):
        do(town, case, 1)


@pytest.mark.parametrize(
    "told",
    [
        {"words": ""},
        {"how": "dream"},
        {"steps": {"income": 5}},
        {"steps": {"income": 0}},
        {"steps": {"beauty": 1}},
        {"signs": frozenset({"x"})},
    ],
)
def test_nothing_strange_and_nothing_empty_is_kept(town, case, told):
    begin(town, case)
    with pytest.raises(Invalid):
        do(town, case, 1, **told)


def test_missed_is_only_what_is_over_and_it_waits_for_another_supervisor(town, case):
    begin(town, case)
    with after(30 + 14), pytest.raises(Invalid):
        end(town, case, 1, "miss", "away")
    with after(30 + 15):
        with pytest.raises(Invalid):
            end(town, case, 1, "miss", "x")
        assert end(town, case, 1, "miss", "away", who="supervisor").waits == "missed"
        with pytest.raises(NotAllowed):
            end(town, case, 1, "look", who="supervisor")
        with pytest.raises(NotAllowed):
            end(town, case, 1, "look")  # a case worker
        do(town, case, 1)  # found after all
        assert case.follow_ups.get(month=1).waits == ""


def test_a_supervisor_looks_at_what_was_missed(town, case):
    begin(town, case)
    with after(60):
        end(town, case, 1, "miss", "unsafe")
        end(town, case, 1, "look", who="supervisor")
        found = end(town, case, 1, "look", who="supervisor")
    assert (found.state, found.waits) == ("missed", "")


def test_the_list_of_supervisors_has_what_was_missed_and_what_nobody_wrote_down(town, case):
    from spean.cases.queries import cases

    begin(town, case)
    supervisor = town.actor("supervisor")

    def waits():
        return [row.id for row in cases.cases(supervisor, view="after").rows]

    with after(40):
        assert waits() == []
    with after(50):
        assert waits() == [case.id]
        end(town, case, 1, "miss", "no_means")
        assert waits() == [case.id]
        end(town, case, 1, "look", who="supervisor")
        assert waits() == []


# -- danger ------------------------------------------------------------------------------------------------------------------
def test_a_sign_raises_the_danger_and_proposes_its_task_once(town, case):
    from spean.cases.operations import following

    begin(town, case)
    found = do(town, case, 1, signs=frozenset({"debts", "recruiter"}))
    assert (case.risk, found.danger, found.waits) == ("high", "high", "")
    for _twice in range(2):
        following.take(town.actor("worker"), case.id, found.id, ["recruiter"], "en")
    assert [task.kind for task in case.tasks.all()] == ["visit"]
    with pytest.raises(Invalid):
        following.take(town.actor("worker"), case.id, found.id, ["violence"], "en")


def test_no_follow_up_lowers_the_danger(town):
    with clock.at(START):
        case = town.case(risk="now")
        begin(town, case)
        do(town, case, 1, signs=frozenset({"debts"}))
    assert case.risk == "now"


def test_a_sign_after_an_assessment_keeps_less_danger_from_counting(town, case):
    from spean.cases.operations import assessing

    begin(town, case)
    asked = assessing.Asked({"bed": "not"}, "low", "All well")
    kept = assessing.assess(town.actor("worker"), case.id, asked, uuid4())
    do(town, case, 1, signs=frozenset({"violence"}))
    assert not assessing.agree(town.actor("supervisor"), case.id, kept)
    case.refresh_from_db()
    assert case.risk == "now"


def test_follow_ups_go_on_after_closing_and_a_sign_asks_to_open_again(town, case):
    from spean.cases.operations import closing
    from spean.cases.queries import cases

    begin(town, case)
    close(town, case)
    assert case.due_on == date(2027, 4, 30)
    with after(31):
        worker, supervisor = town.actor("worker"), town.actor("supervisor")
        assert [row.late for row in cases.cases(worker, view="due").rows] == [True]
        assert do(town, case, 1, signs=frozenset({"same_broker"})).waits == "reopen"
        assert [row.id for row in cases.cases(supervisor, view="after").rows] == [case.id]
        closing.reopen(worker, case.id)
        case.refresh_from_db()
        assert (case.state, case.risk, case.follow_ups.get(month=1).waits) == ("open", "high", "")


@pytest.mark.parametrize(("reason", "left"), [("reached", 5), ("lost", 5), ("away", 5), ("wish", 0), ("died", 0), ("handed", 0)])
def test_who_wants_no_more_or_is_with_others_is_not_asked_any_more(town, case, reason, left):
    begin(town, case)
    close(town, case, reason)
    assert (len(planned(case)), case.due_on is None) == (left, left == 0)


def test_of_cases_closed_before_no_task_is_due(town, case):
    from spean.cases.models import Case

    close(town, case)
    Case.objects.filter(pk=case.pk).update(due_on=DAY)
    import_module("spean.cases.migrations.0017_due_of_closed").forget(apps, None)
    case.refresh_from_db()
    assert case.due_on is None


# -- the words ---------------------------------------------------------------------------------------------------------------
def test_what_was_said_is_sealed_and_reading_it_stands_in_the_trail(town, case):
    from spean.cases.operations import following
    from spean.privacy.models import AuditEntry

    following.start(town.actor("worker"), case.id, following.Told("office", "I sleep again", {"heart": 2}), uuid4())
    begin(town, case)
    do(town, case, 1, words="I work", steps={"heart": 3})
    read = list(following.read(town.actor("worker"), case.id).values())
    assert [(said.words, said.steps) for said in read] == [("I sleep again", {"heart": 2}), ("I work", {"heart": 3})]
    assert case.follow_ups.get(month=1).moved == "rose"
    assert b"I work" not in bytes(case.follow_ups.get(month=1).said)
    assert AuditEntry.objects.filter(verb="case.follow_read").count() == 1


def test_a_follow_up_of_another_case_is_nobodys(town, case):
    from spean.cases.operations import following

    begin(town, case)
    other = town.case()
    with pytest.raises(NotYours):
        following.decline(town.actor("worker"), other.id, case.follow_ups.get(month=1).id)


# -- promised, and delivered -------------------------------------------------------------------------------------------------
def test_each_goal_that_stands_is_a_promise_and_others_can_be_added(town, case):
    from spean.cases.operations import planning, promises
    from spean.cases.queries import following

    worker = town.actor("worker")
    goal = planning.goal(worker, case.id, planning.GoalDraft("work", "A sewing course", clock.today()), uuid4())
    sent = uuid4()
    other = promises.add(worker, case.id, "A bicycle", sent)
    assert promises.add(worker, case.id, "A car", sent) == other
    promises.answer(worker, case.id, goal, "partly", "It was too short")
    promises.answer(worker, case.id, goal, "yes", "I learnt it")
    promises.answer(worker, case.id, other, "no", "It never came")
    read = promises.read(worker, case.id)
    assert {pk: (one.what, one.said) for pk, one in read.items()} == {
        goal: ("A sewing course", "I learnt it"),
        other: ("A bicycle", "It never came"),
    }
    assert [(p.id, p.delivered) for p in following.promises(worker, case.id)] == [(goal, "yes"), (other, "no")]
    brief = following.brief_of(worker, case)
    assert (brief.promised, brief.answered) == (2, 2)
    with pytest.raises(Invalid):
        promises.answer(worker, case.id, goal, "x", "")
    with pytest.raises(NotYours):
        promises.answer(worker, case.id, uuid4(), "yes", "")
