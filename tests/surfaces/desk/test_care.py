"""The plan of a case on the desk: written, given to another, approved or returned; nothing typed is lost."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.kernel import clock
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def goal(**more):
    known = {"domain": "work", "words": "Repair motorbikes", "target_on": clock.today().isoformat(), "payer": "us"}
    return known | {"sent_id": str(uuid4())} | more


def test_from_the_wish_to_the_version_that_stays(town):
    case, worker, boss = town.case(), town.client("worker"), town.client("supervisor")
    assert "Write the plan" in Page(worker.get(at("case", case.id))).text
    worker.post(at("care_act", case.id, "wish"), {"text": "A workshop at home"})
    page = Page(worker.post(at("care_act", case.id, "goal"), goal(), follow=True))
    for said in ("A workshop at home", "Repair motorbikes", "We pay", "Give it to a supervisor"):
        assert said in page.text
    assert "Approve the plan" not in page.text
    worker.post(at("care_act", case.id, "submit"))
    asked = Page(boss.get(at("care_plan", case.id)))
    assert "workshop" not in asked.text
    page = Page(boss.post(at("care_plan", case.id), {"reason": "review"}))
    assert "Approve the plan" in page.text
    page = Page(
        boss.post(at("care_act", case.id, "return"), {"revision": page.values["revision"], "text": "Which course?"}, follow=True)
    )
    assert "Which course?" in Page(worker.get(at("care_plan", case.id))).text
    worker.post(at("care_act", case.id, "submit"))
    revision = case.care_plan.revision
    page = Page(boss.post(at("care_act", case.id, "approve"), {"revision": revision}, follow=True))
    assert "Version 1" in page.text
    page = Page(
        worker.post(at("care_act", case.id, "goal"), goal(goal=str(case.care_plan.goals.get().id), words="Sew"), follow=True)
    )
    for said in ("waits for a supervisor again", "Sew", "Earlier goals", "Repair motorbikes"):
        assert said in page.text


def test_what_is_refused_stands_in_its_form_again(town):
    case, worker = town.case(), town.client("worker")
    answer = worker.post(at("care_act", case.id, "goal"), goal(target_on="2020-01-01", words="A house & <garden>"))
    page = Page(answer)
    assert (answer.status_code, page.values["words"]) == (422, "A house & <garden>")
    assert "Choose a day from today on." in page.text
    answer = worker.post(at("care_act", case.id, "submit"))
    assert answer.status_code == 422
    assert "Write one goal at least." in Page(answer).text


def test_the_page_takes_as_many_queries_with_one_goal_as_with_three(town):
    case, worker, counts = town.case(), town.client("worker"), []
    for more in (1, 2):
        for _each in range(more):
            worker.post(at("care_act", case.id, "goal"), goal())
        with CaptureQueriesContext(connection) as seen:
            worker.get(at("care_plan", case.id))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_service_without_a_desk_here_is_telephoned_and_asked_through_a_packet(town):
    from spean.cases.operations import consent

    case, worker, none = town.case(), town.client("worker"), town.service(needs=("shelter",))
    worker.post(at("care_act", case.id, "goal"), goal(domain="shelter"))
    chosen = case.care_plan.goals.get().id
    worker.post(at("care_service", case.id, chosen), {"service": str(none), "need": "shelter"})
    page = Page(worker.get(at("care_plan", case.id)))
    assert "It has no desk here. Telephone it first, without a name" in page.text
    assert "There is a telephone number, and nobody has called it yet." in page.text
    for _twice in range(2):
        said = Page(worker.post(at("care_act", case.id, "call"), {"goal": str(chosen)}, follow=True)).text
    assert "The task stands in the case and under this goal, with its day." in said
    task = case.tasks.get()
    assert (task.kind, task.goal_id, (task.due_on - clock.today()).days) == ("shelter", chosen, 3)
    begun = f"{at('referral_outside', case.id)}?need=shelter&service={none}"
    assert "“Bridge House” is told. Ask them" in " ".join(Page(worker.get(begun)).text.split())
    given = consent.Given("referral", frozenset({"needs"}), clock.today() + timedelta(days=30), "thumb")
    names = ("Another House", "bridge house ")
    agreed = [consent.give(town.actor("worker"), case.id, replace(given, named=name), uuid4()) for name in names]
    page = Page(worker.get(begun))
    assert ("The service of the goal" in page.text, "They help: write it down" in page.text) == (True, True)
    assert page.values["desk"] == str(agreed[1])
    assert worker.get(f"{at('referral_outside', case.id)}?need=shelter&service=nothing").status_code == 404


def test_a_service_is_chosen_from_who_can_take_the_person_and_the_referral_opens_with_it(town):
    from spean.cases.operations import consent
    from spean.directory.operations import telling

    case, worker = town.case(), town.client("worker")
    town.service(name_en="A house for women", needs=("shelter",), women_only=True)
    fits = town.service(desk="partner", needs=("shelter",), capacity=10, confidential=True)
    telling.tell_free(town.actor("stranger"), fits, 3, clock.today() - timedelta(days=2), uuid4())
    worker.post(at("care_act", case.id, "goal"), goal(domain="shelter"))
    chosen = case.care_plan.goals.get().id
    page = Page(worker.get(at("care_service", case.id, chosen)))
    assert "3 of 10 places are free" in page.text
    assert page.text.index("3 of 10") < page.text.index("A house for women") < page.text.index("Takes women and girls only")
    page = Page(worker.post(at("care_service", case.id, chosen), {"service": str(fits), "need": "shelter"}, follow=True))
    assert "Who helps: Bridge House: Help" in page.text
    begun = f"{at('referral_new', case.id)}?need=shelter&service={fits}"
    assert "has no desk here, or the person has not agreed" in Page(worker.get(begun)).text
    until = clock.today() + timedelta(days=30)
    given = consent.Given("referral", frozenset({"needs"}), until, "thumb", recipient=town.teams["partner"].organisation_id)
    consent.give(town.actor("worker"), case.id, given, uuid4())
    page = Page(worker.get(begun))
    assert ("The service of the goal" in page.text, "Offer it, without a name" in page.text) == (True, True)
    assert page.values["desk"] == str(town.teams["partner"].id)
    assert worker.get(f"{at('referral_new', case.id)}?need=shelter&service=nothing").status_code == 404
    answer = worker.post(at("care_service", case.id, chosen), {"service": str(uuid4()), "need": "shelter"})
    assert (answer.status_code, "Choose one of the services that help with this." in Page(answer).text) == (422, True)
