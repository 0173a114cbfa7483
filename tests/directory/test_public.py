"""Who helps: by need, place, language and hour; the nearest first; always the same number of queries."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from spean.directory.queries import public
from spean.directory.queries.public import Wanted
from spean.kernel import clock
from tests.surfaces.public.reading import Page

MONDAY_NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)  # in Phnom Penh; 14:00 in Seoul


@pytest.fixture
def reader(db):
    return Client()


def names(**wanted):
    return [h.name for h in public.find(Wanted(**wanted)).rows]


@pytest.fixture
def helpers(publish):
    """One in the district, one in the province, one for the whole country, one abroad."""
    made = {
        "district": {"areas": ("14",), "place": "1401", "needs": ("law",)},
        "province": {"areas": ("14",), "needs": ("law", "shelter"), "languages": ("km", "vi")},
        "country": {"areas": ("KH",), "needs": ("law", "danger"), "hours": "always"},
        "abroad": {"areas": ("TH",), "country": "TH", "needs": ("law",), "numbers": ("1694",)},
    }
    return {name: publish(name_en=name, name_km=name, **more) for name, more in made.items()}


def test_the_nearest_comes_first_and_nobody_from_elsewhere(helpers):
    assert names(path="KH/14/1401/") == ["district", "province", "country"]
    assert [h.nearness for h in public.find(Wanted(path="KH/14/1401/")).rows] == [3, 2, 1]
    assert names(path="KH/03/") == ["country"]
    assert names(path="TH/") == ["abroad"]
    assert set(names(path="KH/")) == {"district", "province", "country"}


def test_by_need_and_language_and_all_at_once(helpers):
    assert names(need="shelter", path="KH/") == ["province"]
    assert names(language="vi") == ["province"]
    assert names(need="danger", language="km", path="KH/14/") == ["country"]
    assert names(need="papers") == []


def test_open_now_is_the_hour_of_its_country_and_says_that_others_have_no_hours(publish):
    week = {"hours": "week", "days": ("MO",), "closes": "13:00", "opens": "08:00"}
    publish(name_en="here", name_km="here", **week)
    publish(name_en="there", name_km="there", country="KR", areas=("KR",), numbers=("1345",), **week)
    publish(name_en="never said", name_km="never said")
    with clock.at(MONDAY_NOON):
        assert names(open_now=True) == ["here"]
        assert public.find(Wanted(open_now=True)).hours_unknown
        assert not public.find(Wanted(open_now=True, path="KR/")).hours_unknown


def test_one_helper_or_three_cost_the_same(helpers, django_assert_num_queries):
    for wanted in (Wanted(path="TH/"), Wanted(path="KH/14/1401/", need="law")):
        with django_assert_num_queries(6):
            public.find(wanted)


def test_pages_follow_one_another_and_skip_nobody(publish):
    for number in range(public.PAGE + 2):
        publish(name_en=f"h{number}", name_km=f"h{number}", call=False)
    first = public.find(Wanted())
    second = public.find(Wanted(begin=first.next))
    assert (len(first.rows), len(second.rows), second.next) == (public.PAGE, 2, 0)
    assert len({h.id for h in (*first.rows, *second.rows)}) == public.PAGE + 2


def test_the_finder_without_a_script(helpers, reader):
    page = Page(reader.get("/en/help/"))
    assert page.forbidden == []
    assert "?need=shelter#found" in page.links
    assert "district" not in page.text.split()
    page = Page(reader.get("/en/help/?need=law&place-province=14&place-district=1401&find=1"))
    assert page.forbidden == []
    assert page.text.index("district") < page.text.index("In this province")
    assert "tel:+85512311112" in page.links
    assert "Source: A visit." in page.text
    assert "Checked on" in page.text


def test_a_full_page_of_helpers_is_small(publish, reader, record_property):
    for number in range(public.PAGE):
        publish(name_en=f"h{number}", name_km=f"ជំនួយ {number}")
    page = reader.get("/km/help/?find=1").content
    folder = Path(settings.PACKAGE) / "surfaces/public/static/built"
    wanted = set(re.findall(r"/static/built/([\w.-]+)", page.decode()))
    loaded = len(gzip.compress(page)) + sum((folder / f"{name}.br").stat().st_size for name in wanted)
    record_property("bytes of a full page of helpers, without font", loaded)
    assert loaded < 60_000


def test_an_empty_list_says_what_to_do(helpers, reader):
    page = Page(reader.get("/en/help/?need=training"))
    assert "We know of nobody for this who was checked." in page.text
    assert "/en/report/" in page.links


def test_nonsense_in_the_address_is_no_error(helpers, reader):
    for query in (
        "need=x&language=y&country=z&open=2&from=-1",
        "from=99999",
        "place-province=99&find=1",
        "need=%00",
        "place-pick=%ff",
    ):
        assert reader.get(f"/km/help/?{query}").status_code == 200


def test_the_page_of_a_helper_has_everything_that_is_known(publish, reader):
    pk = publish(
        women_only=True, age_from=18, capacity=12, papers=("identity",), fee="free", about_km="អំពី", about_en="About it",
        how_km="ហៅ", how_en="Ring the bell", hours="week", days=("MO",), opens="08:30", closes="16:30", place="1401",
        address_km="ផ្លូវ ៥", address_en="Street 5",
    )  # fmt: skip
    page = Page(reader.get(f"/en/help/{pk}/"))
    told = ("Only for women", "From 18 years", "12 places", "Identity card", "It costs nothing", "About it", "Ring the bell")
    for words in (*told, "Monday: 08:30–16:30", "Street 5", "Ba Phnum, Prey Veng", "Khmer", "Prey Veng"):
        assert words in page.text, words
    assert page.forbidden == []
    assert "០៨:៣០" in reader.get(f"/km/help/{pk}/").content.decode()


def test_what_is_overdue_says_so(publish, reader):
    pk = publish()
    with clock.at(MONDAY_NOON.replace(year=2030)):
        assert Page(reader.get(f"/en/help/{pk}/")).text.count("This should have been checked again by now.") == 2


def test_what_is_not_public_is_not_there(write, publish, manager, reader):
    from spean.directory.operations import writing

    assert reader.get(f"/en/help/{write()}/").status_code == 404
    pk = publish()
    writing.withdraw(manager, pk)
    assert reader.get(f"/en/help/{pk}/").status_code == 404
