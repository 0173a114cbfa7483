"""The small town of `town.py`, made anew for each test."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from town import Town


@pytest.fixture
def town(db: None) -> "Town":
    """Places, organisations, people and their keys."""
    from town import make_town

    return make_town()


@pytest.fixture
def many_town(transactional_db: None) -> "Town":
    """The small town, really committed: for several threads at once."""
    from town import make_town

    return make_town()
