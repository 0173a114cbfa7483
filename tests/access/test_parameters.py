"""A-14: whatever a page reads out of its address, by whatever name, may hold anything: no database meets what it cannot take."""

from itertools import product
from typing import Any

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
    """A query in which each name that a page can think of stands, with the one value; or each but where a list begins."""

    def __init__(self, value: str, *, beginnings: bool) -> None:
        self.value, self.beginnings = value, beginnings
        super().__init__("", mutable=True)

    def __contains__(self, key: object) -> bool:
        return self.beginnings or key not in BEGINNINGS

    def __getitem__(self, key: str) -> str:
        if key not in self:
            raise KeyError(key)
        return self.value

    def get(self, key: str, default: Any = None) -> Any:
        """The value, for any such name."""
        return self.value if key in self else default

    def getlist(self, key: str, default: Any = None) -> Any:
        """It alone."""
        return [self.value] if key in self else default or []


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


def answer(world, name: str, path: str, query: Everywhere):
    _forget_how_often()
    factory = RequestFactory()
    factory.cookies.load(world.people[name].cookies)
    request = Request(factory._base_environ(PATH_INFO=path, REQUEST_METHOD="GET"))
    request.GET = query
    with transaction.atomic():
        answered = application().get_response(request)
        transaction.set_rollback(True)
    translation.deactivate()
    return answered


def test_a_query_holds_every_name():
    whole, less = (Everywhere("\0", beginnings=has) for has in (True, False))
    assert whole.get("after") == whole["x"] == whole.getlist("y")[0] == less["x"] == less.getlist("x")[0] == "\0"
    assert (less.get("after"), less.getlist("from"), "before" in less) == (None, [], False)
    assert len(pages()) > 200


@pytest.mark.parametrize("part", range(4))
def test_no_value_in_an_address_breaks_a_page(world, record_property, everything, part):
    wrong, tried = [], 0
    for at, (url, variant) in enumerate(pages()[part::4]):
        who = readers(url, variant)
        for turn, (value, beginnings) in enumerate(product(VALUES, (True, False)) if who else ()):
            if (at + turn) % BY_TURNS and not everything:
                continue
            name = who[(at + turn) % len(who)]
            path = path_of(url, arguments(world, url, variant), "en")
            answered = answer(world, name, path, Everywhere(value, beginnings=beginnings))
            tried += 1
            if answered.status_code >= 500:
                wrong.append(f"{url} {variant} as {name}, {value[:40]!r}, {beginnings}: {answered.status_code}")

    record_property("values in an address", tried)
    assert wrong == []
