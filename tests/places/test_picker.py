"""Choosing without JavaScript: the lists that open, what is forgotten, and what is refused."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spean.kernel.errors import Invalid
from spean.places import picker, queries
from spean.places.enums import Level
from spean.places.models import Load


def sent(**codes: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({f"place-{name}": code for name, code in codes.items()})
    return data


def opened(state: picker.PickerState) -> list[tuple[str, int, str | None]]:
    return [(each.level.value, len(each.options), each.chosen and each.chosen.code) for each in state.levels]


def test_at_first_only_the_provinces_are_open(gazetteer: Load) -> None:
    state = picker.state(sent())
    assert opened(state) == [("province", 25, None)]
    assert (state.chosen, state.lineage, state.nothing_found) == (None, (), False)


def test_each_choice_opens_the_next_list(gazetteer: Load) -> None:
    assert opened(picker.state(sent(province="14"))) == [("province", 25, "14"), ("district", 13, None)]
    state = picker.state(sent(province="14", district="1411", commune="141105"))
    assert [level for level, _n, _chosen in opened(state)] == ["province", "district", "commune", "village"]
    assert state.chosen.code == "141105"
    assert [p.code for p in state.lineage] == ["14", "1411", "141105"]
    assert {p.path[:18] for p in state.levels[3].options} == {"KH/14/1411/141105/"}


def test_a_commune_form_never_opens_villages(gazetteer: Load) -> None:
    state = picker.state(sent(province="14", district="1411", commune="141105"), deepest=Level.COMMUNE)
    assert [each.level for each in state.levels] == ["province", "district", "commune"]


def test_a_new_province_forgets_the_old_district(gazetteer: Load) -> None:
    assert opened(picker.state(sent(province="03", district="1411", commune="141105"))) == [
        ("province", 25, "03"),
        ("district", 10, None),
    ]


def test_a_form_opens_with_its_place_chosen(gazetteer: Load) -> None:
    state = picker.state_for(queries.by_code("14110501"))
    assert [p.code for p in state.lineage] == ["14", "1411", "141105", "14110501"]
    assert picker.state_for(None).lineage == ()


def test_what_is_found_can_be_picked(gazetteer: Load) -> None:
    state = picker.state(sent(search="Pou Rieng"))
    assert "141104" in [hit.code for hit in state.hits]
    picked = sent(search="Pou Rieng", pick="141104", province="03")
    assert [p.code for p in picker.state(picked).lineage] == ["14", "1411", "141104"]
    assert picker.state(picked).hits == ()
    assert picker.resolve(picked).code == "141104"


def test_hits_are_of_the_levels_asked_for(gazetteer: Load) -> None:
    hits = picker.state(sent(search="Thmei"), deepest=Level.COMMUNE).hits
    assert {hit.level for hit in hits} <= {"province", "district", "commune"}
    assert picker.state(sent(search="xyzzy")).nothing_found


@pytest.mark.parametrize(
    ("codes", "chosen"),
    [
        ({}, None),
        ({"province": "14"}, "14"),
        ({"province": "14", "district": "1411"}, "1411"),
        ({"province": "14", "district": "1411", "commune": "141105", "village": "14110501"}, "14110501"),
        ({"village": "14110501"}, "14110501"),
        ({"province": " 14 ", "commune": "141105"}, "141105"),
    ],
)
def test_resolve_gives_the_deepest_choice(gazetteer: Load, codes: dict[str, str], chosen: str | None) -> None:
    place = picker.resolve(sent(**codes), "place")
    assert (place and place.code) == chosen


@pytest.mark.parametrize(
    ("codes", "field"),
    [
        ({"province": "03", "district": "1411"}, "place-district"),
        ({"province": "14", "district": "1410", "commune": "141105"}, "place-commune"),
        ({"district": "1411", "commune": "141105", "village": "14110201"}, "place-village"),
        ({"province": "99"}, "place-province"),
        ({"province": "1411"}, "place-province"),
        ({"province": "KH"}, "place-province"),
        ({"province": "14\x00"}, "place-province"),
        ({"pick": "TH"}, "place-pick"),
        ({"pick": "12091301"}, "place-pick"),
    ],
)
def test_resolve_refuses_what_does_not_fit(gazetteer: Load, codes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        picker.resolve(sent(**codes))
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("codes", "field"),
    [({}, "place-province"), ({"province": "14"}, "place-district"), ({"district": "1411"}, "place-commune")],
)
def test_resolve_asks_for_the_next_list(gazetteer: Load, codes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        picker.resolve(sent(**codes), needed=Level.COMMUNE)
    assert list(refused.value.fields) == [field]


def test_a_village_is_refused_where_only_communes_are_asked(gazetteer: Load) -> None:
    with pytest.raises(Invalid):
        picker.resolve(sent(pick="14110501"), deepest=Level.COMMUNE)


def test_the_number_of_queries_is_fixed(gazetteer: Load, django_assert_num_queries) -> None:
    for number, codes in [
        (1, {}),
        (2, {"province": "14"}),
        (2, {"province": "14", "district": "1411", "commune": "141105", "village": "14110501"}),
        (3, {"province": "14", "search": "thmei"}),
    ]:
        with django_assert_num_queries(number):
            picker.state(sent(**codes))
    with django_assert_num_queries(1):
        picker.resolve(sent(province="14", district="1411", commune="141105", village="14110501"))


@given(st.dictionaries(st.sampled_from(["province", "district", "commune", "village", "pick", "search"]), st.text()))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered_or_refused(gazetteer: Load, codes: dict[str, str]) -> None:
    assert picker.state(sent(**codes)).levels
    try:
        picker.resolve(sent(**codes))
    except Invalid as refused:
        assert refused.fields  # noqa: PT017 - a refusal is allowed, not wanted
