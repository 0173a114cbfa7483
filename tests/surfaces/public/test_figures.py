"""The map, the trend, the half-year's answers and the sheet: only what was released, in words, shapes and digits."""

import csv
import io
import re
from datetime import date
from itertools import pairwise

import pytest

from spean.surfaces.public.views import charts, said
from tests.surfaces.public.reading import Page
from tests.surfaces.public.test_said import line

SECRET = 7  # voices of the provinces that are told together: no page says how many each has
TOGETHER = {"rolled_up": True, "reason": "together"}


def cell(voices, *columns, groups=("commune",)):
    return {"groups": list(groups), "columns": list(columns), "voices": voices}


def half(path, level, total, cells, reason="", medians=()):
    return {
        "path": path, "parent": "" if level == "country" else "KH/", "level": level, "name_km": "កម្ពុជា", "name_en": path,
        "reason": reason, "total": total, "cells": cells, "medians": list(medians),
    }  # fmt: skip


@pytest.fixture
def released(places):
    from spean.evidence.models import Release

    for n, period in enumerate((date(2025, 12, 1), date(2026, 3, 1), date(2026, 6, 1), date(2026, 7, 1))):
        cells = [
            line("KH/", "country", "Cambodia", 80 + 20 * n),
            line("KH/14/", "province", "Prey Veng", 50 + 20 * n, "KH/"),
            line("KH/", "province", "Cambodia", 30, "KH/", **TOGETHER),
        ]
        Release.objects.create(table="voices", period=period, released_on=date(2026, 8, 1), threshold=11, cells=cells)
    weeks = [{"groups": ["commune"], "weeks": 3, "over": False}, {"groups": ["district"], "weeks": 12, "over": True}]
    of_communes = [cell(40, "30"), cell(12, "60", "90", "later")]
    of_districts = [cell(None, "30", groups=("district",)), cell(31, "60", "90", "later", groups=("district",))]
    days = of_communes + of_districts
    fates = [cell(60, "kept", groups=("",)), cell(0, "done", groups=("",)), cell(35, "open", "broken", "refused", groups=("",))]
    for table, cells, medians in (("answers", days, weeks), ("promises", fates, ())):
        rows = [half("KH/", "country", 95, cells, medians=medians), half("KH/14/", "province", 60, [cell(60, "30", "60")])]
        rows.append(half("KH/", "province", 35, [cell(35, "30", "60")], "together"))
        Release.objects.create(table=table, period=date(2026, 1, 1), released_on=date(2026, 10, 1), threshold=11, cells=rows)


def test_the_map_says_what_is_told_of_each_province_and_the_list_leads_there(visitor, released):
    page = Page(visitor.get("/en/said/"))
    assert page.forbidden == []
    assert [link for link in page.links if re.fullmatch(r"\?place=KH/\d\d/", link)] == ["?place=KH/14/"]
    assert page.html.count('stroke-width="0.8"') == 25
    assert "Prey Veng: 100 of 110 answered" in page.html
    assert page.html.count("told together with other provinces</title>") == 24
    assert page.html.count('fill="url(#together)"') == 24 + 1  # and the legend
    assert "91%" in page.text
    assert "៩១%" in Page(visitor.get("/km/said/")).text


def test_the_outlines_are_those_of_the_official_codes(places):
    from spean.evidence import published

    drawn = charts._outlines()
    assert sorted(drawn["provinces"]) == [f"{n:02}" for n in range(1, 26)]
    assert {path for path, _km, _en in published.provinces()} <= {f"KH/{code}/" for code in drawn["provinces"]}
    assert "Open Database License" in (charts.MAP.parent / "LICENSE").read_text(encoding="utf-8")
    assert charts.MAP.stat().st_size < 8000


def test_the_trend_tells_the_quarters_ends_and_no_other_month(visitor, released):
    page = Page(visitor.get("/en/said/"))
    table = page.html[page.html.index("The trend as a table") :].partition("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", r).split() for r in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)]
    assert [(r[0], r[1], r[2]) for r in rows] == [
        ("Oct–Dec", "2025", "80"),
        ("Jan–Mar", "2026", "100"),
        ("Apr–Jun", "2026", "120"),
    ]
    assert page.html.count("<polyline") == 4
    assert "មករា–មីនា ២០២៦" in Page(visitor.get("/km/said/")).text
    of_province = Page(visitor.get("/en/said/?place=KH/14/")).text
    assert "raised 90" in of_province


def test_how_long_answers_take_is_said_in_a_sentence(visitor, released):
    text = Page(visitor.get("/en/said/")).text
    words = [
        "KH/: 95 voices were first answered from 1 January 2026 to 30 June 2026.",
        "Half of the voices had an answer within 3 weeks.",
        "Half of the voices waited longer than 12 weeks.",
        "up to 30 days: 40",
        "more than 30 days: 12",
        "up to 30 days: hidden",
        "promise kept: 60",
        "not yet due or promise broken or the office cannot: 35",
        "“Hidden” means: fewer than 11 voices",
    ]
    assert [w for w in words if w not in text] == []
    assert "ពាក់កណ្ដាលនៃសំឡេង ទទួលបានចម្លើយក្នុង ៣ សប្ដាហ៍។" in Page(visitor.get("/km/said/")).text


