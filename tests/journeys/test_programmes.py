"""A manager makes a project, takes the ready set in, sets a target, writes a number down; another confirms; progress shows it."""

from datetime import timedelta

from playwright.sync_api import expect

from journeys.hands import act, at, fill, words


def test_a_project_from_its_first_day_to_its_progress(town, browse):
    from spean.kernel import clock
    from spean.programme.models import Indicator, Project

    first, last = (f"{clock.today() + timedelta(days=days)}" for days in (-200, 200))
    page = browse("manager", town=town, java_script_enabled=False)
    page.goto(at("desk:projects"))
    page.locator(f'main a[href="{at("desk:project_new")}"]').click()
    fill(page, code="SMART", name_km="ស្មាត", name_en="Smart", starts_on=first, ends_on=last)
    page.locator("main form [name=send]").click()
    project = Project.objects.get()
    act(page, "partner", role="funding", name_km="សហភាពអឺរ៉ុប", name_en="European Union")
    act(page, "start")
    page.locator(f'main a[href="{at("desk:results", project.pk)}"]').click()
    act(page, "take")
    assert project.indicators.values("code").count() == 49

    one = Indicator.objects.get(code="I01a")
    page.locator(f'main a[href="{at("desk:indicator", project.pk, one.pk)}"]').click()
    period = {"starts_on": f"{clock.today() - timedelta(days=60)}", "ends_on": f"{clock.today() - timedelta(days=30)}"}
    act(page, "target", **period, amount="១,០០០")
    act(page, "enter", **period, amount="៧៥០", evidence="សន្លឹករាប់", **{"part-sex-woman": "៤០០"})

    second = browse("supervisor", town=town, java_script_enabled=False)
    second.goto(at("desk:indicator", project.pk, one.pk))
    act(second, "confirm")
    second.goto(at("desk:project_progress", project.pk))
    line = second.locator("li", has=second.locator(f'a[href="{at("desk:indicator", project.pk, one.pk)}"]'))
    expect(line).to_contain_text(f"៧៥០ {words('of %(n)s') % {'n': '១,០០០'}} · ៧៥% {words('of the target')}")
    expect(line.locator("svg rect")).to_have_count(1)
