"""The way home on the desk: planned on the case, all steps on one page, one step written down, and who else opens it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from spean.cases.models import WayStep
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


@pytest.fixture
def case(town):
    return town.case()


def planned(town, case, **more):
    body = {"corridor": "TH", "mode": "official", "where": "To an aunt", "sent_id": str(uuid4()), **more}
    return town.client("worker").post(at("case_act", case.id, "way_plan"), body)


def step(case, code):
    return WayStep.objects.get(way__case=case, code=code)


def test_it_is_planned_on_the_case_and_begins_with_its_country(town, case):
    case.country = "VN"
    case.save(update_fields=["country"])
    before = Page(town.client("worker").get(at("case", case.id)))
    assert before.values["corridor"] == "VN"
    assert "Not everybody wants to go home; ask first." in before.text

    planned(town, case)
    after = Page(town.client("worker").get(at("case", case.id)))
    assert "0 of 18 steps done" in after.text
    assert "Plan the way home" not in after.text


def test_all_steps_stand_on_one_page_with_what_comes_first(town, case):
    planned(town, case)
    page = Page(town.client("worker").get(at("case_home", case.id)))

    for words in ("From Thailand", "Poipet", "To an aunt", "1. Recognised as somebody", "First: Recognised", "not verified"):
        assert words in page.text


def test_a_step_is_written_down_with_who_until_when_and_what_it_waits_for(town, case):
    planned(town, case)
    one, worker = step(case, "paper"), town.client("worker")
    body = {"state": "to_do", "owner": town.users["worker"].id, "due_on": "2030-01-09", "waits_for": "answer", "text": "Form A"}
    assert worker.post(at("case_home_step", case.id, one.id), body).headers["Location"] == at("case_home", case.id)
    again = Page(worker.get(at("case_home_step", case.id, one.id)))
    page = Page(worker.get(at("case_home", case.id)))

    assert (again.values["waits_for"], again.values["due_on"], again.values["text"]) == ("answer", "2030-01-09", "Form A")
    assert "Waits for: The answer of an authority" in page.text
    assert b"Form A" not in bytes(step(case, "paper").words)


def test_a_wrong_answer_is_refused_and_nothing_typed_is_lost(town, case):
    planned(town, case)
    answer = town.client("worker").post(at("case_home_step", case.id, step(case, "paper").id), {"state": "x", "text": "Form A"})

    assert answer.status_code == 422
    assert Page(answer).values["text"] == "Form A"


def test_nobody_sets_out_who_has_not_agreed_and_the_case_says_why(town, case):
    planned(town, case)
    worker = town.client("worker")
    refused = worker.post(at("case_act", case.id, "way_set_out"))
    assert refused.status_code == 422
    assert "The person has not agreed yet" in Page(refused).text

    worker.post(at("case_home_step", case.id, step(case, "agrees").id), {"state": "done"})
    assert worker.post(at("case_act", case.id, "way_set_out")).status_code == 302
    page = Page(worker.post(at("case_act", case.id, "way_arrive"), follow=True))
    assert "Has come home" in page.text


def test_who_does_not_look_after_the_person_says_why_first(town, case):
    planned(town, case)
    supervisor = town.client("supervisor")
    before = Page(supervisor.get(at("case_home", case.id)))
    assert "Somebody else looks after this person" in before.text
    assert "aunt" not in before.text
    one = at("case_home_step", case.id, step(case, "paper").id)
    assert supervisor.get(one).headers["Location"] == at("case_home", case.id)

    assert "To an aunt" in Page(supervisor.post(at("case_home", case.id), {"reason": "cover"})).text
    assert supervisor.get(one).status_code == 200


def test_without_a_plan_there_is_no_page(town, case):
    assert town.client("worker").get(at("case_home", case.id)).status_code == 404
