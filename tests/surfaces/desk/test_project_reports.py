"""Reports to donors and governments: written from what is confirmed, signed by a second person, frozen, as papers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.urls import resolve

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid
from spean.programme.models import Report
from spean.programme.operations import activities, programmes, results
from spean.programme.operations.activities import Kept
from spean.programme.operations.programmes import Partner
from spean.programme.periods import periods
from spean.programme.queries import reports as queries
from spean.programme.queries.report_content import checksum
from tests.surfaces.desk.test_programmes import at, shown
from tests.surfaces.desk.test_results import Q1, Q2, enter, figure, running

pytestmark = pytest.mark.usefixtures("in_2014")

QUARTERS = ("2013-01-01", "2013-03-31", "2013-04-01", "2013-06-30", "2013-07-01", "2013-09-30")
YEAR = "2013-01-01_2013-12-31"
TEXTS = {
    "short_km": "យើងបានធ្វើច្រើន",
    "short_en": "We did much. <b>Nobody</b> was named.",
    "next_km": "បន្ត",
    "next_en": "We go on.",
}


@pytest.fixture
def project(town):
    found = running(town)
    people, harmed = figure(found, "I01a"), figure(found, "I12a")
    for days, amount in ((Q1, 1200), (Q2, 1300)):
        manager = town.actor("manager")
        results.set_target(manager, found.id, people.id, starts_on=days[0], ends_on=days[1], amount=Decimal(1500))
        enter(town, people, days, amount, parts={("sex", "woman"): Decimal(700)})
    enter(town, harmed, Q1, 3, place="1401")
    enter(town, people, (date(2014, 1, 1), date(2014, 3, 31)), 999)
    return found


def begin(town, project, period=YEAR, who="manager", reader="donors", sent_id=None):
    body = {"reader": reader, "period": period, "sent_id": str(sent_id or uuid4())}
    answer = town.client(who).post(at("project_report_new", project.id), body)
    return Report.objects.get(pk=resolve(answer.url).kwargs["report"]) if answer.status_code == 302 else answer.status_code


def write(town, report, who="manager", **texts):
    return town.client(who).post(at("project_report_write", report.project_id, report.id), texts or TEXTS).status_code


def act(town, report, verb, who="manager", **body):
    return town.client(who).post(at("project_report_act", report.project_id, report.id, verb), body).status_code


def read(town, report, who="manager"):
    return shown(town, "project_report", report.project_id, report.id, who=who).text


def paper(town, report, shape, language="en"):
    address = at("project_report_paper", report.project_id, report.id, shape)
    return town.client("analyst").get(address.replace("/en/", f"/{language}/")).content


def signed(town, report):
    assert [write(town, report), act(town, report, "send"), act(town, report, "sign", "supervisor")] == [302, 302, 302]
    report.refresh_from_db()
    return report


def test_the_periods_are_those_that_are_over(project):
    found = periods(project, date(2013, 7, 2))
    assert found[:2] == [(date(2012, 1, 1), date(2012, 12, 31)), (date(2013, 1, 1), date(2013, 6, 30))]
    assert found[-1] == (date(2012, 1, 1), date(2012, 3, 31))
    assert periods(project, date(2015, 1, 1))[0] == (project.starts_on, project.ends_on)


def test_a_report_is_begun_once_for_a_period_by_who_answers_for_it(town, project):
    assert [begin(town, project, who=who) for who in ("supervisor", "analyst", "coordinator")] == [403, 403, 404]
    assert begin(town, project, period="2014-07-01_2014-12-31") == 422
    sent = uuid4()
    first = begin(town, project, sent_id=sent)
    assert begin(town, project, sent_id=sent) == first
    assert begin(town, project) == 422
    assert begin(town, project, reader="government") != first


def test_reports_are_paged_the_newest_first(town, project, monkeypatch):
    monkeypatch.setattr("spean.programme.queries.reports.PAGE", 2)
    manager = town.actor("manager")
    made = {begin(town, project, period=f"{first}_{last}").id for first, last in zip(QUARTERS[::2], QUARTERS[1::2], strict=True)}
    first = queries.reports(manager, project.id)
    rest = queries.reports(manager, project.id, after=first.after)
    assert [row.ends_on.month for row in (*first.rows, *rest.rows)] == [9, 6, 3]
    assert {row.id for row in (*first.rows, *rest.rows)} == made
    assert rest.after == ""
    assert first.after in town.client("analyst").get(at("project_reports", project.id)).content.decode()


def test_its_tables_hold_what_is_confirmed_in_its_period_and_nothing_of_a_few(town, project):
    text = read(town, begin(town, project))
    for words in ("2,500", "3,000", "83%", "Woman or girl", "1,400", "fewer than may be told"):
        assert words in text
    assert "999" not in text
    assert "3,499" not in text  # what came after the period is not since the beginning


def test_two_people_sign_and_neither_wrote_it(town, project):
    report = begin(town, project)
    assert act(town, report, "send") == 409  # nothing is written
    assert write(town, report, short_km="ខ្លី") == 302
    assert act(town, report, "send") == 409  # not in both languages
    assert write(town, report) == 302
    assert act(town, report, "sign", "supervisor") == 409
    assert act(town, report, "send") == 302
    assert write(town, report) == 409
    assert [act(town, report, "sign", who) for who in ("manager", "analyst", "supervisor")] == [404, 403, 302]
    report.refresh_from_db()
    assert (report.number, report.version, report.state, report.signed_on) == (1, 1, "frozen", date(2014, 12, 1))
    assert report.checksum == checksum(report.content)
    assert (write(town, report), act(town, report, "drop"), act(town, report, "sign", "supervisor")) == (409, 409, 409)


def test_it_goes_back_with_a_reason(town, project):
    report = begin(town, project)
    write(town, report)
    act(town, report, "send")
    assert act(town, report, "back", "supervisor") == 422
    assert act(town, report, "back", "supervisor", why="Say what it cost.") == 302
    assert "Say what it cost." in read(town, report)
    assert act(town, report, "drop") == 302


def test_a_signed_one_never_changes(town, project):
    report = signed(town, begin(town, project))
    before = (read(town, report), paper(town, report, "pdf"), paper(town, report, "xlsx"))
    enter(town, figure(project, "I01a"), (date(2013, 7, 1), date(2013, 9, 30)), 777)
    results.add_result(town.actor("manager"), project.id, results.ResultWords("impact", "ថ្មី", "New"))
    assert (read(town, report), paper(town, report, "pdf"), paper(town, report, "xlsx")) == before
    Report.objects.filter(pk=report.id).update(content={**report.content, "en": {**report.content["en"], "project": "Another"}})
    assert "no longer what was signed" in read(town, report)


def test_a_correction_is_a_new_version_that_names_the_former(town, project):
    first = signed(town, begin(town, project))
    sent = str(uuid4())
    assert [act(town, first, "correct", sent_id=sent) for _time in range(2)] == [302, 302]
    assert act(town, first, "correct", sent_id=str(uuid4())) == 409
    second = first.corrections.get()
    assert "We go on." in read(town, second)
    assert "Signed" in read(town, first)
    second = signed(town, second)
    first.refresh_from_db()
    assert (first.state, second.number, second.version) == ("replaced", 1, 2)
    assert second.content["signed"]["replaces"] == first.checksum
    assert "A later version" in read(town, first)
    assert "P-R1" in read(town, second)


def test_the_next_one_starts_from_the_last(town, project):
    signed(town, begin(town, project, "2013-01-01_2013-03-31"))
    following = begin(town, project, "2013-04-01_2013-06-30")
    assert "We go on." in read(town, following)
    assert signed(town, following).number == 2
    assert act(town, begin(town, project, "2013-07-01_2013-09-30", reader="government"), "send") == 409


@pytest.mark.parametrize("language", ["en", "km"])
def test_its_papers_are_the_same_bytes_each_time(town, project, language):
    report = signed(town, begin(town, project))
    for shape, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        once = paper(town, report, shape, language)
        assert once.startswith(begins)
        with clock.at(datetime(2015, 5, 1, tzinfo=UTC)):
            assert paper(town, report, shape, language) == once


def test_its_workbook_has_a_leaf_for_each_table_and_no_name_of_who_signed(town, project):
    report = signed(town, begin(town, project))
    book = openpyxl.load_workbook(BytesIO(paper(town, report, "xlsx")))
    assert book.sheetnames == [
        "Report",
        "Indicators",
        "Periods",
        "In parts",
        "By place",
        "Activities",
        "Who came",
        "Costs",
        "Who bears the costs",
    ]
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"2500", "1400", report.checksum, "Supervisor", "Programme manager", "P-R1, version 1"} <= cells
    assert not {town.users[who].name for who in ("manager", "supervisor")} & cells


def test_who_reads_numbers_reads_reports_and_nobody_else(town, project):
    report = begin(town, project)
    known = {who: town.client(who).get(at("project_report", project.id, report.id)).status_code for who in town.users}
    reads = {"manager", "coordinator", "supervisor", "analyst", "officer", "administrator"}
    assert {who for who, status in known.items() if status == 200} == reads


def test_what_took_place_is_told_with_who_came_and_what_it_cost(town, project):
    manager = town.actor("manager")
    kept = Kept("training", Q1[0], name_km="វគ្គ", name_en="A course", project=project.id)
    held = activities.write(manager, kept, "1401", uuid4())
    activities.count(manager, held, {"sex": {"women": 30, "men": 16, "other": 2}}, 48)
    activities.add(manager, held, "costs", {"kind": "food", "currency": "KHR", "planned": 90, "spent": 80}, uuid4())
    activities.write(manager, Kept("training", Q2[0], name_en="Never held", project=project.id), "1401", uuid4())
    text = read(town, begin(town, project))
    for words in ("A course", "48", "Women and girls 30", "Men and boys not shown", "Food and water KHR 90 80"):
        assert words in " ".join(text.split())
    assert "Never held" not in text


def test_several_donors_share_the_costs_of_an_activity(town, project):
    manager = town.actor("manager")
    for name in ("First", "Second"):
        programmes.add_partner(manager, project.id, Partner("funding", None, "ក", name))
    first, second = project.partners.order_by("id")
    made = []
    for on, spent in ((Q1[0], 200), (Q1[1], 50)):
        kept = Kept("training", on, name_en="A course", project=project.id)
        made.append(activities.write(manager, kept, "1401", uuid4()))
        activities.count(manager, made[-1], {}, 48)
        activities.add(manager, made[-1], "costs", {"kind": "food", "currency": "USD", "planned": 0, "spent": spent}, uuid4())
    share = lambda donor, per_cent: activities.add(  # noqa: E731 - what differs between three lines
        manager, made[0], "shares", {"donor": donor.pk, "per_cent": per_cent}, uuid4()
    )
    share(first, 70)
    with pytest.raises(Conflict):
        activities.move(manager, made[0], "report")
    for donor, per_cent in ((first, 30), (second, 31), (second, 0)):
        with pytest.raises(Invalid):
            share(donor, per_cent)
    share(second, 30)
    with pytest.raises(Conflict):
        programmes.leave_partner(manager, project.id, first.pk)
    text = " ".join(read(town, begin(town, project)).split())
    for words in ("not divided USD 50", "First USD 140", "Second USD 60"):
        assert words in text
