"""What tests of several pages of the desk share."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from spean.kernel import clock


@pytest.fixture
def in_2014() -> Iterator[None]:
    """A morning in December 2014, when a project of three years nears its end."""
    with clock.at(datetime(2014, 12, 1, 3, tzinfo=UTC)):
        yield
