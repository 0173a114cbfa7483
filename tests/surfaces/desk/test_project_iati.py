"""The IATI file of a project: what it needs, what it says, what it never says, and that the standard's own schema accepts it."""

from decimal import Decimal
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from okfn_iati import IatiValidator

from spean.privacy.models import AuditEntry
from spean.programme.iati import shares
from spean.programme.models import ProjectMoney
from spean.programme.operations import activities, programmes, results
from spean.programme.operations.activities import Kept
from spean.programme.operations.programmes import Partner
from tests.surfaces.desk.test_programmes import act as project_act
from tests.surfaces.desk.test_programmes import at, shown
from tests.surfaces.desk.test_results import Q1, Q2, enter, figure, running

pytestmark = pytest.mark.usefixtures("in_2014")

DETAILS = {
    "identifier": "KH-NGO-1234",
    "kind": "22",
    "currency": "USD",
    "gender": "2",
    "sector_15190": "៧០",
    "sector_15180": "30",
}


@pytest.fixture
def project(town):
    found, manager = running(town), town.actor("manager")
    programmes.add_partner(manager, found.id, Partner("funding", None, "សហភាពអឺរ៉ុប", "European Union & all", "XI-IATI-EC_INTPA"))
    people, harmed = figure(found, "I01a"), figure(found, "I12a")
    results.set_target(manager, found.id, people.id, starts_on=Q1[0], ends_on=Q1[1], amount=Decimal(1500))
    enter(town, people, Q1, 1200)
    enter(town, harmed, Q1, 9)
    enter(town, harmed, Q2, 12)
    held = activities.write(manager, Kept("training", Q1[0], name_en="A course", project=found.id), "140102", uuid4())
    activities.count(manager, held, {}, 48)
    activities.add(manager, held, "costs", {"kind": "food", "currency": "KHR", "planned": 90, "spent": 80}, uuid4())
    return found


def send(town, project, verb, who="manager", **body):
    return town.client(who).post(at("project_iati_act", project.id, verb), body).status_code


def money(town, project, **more):
    donor = project.partners.get().pk
    body = {"kind": "received", "donor": donor, "starts_on": "2013-02-01", "amount": "5,000", "currency": "EUR"}
    return send(town, project, "money", **{"sent_id": str(uuid4()), **body, **more})


def taken(town, project):
    assert send(town, project, "publish", **DETAILS) == 302
    assert money(town, project) == 302
    assert money(town, project, kind="budget", donor="", starts_on="2013-01-01", ends_on="2013-12-31") == 302
    return town.client("analyst").get(at("project_iati_file", project.id)).content


def found(xml, path, name=None):
    return [one.get(name) if name else one.text for one in ET.fromstring(xml).findall(f"iati-activity/{path}")]  # noqa: S314 - ours


def test_the_file_is_there_once_nothing_is_missing(town, project):
    assert "Still missing" in shown(town, "project_iati", project.id).text
    assert town.client("manager").get(at("project_iati_file", project.id)).status_code == 409
    assert send(town, project, "publish", **{**DETAILS, "sector_15180": "20"}) == 422
    assert send(town, project, "publish", **{**DETAILS, "identifier": "a b"}) == 422
    assert send(town, project, "publish", "supervisor", **DETAILS) == 403
    assert send(town, project, "publish", **DETAILS) == 302
    assert town.client("manager").get(at("project_iati_file", project.id)).status_code == 200


def test_money_is_of_a_donor_on_a_day_or_a_budget_of_a_year(town, project):
    sent = str(uuid4())
    assert [money(town, project, sent_id=sent) for _twice in range(2)] == [302, 302]
    assert money(town, project, donor="") == 422
    assert money(town, project, starts_on="2014-12-02") == 422
    assert money(town, project, kind="budget", ends_on="") == 422
    assert money(town, project, kind="budget", ends_on="2014-12-31") == 422
    assert project_act(town, project, "leave_partner", row=project.partners.get().pk).status_code == 409
    row, told = ProjectMoney.objects.get().pk, AuditEntry.objects.filter(verb="project.publish")
    before = told.count()
    assert [send(town, project, "leave_money", row=row) for _twice in range(2)] == [302, 302]
    assert told.count() == before + 1
    assert not ProjectMoney.objects.exists()


def test_what_it_says(town, project):
    xml = taken(town, project)
    assert found(xml, "iati-identifier") == ["KH-NGO-1234-P"]
    assert found(xml, "title/narrative") == ["គម្រោង", "Project P"]
    assert found(xml, "participating-org", "role") == ["1"]
    assert found(xml, "participating-org/narrative")[1] == "European Union & all"
    assert (found(xml, "activity-status", "code"), found(xml, "activity-date", "type")) == (["2"], ["1", "2", "3"])
    assert list(zip(found(xml, "sector", "code"), found(xml, "sector", "percentage"), strict=True)) == [
        ("15190", "70"),
        ("15180", "30"),
    ]
    assert found(xml, "policy-marker", "significance") == ["2"]
    assert found(xml, "budget/value") == ["5000.00"]
    assert found(xml, "transaction/transaction-type", "code") == ["1", "4"]
    assert found(xml, "transaction/transaction-date", "iso-date") == ["2013-02-01", "2013-03-31"]
    assert found(xml, "result/indicator/period/target", "value") == ["1500"]


def test_it_names_provinces_alone_and_nobody_who_is_one_of_a_few(town, project):
    xml = taken(town, project)
    assert found(xml, "location/name/narrative")[1::2] == ["Prey Veng"]
    assert found(xml, "recipient-country", "percentage") == ["100"]
    assert b"1401" not in xml
    assert found(xml, "result/indicator/period/actual", "value") == ["1200", "12"]  # the nine are too few outside


@pytest.mark.parametrize("parts", [1, 2, 3, 6, 7])
def test_shares_make_100(parts):
    assert sum(map(Decimal, shares(parts))) == 100


def test_the_schema_of_the_standard_accepts_it(town, project):
    validator = IatiValidator()
    xml = taken(town, project).decode()
    for status in "1245":
        other = xml.replace('<activity-status code="2"', f'<activity-status code="{status}"')
        assert validator.validate_xml(other) == (True, [])
        assert validator.check_ruleset(other) == (True, [])
    assert not validator.validate_xml(xml.replace("<budget ", "<budgets ").replace("</budget>", "</budgets>"))[0]


def test_a_project_without_places_or_money_is_written_too(town):
    bare = running(town, code="B")
    bare.places.all().delete()
    programmes.add_partner(town.actor("manager"), bare.id, Partner("implementing", None, "ក", "A"))
    assert send(town, bare, "publish", **DETAILS) == 302
    assert b"<recipient-country" not in town.client("manager").get(at("project_iati_file", bare.id)).content
