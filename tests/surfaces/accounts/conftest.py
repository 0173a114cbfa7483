"""A house for each test, and no memory of earlier attempts."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from collections.abc import Iterator

    from accounts.house import House


@pytest.fixture(autouse=True)
def _forget_attempts() -> "Iterator[None]":
    from django.core.cache import cache
    from django.utils import translation

    from spean.kernel.memory import memory

    cache.clear()
    memory().forget()
    with translation.override("en"):
        yield


@pytest.fixture
def house(db: None) -> "House":
    """One organisation and its people."""
    from accounts.house import a_house

    return a_house()
