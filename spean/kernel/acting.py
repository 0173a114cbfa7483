"""For whom the database is asked just now: a person, who holds one packet, the house itself, or nobody.

PostgreSQL is told before it is asked (`kernel/postgresql`) and shows the rows of that somebody's organisations alone. Nobody
sees nothing. SQLite is not told. See docs/decisions/0032.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

NOBODY, HOUSE = "", "house"
_who: ContextVar[str] = ContextVar("spean_acting", default=NOBODY)


def now() -> str:
    """For whom, as PostgreSQL is told."""
    return _who.get()


@contextmanager
def nobody() -> Iterator[None]:
    """As every request begins; whoever it becomes goes with its end."""
    with _as(NOBODY):
        yield


def become(person: UUID) -> None:
    """Who asks is known now: until the end of what `nobody` began."""
    _who.set(str(person))


@contextmanager
def holder(referral: UUID) -> Iterator[None]:
    """Somebody without an account who has shown link and code: of one referral, and nothing else."""
    with _as(f"referral:{referral}"):
        yield


@contextmanager
def across(case: UUID) -> Iterator[None]:
    """For one case of others, after the rule has allowed it: what a partner says is written where the sender looks."""
    with _as(f"case:{case}"):
        yield


@contextmanager
def house() -> Iterator[None]:
    """The house itself, which sees every row: for an operator's commands and background tasks alone (tests/test_layers.py)."""
    with _as(HOUSE):
        yield


@contextmanager
def _as(who: str) -> Iterator[None]:
    before = _who.set(who)
    try:
        yield
    finally:
        _who.reset(before)
