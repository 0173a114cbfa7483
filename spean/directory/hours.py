"""When somebody answers: hours of a week, each in the time of its own country."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from spean.directory.enums import Day

MIDNIGHT = 24 * 60
DAYS = tuple(Day)
#: one zone for each country of the directory; a country that has several uses its capital's
ZONES = {
    "KH": "Asia/Phnom_Penh", "TH": "Asia/Bangkok", "VN": "Asia/Ho_Chi_Minh", "LA": "Asia/Vientiane", "MM": "Asia/Yangon",
    "MY": "Asia/Kuala_Lumpur", "SG": "Asia/Singapore", "ID": "Asia/Jakarta", "PH": "Asia/Manila", "CN": "Asia/Shanghai",
    "HK": "Asia/Hong_Kong", "TW": "Asia/Taipei", "KR": "Asia/Seoul", "JP": "Asia/Tokyo", "KW": "Asia/Kuwait",
    "QA": "Asia/Qatar", "SA": "Asia/Riyadh", "AE": "Asia/Dubai",
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Span:
    """From one minute of a day until another; never over midnight."""

    day: str
    opens: int
    closes: int


def spans(days: Iterable[str], opens: int, closes: int) -> tuple[Span, ...]:
    """The hours of these days. What goes over midnight ends on the next day: 20:00 to 06:00 are two spans."""
    found: list[Span] = []
    for day in days:
        if opens < closes:
            found.append(Span(day, opens, closes))
            continue
        found.append(Span(day, opens, MIDNIGHT))
        if closes:
            found.append(Span(DAYS[(DAYS.index(Day(day)) + 1) % len(DAYS)], 0, closes))
    return tuple(sorted(found, key=lambda span: (DAYS.index(Day(span.day)), span.opens)))


def always() -> tuple[Span, ...]:
    """Day and night."""
    return spans(DAYS, 0, MIDNIGHT)


def moment_in(zone: str, now: datetime) -> tuple[str, int]:
    """(day, minute) there at this moment."""
    there = now.astimezone(ZoneInfo(zone))
    return DAYS[there.weekday()].value, there.hour * 60 + there.minute


def is_open(hours: Iterable[Span], zone: str, now: datetime) -> bool:
    """Whether somebody answers at this moment."""
    day, minute = moment_in(zone, now)
    return any(span.day == day and span.opens <= minute < span.closes for span in hours)


def written(minute: int) -> str:
    """08:30; midnight at the end of a day is 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
