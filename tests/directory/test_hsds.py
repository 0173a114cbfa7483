"""HSDS out and in: only what is public goes out, what comes in is looked at first, and twice is once."""

import json
import re
from contextlib import suppress
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from spean.directory import hsds
from spean.directory.drafts import Draft, judge
from spean.directory.models import Entry
from spean.directory.operations import importing, writing
from spean.kernel.errors import Invalid, NotAllowed

from .conftest import a_draft
from .test_leaks import HOUSE, HOUSE_KM, SECRETS

SERVICE = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Community Counselling",
    "status": "active",
    "minimum_age": 12,
    "maximum_age": 100,
    "assured_date": "2025-01-01",
    "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example Organization", "description": "x"},
    "phones": [{"id": "1", "number": '"023 997 919 / 1288"', "type": "voice"}],
    "schedules": [{"freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00:00"}],
    "languages": [{"code": "en", "name": "English"}, {"code": "ur", "name": "Urdu"}],
    "attributes": [{"taxonomy_term": {"code": "health", "name": "Health"}}],
}  # fmt: skip


def verdicts(rows):
    return [row.verdict for row in rows]


def test_what_goes_out_comes_in_again(publish):
    told = publish(
        hours="week", days=("MO",), opens="20:00", closes="06:00", place="1401", address_km="ផ្លូវ", address_en="Street",
        capacity=5, about_km="អំពី", about_en="About", papers=("identity",), women_only=True, age_from=18,
    )  # fmt: skip
    [said] = Client().get("/en/help/hsds/services/").json()["contents"]
    key, draft = hsds.read(json.loads(json.dumps(said)), "A visit")
    assert key == str(told)
    assert draft == Draft.of({**Entry.objects.get(pk=told).versions.get().body, "as_of": draft.as_of, "numbers": draft.numbers})
    assert draft.numbers == ("+855 12 311 112",)


def test_required_fields_of_hsds_are_there(publish):
    publish(place="1401")
    [said] = Client().get("/km/help/hsds/services/").json()["contents"]
    for of, names in (
        (said, ("id", "name", "status")),
        (said["organization"], ("id", "name", "description")),
        (said["phones"][0], ("id", "number")),
        (said["service_at_locations"][0]["location"], ("id", "location_type")),
        (said["service_at_locations"][0]["location"]["addresses"][0], ("id", "address_1", "city", "country", "postal_code")),
    ):
        assert set(names) <= set(of)


def test_only_what_is_public_goes_out(publish, write, manager, coordinator):
    write(name_en="never checked")
    publish(call=False, name_en="uncalled")
    hidden = publish(place="1401", address_km=HOUSE_KM, address_en=HOUSE, name_en="hidden")
    writing.propose(manager, hidden, a_draft(confidential=True, name_en="hidden", areas=("KH",)))
    writing.publish(coordinator, hidden, 2)
    writing.propose(manager, hidden, a_draft(place="1401", address_km=HOUSE_KM, address_en=HOUSE))
    gone = publish(name_en="gone")
    writing.withdraw(manager, gone)

    answer = Client().get("/en/help/hsds/services/")

    told = {said["name"]: said for said in answer.json()["contents"]}
    assert set(told) == {"uncalled", "hidden"}
    assert told["uncalled"]["phones"] == []
    ids = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # any of them may hold four digits by chance
    words = re.sub(ids, "", answer.content.decode())
    assert [secret for secret in (*SECRETS, "1401") if secret in words] == []
    assert Client().get(f"/en/help/hsds/services/{gone}/").status_code == 404


def test_one_service_or_three_cost_the_same(publish, django_assert_num_queries):
    from spean.directory.queries import opened

    for _n in range(3):
        publish()
        with django_assert_num_queries(4):
            opened.services(1)


