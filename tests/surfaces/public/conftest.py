"""A browser without a script, and a team that can read."""

import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import factories


@pytest.fixture(autouse=True)
def _fresh_allowance() -> None:
    from spean.kernel.memory import memory

    memory().forget()


@pytest.fixture
def places(db: None) -> None:
    factories.load_places()


@pytest.fixture
def readers(places: None) -> factories.ReportTeam:
    return factories.report_team()


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=True)


@pytest.fixture
def send(visitor: Client, readers: factories.ReportTeam) -> Callable[..., HttpResponse]:
    """Sends a report; keywords replace fields."""

    def sending(language: str = "en", **fields: object) -> HttpResponse:
        data = {"sent_id": str(uuid.uuid4()), "told": "A broker took 500 dollars.", "send": "1", **fields}
        return visitor.post(f"/{language}/report/", data)

    return sending
