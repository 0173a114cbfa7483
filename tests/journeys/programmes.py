"""The pages of programmes, projects and their numbers, empty and with content."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

Stop = tuple[str, str, Any]


def programme_stops(go: Any) -> Iterator[Stop]:
    """From none to a project with numbers that are confirmed, wait, and were counted."""
    from spean.programme.models import Value
    from spean.programme.operations import programmes
    from spean.programme.operations.programmes import Partner, ProgrammeWords, ProjectWords

    town = go.story.town
    manager, days = town.actor("manager"), _days()
    yield "volunteer", "no programme", go.to("desk:programmes")
    yield "manager", "a new programme", go.to("desk:programme_new")
    yield "manager", "a programme refused", go.sent("desk:programme_new", button="[name=send]", name_km="ក")
    words = ("SMART", "ចំណាកស្រុកដោយសុវត្ថិភាព និងកាត់បន្ថយការជួញដូរ", "Safe Migration and Reduced Trafficking")
    made = programmes.make_programme(manager, ProgrammeWords(*words, *days, "local", "យុទ្ធសាស្ត្រ", "A strategy"), uuid4())
    pk = programmes.make_project(manager, ProjectWords(*words, *days, made, teams=(town.teams["team"].id,)), uuid4())
    programmes.add_partner(manager, pk, Partner("funding", None, "សហភាពអឺរ៉ុប", "European Union", "XI-IATI-EC_INTPA"))
    programmes.add_place(manager, pk, "14")
    programmes.move_project(manager, pk, "start")
    yield "manager", "no result", go.to("desk:results", pk)
    counted = _measure(town, pk)
    yield "manager", "programmes", go.to("desk:programmes")
    yield "manager", "projects", go.to("desk:projects")
    yield "manager", "a programme", go.to("desk:programme", made)
    yield "manager", "a project", go.to("desk:project", pk)
    yield "manager", "a new project", go.to("desk:project_new")
    yield "manager", "a place of a project", go.to("desk:project_place", pk)
    yield "manager", "results", go.to("desk:results", pk)
    yield "manager", "a new indicator", go.to("desk:indicator_new", pk)
    yield "supervisor", "an indicator", go.to("desk:indicator", pk, counted["people"])
    yield "supervisor", "a counted indicator", go.to("desk:indicator", pk, counted["issues"])
    yield "analyst", "what was counted", go.to("desk:value", pk, counted["issues"], counted["value"])
    entered = Value.objects.filter(indicator=counted["people"], state="confirmed").first()
    assert entered
    yield "supervisor", "a correction", go.to("desk:value", pk, counted["people"], entered.pk)
    yield "analyst", "progress", go.to("desk:project_progress", pk)
    yield "analyst", "progress of a programme", go.to("desk:programme_progress", made)
    yield from _report_stops(go, pk)


def _report_stops(go: Any, pk: Any) -> Iterator[Stop]:
    """From none to a signed report with tables and pictures."""
    from spean.evidence.indicators import counting
    from spean.programme.models import Project
    from spean.programme.operations import iati, reports

    manager, supervisor = go.story.town.actor("manager"), go.story.town.actor("supervisor")
    year = counting.quarters(Project.objects.get(pk=pk))[-1].year
    days = date(year, 1, 1), date(year, 12, 31)
    yield "analyst", "no report", go.to("desk:project_reports", pk)
    yield "manager", "a new report", go.to("desk:project_report_new", pk)
    made = reports.make(manager, pk, reader="donors", days=days, sent_id=uuid4())
    yield "manager", "texts of a report", go.to("desk:project_report_write", pk, made)
    reports.write(manager, pk, made, {("short", "km"): "យើងបានធ្វើច្រើន", ("short", "en"): "We did much"})
    reports.send(manager, pk, made)
    yield "supervisor", "a report to sign", go.to("desk:project_report", pk, made)
    reports.sign(supervisor, pk, made)
    yield "manager", "a signed report", go.to("desk:project_report", pk, made)
    yield "manager", "reports", go.to("desk:project_reports", pk)
    yield "manager", "a file that lacks something", go.to("desk:project_iati", pk)
    money = iati.MoneyWords("budget", days[0], days[1], "EUR", Decimal(9000))
    iati.publish(manager, pk, iati.PublishingWords("KH-NGO-1", "22", "EUR", "1", {"15190": 100}))
    iati.add_money(manager, pk, money, uuid4())
    yield "manager", "a file that lacks nothing", go.to("desk:project_iati", pk)


def _days() -> tuple[date, date]:
    from spean.kernel import clock

    return date(clock.today().year - 1, 1, 1), date(clock.today().year, 12, 31)


def _measure(town: Any, pk: Any) -> dict[str, Any]:
    """Targets and numbers of three quarters; the last one waits. One is counted."""
    from spean.evidence.indicators import counting
    from spean.programme.models import Indicator, Project
    from spean.programme.operations import results, values

    manager = town.actor("manager")
    results.take_in(manager, pk, ("I01", "I05", "I12", "I21"))
    people, issues = (Indicator.objects.get(project=pk, code=code) for code in ("I01a", "I21a"))
    quarters = counting.quarters(Project.objects.get(pk=pk))[-3:][::-1]
    for first in quarters:
        period = {"starts_on": first, "ends_on": counting.quarter_end(first)}
        results.set_target(manager, pk, people.id, **period, amount=Decimal(1500))
        number = values.Number(*period.values(), Decimal(1200), "A sheet", parts={("sex", "woman"): Decimal(700)})
        value = values.enter(manager, pk, people.id, number, uuid4())
        if first != quarters[-1]:
            values.confirm(town.actor("supervisor"), pk, value)
    value = counting.count(manager, pk, issues.id, quarters[0], uuid4())
    return {"people": people.id, "issues": issues.id, "value": value}