def test_all_of_it_takes_a_fixed_number_of_queries(visitor, released, django_assert_num_queries):
    with django_assert_num_queries(7):
        visitor.get("/en/said/")


def test_a_place_that_is_told_with_others_shows_their_line(visitor, released):
    assert "KH/14/: 60 voices were first answered" in Page(visitor.get("/en/said/?place=KH/14/")).text
    assert "Other provinces: 35 voices were first answered" in Page(visitor.get("/en/said/?place=KH/03/")).text


def test_a_bar_with_a_hidden_part_is_not_drawn():
    """Its length would tell the number."""
    slices = [said.released.Slice("30", "", 40), said.released.Slice("60", "", None)]
    assert charts.bar(slices) == ()
    assert [(p.x, p.width) for p in charts.bar(slices[:1] * 2)] == [(0, 50), (50, 50)]


def test_labels_of_the_trend_do_not_lie_upon_each_other():
    quarters = [said.released.Quarter(date(2026, 1, 1), 50, 50, 49, 48), said.released.Quarter(date(2026, 4, 1), 51, 51, 50, 0)]
    heights = sorted(one.label_y for one in charts.trend(quarters).lines)
    assert min(b - a for a, b in pairwise(heights)) >= charts._GAP
    assert charts.trend(quarters[:1]) is None


def test_the_sheet_holds_the_same_numbers_and_no_formula(visitor, released):
    from spean.evidence.models import Release

    Release.objects.filter(table="promises").update(cells=[half('=HYPERLINK("x")', "country", 95, [cell(95, "kept")])])
    answer = visitor.get("/en/said/figures.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {
        "table": "voices",
        "period": "2026-07-01",
        "place": "14",
        "told": "alone",
        "what": "raised",
        "voices": "110",
    }.items() <= next(x for x in lines if x["place"] == "14").items()
    assert [x["voices"] for x in lines if x["what"] == "district:30"] == [""]
    assert [x["name_en"] for x in lines if x["table"] == "promises"] == ['\'=HYPERLINK("x")'] * 2
    assert not [v for x in lines for v in x.values() if v[:1] in said._FORMULA]


def test_nothing_hidden_stands_anywhere_on_the_pages(make_hidden, visitor):
    """Not in the map, a chart, a title, a table, the sheet, nor in the order of lines."""
    secret, pages = make_hidden(SECRET), []
    for other in (secret, make_hidden(SECRET - 3)):
        addresses = ["/en/said/", "/km/said/", "/en/said/?place=KH/03/", "/en/said/?place=KH/14/", "/en/said/figures.csv"]
        other.publish()
        pages.append([visitor.get(address).content for address in addresses])
    assert pages[0] == pages[1]
    assert b"Prey Veng" in pages[0][0]


@pytest.fixture
def make_hidden(places):
    """Two truths that differ only in what has to be hidden: which of two small provinces has how many of their voices."""
    from spean.evidence.disclosure import Area, Outcomes, release
    from spean.evidence.grids import Cohort, Named, Part
    from spean.evidence.models import Release
    from spean.evidence.register import BUCKETS, FATES, RUNGS

    names = [Named(f"KH/{c}/", "province", n, n) for c, n in (("03", "Kampong Cham"), ("08", "Kandal"), ("14", "Prey Veng"))]
    nation = Named("KH/", "country", "Cambodia", "Cambodia")

    class Hidden:
        def __init__(self, small):
            self.voices = dict(zip([n.path for n in names], (small, 20 - small, 90), strict=True))

        def parts(self, group, columns):
            return tuple(Part(p, group, columns[0], "a", n, 4) for p, n in self.voices.items())

        def publish(self):
            Release.objects.all().delete()
            inside = tuple(Area(n.path, n.level, n.name_km, n.name_en, Outcomes(kept=self.voices[n.path])) for n in names)
            made = {
                "voices": Area("KH/", "country", "Cambodia", "Cambodia", Outcomes(), inside),
                "answers": Cohort(nation, tuple(names), RUNGS, BUCKETS, self.parts("commune", BUCKETS)),
                "promises": Cohort(nation, tuple(names), ("",), FATES, self.parts("", FATES)),
            }
            for table, counted in made.items():
                for period in (date(2026, 3, 1), date(2026, 6, 1)):
                    rows = release(table, period, counted).plain()
                    Release.objects.create(table=table, period=period, released_on=date(2026, 7, 1), threshold=11, cells=rows)

    return Hidden
