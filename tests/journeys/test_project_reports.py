"""A manager writes the year's report, another person reads and signs it, and the papers are taken: without JavaScript."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from playwright.sync_api import expect

from journeys.hands import act, at, fill


def measured(town):
    """A project of last year with a number that a second person confirmed."""
    from datetime import date

    from spean.kernel import clock
    from spean.programme.models import Indicator
    from spean.programme.operations import programmes, results, values

    manager, year = town.actor("manager"), clock.today().year - 1
    days = date(year, 1, 1), date(year, 12, 31)
    words = programmes.ProjectWords("SMART", "ស្មាត", "Smart", days[0], clock.today() + timedelta(days=30))
    project = programmes.make_project(manager, words, uuid4())
    programmes.move_project(manager, project, "start")
    results.take_in(manager, project, ("I01",))
    one = Indicator.objects.get(project=project, code="I01a")
    results.set_target(manager, project, one.id, starts_on=days[0], ends_on=days[1], amount=Decimal(1000))
    number = values.Number(*days, Decimal(750), "A sheet", parts={("sex", "woman"): Decimal(400)})
    values.confirm(town.actor("supervisor"), project, values.enter(manager, project, one.id, number, uuid4()))
    return project, f"{days[0]}_{days[1]}"


def test_the_report_of_a_year(town, browse):
    from spean.programme.models import Report

    project, year = measured(town)
    page = browse("manager", town=town, java_script_enabled=False)
    page.goto(at("desk:project", project))
    page.locator(f'main a[href="{at("desk:project_reports", project)}"]').click()
    page.locator(f'main a[href="{at("desk:project_report_new", project)}"]').click()
    fill(page, reader="donors", period=year)
    page.locator("main form [name=send]").click()
    report = Report.objects.get()
    page.locator(f'main a[href="{at("desk:project_report_write", project, report.pk)}"]').click()
    fill(page, short_km="យើងបានទៅដល់មនុស្ស ៧៥០ នាក់។", short_en="We reached 750 people.")
    page.locator("main form [name=send]").click()
    act(page, "send")

    second = browse("supervisor", town=town, java_script_enabled=False)
    second.goto(at("desk:project_report", project, report.pk))
    expect(second.locator("main")).to_contain_text("៧៥%")
    act(second, "sign")
    report.refresh_from_db()
    expect(second.locator("main")).to_contain_text(report.checksum)
    for shape, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        taken = second.request.get(second.url.split("/km/")[0] + at("desk:project_report_paper", project, report.pk, shape))
        assert taken.body().startswith(begins)
