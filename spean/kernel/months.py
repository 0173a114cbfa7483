"""Months as a calendar has them."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

#: no month that somebody plans or looks back on is before or after these years
YEARS = range(1950, 2151)


def first_day(month: str) -> date | None:
    """The first day of a month like 2014-12 that an address holds; None for what is none."""
    try:
        found = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return found if found.year in YEARS else None


def later(day: date, months: int) -> date:
    """So many months after a day, or before it; the last of a month where that month is shorter."""
    return day + relativedelta(months=months)


def last_day(first: date, months: int) -> date:
    """The last day of so many months from the first day of a month on."""
    return later(first, months) - timedelta(days=1)
