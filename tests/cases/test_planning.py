"""The plan of a case: a wish and goals, another person's word, and what was approved stays; what is changed waits again."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.cases import enums
from spean.cases.models import CarePlan
from spean.checks.needs import Domain
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours


def draft(**more):
    from spean.cases.operations.planning import GoalDraft

    known = {"domain": "work", "words": "Repair motorbikes", "target_on": clock.today() + timedelta(days=60), "payer": "us"}
    return GoalDraft(**{**known, **more})


@pytest.fixture
def plan(town):
    """Submitted by the worker, with one goal."""
    from spean.cases.operations import planning

    case, worker = town.case(), town.actor("worker")
    planning.wish(worker, case.id, "A workshop at home")
    planning.goal(worker, case.id, draft(), uuid4())
    planning.submit(worker, case.id)
    return CarePlan.objects.get(case=case)


def again(plan):
    plan.refresh_from_db()
    return plan


def test_another_person_approves_and_what_was_approved_stays(town, plan):
    from spean.cases.operations import planning

    worker, boss, case = town.actor("worker"), town.actor("supervisor"), plan.case
    assert b"workshop" not in bytes(plan.wish)
    planning.approve(boss, case.id, plan.revision)
    assert again(plan).state == "approved"
    planning.wish(worker, case.id, "Another wish")
    assert (again(plan).state, plan.submitted_by) == ("waiting", town.users["worker"])
    planning.goal(worker, case.id, draft(words="Sew", replaces=plan.goals.get().id), uuid4())
    planning.approve(boss, case.id, again(plan).revision)

    told = planning.read(worker, case.id)
    assert {n: (v["wish"], [g["words"] for g in v["goals"]]) for n, v in told.versions.items()} == {
        1: ("A workshop at home", ["Repair motorbikes"]),
        2: ("Another wish", ["Sew"]),
    }
    assert sorted(plan.goals.values_list("state", flat=True)) == ["changed", "open"]


def test_nobody_approves_what_they_submitted_or_did_not_see(town, plan):
    from spean.cases.operations import planning

    worker, boss, case = town.actor("worker"), town.actor("supervisor"), plan.case
    with pytest.raises(NotAllowed):
        planning.approve(worker, case.id, plan.revision)
    planning.wish(worker, case.id, "Something else")
    with pytest.raises(Conflict):
        planning.approve(boss, case.id, plan.revision)
    planning.wish(boss, case.id, "A word of the supervisor")
    for deed in (lambda n: planning.approve(boss, case.id, n), lambda n: planning.send_back(boss, case.id, n, "No")):
        with pytest.raises(NotYours):
            deed(again(plan).revision)
    with pytest.raises(NotYours):
        planning.read(town.actor("stranger"), case.id)
    assert plan.versions.count() == 0


def test_it_is_returned_with_a_reason_that_stands_until_it_is_approved(town, plan):
    from spean.cases.operations import planning

    worker, boss, case = town.actor("worker"), town.actor("supervisor"), plan.case
    with pytest.raises(Invalid):
        planning.send_back(boss, case.id, plan.revision, " ")
    planning.send_back(boss, case.id, plan.revision, "Who pays the course?")
    assert again(plan).state == "returned"
    assert planning.read(worker, case.id).returned == "Who pays the course?"
    with pytest.raises(Conflict):
        planning.approve(boss, case.id, plan.revision)
    planning.submit(worker, case.id)
    planning.approve(boss, case.id, again(plan).revision)
    assert planning.read(worker, case.id).returned == ""


def test_a_goal_is_reached_without_a_new_word_and_given_up_with_one(town, plan):
    from spean.cases.operations import planning

    worker, case, goal = town.actor("worker"), plan.case, plan.goals.get()
    planning.approve(town.actor("supervisor"), case.id, plan.revision)
    planning.reach(worker, case.id, goal.id)
    assert again(plan).state == "approved"
    with pytest.raises(Conflict):
        planning.give_up(worker, case.id, goal.id)
    planning.resume(worker, case.id, goal.id)
    planning.give_up(worker, case.id, goal.id)
    goal.refresh_from_db()
    assert (again(plan).state, goal.state, goal.ended_on) == ("waiting", "given_up", clock.today())


def test_tasks_lead_to_a_goal_and_follow_the_one_in_its_place(town, plan):
    from spean.cases.operations import planning, working

    worker, case = town.actor("worker"), plan.case
    working.task(worker, case.id, "Find a course", uuid4(), kind="work", response="days")
    task, sent = case.tasks.get(), uuid4()
    made = {planning.goal(worker, case.id, draft(tasks=frozenset({task.id})), sent) for _twice in range(2)}
    task.refresh_from_db()
    assert made == {task.goal_id}
    planning.goal(worker, case.id, draft(replaces=task.goal_id), uuid4())
    task.refresh_from_db()
    assert task.goal_id is None


@pytest.mark.parametrize("wrong", [{"words": " "}, {"domain": "x"}, {"tasks": frozenset({uuid4()})}, {"payer": "x"}])
def test_what_cannot_be_is_refused(town, plan, wrong):
    from spean.cases.operations import planning

    with pytest.raises(Invalid):
        planning.goal(town.actor("worker"), plan.case.id, draft(**wrong), uuid4())
    assert plan.goals.count() == 1


def test_without_a_goal_there_is_nothing_to_approve(town):
    from spean.cases.operations import planning

    with pytest.raises(Invalid):
        planning.submit(town.actor("worker"), town.case().id)


def test_the_domains_are_those_of_the_needs():
    assert enums.NeedDomain.values == [*Domain]


@pytest.fixture
def service(town):
    """One of the directory that helps with a trade, and with a place to stay."""
    return town.service(needs=("training", "shelter"), capacity=10)


def test_a_service_stands_with_its_goal_and_leaves_what_was_approved_as_it_is(town, plan, service):
    from spean.cases.operations import planning

    worker, boss, goal = town.actor("worker"), town.actor("supervisor"), plan.goals.get()
    planning.approve(boss, plan.case_id, again(plan).revision)
    for _twice in range(2):
        planning.choose_service(worker, plan.case_id, goal.id, service, "training")
    assert (again(plan).state, plan.case.steps.filter(kind="planned").count()) == ("approved", 3)
    changed = planning.goal(worker, plan.case_id, draft(words="Sew", replaces=goal.id), uuid4())
    kept = plan.goals.get(pk=changed)
    assert (kept.service_id, kept.need) == (service, "training")
    planning.approve(boss, plan.case_id, again(plan).revision)
    told = planning.read(worker, plan.case_id).versions[2]["goals"][0]
    assert (told["service_km"], told["service_en"]) == ("ផ្ទះស្ពាន: ជំនួយ", "Bridge House: Help")
    planning.choose_service(worker, plan.case_id, changed, None, "")
    now = plan.goals.get(pk=changed)
    assert (now.service_id, now.need) == (None, "")


def test_a_goal_of_another_domain_brings_no_service_along(town, plan, service):
    from spean.cases.operations import planning

    worker, goal = town.actor("worker"), plan.goals.get()
    planning.choose_service(worker, plan.case_id, goal.id, service, "training")
    changed = planning.goal(worker, plan.case_id, draft(domain="health", replaces=goal.id), uuid4())
    assert plan.goals.get(pk=changed).service_id is None


def test_only_a_service_that_helps_with_this_and_only_for_an_open_goal(town, plan, service):
    from spean.cases.operations import planning

    worker, goal = town.actor("worker"), plan.goals.get()
    for wrong, need in ((uuid4(), "training"), (service, "law"), (service, "")):
        with pytest.raises(Invalid):
            planning.choose_service(worker, plan.case_id, goal.id, wrong, need)
    with pytest.raises(NotYours):
        planning.choose_service(worker, plan.case_id, uuid4(), service, "training")
    planning.reach(worker, plan.case_id, goal.id)
    with pytest.raises(Conflict):
        planning.choose_service(worker, plan.case_id, goal.id, service, "training")


def test_to_telephone_a_service_is_a_task_of_its_goal_once_a_day_and_sooner_in_danger(town, plan, service):
    from spean.cases.operations import planning, working

    worker, goal, case = town.actor("worker"), plan.goals.get(), plan.case
    with pytest.raises(Conflict):
        planning.call_service(worker, case.id, goal.id)
    planning.choose_service(worker, case.id, goal.id, service, "training")
    with pytest.raises(NotYours):
        planning.call_service(worker, case.id, uuid4())
    for _twice in range(2):
        planning.call_service(worker, case.id, goal.id)
    first = case.tasks.get()
    assert (first.kind, first.goal_id, first.due_on) == ("work", goal.id, clock.today() + timedelta(days=3))
    working.finish(worker, case.id, first.id)
    type(case).objects.update(risk="high")
    with clock.at(clock.now() + timedelta(days=1)):
        planning.call_service(worker, case.id, goal.id)
        assert case.tasks.get(state="to_do").due_on == clock.today() + timedelta(days=1)
    planning.reach(worker, case.id, goal.id)
    with pytest.raises(Conflict):
        planning.call_service(worker, case.id, goal.id)


def test_every_domain_of_a_goal_has_a_kind_of_task():
    assert set(enums.TASK_FOR) == set(enums.NeedDomain)


def test_every_domain_of_a_goal_begins_with_a_need():
    assert set(enums.NEED_FOR) == set(enums.NeedDomain)
