"""The periods of a project that a report can be of: quarters, half-years and years that are over, and the whole of it."""

from datetime import date, timedelta

from spean.kernel.months import last_day
from spean.programme.models import Project

LENGTHS = (12, 6, 3)
WHOLE = 1200  # longer than any of these


def periods(project: Project, today: date) -> list[tuple[date, date]]:
    """The longest first, then the newest. One in which the project began or ended is as long as the project was in it."""
    until = min(project.ends_on, today - timedelta(days=1))
    found: dict[tuple[date, date], int] = {}
    if project.ends_on <= until:
        found[project.starts_on, project.ends_on] = WHOLE
    for months in LENGTHS:
        first = date(project.starts_on.year, 1, 1)
        while first <= until:
            last = last_day(first, months)
            days = max(first, project.starts_on), min(last, project.ends_on)
            if days[0] <= days[1] <= until:
                found.setdefault(days, months)
            first = last + timedelta(days=1)
    return sorted(found, key=lambda days: (-found[days], -days[0].toordinal()))
