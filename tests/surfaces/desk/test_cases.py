"""Cases on the desk: a new one from a concern, what opens it, tasks and notes, the end; nothing typed is lost."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.cases.models import Case
from tests.surfaces.public.reading import Page

FORM = {
    "name_km": "ចាន់ សុភា", "name_latin": "Chan Sophea", "aliases": "Phea, Pheap", "phone": "០១២ ៣៤៥ ៦៧៨", "may_call": "yes",
    "hours": "evening", "story": "The captain keeps my passport", "source": "self", "sex": "man", "age": "25-59", "country": "TH",
    "risk": "some", "place-pick": "14010101",
}  # fmt: skip


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def sent(**more):
    return {**FORM, "sent_id": str(uuid4()), "send": "1", **more}


def with_team(town, **more):
    return sent(team=str(town.teams["team"].id), **more)


@pytest.fixture
def case(town):
    return town.case()


# -- a new one ---------------------------------------------------------------------------------------------------------------
def test_a_new_case_opens_on_its_own_page(town):
    worker, form = town.client("worker"), with_team(town)
    for _twice in range(2):
        page = Page(worker.post(at("case_new"), form, follow=True))

    assert Case.objects.count() == 1
    for words in ("C-0001", "ចាន់ សុភា · Chan Sophea", "Phea, Pheap", "012 345 678", "Trapeang Srae, Boeng Preah", "Thailand"):
        assert words in page.text
    assert "Saved and sealed." in page.text


def test_a_concern_fills_the_first_fields_and_is_tied_to_the_case(town):
    concern = town.concern(read=True, contact={"name": "Sophea", "phone": "012 345 678", "may_call": "yes"})
    worker = town.client("worker")
    page = Page(worker.get(at("case_new") + f"?concern={concern.id}"))
    assert (page.values["name_km"], page.values["phone"]) == ("Sophea", "012 345 678")
    assert "ឈ្មួញយកលុយ" in page.values["story"]
    worker.post(at("case_new"), {**page.values, "send": "1", "age": "25-59"})

    made = Case.objects.get()
    assert (made.concern_id, made.source) == (concern.id, "concern")
    assert "Case C-0001" in Page(worker.get(at("concern", concern.id))).text
    assert "The concern that it came from" in Page(worker.get(at("case", made.id))).text


WRONG = [
    ({"phone": "12"}, "phone"),
    ({"risk": "x"}, "risk"),
    ({"source": ""}, "source"),
    (dict.fromkeys(("name_km", "name_latin", "aliases", "phone", "story"), ""), "name_km"),
]


@pytest.mark.parametrize(("more", "name"), WRONG)
def test_what_cannot_be_taken_comes_back_with_its_reason_and_nothing_is_lost(town, more, name):
    response = town.client("worker").post(at("case_new"), with_team(town, **more))

    assert response.status_code == 422
    assert f'id="id_{name}_error"' in response.content.decode()
    assert Page(response).values["dependants"] == ""
    assert Page(response).values["hours"] == "evening"
    assert Case.objects.count() == 0


def test_the_buttons_beside_the_place_judge_nothing_and_keep_what_was_typed(town):
    typed = {k: v for k, v in with_team(town, story="half a wo").items() if k != "send"}
    page = Page(town.client("worker").post(at("case_new"), typed))

    assert (page.values["story"], page.values["sent_id"]) == ("half a wo", typed["sent_id"])


def test_a_change_starts_from_what_is_known_and_an_old_one_is_refused(town, case):
    worker = town.client("worker")
    first = Page(worker.get(at("case_change", case.id))).values
    assert (first["story"], first["aliases"], first["country"]) == ("The captain keeps my passport", "Phea", "TH")
    done = worker.post(at("case_change", case.id), {**first, "story": "He gave it back", "send": "1"})
    late = worker.post(at("case_change", case.id), {**first, "story": "Older", "send": "1", "sent_id": str(uuid4())})

    assert (done.status_code, late.status_code) == (302, 409)
    assert "He gave it back" in Page(worker.get(at("case", case.id))).text


# -- opening -------------------------------------------------------------------------------------------------------------------
def test_a_supervisor_is_asked_why_and_the_worker_sees_it(town, case):
    supervisor = town.client("supervisor")
    asked = Page(supervisor.get(at("case", case.id)))
    assert "Somebody else looks after this person" in asked.text
    assert "captain" not in asked.text
    assert supervisor.get(at("case_change", case.id)).headers["Location"] == at("case", case.id)
    assert supervisor.post(at("case_act", case.id, "open"), {}).status_code == 422
    opened = Page(supervisor.post(at("case_act", case.id, "open"), {"reason": "review"}))

    assert "The captain keeps my passport" in opened.text
    assert "captain" in Page(supervisor.get(at("case", case.id))).text  # it holds for today
    assert "To supervise the work" in Page(town.client("worker").get(at("case", case.id))).text
    assert "Your cases that somebody else opened" in Page(town.client("worker").get(at("today"))).text


@pytest.mark.parametrize("name", ["volunteer", "manager", "officer", "analyst", "focal", "stranger"])
def test_nobody_else_reaches_a_case(town, case, name):
    client = town.client(name)

    assert client.get(at("case", case.id)).status_code in {403, 404}
    assert client.post(at("case_act", case.id, "open"), {"reason": "danger"}).status_code in {403, 404}


# -- working ---------------------------------------------------------------------------------------------------------------------
def test_a_task_and_a_note_are_saved_once_and_stand_on_the_page(town, case):
    worker = town.client("worker")
    task = {"kind": "papers", "text": "Ask the captain", "response": "day", "sent_id": str(uuid4())}
    note = {"kind": "call", "text": "He is well", "readers": "team", "sent_id": str(uuid4())}
    for _twice in range(2):
        worker.post(at("case_act", case.id, "task"), task)
        worker.post(at("case_act", case.id, "note"), note)
    page = Page(worker.get(at("case", case.id)))
    assert page.text.count("Ask the captain") == 1
    assert page.text.count("He is well") == 1
    worker.post(at("case_act", case.id, "task_done"), {"task": str(case.tasks.get().id)})

    assert case.tasks.get().state == "done"
    assert "A task is done" in Page(worker.get(at("case", case.id))).text


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("task", {"kind": "papers", "text": "kept words", "response": "planned", "due_on": ""}),
        ("note", {"kind": "x", "text": "kept words", "readers": "team"}),
        ("note", {"kind": "note", "text": "kept words", "readers": "supervisors"}),
        ("ask_close", {"reason": "", "text": "kept words"}),
    ],
)
def test_what_is_refused_stands_in_its_form_again(town, case, verb, typed):
    response = town.client("worker").post(at("case_act", case.id, verb), {**typed, "sent_id": str(uuid4())})

    assert response.status_code == 422
    assert "kept words" in response.content.decode()


def test_what_a_supervisor_wrote_before_she_said_why_is_not_lost(town, case):
    typed = {"kind": "x", "text": "kept words", "readers": "team", "sent_id": str(uuid4())}
    response = town.client("supervisor").post(at("case_act", case.id, "note"), typed)

    assert (response.status_code, "kept words" in Page(response).html, "captain" in Page(response).html) == (422, True, False)


def agreement(**more):
    from datetime import timedelta

    from spean.kernel import clock

    return {
        "purpose": "referral", "fields_told": ["name", "needs"], "named": "A clinic", "by": "self", "how": "spoken",
        "witness": "The nurse", "words": "Not my brother", "until": (clock.today() + timedelta(days=30)).isoformat(),
        "sent_id": str(uuid4()), **more,
    }  # fmt: skip


def test_what_the_person_agreed_to_stands_on_the_case_and_is_taken_back(town, case):
    worker, sent = town.client("worker"), agreement()
    offered = worker.get(at("case", case.id)).content.decode()
    assert {
        f'action="{at("case_act", case.id, verb)}"' in offered for verb in ("consent", "note", "task", "assign", "ask_close")
    } == {True}
    for _twice in range(2):
        worker.post(at("case_act", case.id, "consent"), sent)
    page = Page(worker.get(at("case", case.id)))
    assert offered.count('type="checkbox" name="fields_told"') == 9  # boxes: several can be ticked
    assert ("guardian" in offered, 'type="hidden" name="by"' in offered) == (False, True)  # an adult agrees for themselves
    for words in ("Holds until", "A clinic", "May be told: Name, What they need now", "Not my brother", "The nurse"):
        assert page.text.count(words) == 1, words
    assert f'action="{at("case_act", case.id, "withdraw")}"' in page.html
    worker.post(at("case_act", case.id, "withdraw"), {"consent": str(case.consents.get().id)})

    assert "Taken back on" in Page(worker.get(at("case", case.id))).text


def test_for_a_child_a_second_of_us_agrees(town):
    case, worker, supervisor = town.case(age="0-17"), town.client("worker"), town.client("supervisor")
    assert worker.post(at("case_act", case.id, "consent"), agreement()).status_code == 422
    worker.post(at("case_act", case.id, "consent"), agreement(by="staff"))
    one = {"consent": str(case.consents.get().id)}
    assert "Waits for a second one of us" in Page(worker.get(at("case", case.id))).text
    assert worker.post(at("case_act", case.id, "consent_agree"), one).status_code == 403
    opened = supervisor.post(at("case_act", case.id, "open"), {"reason": "review"}).content.decode()
    assert f'action="{at("case_act", case.id, "consent_agree")}"' in opened
    supervisor.post(at("case_act", case.id, "consent_agree"), one)

    assert "Holds until" in Page(worker.get(at("case", case.id))).text


@pytest.mark.parametrize(
    ("more", "name"), [({"fields_told": []}, "fields_told"), ({"named": ""}, "named"), ({"until": ""}, "until")]
)
def test_an_agreement_that_lacks_something_comes_back(town, case, more, name):
    response = town.client("worker").post(at("case_act", case.id, "consent"), agreement(**more))

    assert (response.status_code, f'id="consent-{name}_error"' in Page(response).html) == (422, True)
    assert "Not my brother" in Page(response).html


def test_one_asks_to_close_and_a_supervisor_closes(town, case):
    worker, supervisor = town.client("worker"), town.client("supervisor")
    worker.post(at("case_act", case.id, "ask_close"), {"reason": "reached", "text": "At home", "sent_id": str(uuid4())})
    assert worker.post(at("case_act", case.id, "close")).status_code == 403
    assert "Cases that you can close" in Page(supervisor.get(at("today"))).text
    assert "asked to close it: What was planned is reached." in Page(supervisor.get(at("case", case.id))).text
    done = Page(supervisor.post(at("case_act", case.id, "close"), follow=True))

    assert "The case is closed." in done.text
    assert Case.objects.get().state == "closed"


def test_who_gives_a_case_away_comes_back_to_the_list(town, case):
    given = {"choice": str(town.users["supervisor"].id)}

    assert town.client("worker").post(at("case_act", case.id, "assign"), given).headers["Location"] == at("cases")


# -- lists ------------------------------------------------------------------------------------------------------------------
def test_every_case_is_on_one_page_of_the_list_in_both_orders(town):
    from datetime import timedelta

    from spean.cases.operations import working
    from spean.kernel import clock

    made = [town.case() for _n in range(30)]
    for n, case in enumerate(made[:28]):
        due = clock.today() + timedelta(days=n % 5)
        working.task(town.actor("worker"), case.id, "", uuid4(), kind="call", response="planned", due_on=due)
    worker = town.client("worker")
    for sort in ("due", "moved"):
        found, url = [], at("cases") + f"?sort={sort}"
        while url:
            page = worker.get(url).content.decode()
            found += re.findall(r'href="(/en/desk/cases/[0-9a-f-]{36}/)"', page)
            after = re.search(r'href="(\?[^"]*after=[^"]*)"', page)
            url = at("cases") + after[1].replace("&amp;", "&") if after else ""
        assert (len(found), set(found)) == (30, {at("case", c.id) for c in made})


@pytest.mark.parametrize("name", ["worker", "supervisor"])
def test_the_list_takes_as_many_queries_with_one_case_as_with_three(town, name):
    counts, client = [], town.client(name)
    town.case()
    client.get(at("cases"))
    for _n in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(at("cases"))
        counts.append(len(asked))
        town.case(risk="now")
        town.case()

    assert counts[0] == counts[1]


def test_the_filters_say_which_cases_there_are(town):
    town.case(risk="now")
    mine = town.case("supervisor")
    supervisor = town.client("supervisor")

    assert Page(supervisor.get(at("cases") + "?view=danger")).text.count("C-000") == 1
    assert at("case", mine.id) in supervisor.get(at("cases") + "?mine=1").content.decode()
    assert "There is no case like this." in Page(supervisor.get(at("cases") + "?view=closed")).text
    assert "Who looks after how many" in Page(supervisor.get(at("cases"))).text
    assert "Who looks after how many" not in Page(town.client("worker").get(at("cases"))).text
    assert supervisor.get(at("cases") + "?after=x").status_code == 422