def test_a_list_is_looked_at_then_brought_in_once(manager, coordinator):
    text = json.dumps({"contents": [SERVICE, {"id": "2"}, {**SERVICE, "id": "3", "phones": [{"number": "+1 888 373 7888"}]}]})
    rows = importing.look(manager, text, "Their list")
    assert verdicts(rows) == ["new", "faulty", "faulty"]
    assert "another country" in str(rows[2].reasons[0]) or "ប្រទេស" in str(rows[2].reasons[0])
    assert not Entry.objects.exists()

    assert importing.bring_in(manager, text, "Their list")["new"] == 1
    entry = Entry.objects.get()
    draft = Draft.of(entry.versions.get().body)
    assert (entry.state, draft.numbers, draft.languages, draft.needs) == (
        "unverified",
        ("023 997 919", "1288"),
        ("en",),
        ("health",),
    )
    assert (draft.days, draft.opens, draft.source, draft.as_of) == (("TH", "FR"), "10:00", "Their list", "2025-01-01")

    assert verdicts(importing.look(coordinator, text, "Their list")) == ["same", "faulty", "faulty"]
    importing.bring_in(coordinator, text, "Their list")
    assert (Entry.objects.count(), entry.versions.count()) == (1, 1)


def test_a_list_of_one_or_of_many_costs_the_same(manager, django_assert_num_queries):
    def listed(number):
        return json.dumps([{**SERVICE, "id": str(n) if n % 3 else str(uuid4())} for n in range(number)])

    for number in (1, 3, 500):
        text = listed(number)
        with django_assert_num_queries(3):
            rows = importing.look(manager, text, "L")
        assert verdicts(rows) == ["new"] * number
    importing.bring_in(manager, listed(3), "L")
    with django_assert_num_queries(4):  # and their versions
        assert verdicts(importing.look(manager, listed(4), "L")) == ["new", "same", "same", "new"]


def test_a_list_that_changed_is_proposed_and_what_is_public_stays(manager, coordinator):
    text = json.dumps([SERVICE])
    importing.bring_in(manager, text, "L")
    entry = Entry.objects.get()
    writing.publish(coordinator, entry.id, 1)
    assert importing.bring_in(manager, text.replace("Community", "Village"), "L")["changed"] == 1
    assert list(entry.versions.order_by("number").values_list("state", flat=True)) == ["published", "proposed"]


def test_our_own_services_are_here_already(publish, manager):
    publish()
    text = Client().get("/en/help/hsds/services/").content.decode()
    assert verdicts(importing.look(manager, text, "x")) == ["same"]


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"x"', "null", "[" * 100_000, "x" * 1_000_001, json.dumps([1] * 501)])
def test_what_is_no_list_has_a_reason(manager, text):
    with pytest.raises(Invalid) as refused:
        importing.look(manager, text, "x")
    assert set(refused.value.fields) == {"sheet"}


def test_only_writers_bring_lists_in(town):
    with pytest.raises(NotAllowed):
        importing.look(town.actor("worker"), "[]", "x")


KEYS = st.sampled_from([*SERVICE, "x_spean", "code", *hsds.OURS])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)


@given(JSON, st.dictionaries(st.sampled_from(hsds.OURS), JSON, max_size=8))
def test_any_json_is_a_draft_that_can_be_judged_or_no_service(said, ours):
    for one in (said, {**SERVICE, "x_spean": ours}, {**SERVICE, "schedules": said, "phones": said, "attributes": said}):
        try:
            key, draft = hsds.read(one, "x")
        except hsds.Unreadable:
            continue
        assert key
        json.dumps(draft.body())
        with suppress(Invalid):
            judge(draft)


def test_the_desk_shows_the_preview_and_keeps_what_was_sent(town):
    client, address = town.client("manager"), "/en/desk/directory/import/"
    text = json.dumps([SERVICE])
    shown = client.post(address, {"source": "Their list", "text": text})
    assert shown.status_code == 200
    assert "Bring in 1" in shown.content.decode()
    assert client.post(address, {"source": "Their list", "text": text, "import": "1"}).status_code == 302
    assert Entry.objects.get().title_en == "Community Counselling"
    assert client.post(address, {"source": "x", "text": "{"}).status_code == 422


def test_hostile_letters_in_a_list_are_no_error(manager):
    bad = {**SERVICE, "id": str(uuid4()), "name": "a\x00b\ud800", "x_spean": {"areas": ["\ud800", "KH"], "needs": ["law"]}}
    assert verdicts(importing.look(manager, json.dumps([bad]), "x")) == ["faulty"]
