"""A browser without a script, and a team that can read."""

import uuid
from collections.abc import Callable
from typing import Any

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


@pytest.fixture
def library(places: None) -> None:
    from spean.library.operations.loading import load

    load()


@pytest.fixture
def checked(library: None, django_user_model: Any) -> None:
    """As if somebody had checked everything."""
    from spean.kernel.claims import ClaimState
    from spean.library.models import Fact

    person = django_user_model.objects.create(username="checker", name="C")
    Fact.objects.update(state=ClaimState.VERIFIED, checked_by=person, checked_on="2026-11-20", valid_until="2027-05-01")
