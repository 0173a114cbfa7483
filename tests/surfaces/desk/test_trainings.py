"""Training courses on the desk: the list, the form with its place, who is in one by number alone, and those of a case."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.kernel import clock
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


@pytest.fixture
def case(town):
    return town.case()


def day(more=0):
    return (clock.today() + timedelta(days=more)).isoformat()


def typed(**more):
    said = {
        "trade": "motor", "name": "Engines", "provider": "A centre", "starts_on": day(-7), "ends_on": day(60), "places": "1",
        "language": "km", "schooling": "none", "fee": "", "stipend": "២០០,០០០", "payer": "provider", "currency": "KHR",
        "ends_with": "state", "place-pick": "14010101", "send": "1", "child_care": "on", "sent_id": str(uuid4()),
    }  # fmt: skip
    return {**said, **more}


def course(town, **more):
    from spean.cases.models import Training

    answer = town.client("worker").post(at("training_new"), typed(**more))
    return Training.objects.get(pk=answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1])


def act(town, case, name, row="", **body):
    body = {"sent_id": str(uuid4()), **({"row": str(row)} if row else {}), **body}
    return town.client("worker").post(at("case_training_act", case.id, name), body)


def offered(town, case, training, *verbs):
    act(town, case, "offer", training=str(training.id), words="PLANTED hope")
    one = case.enrolments.get(training=training)
    for verb in verbs:
        assert act(town, case, "become", one.id, verb=verb).status_code == 302
    return one


def shown(town, name, *args, who="worker", query=""):
    return Page(town.client(who).get(at(name, *args) + query))


def test_one_is_written_down_and_changed_with_its_place(town):
    training = course(town)
    page = shown(town, "training", training.id)
    for words in ("Engines", "1 of 1 places free", "200,000 riel a month, paid by: Who gives", "the children"):
        assert words in page.text
    looking = town.client("worker").post(at("training_change", training.id), {"trade": "fish", "place-province": "14"})
    assert (looking.status_code, b'value="fish" selected' in looking.content) == (200, True)
    answer = town.client("worker").post(at("training_change", training.id), typed(places="3", stipend="0", payer=""))
    training.refresh_from_db()
    assert (answer.status_code, training.places, training.stipend) == (302, 3, 0)
    assert 'value="3"' in shown(town, "training_change", training.id).html


def test_what_is_refused_keeps_what_was_typed(town):
    answer = town.client("worker").post(at("training_new"), typed(payer="", **{"place-pick": ""}))
    page = Page(answer)
    assert answer.status_code == 422
    for words in ("Say who pays the stipend", "Choose the place where it is held", "Engines"):
        assert words in page.html


def test_the_list_hides_what_is_over_and_filters(town, case):
    course(town, name="Over", starts_on=day(-60), ends_on=day(-1))
    offered(town, case, course(town, name="Taken"), "enrol")
    course(town, name="Free", trade="fish")
    assert all(name in shown(town, "trainings").text for name in ("Taken", "Free", "Full, places: 1"))
    assert "Over" not in shown(town, "trainings").text
    assert "Over" in shown(town, "trainings", query="?past=1").text
    for query in ("?free=1", "?trade=fish"):
        page = shown(town, "trainings", query=query)
        assert ("Free" in page.text, "Taken" in page.text) == (True, False)
    assert "There is no training course like this." in shown(town, "trainings", who="stranger").text


def test_the_list_asks_the_same_number_of_queries_however_long_it_is(town):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(at("trainings")).status_code == 200
        return len(found)

    client = town.client("worker")
    course(town)
    asked()
    few = asked()
    for _ in range(3):
        course(town)
    assert asked() == few


def test_a_person_takes_part_and_the_days_are_counted(town, case):
    one = offered(town, case, course(town), "enrol", "begin")
    tally = {"since": day(-7), "until": day(-1), "held": "៥", "attended": "2"}
    assert act(town, case, "attend", one.id, **tally).status_code == 302
    page = shown(town, "case_training", case.id)
    for words in ("Takes part", "There on 2 of 5 days", "PLANTED hope", "A stipend was promised", "has left before its end"):
        assert words in page.text
    assert [task.kind for task in case.tasks.all()] == ["visit"]
    assert "200,000 riel a month, for the training course Engines" in shown(town, "case_promised", case.id).text
    wrong = act(town, case, "attend", one.id, **{**tally, "attended": "6"})
    assert (wrong.status_code, "Nobody can be there more often" in wrong.content.decode()) == (422, True)


def test_a_full_one_says_so_and_the_certificate_has_its_number(town, case):
    training, other = course(town), town.case()
    one = offered(town, case, training, "enrol", "begin", "finish")
    late = offered(town, other, training)
    refused = act(town, other, "become", late.id, verb="enrol")
    assert (refused.status_code, "This training course is full" in refused.content.decode()) == (422, True)
    act(town, other, "become", late.id, verb="wait")
    act(town, case, "certify", one.id, kind="state", on=day(), number="K-77")
    page = shown(town, "case_training", case.id)
    assert "A certificate that the state recognises" in page.text
    assert "Number K-77" in page.text
    page = shown(town, "training", training.id)
    for words in ("has the certificate", "On the waiting list: 1", f"C-{case.number:04d}"):
        assert words in page.text
    assert "PLANTED" not in page.html


def test_for_whom_it_is_stands_where_it_is_chosen(town, case):
    course(town, sex="women", age_from="18")
    assert "1 free · Only for women · from 18 years" in shown(town, "case_training", case.id).html


def test_it_is_called_off_and_said_so_in_the_case(town, case):
    training = course(town)
    offered(town, case, training, "enrol")
    assert town.client("worker").post(at("training_act", training.id, "call_off")).status_code == 302
    assert "Called off" in shown(town, "case_training", case.id).text
    assert training.name not in shown(town, "trainings").text
