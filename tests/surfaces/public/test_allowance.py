"""A flood from one neighbourhood waits a minute; nobody is locked out, nothing typed is lost, no address is kept."""

import uuid

import pytest
from django.test import RequestFactory

from spean.kernel.errors import TooMany
from spean.surfaces.public import allowance
from spean.surfaces.public.allowance import Allowance, neighbourhood
from spean.voices.models import Concern
from tests.surfaces.public.reading import Page

asked = RequestFactory()


def from_(address: str, **headers: str) -> str:
    return neighbourhood(asked.get("/", REMOTE_ADDR=address, headers=headers))


def test_a_neighbourhood_is_a_part_of_the_network():
    assert from_("203.0.113.77") == "203.0.113.0/24"
    assert from_("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert from_("127.0.0.1", **{"X-Forwarded-For": "1.1.1.1, 203.0.113.9"}) == "203.0.113.0/24"
    assert from_("203.0.113.9", **{"X-Forwarded-For": "1.1.1.1"}) == "203.0.113.0/24"
    assert from_("127.0.0.1", **{"X-Forwarded-For": "nonsense"}) == "unknown"
    assert from_("") == "unknown"


def test_after_a_minute_all_is_well(monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(allowance.time, "monotonic", lambda: moment[0])
    few, request, neighbour = Allowance(2), asked.get("/", REMOTE_ADDR="203.0.113.1"), asked.get("/", REMOTE_ADDR="198.51.100.1")
    few.take(request)
    few.take(request)
    with pytest.raises(TooMany) as refused:
        few.take(request)
    assert refused.value.wait == 60
    few.take(neighbour)
    moment[0] += 61
    few.take(request)


def test_no_address_is_in_its_memory():
    few = Allowance(2)
    few.take(asked.get("/", REMOTE_ADDR="203.0.113.1"))
    assert "203.0.113" not in repr(few.__dict__)


def test_the_thirty_first_report_of_a_minute_waits_with_its_words(send, visitor):
    data = {"told": "", "kind": "fees", "hours": "kept"}
    for _n in range(30):
        visitor.post("/en/report/", data)
    response = send(told="kept words", **{k: v for k, v in data.items() if k != "told"})
    page = Page(response)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert (page.values["told"], page.values["kind"], page.values["hours"]) == ("kept words", "fees", "kept")
    assert "Yours is not saved yet." in page.text
    assert Concern.objects.count() == 0


def test_the_twenty_first_look_up_of_a_minute_waits(visitor, readers):
    answers = [visitor.post("/en/receipt/", {"code": "9" * 24}) for _n in range(21)]
    assert [a.status_code for a in answers] == [422] * 20 + [429]
    assert answers[-1].headers["Retry-After"]


def test_words_to_add_survive_the_wait(visitor, readers):
    for _n in range(20):
        visitor.post("/en/receipt/", {"code": "9" * 24})
    sent = {"code": "9" * 24, "text": "kept words", "sent_id": str(uuid.uuid4())}
    page = Page(visitor.post("/en/receipt/add/", sent))
    assert {name: page.values[name] for name in sent} == sent
