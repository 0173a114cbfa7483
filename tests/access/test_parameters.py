"""A-14: whatever a page reads out of its address, by whatever name, may hold anything: no database meets what it cannot take."""

from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from spean.config.wsgi import Request

from . import table
from .bodies import arguments
from .machine import _forget_how_often, application, path_of

KEY = "00000000-0000-4000-8000-000000000000"
VALUES = (
    "\0", "a\0b", "9" * 5_000, "9" * 25, "-1", "0", "99999999999.99999999999", "១២៣", "2026-02-30", "0001-01-01", "9999-12-31",
    f"9999-12-31.{KEY}", f"0001-01-01.{KEY}", f"\0.{KEY}", f"9.{KEY}", f"9.9.{KEY}", f"{'9' * 30}.{KEY}", KEY, "NaN", "1e999",
    "0001-01", "9999-12", "%_\\",
)  # fmt: skip
#: by turns each page is asked with a sixteenth of the values
BY_TURNS = 16


#: where a page of a list begins: what is wrong there is refused before anything else is looked at
BEGINNINGS = ("after", "before", "from")


class Everywhere(QueryDict):
    """A query in which whatever name a page thinks of stands; it notes the names."""

    def __init__(self, *, beginnings: bool) -> None:
        self.beginnings, self.names = beginnings, set[str]()
        super().__init__("", mutable=True)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return self.beginnings or key not in BEGINNINGS

    def __getitem__(self, key: str) -> str:
        if key not in self:
            raise KeyError(key)
        return "1"

    def get(self, key: str, default: Any = None) -> Any:
        """Something, for any such name."""
        return "1" if key in self else default

    def getlist(self, key: str, default: Any = None) -> Any:
        """It alone."""
        return ["1"] if key in self else default or []


def pages() -> list[tuple[str, str]]:
    """(address, variant) of what can be asked for."""
    return sorted({(line.url, line.variant) for line in table.lines() if "GET" in line.methods})


def readers(url: str, variant: str) -> list[str]:
    """Who meets the page there; a stranger first."""
    met = {
        name
        for line in table.lines()
        if (line.url, line.variant) == (url, variant)
        for name, how in line.outcomes.items()
        if how == "done"
    }
    return sorted(met, key=lambda name: (name != "stranger", name))


def answer(world, name: str, path: str, query: Everywhere | str):
    """The whole application's, to a query as it stands in an address, or to one that notes what is looked for in it."""
    _forget_how_often()
    factory = RequestFactory()
    factory.cookies.load(world.people[name].cookies)
    asked = query if isinstance(query, str) else ""
    request = Request(factory._base_environ(PATH_INFO=path, REQUEST_METHOD="GET", QUERY_STRING=asked))
    if not isinstance(query, str):
        request.GET = query
    with transaction.atomic():
        answered = application().get_response(request)
        transaction.set_rollback(True)
    translation.deactivate()
    return answered


def names_of(world, name: str, path: str) -> list[str]:
    """What the page looks for in its address."""
    found = set()
    for beginnings in (True, False):
        noted = Everywhere(beginnings=beginnings)
        answer(world, name, path, noted)
        found |= noted.names
    return sorted(found)


def test_a_page_is_asked_by_all_names_that_it_knows(world):
    path = path_of("desk:activities", {}, "en")

    assert {"after", "kind", "month", "place"} <= set(names_of(world, "supervisor@own", path))
    assert len(pages()) > 200


def test_no_name_and_no_value_of_an_address_has_a_nul():
    request = Request(RequestFactory()._base_environ(QUERY_STRING="a%00=1&b=x%00y&b=%0%000&c=%2500"))

    assert dict(request.GET.lists()) == {"a": ["1"], "b": ["xy", "%0\x000".replace("\0", "")], "c": ["%00"]}


@pytest.mark.parametrize("part", range(4))
def test_no_value_in_an_address_breaks_a_page(world, record_property, everything, part):
    wrong, tried = [], 0
    for at, (url, variant) in enumerate(pages()[part::4]):
        who = readers(url, variant)
        path = path_of(url, arguments(world, url, variant), "en")
        names = names_of(world, who[at % len(who)], path) if who else []
        for turn, (value, beginnings) in enumerate(product(VALUES, (True, False)) if names else ()):
            if (at + turn) % BY_TURNS and not everything:
                continue
            name = who[(at + turn) % len(who)]
            query = urlencode({n: value for n in names if beginnings or n not in BEGINNINGS})
            answered = answer(world, name, path, query)
            tried += 1
            if answered.status_code >= 500:
                wrong.append(f"{url} {variant} as {name}, {value[:40]!r}, {beginnings}: {answered.status_code}")

    record_property("values in an address", tried)
    assert wrong == []
