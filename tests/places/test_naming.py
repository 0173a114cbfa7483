"""Which place a line of a sheet means, in the real gazetteer: never a guess."""

import pytest

from spean.places import naming
from spean.places.models import Place

LINES = {
    "14": "14",
    "១៤០១០១": "140101",
    "3": "03",
    "30101": "030101",
    "999999": "unknown",
    "Prey Veng": "14",
    "ខេត្តព្រៃវែង": "14",
    "ព្រៃវែង": "14",
    "kompong cham": "03",
    "Ba Phnum": "1401",
    "Boeng Preah, Ba Phnum, Prey Veng": "140101",
    "ឃុំបឹងព្រះ ស្រុកបាភ្នំ ខេត្តព្រៃវែង": "140101",
    "Prey Veng / Ba Phnum / Boeng Preah": "140101",
    "Boeng Preah, Boeng Preah, Ba Phnum, Prey Veng": "14010113",
    "ភូមិបឹងព្រះ ឃុំបឹងព្រះ": "14010113",
    "Boeng Preah, Kampong Cham": "unknown",
    "nowhere at all": "unknown",
    "Antong, nowhere": "unknown",
    "ថ្មី": "several",
    "x" * 500: "unknown",
    "a\ud800": "unknown",
}


def test_lines_mean_places_and_nothing_is_guessed(gazetteer, django_assert_num_queries):
    with django_assert_num_queries(1):
        meant = naming.meanings(LINES)
    assert {line: found.code or found.why for line, found in meant.items()} == LINES
    with django_assert_num_queries(0):
        assert naming.meanings([""]) == {}


@pytest.mark.parametrize("language", ["name_km", "name_en"])
def test_a_village_with_all_that_it_lies_in_is_itself(gazetteer, language):
    villages = Place.objects.current().filter(level="village").select_related("parent__parent__parent").order_by("code")[::101]
    lines = {}
    for village in villages:
        around = (village, village.parent, village.parent.parent, village.parent.parent.parent)
        lines[", ".join(getattr(place, language) for place in around)] = village.pk
    meant = naming.meanings(lines)
    wrong = {line: meant[line] for line, pk in lines.items() if meant[line].place not in {pk, None}}
    assert wrong == {}
    assert sum(m.place is not None for m in meant.values()) > 0.95 * len(lines)
