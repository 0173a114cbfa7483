"""What a person needs, on the desk: asked, proposed, ticked; nothing is lost; opened with a reason, agreed to by a second."""

from uuid import uuid4

import pytest
from django.urls import reverse

from spean.checks.needs import needs
from spean.kernel import clock
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def answers(**more):
    given = {f"need_{code}": "not_said" for code in needs()} | {"risk": "not_known", "words": "A door that I can lock"}
    return given | {"sent_id": str(uuid4())} | more


def test_from_the_questions_to_the_tasks_of_the_case(town):
    case, worker = town.case(), town.client("worker")
    page = Page(worker.get(at("assessment_new", case.id)))
    assert "“Not now” is always an answer." in page.text
    assert {page.values[f"need_{code}"] for code in needs()} == {"not_said"}
    sent = answers(need_life="now", need_bed="now", need_learn="later", propose="1")
    proposed = Page(worker.post(at("assessment_new", case.id), sent))
    assert "Danger: In danger now." in proposed.text
    assert proposed.text.index("speak of ending their life") < proposed.text.index("A safe place to sleep")
    assert 'value="life" checked' in proposed.html
    assert 'value="bed" checked' not in proposed.html
    assert case.assessments.count() == 0
    del sent["propose"]
    kept = sent | {"taken": ["life", "learn"], "day_learn": clock.today().isoformat(), "keep": "1"}
    for _twice in range(2):
        page = Page(worker.post(at("assessment_new", case.id), kept, follow=True))

    case.refresh_from_db()
    assert (case.assessments.count(), case.risk, case.tasks.count()) == (1, "now", 2)
    assert "Somebody beside them now" in page.text
    page = Page(worker.get(at("assessment", case.id, case.assessments.get().pk)))
    for said in ("A door that I can lock", "became a task", "was left", "3 of 23 needs were answered."):
        assert said in page.text


@pytest.mark.parametrize("wrong", [{"need_bed": "horse"}, {"sent_id": "broken"}, {"words": "a\u202eb"}, {"risk": "x"}])
def test_what_cannot_be_taken_comes_back_with_everything(town, wrong):
    case = town.case()
    answer = town.client("worker").post(at("assessment_new", case.id), answers(need_life="now", propose="1") | wrong)
    page = Page(answer)

    assert (answer.status_code, page.values["need_life"]) == (422, "now")
    assert "Not saved yet" in page.text
    answer = town.client("worker").post(at("assessment_new", case.id), answers(need_learn="later", taken=["learn"], keep="1"))
    page = Page(answer)
    assert (answer.status_code, page.values["need_learn"], page.values["words"]) == (422, "later", "A door that I can lock")
    assert "Choose a day from today on." in page.text
    page = Page(town.client("worker").post(at("assessment_new", case.id), answers(need_learn="later", back="1")))
    assert (page.values["need_learn"], page.values["words"]) == ("later", "A door that I can lock")
    assert case.assessments.count() == 0


def test_asked_nothing_it_keeps_nothing(town):
    answer = town.client("worker").post(at("assessment_new", town.case().id), answers(words="", propose="1"))
    assert answer.status_code == 422
    assert "Nothing is answered yet." in Page(answer).text


def test_a_supervisor_says_why_and_agrees(town):
    case, worker, boss = town.case(), town.client("worker"), town.client("supervisor")
    worker.post(at("assessment_new", case.id), answers(need_kept="now", keep="1"))
    one = case.assessments.get()
    assert "A door" not in Page(boss.get(at("assessment", case.id, one.id))).text
    opened = Page(boss.post(at("assessment", case.id, one.id), {"reason": "review"}))
    assert "A door that I can lock" in opened.text
    assert "I agree" in opened.text
    page = Page(boss.post(at("assessment_agree", case.id, one.id), follow=True))

    one.refresh_from_db()
    assert one.reviewed_by == town.users["supervisor"]
    assert "has looked at it and agrees." in page.text
    assert "I agree" not in Page(worker.get(at("assessment", case.id, one.id))).text


def test_the_case_takes_as_many_queries_with_one_as_with_three(town):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    case, worker, counts = town.case(), town.client("worker"), []
    for more in (1, 2):
        for _each in range(more):
            worker.post(at("assessment_new", case.id), answers(need_kept="now", keep="1"))
        with CaptureQueriesContext(connection) as seen:
            worker.get(at("case", case.id))
        counts.append(len(seen))
    assert counts[0] == counts[1]
