"""The world of `world.py`, made once for each file, and the count of cells."""

import gc
import logging
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from .world import World


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are not worth a line of log each."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def _standing(django_db_setup: None, django_db_blocker: Any) -> Iterator["World"]:
    """A world made once for a whole file.

    It and all that was imported stay until the end: the collector, which would look at them again and again, leaves them alone.
    """
    from django.db import transaction

    from .world import make_world

    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        gc.collect()
        gc.freeze()
        yield made
        gc.unfreeze()
        transaction.set_rollback(True)


@pytest.fixture
def world(_standing: "World", db: None) -> "World":
    """The world of the whole file, a copy of what a test may change of it; the database is as it was after each test."""
    from spean.kernel import clock
    from spean.privacy.models import UnlockSession

    now = clock.now()
    UnlockSession.objects.update(opened_at=now, last_used_at=now)  # on a slow machine a file takes longer than keys stay open
    people = {name: replace(who, user=copy(who.user), cookies=dict(who.cookies)) for name, who in _standing.people.items()}
    teams = {letter: copy(team) for letter, team in _standing.teams.items()}
    return replace(_standing, people=people, teams=teams, ids=dict(_standing.ids))


@pytest.fixture
def everything(request: pytest.FixtureRequest) -> bool:
    """Whether nothing is asked by turns."""
    return bool(request.config.getoption("--everything"))


@pytest.fixture
def judge(record_property: Callable[[str, object], None]) -> Callable[[int, list[str]], None]:
    """Counts cells, and fails with the first violations among them."""

    def close(cells: int, wrong: list[str]) -> None:
        record_property("access matrix, cells", cells)
        record_property("access matrix, violations", len(wrong))
        assert not wrong, f"{len(wrong)} of {cells} cells:\n" + "\n".join(wrong[:40])

    return close
