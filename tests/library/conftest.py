"""The files' facts, and the small town's people."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from town import Town


@pytest.fixture
def town(db: None) -> "Town":
    from town import make_town

    from spean.library.operations.loading import load

    made = make_town()
    load()
    return made
