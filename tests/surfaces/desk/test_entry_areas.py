"""Whom an entry serves: provinces are ticked, districts and communes are added one by one, without a script."""

import re
from uuid import uuid4

import pytest

from spean.directory.models import Entry, Service
from spean.directory.operations import writing
from spean.directory.queries import public
from tests.surfaces.public.reading import Page

URL = "/en/desk/directory/new/"
SAID = {
    "provider_km": "ផ្ទះស្ពាន", "provider_en": "Bridge House", "name_km": "ជំនួយច្បាប់", "name_en": "Legal aid", "source": "A visit",
    "needs": ["law"], "country": "KH", "hours": "unknown", "fee": "unknown", "numbers": "012 311 112",
}  # fmt: skip
DISTRICT = {"area-province": "14", "area-district": "1401"}
COMMUNE = {**DISTRICT, "area-commune": "140101"}


BOX = re.compile(r'<input[^>]*name="areas"[^>]*>')


@pytest.fixture
def manager(town):
    return town.client("manager")


def boxes(answer) -> dict[str, bool]:
    """Code of each area that can be ticked -> whether it is."""
    found = BOX.findall(answer.content.decode())
    return {re.search(r'value="([^"]*)"', box)[1]: " checked" in box for box in found}


def send(client, **more):
    return client.post(URL, {**SAID, "sent_id": str(uuid4()), **more})


def test_an_area_is_added_ticked_and_nothing_typed_is_lost(manager):
    answer = send(manager, **DISTRICT, add_area="1", areas=["KH"])

    assert {code for code, ticked in boxes(answer).items() if ticked} == {"KH", "1401"}
    assert Page(answer).values["provider_en"] == "Bridge House"
    assert Page(answer).values.get("area-district", "") == ""
    assert Entry.objects.count() == 0


def test_what_stands_in_the_picker_is_saved_too(town, manager):
    answer = send(manager, **COMMUNE, areas=["140102"], send="1")

    assert answer.status_code == 302
    assert Entry.objects.get().versions.get().body["areas"] == ["140101", "140102"]


def test_who_lives_there_finds_it_and_who_lives_beside_it_does_not(town, manager):
    send(manager, **DISTRICT, send="1")
    writing.publish(town.actor("coordinator"), Entry.objects.get().pk, 1)

    assert [s.path for s in Service.objects.get().areas.all()] == ["KH/14/1401/"]
    assert len(public.find(public.Wanted(path="KH/14/1401/140101/")).rows) == 1
    assert len(public.find(public.Wanted(path="KH/14/")).rows) == 1
    assert public.find(public.Wanted(path="KH/14/1402/")).rows == ()


def test_a_district_that_contradicts_its_province_is_told_and_nothing_is_saved(manager):
    answer = send(manager, **{"area-province": "12", "area-district": "1401"}, send="1")

    assert answer.status_code == 422
    assert 'id="area_error"' in answer.content.decode()
    assert Entry.objects.count() == 0


def test_codes_that_are_no_places_make_no_boxes_and_are_refused(manager):
    answer = send(manager, areas=["99999999", "x\x00", "1401' OR 1=1", *map(str, range(200))], send="1")

    assert answer.status_code == 422
    assert len(boxes(answer)) < 80


def test_looking_around_in_the_picker_takes_nothing(manager):
    answer = send(manager, **{"area-province": "14"}, show="area-province")

    assert not boxes(answer)["14"]
    assert "1401" in Page(answer).options["area-district"]
