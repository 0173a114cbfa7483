"""Reading and searching: order, language, spellings, and how often the database is asked."""

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from spean.kernel.errors import NotYours
from spean.places import queries, spelling
from spean.places.models import Load, Place


def found(text: str, **narrow: object) -> list[str]:
    return [place.code for place in queries.search(text, **narrow)]


def test_children_go_down_from_the_provinces(gazetteer: Load) -> None:
    provinces = queries.children()
    assert [p.code for p in provinces] == [f"{n:02}" for n in range(1, 26)]
    prey_veng = provinces[13]
    assert [d.code for d in queries.children(prey_veng.id)] == [f"14{n:02}" for n in range(1, 14)]


def test_the_name_follows_the_language_of_the_reader(gazetteer: Load) -> None:
    place = queries.by_code("14")
    with override("km"):
        assert place.name == "ព្រៃវែង"
    with override("en"):
        assert place.name == "Prey Veng"
        assert queries.countries()[0].name == "Afghanistan"


def test_lineage_runs_from_the_country_down(gazetteer: Load) -> None:
    village = queries.by_code("14110501")
    assert [p.code for p in queries.lineage(village.id)] == ["KH", "14", "1411", "141105", "14110501"]


def test_what_is_not_there_is_not_yours(db: None) -> None:
    with pytest.raises(NotYours):
        queries.get(0)
    with pytest.raises(NotYours):
        queries.lineage(0)


@pytest.mark.parametrize("code", ["", "no such", "99", "14\x00", "១៤", "1" * 5000, "14' or 1=1"])
def test_no_place_has_a_strange_code(gazetteer: Load, code: str) -> None:
    assert queries.by_code(code) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ព្រៃវែង", "14"),
        ("ព្រៃ\u200bវែង", "14"),
        ("  ព្រៃវែង ", "14"),
        ("ខេត្តព្រៃវែង", "14"),
        ("Prey Veng", "14"),
        ("prey veng", "14"),
        ("Prey Veaeng", "14"),
        ("PREYVENG", "14"),
        ("Prey Veng province", "14"),
        ("Kampong Cham", "03"),
        ("Kompong Cham", "03"),
        ("Kâmpóng Cham", "03"),
        ("Siem Reap", "17"),
        ("Siĕm Réap", "17"),
        ("Battambong", "02"),
        ("Bat Dambang", "02"),
        ("Phnom Pen", "12"),
        ("Takaev", "21"),
        ("Pousat", "15"),
        ("Oddar Mean Chey", "22"),
        ("Ratanakiri", "16"),
        ("Tbong Khmum", "25"),
        ("Steung Treng", "19"),
        ("Svay Reang", "20"),
        ("ត្បូងឃ្មុំ", "25"),
        ("14", "14"),
        ("១៤", "14"),
    ],
)
def test_a_province_is_found_however_it_is_spelled(gazetteer: Load, text: str, code: str) -> None:
    assert found(text, level="province")[:1] == [code]
    assert found(text)[:2].count(code) == 1


def test_subscripts_that_look_alike_are_alike(gazetteer: Load) -> None:
    with_da, with_ta = "អណ្ដូង", "អណ្តូង"
    assert with_da != with_ta
    assert found(with_da, limit=50) == found(with_ta, limit=50) != []


def test_part_of_a_name_is_enough(gazetteer: Load) -> None:
    assert "141104" in found("រៀង", within_path="KH/14/1411/", limit=50)
    assert "2301" in found("chang'aeu")


def test_search_stays_within_level_and_path(gazetteer: Load) -> None:
    places = queries.search("thmei", level="village", within_path="KH/14/")
    assert {place.level for place in places} == {"village"}
    assert all(place.path.startswith("KH/14/") for place in places)
    assert 10 < len(places) <= 20


def test_a_found_place_says_what_it_lies_in(gazetteer: Load) -> None:
    with override("en"):
        assert queries.search("141104")[0].label == "Pou Rieng, Pur Rieng, Prey Veng"


def test_closed_places_are_not_found(gazetteer: Load) -> None:
    Place.objects.filter(code="1411").update(until=gazetteer)
    assert "1411" not in found("Pur Rieng")


def test_another_gazetteer_beside_it_is_not_offered(gazetteer: Load) -> None:
    other = Load.objects.create(source="pumi", version="1")
    Place.objects.create(source="pumi", code="141199", since=other, level="commune", path="KH/14/1411/141199/")
    assert queries.by_code("141199") is None


@pytest.mark.parametrize("text", ["", " ", "|", "%", "_", "\u200b", "()", "\ud800", "\x00"])
def test_nothing_to_look_for_finds_nothing(gazetteer: Load, text: str) -> None:
    assert found(text) == []


def test_the_number_of_queries_is_fixed(gazetteer: Load, django_assert_num_queries) -> None:
    village = queries.by_code("14110501")
    asked = [
        (1, queries.children),
        (1, lambda: queries.children(village.id)),
        (1, queries.countries),
        (1, lambda: queries.search("thmei", limit=3)),
        (1, lambda: queries.search("ថ្មី", limit=100)),
        (1, lambda: queries.lineage(village.id)),
        (1, lambda: queries.by_code("14")),
        (1, lambda: queries.get(village.id)),
        (1, queries.counts),
        (2, queries.load_report),
    ]
    for number, ask in asked:
        with django_assert_num_queries(number):
            ask()


@given(st.text(max_size=200))
@example("ភូមិ")
@example("province")
@example("İ'’-")
def test_folding_never_fails_and_is_stable(text: str) -> None:
    folded = spelling.folded(text)
    assert spelling.EDGE not in folded + spelling.sound(text)
    assert spelling.folded(folded) == folded
    assert spelling.without_unit(text) or not text


@given(st.text(st.characters(), max_size=100), st.sampled_from([None, "village", "nonsense"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_search_never_fails(gazetteer: Load, text: str, level: str | None) -> None:
    assert len(queries.search(text, level=level, limit=5)) <= 5
