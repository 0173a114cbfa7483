"""Throw-away."""
from datetime import date
from decimal import Decimal
from uuid import uuid4

from journeys.hands import at
from spean.programme.models import Indicator
from spean.programme.operations import programmes, results, values
from spean.programme.operations.programmes import Partner, ProgrammeWords, ProjectWords
from spean.programme.operations.values import Number


def test_pictures(town, browse):
    m, s = town.actor("manager"), town.actor("supervisor")
    days = (date(2024, 1, 1), date(2026, 12, 31))
    pg = programmes.make_programme(m, ProgrammeWords("SMART", "ចំណាកស្រុកដោយសុវត្ថិភាព និងកាត់បន្ថយការជួញដូរ", "Safe Migration and Reduced Trafficking", *days, "local", "ប្រាប់ព័ត៌មានត្រឹមត្រូវដល់មនុស្ស។", "Right information goes out to people."), uuid4())
    pk = programmes.make_project(m, ProjectWords("SMART-1", "ស្មាត ព្រៃវែង", "SMART Prey Veng", *days, pg, teams=(town.teams["team"].id,)), uuid4())
    programmes.add_partner(m, pk, Partner("funding", None, "សហភាពអឺរ៉ុប", "European Union", "XI-IATI-EC_INTPA"))
    programmes.add_partner(m, pk, Partner("implementing", town.teams["partner"].organisation_id))
    programmes.add_place(m, pk, "14")
    programmes.move_project(m, pk, "start")
    results.take_in(m, pk, ("I01", "I05", "I12", "I21"))
    one = Indicator.objects.get(project=pk, code="I01a")
    for q, (amount, target) in enumerate(((1200, 1500), (2100, 1500), (900, 2000), (1800, 2000), (2500, 2500), (2300, 2500), (0, 3000))):
        y, n = 2024 + q // 4, q % 4
        a, b = date(y, n * 3 + 1, 1), date(y, n * 3 + 3, 30 if n in (1, 2) else 31)
        results.set_target(m, pk, one.id, starts_on=a, ends_on=b, amount=Decimal(target))
        if amount:
            v = values.enter(m, pk, one.id, Number(a, b, Decimal(amount), "Tally sheets of sessions", place="14" if q % 2 else "", parts={("sex", "woman"): Decimal(amount // 2)}), uuid4())
            if q != 5:
                values.confirm(s, pk, v)
    urls = {"programmes": at("desk:programmes"), "programme": at("desk:programme", pg), "project": at("desk:project", pk), "results": at("desk:results", pk), "indicator": at("desk:indicator", pk, one.id), "progress": at("desk:project_progress", pk), "form": at("desk:indicator_new", pk), "across": at("desk:programme_progress", pg)}
    for width in (360, 1280):
        page = browse("coordinator" if False else "manager", town=town, width=width)
        for name, url in urls.items():
            for lang in ("km", "en"):
                if lang == "km" and width == 1280:
                    continue
                page.goto(url.replace("/km/", f"/{lang}/"))
                if name == "indicator":
                    page.locator("details summary").nth(1).click()
                page.screenshot(path=f"/work/shots/prog/{name}-{lang}-{width}.png", full_page=True)
