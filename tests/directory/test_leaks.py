"""A confidential place appears in no public byte: not where it is, not where it was said to be before, not by its order."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from spean.directory.models import Location, Service, ServiceArea
from spean.directory.operations import writing
from spean.kernel.errors import Invalid
from spean.voices.enums import Kind

from .conftest import a_draft

HOUSE = "Number 7 behind the lotus pond"
HOUSE_KM = "ផ្ទះលេខ ៧ ក្រោយស្រះឈូក"
SECRETS = (HOUSE, HOUSE_KM, "lotus pond", "ស្រះឈូក", "Ba Phnum shelter key word")


def every_public_byte(pk) -> str:
    """All that the public door answers about helpers, in both languages, by every filter."""
    reader, said = Client(), []
    for language in ("km", "en"):
        asked = ["", "?find=1", "?find=1&open=1", "?need=shelter", "?need=shelter&place-province=14&place-district=1401"]
        asked += [f"?find=1&place-pick={code}" for code in ("14", "1401", "140101")]
        said += [reader.get(f"/{language}/help/{query}") for query in asked]
        said += [
            reader.get(f"/{language}/help/{pk}/"),
            reader.get(f"/{language}/"),
            reader.get(f"/{language}/said/?kind={Kind.FEES}"),
        ]
    return "\n".join(answer.content.decode() + str(answer.headers) for answer in said)


@pytest.fixture
def hidden(publish, manager, coordinator):
    """It was public once with its address; then a second person made it confidential; then somebody proposes another address."""
    pk = publish(
        needs=("shelter",),
        areas=("KH",),
        place="1401",
        address_en=HOUSE,
        address_km=HOUSE_KM,
        name_en="A safe house",
        hours="always",
    )
    assert HOUSE in every_public_byte(pk)  # the test owns what could leak
    writing.propose(manager, pk, a_draft(needs=("shelter",), areas=("KH",), confidential=True, name_en="A safe house"))
    writing.publish(coordinator, pk, 2)
    writing.propose(manager, pk, a_draft(needs=("shelter",), areas=("KH",), place="1401", address_en=HOUSE, address_km=HOUSE_KM))
    return pk


def test_no_public_byte_holds_a_confidential_place(hidden):
    said = every_public_byte(hidden)
    assert "A safe house" in said
    assert [secret for secret in SECRETS if secret in said] == []


def test_its_page_says_that_the_place_is_kept_secret(hidden):
    page = Client().get(f"/en/help/{hidden}/").content.decode()
    assert "The place is kept secret" in page
    assert "Ba Phnum" not in re.sub(r"<option.*?</option>", "", page)


def test_it_does_not_come_nearer_where_it_is(hidden):
    from spean.directory.queries import public

    near = {path: public.find(public.Wanted(path=path)).rows[0].nearness for path in ("KH/14/1401/", "KH/03/0301/")}
    assert set(near.values()) == {1}
    assert Service.objects.get(pk=hidden).near == "KH/"


def test_the_public_tables_do_not_hold_it_at_all(hidden):
    assert not Location.objects.filter(service=hidden).exists()
    assert list(ServiceArea.objects.filter(service=hidden).values_list("path", flat=True)) == ["KH/"]


def test_who_marks_it_confidential_is_told_to_leave_the_address_out(manager):
    with pytest.raises(Invalid) as refused:
        writing.write(manager, a_draft(confidential=True, address_en=HOUSE, address_km=HOUSE_KM), uuid4())
    assert "confidential" in refused.value.fields
