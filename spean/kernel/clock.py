"""The only clock: everything asks it, so that a test can live three years in a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
_fixed: ContextVar[datetime | None] = ContextVar("spean_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """The present day in Phnom Penh."""
    return now().astimezone(PHNOM_PENH).date()


def midnight() -> datetime:
    """When the present day began in Phnom Penh, which knows no summer time."""
    return datetime.combine(today(), time.min, PHNOM_PENH)


def until_tomorrow() -> int:
    """The seconds that are left of the present day, one minute at least."""
    return max(60, round((midnight() + timedelta(days=1) - now()).total_seconds()))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block it is `moment` (aware)."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
