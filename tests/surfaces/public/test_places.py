"""What the picker's script is given."""


def test_children_by_code_in_the_readers_language(visitor, places):
    assert visitor.get("/en/places/children/").json() == {
        "options": [{"id": "03", "name": "Kampong Cham"}, {"id": "14", "name": "Prey Veng"}]
    }
    assert visitor.get("/km/places/children/?parent=1401").json() == {"options": [{"id": "140101", "name": "បឹងព្រះ"}]}
    assert visitor.get("/km/places/children/?parent=99").json() == {"options": []}


def test_search_gives_the_way_from_the_province_down(visitor, places):
    assert visitor.get("/en/places/search/?q=antong").json() == {
        "results": [
            {
                "id": "14010101",
                "name": "Antong",
                "detail": "Boeng Preah, Ba Phnum, Prey Veng",
                "lineage": ["14", "1401", "140101", "14010101"],
            }
        ]
    }
    assert visitor.get("/km/places/search/?q=").json() == {"results": []}
