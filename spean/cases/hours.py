"""A time that ends by itself, kept as a day and an hour: of when one of us acted, never of the person. Pure."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from spean.kernel import clock


def until(lasts: timedelta) -> tuple[date, int]:
    """The day and hour in which it ends: counted from the beginning of this hour, so that it is never longer."""
    end = clock.now().astimezone(clock.PHNOM_PENH) + lasts
    return end.date(), end.hour


def moment(on: date, hour: int) -> datetime:
    """When that is."""
    return datetime.combine(on, time(hour), clock.PHNOM_PENH)


def running() -> Q:
    """Of rows with `ends_on` and `ends_hour`: those whose time is not over."""
    now = clock.now().astimezone(clock.PHNOM_PENH)
    return Q(ends_on__gt=now.date()) | Q(ends_on=now.date(), ends_hour__gt=now.hour)
