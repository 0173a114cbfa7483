"""What a project wants to reach, on the desk: the tree, indicators, targets, numbers, two people, corrections, progress."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spean.programme.models import Indicator, Project, Value
from spean.programme.operations import programmes, results, values
from spean.programme.operations.programmes import ProgrammeWords, ProjectWords
from spean.programme.operations.values import Number
from spean.programme.queries import results as queries
from tests.surfaces.desk.test_programmes import at, shown
from tests.surfaces.public.reading import Page

pytestmark = pytest.mark.usefixtures("in_2014")

Q1, Q2, Q3 = (
    (date(2013, 1, 1), date(2013, 3, 31)), (date(2013, 4, 1), date(2013, 6, 30)), (date(2013, 7, 1), date(2013, 9, 30)),
)  # fmt: skip


@pytest.fixture
def project(town):
    return running(town)


def running(town, programme=None, code="P"):
    manager = town.actor("manager")
    days = (date(2012, 1, 1), date(2014, 12, 31))
    pk = programmes.make_project(manager, ProjectWords(code, "គម្រោង", f"Project {code}", *days, programme), uuid4())
    programmes.add_place(manager, pk, "1401")
    programmes.add_place(manager, pk, "140102")
    programmes.move_project(manager, pk, "start")
    results.take_in(manager, pk, ("I01", "I05", "I12", "I20"))
    return Project.objects.get(pk=pk)


def figure(project, code):
    return Indicator.objects.get(project=project, code=code)


def enter(town, one, days, amount, *, confirmed=True, **more):
    number = Number(*days, Decimal(amount), "A sheet", **more)
    pk = values.enter(town.actor("manager"), one.project_id, one.id, number, uuid4())
    if confirmed:
        values.confirm(town.actor("supervisor"), one.project_id, pk)
    return Value.objects.get(pk=pk)


def send(town, one, verb, who="manager", **body):
    return town.client(who).post(at("indicator_act", one.project_id, one.id, verb), body)


def decide(town, value, verb, who="supervisor", **body):
    one = value.indicator
    return town.client(who).post(at("value_act", one.project_id, one.id, value.id, verb), body)


def typed(days=Q1, **more):
    return {"starts_on": f"{days[0]}", "ends_on": f"{days[1]}", "evidence": "A sheet", "sent_id": str(uuid4()), **more}


def test_the_ready_set_is_taken_in_once(town, project):
    manager = town.client("manager")
    answer = manager.post(at("results_act", project.id, "take"), {"numbers": ["I01", "I21"]})
    assert answer.status_code == 422  # I01 is not left to be chosen
    assert manager.post(at("results_act", project.id, "take"), {"numbers": ["I21"]}).status_code == 302
    codes = project.indicators.order_by("code").values_list("code", flat=True)
    assert list(codes) == ["I01a", "I01b", "I05", "I12a", "I12b", "I20", "I21a", "I21b", "I21c", "I21d"]
    page = shown(town, "results", project.id)
    for words in ("Authorities hear communities, and answer", "People reached with safe-migration information", "I21d"):
        assert words in page.text
    assert project.results.get(key="telling").under.under.key == "safer"


def test_who_answers_for_numbers_reads_them_and_nobody_else(town, project):
    known = {who: town.client(who).get(at("project_progress", project.id)).status_code for who in town.users}
    reads = {"manager", "coordinator", "supervisor", "analyst", "officer", "administrator"}
    assert {who for who, status in known.items() if status == 200} == reads


def test_a_number_counts_once_a_second_person_confirmed_it(town, project):
    one = figure(project, "I01a")
    body = typed(amount="១,២០០", **{"part-sex-woman": "700", "part-sex-man": "400"})
    assert [send(town, one, "enter", **body).status_code for _time in range(2)] == [302, 302]
    value = one.values.get()
    assert (value.amount, value.state, value.parts.count()) == (1200, "waiting", 2)
    assert "1,200" not in shown(town, "project_progress", project.id).text
    assert [decide(town, value, "confirm", who).status_code for who in ("manager", "analyst", "supervisor")] == [404, 403, 302]
    page = shown(town, "project_progress", project.id)
    assert "1,200" in page.text
    assert decide(town, value, "refuse", "coordinator").status_code == 409


def test_one_that_is_refused_does_not_count_and_stays(town, project):
    value = enter(town, figure(project, "I01a"), Q1, 12, confirmed=False)
    assert decide(town, value, "refuse").status_code == 302
    assert "Refused by a second person" in shown(town, "indicator", project.id, value.indicator_id).text
    assert "No number yet." in shown(town, "project_progress", project.id).text
    enter(town, value.indicator, Q1, 13)


def test_a_correction_keeps_the_earlier_number(town, project):
    value = enter(town, figure(project, "I01a"), Q1, 12)
    body = typed(amount="14", **{"part-sex-woman": "20"})
    assert decide(town, value, "correct", "manager", **body).status_code == 422
    body = typed(amount="14", **{"part-sex-woman": "10"})
    assert decide(town, value, "correct", "manager", **{**body, "ends_on": "2013-03-30"}).status_code == 422
    begun = town.client("manager").get(at("value", project.id, value.indicator_id, value.id))
    assert begun.context["form"].initial["amount"] == 12
    assert decide(town, value, "correct", "manager", **body).status_code == 302
    value.refresh_from_db()
    assert value.state == "confirmed"  # until a second person has looked
    assert decide(town, value, "correct", "manager", **typed(amount="15")).status_code == 409
    assert decide(town, value.corrections.get(), "confirm").status_code == 302
    found = list(value.indicator.values.order_by("amount").values_list("amount", "state"))
    assert found == [(12, "corrected"), (14, "confirmed")]


def test_the_numbers_of_an_indicator_are_paged(town, project):
    one = figure(project, "I01a")
    for day in (date(2012, 1, 1) + timedelta(days=n) for n in range(26)):
        enter(town, one, (day, day), 1, confirmed=False)
    client, address = town.client("manager"), at("indicator", project.id, one.id)
    after = queries.indicator(town.actor("manager"), project.id, one.id).after
    assert [client.get(address + query).content.count(b'id="value-') for query in ("", f"?after={after}")] == [25, 1]


@pytest.mark.parametrize(
    ("code", "more", "words"),
    [
        ("I01a", {"amount": "12.5"}, "Write a whole number"),
        ("I01a", {"amount": "many"}, "Write a number"),
        ("I01a", {"amount": "12,5"}, "Write a number"),
        ("I01a", {"amount": "12", "evidence": ""}, "Please fill this in."),
        ("I01a", {"amount": "12", "starts_on": "2011-01-01"}, "within the days of the project"),
        ("I01a", {"amount": "12", "ends_on": "2014-12-31"}, "not over yet"),
        ("I01a", {"amount": "12", "part-sex-woman": "7", "part-sex-man": "6"}, "The parts are more than the whole"),
        ("I05", {"amount": "50"}, "of how many people or things"),
        ("I05", {"amount": "150", "out_of": "3"}, "This number cannot be"),
    ],
)
def test_what_is_refused_says_why(town, project, code, more, words):
    answer = send(town, figure(project, code), "enter", **typed(**more))
    assert (answer.status_code, words in Page(answer).text) == (422, True)


def test_nothing_is_counted_twice(town, project):
    one = figure(project, "I01a")
    enter(town, one, Q1, 12, place="1401")
    for days, more in ((Q1, {}), (Q1, {"place": "140102"}), ((Q1[0], Q2[1]), {"place": "1401"})):
        answer = send(town, one, "enter", **typed(days, amount="5", **more))
        assert "is written down already" in Page(answer).text
    assert send(town, one, "enter", **typed(Q2, amount="5")).status_code == 302


def test_progress_adds_periods_and_pools_per_cents(town, project):
    people, know, days = (figure(project, code) for code in ("I01a", "I05", "I12b"))
    for when, amount in ((Q1, 100), (Q2, 50), (Q3, 60)):
        results.set_target(
            town.actor("manager"), project.id, people.id, starts_on=when[0], ends_on=when[1], amount=Decimal(amount)
        )
    enter(town, people, Q1, 90)
    enter(town, people, Q2, 15, place="140102")
    enter(town, know, Q1, 40, out_of=20)
    enter(town, know, Q2, 60, out_of=30)
    enter(town, days, Q1, 12)
    enter(town, days, Q2, 9)
    page = shown(town, "project_progress", project.id)
    for words in ("105 of 210", "50% of the target", "60%", "Median days to the decision"):
        assert words in page.text
    assert "<svg" in page.html
    assert "Cheung Phnum 15" in shown(town, "indicator", project.id, people.id).text
    khmer = town.client("manager").get(at("project_progress", project.id).replace("/en/", "/km/")).content.decode()
    assert "១០៥" in khmer


def test_a_target_is_of_one_period(town, project):
    one = figure(project, "I01a")
    for amount in ("10", "20"):
        assert send(town, one, "target", **typed(amount=amount)).status_code == 302
    assert one.targets.get().amount == 20
    assert send(town, one, "target", **typed((Q1[0], Q2[1]), amount="5")).status_code == 422
    assert send(town, one, "target", "supervisor", **typed(Q2, amount="5")).status_code == 403


def test_an_indicator_of_ones_own_keeps_its_unit_once_it_has_numbers(town, project):
    result = project.results.get(key="telling")
    said = {"result": str(result.id), "code": "X1", "name_km": "ក", "name_en": "Radio", "definition_km": "ក", "unit": "events",
            "definition_en": "What", "source_km": "ក", "source_en": "Log", "by": ["sex"], "rising": "on"}  # fmt: skip
    client = town.client("manager")
    assert client.post(at("indicator_new", project.id), {**said, "baseline": "3"}).status_code == 422
    assert client.post(at("indicator_new", project.id), {**said, "baseline": "3", "baseline_year": "2011"}).status_code == 302
    one = figure(project, "X1")
    assert client.post(at("indicator_new", project.id), said).status_code == 422  # the code is taken
    enter(town, one, Q1, 3)
    assert client.post(at("indicator_change", project.id, one.id), {**said, "unit": "people"}).status_code == 422
    assert client.post(at("indicator_change", project.id, one.id), {**said, "name_en": "Wireless"}).status_code == 302
    assert send(town, one, "drop").status_code == 409
    assert send(town, figure(project, "I20"), "drop").status_code == 302


def test_a_result_stands_where_it_may(town, project):
    top = project.results.get(key="safer")
    said = {"kind": "output", "title_km": "ក", "title_en": "More"}
    client = town.client("manager")
    assert client.post(at("results_act", project.id, "result"), {**said, "under": str(top.id)}).status_code == 422
    assert (
        client.post(at("results_act", project.id, "result"), {**said, "kind": "outcome", "under": str(top.id)}).status_code == 302
    )
    assert client.post(at("results_act", project.id, "dance"), said).status_code == 404


def test_projects_of_a_programme_are_added_only_where_nobody_counts_twice(town):
    words = ProgrammeWords("S", "ស", "Smart", date(2012, 1, 1), date(2014, 12, 31), "local")
    programme = programmes.make_programme(town.actor("manager"), words, uuid4())
    for code, amount in (("A", 10), ("B", 5)):
        one = running(town, programme, code)
        enter(town, figure(one, "I01a"), Q1, amount)
        enter(town, figure(one, "I01b"), Q1, amount)
    page = shown(town, "programme_progress", programme)
    assert "The same person may be in both projects" in page.text
    assert "Project B: 5" in page.text
    assert "Project B: 5" not in shown(town, "programme_progress", programme, who="volunteer").text


@pytest.mark.parametrize("many", [1, 3])
def test_progress_takes_as_many_queries_for_one_number_as_for_three(town, project, many):
    for when in (Q1, Q2, Q3)[:many]:
        for code in ("I01a", "I01b"):
            enter(town, figure(project, code), when, 5, place="1401")
    client = town.client("supervisor")
    with CaptureQueriesContext(connection) as found:
        client.get(at("project_progress", project.id))
    assert len(found) == 17


def test_parts_about_people_who_were_harmed_are_read_by_two_people(town, project):
    one = figure(project, "I12a")
    body = typed(amount="18", **{"part-sex-woman": "9", "part-sex-man": "7", "part-sex-other": "2"})
    send(town, one, "enter", **body)
    value = one.values.get()
    read = lambda who: shown(town, "indicator", project.id, one.id, who=who).text  # noqa: E731 - one line of three readers
    whole, hidden = "Woman or girl 9, Man or boy 7, Another 2", "Woman or girl 9, Man or boy –, Another –"
    assert [whole in read(who) for who in ("manager", "supervisor", "coordinator", "analyst")] == [True, True, True, False]
    assert "only the number that stands is told" in read("analyst")
    decide(town, value, "confirm")
    assert [whole in read(who) for who in ("manager", "supervisor", "coordinator", "analyst")] == [True, True, False, False]
    assert hidden in read("coordinator")
    assert "nothing is told of fewer than 5" in read("analyst")


def test_a_few_people_who_were_harmed_are_no_number_of_progress(town, project):
    one = figure(project, "I12a")
    enter(town, one, Q1, 12, place="1401")
    enter(town, one, Q2, 3, place="1401")
    page = shown(town, "project_progress", project.id).text
    assert "at least 12" in page
    assert "fewer than may be told" in page
