"""Facts on the desk: lists by filters and pages, a form with preview, publishing by a second person, and the pages it changes."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.library.models import Fact, FactVersion
from spean.library.operations.loading import load
from tests.surfaces.public.reading import Page

FORM = {
    "name_km": "ប្រាក់ឈ្នួល", "name_en": "A wage", "unit": "myr_month", "amount": "១,៨០០", "claimant_km": "ក", "claimant_en": "A",
    "source_text": "a page", "source_tag": "T1", "as_of": "2026-02",
}  # fmt: skip


@pytest.fixture
def desk(town):
    load()
    return town


def _at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def _fact(key="my.wage"):
    return Fact.objects.get(key=key)


def _send(**more):
    return {**FORM, "sent_id": str(uuid4()), "send": "1", **more}


def test_a_manager_proposes_a_coordinator_publishes_and_the_page_shows_it(desk, client):
    pk, manager, coordinator = _fact().id, desk.client("manager"), desk.client("coordinator")
    assert manager.post(_at("fact_change", pk), _send(seen="1")).status_code == 302
    mine = Page(manager.get(_at("fact", pk)))
    assert "You wrote it, so another person has to check and publish it." in mine.text
    assert manager.post(_at("fact_act", pk, "publish"), {"number": "2"}).status_code == 403
    assert "1,800" not in Page(client.get("/en/ways/malaysia/")).text

    done = Page(coordinator.post(_at("fact_act", pk, "publish"), {"number": "2"}, follow=True))

    assert "To Malaysia: factory, building, plantation, services" in done.text
    assert "1,800 Malaysian ringgit a month" in Page(client.get("/en/ways/malaysia/")).text


def test_a_preview_saves_nothing_and_shows_both_languages(desk):
    before = FactVersion.objects.count()
    page = Page(desk.client("manager").post(_at("fact_new"), {**_send(key="x.a"), "preview": "1"}))
    assert "1,800 Malaysian ringgit a month" in page.text
    assert "១,៨០០ រីងហ្គីតក្នុងមួយខែ" in page.text
    assert page.values["amount"] == "១,៨០០"
    assert FactVersion.objects.count() == before


def test_a_new_fact_is_written_once(desk):
    sent, manager = _send(key="x.a"), desk.client("manager")
    assert {manager.post(_at("fact_new"), sent).headers["Location"] for _n in range(2)} == {_at("fact", _fact("x.a").id)}
    assert _fact("x.a").versions.count() == 1


WRONG = [({"amount": "many"}, "amount"), ({"as_of": "then"}, "as_of"), ({"unit": "x"}, "unit")]


@pytest.mark.parametrize(("more", "name"), WRONG)
def test_what_cannot_be_taken_comes_back_with_its_reason(desk, more, name):
    for button in ("send", "preview"):
        sent = {**FORM, "key": "x.a", "sent_id": str(uuid4()), button: "1", **more}
        response = desk.client("manager").post(_at("fact_new"), sent)
        assert response.status_code == 422
        assert f'id="id_{name}_error"' in response.content.decode()
    assert not Fact.objects.filter(key="x.a").exists()


def test_the_lists_are_filtered_by_their_address(desk):
    manager = desk.client("manager")
    for query, shown, hidden in (
        ("?area=kr", "Lowest wage in Korea", "Lowest wage in Malaysia"),
        ("?q=ringgit+malaysia", "No fact is here.", "Lowest wage in Korea"),
        ("?q=thestar", "Lowest wage in Malaysia", "Lowest wage in Korea"),
        ("?view=verified", "No fact is here.", "Lowest wage in Malaysia"),
        ("?view=nonsense&area=zz&q=%00", "facts", "No fact is here."),
    ):
        text = Page(manager.get(_at("facts") + query)).text
        assert shown in text
        assert hidden not in text


def test_every_fact_is_on_one_page_of_the_list(desk):
    manager, seen, address = desk.client("manager"), [], _at("facts")
    while address:
        page = Page(manager.get(address))
        seen += [
            link
            for link in page.links
            if link.count("/") == 5 and link.startswith(_at("facts")) and not link.endswith(("/new/", "/import/"))
        ]
        following = [link for link in page.links if link.startswith("?after=")]
        address = _at("facts") + following[0] if following else ""
    assert len(seen) == len(set(seen)) == Fact.objects.count()


def test_a_broken_cursor_is_refused(desk):
    assert desk.client("manager").get(_at("facts") + "?after=A%20b").status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_times(desk, rows):
    manager, keys = desk.client("manager"), ["my.wage", "kr.wage", "jp.wage"][:rows]
    FactVersion.objects.exclude(fact__key__in=keys).delete()
    Fact.objects.exclude(key__in=keys).delete()
    manager.get(_at("facts"))
    with CaptureQueriesContext(connection) as asked:
        manager.get(_at("facts"))
    library = [q["sql"] for q in asked if "library_" in q["sql"]]
    assert len(library) == 3


def test_today_counts_what_waits(desk):
    desk.client("manager").post(_at("fact_change", _fact().id), _send(seen="1"))
    assert "Facts that wait for you to publish" in Page(desk.client("coordinator").get(_at("today"))).text
    assert "Facts" not in Page(desk.client("worker").get(_at("today"))).text
