"""A keystore of its own for each test, and a small organisation of people with keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from collections.abc import Callable
    from pathlib import Path

    from spean.privacy.keys import KeyRing

PASSWORD = "four words nobody joins"


@dataclass
class House:
    """An organisation with one team; `first` made its key, `second` was given it, `outsider` only has keys."""

    org: UUID
    team: UUID
    first: KeyRing
    second: KeyRing
    outsider: KeyRing


def person() -> KeyRing:
    """Somebody new, unlocked."""
    from spean.privacy import keys

    user = uuid4()
    keys.make_user_keys(user, PASSWORD)
    ring = keys.unlock(user, PASSWORD)
    assert ring is not None
    return ring


@pytest.fixture(autouse=True)
def own_keystore(settings: Any, tmp_path: Path) -> Path:
    """No test reads another's keystore."""
    settings.KEYSTORE_DIR = tmp_path / "keystore"
    settings.SPEAN_ARGON2 = (1, 64)
    return settings.KEYSTORE_DIR


@pytest.fixture
def new_person(db: None) -> Callable[[], KeyRing]:
    """Makes people."""
    return person


@pytest.fixture
def house(db: None) -> House:
    """An organisation at work."""
    from spean.privacy import keys

    org, team = uuid4(), uuid4()
    first, second, outsider = person(), person(), person()
    keys.certify_user(first, org, first.user)
    keys.certify_user(first, org, second.user)
    keys.make_team_key(first, org, team)
    keys.grant_team(first, org, team, second.user)
    return House(org, team, first, second, outsider)
