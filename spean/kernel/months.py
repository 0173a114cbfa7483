"""Months as a calendar has them."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def later(day: date, months: int) -> date:
    """So many months after a day, or before it; the last of a month where that month is shorter."""
    return day + relativedelta(months=months)


def last_day(first: date, months: int) -> date:
    """The last day of so many months from the first day of a month on."""
    return later(first, months) - timedelta(days=1)
