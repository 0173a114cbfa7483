"""Search a person among the cases: who is found, by whom, in which spelling, and what the trail says."""

import logging
from uuid import uuid4

import pytest
from django.urls import reverse

from spean.cases.models import Case
from spean.cases.operations import finding
from spean.cases.operations.finding import Asked
from spean.cases.operations.opening import Facts, Person, open_case
from spean.cases.queries import cases as queries
from spean.kernel.errors import Invalid, Locked, NotAllowed, TooMany
from spean.privacy.models import AuditEntry

SECRET = "ហ្ស៊ូឡូ Zulowquist"


def made(town, name_km="", name_latin="", *aliases, by="worker", place="14010101", **contact):
    """A case of a person of this name."""
    team = {"stranger": "partner"}.get(by, "team")
    person = Person(name_km, name_latin, aliases, {k: str(v) for k, v in contact.items()}, story="ឈ្មួញ Broker Bunrith")
    return open_case(town.actor(by), town.teams[team].id, person, Facts("self"), uuid4(), place=town.place(place))


def find(town, name, text, **more):
    return finding.search(town.actor(name), Asked(text, **more)).found


def entries(verb=finding.SEARCH):
    return list(AuditEntry.objects.filter(verb=verb).order_by("index"))


@pytest.mark.parametrize(
    "text",
    ["ចាន់ សុភា", "ចាន់សុភា", "សុភា", "Sophea", "Sophea CHAN", "Sopha", "ស្រីមុំ", "Sreymom", "Srey Mom",
     "sreymum", "012 345 678", "+855 12 345 678", "០១២៣៤៥៦៧៨", "Chan 345678"],
)  # fmt: skip
def test_a_person_is_found_in_either_script_by_any_name_and_by_the_number(town, text):
    this = made(town, "ចាន់ សុភា", "", "ស្រី មុំ", phone="012 345 678")
    made(town, "កែវ ដារ៉ា", "Keo Dara", phone="098 765 432")

    assert find(town, "worker", text) == (this,)


def test_latin_names_are_found_by_khmer_ones_and_what_is_written_alike_comes_first(town):
    heard = made(town, name_latin="Ros Vannak Sokha")
    written = made(town, "រស់ សុខា")
    for _many in range(2):
        made(town, "លី ម៉ាលី", "Ly Maly")

    assert find(town, "worker", "សុខា") == (written, heard)
    assert find(town, "worker", "Sokha") == (heard, written)
    assert find(town, "worker", "វណ្ណៈ សុខា") == (heard,)  # the end of វណ្ណៈ is said, and written k
    assert find(town, "worker", "Bunrith") == find(town, "worker", "ឈ្មួញ") == ()  # of the story nothing is looked through


def test_everybody_finds_the_cases_that_they_may_open(town):
    own, team = made(town, "ចាន់ សុភា"), made(town, "ចាន់ សុភា", by="supervisor", place="14010201")
    made(town, "ចាន់ សុភា", by="stranger")

    assert find(town, "worker", "សុភា") == (own,)
    assert set(find(town, "supervisor", "Sophea")) == {own, team}
    assert find(town, "supervisor", "Sophea", place="KH/14/1401/140102/") == (team,)
    for name in ("volunteer", "manager", "officer", "administrator", "analyst", "focal"):
        with pytest.raises(NotAllowed):
            find(town, name, "Sophea")
    with pytest.raises(Locked):
        finding.search(town.actor("worker", locked=True), Asked("Sophea"))
    with pytest.raises(Invalid):
        find(town, "worker", "!!")


@pytest.mark.parametrize("text", ["C-0002", "c2", "២", "C-០០០២", "c 02"])
def test_the_number_of_a_case_opens_no_seal(town, text):
    made(town, "ចាន់ សុភា")
    second = made(town, "កែវ ដារ៉ា")

    assert find(town, "worker", text) == (second,)
    assert entries() == []


def test_the_trail_is_written_before_anything_is_opened_and_never_says_the_words(town, monkeypatch):
    for _n in range(3):
        made(town, "ចាន់ សុភា")
    seen, real = [], finding.open_sealed
    monkeypatch.setattr(finding, "open_sealed", lambda *given: seen.append(len(entries())) or real(*given))
    find(town, "worker", SECRET)

    assert seen == [1, 1, 1]
    (entry,) = entries()
    assert (entry.actor, entry.subject_id, entry.reason) == (*[str(town.users["worker"].id)] * 2, "3")


def test_more_searches_a_day_than_the_quota_are_refused_and_supervisors_are_told(town, monkeypatch):
    monkeypatch.setattr(finding, "A_DAY", 2)
    for _n in range(2):
        find(town, "worker", "Sophea")
    for _n in range(2):
        with pytest.raises(TooMany):
            find(town, "worker", "Sophea")

    assert (len(entries()), len(entries(finding.OFTEN))) == (2, 1)
    for name in ("supervisor", "officer"):
        told = [t for t in queries.tiles(town.actor(name)) if t.name == "case_searches_often"]
        assert [(t.count, town.users["worker"].name in t.label) for t in told] == [(1, True)]


def test_beyond_the_bound_what_moved_last_is_searched_and_an_erased_case_never(town, monkeypatch):
    ids = [made(town, "ចាន់ សុភា") for _n in range(4)]
    Case.objects.filter(pk=ids[0]).update(person=b"")
    Case.objects.filter(pk=ids[1]).update(moved_on="2020-01-01")
    monkeypatch.setattr(finding, "MOST_SEALS", 2)
    outcome = finding.search(town.actor("worker"), Asked("Sophea"))

    assert (set(outcome.found), outcome.opened, outcome.older) == ({*ids[2:]}, 2, True)


def test_the_page_says_the_words_nowhere_but_in_its_field(town, caplog):
    this = made(town, SECRET)
    client, url = town.client("worker"), reverse("desk:case_search")
    with caplog.at_level(logging.DEBUG):
        held = client.post(url, {"text": "Zulowquist"}).content.decode()

    assert held.count("Zulowquist") == 1
    assert reverse("desk:case", args=[this]) in held
    assert "zulowquist" not in caplog.text.lower()
    assert [e.reason for e in entries()] == ["1"]
    assert client.post(url, {"text": ""}).status_code == 422
    assert town.client("worker", locked=True).get(url).status_code == 302


@pytest.mark.parametrize("many", [1, 3])
def test_the_queries_of_a_search_do_not_grow(town, many, django_assert_max_num_queries):
    for _n in range(many):
        made(town, "ចាន់ សុភា")
    client = town.client("worker")
    client.post(reverse("desk:case_search"), {"text": "Sophea"})
    with django_assert_max_num_queries(25):
        client.post(reverse("desk:case_search"), {"text": "Sophea"})
