"""An event as a calendar file (iCalendar): its places and days, and the items of its programme."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from icalendar import Calendar, Event

from spean.kernel import clock
from spean.kernel.clock import PHNOM_PENH
from spean.programme.queries.events import EventPaper


def calendar_of(found: EventPaper) -> HttpResponse:
    """Where there are parts, they stand for the whole."""
    made = Calendar()
    made.add("prodid", "-//spean//events//EN")
    made.add("version", "2.0")
    for row in found.parts or (found.row,):
        where = ", ".join(filter(None, (row.venue, row.place)))
        made.add_component(_entry(row.id, row.name, where, row.on, row.until, row.starts, row.ends))
    for item in found.items:
        made.add_component(_entry(item.id, item.what, item.where, item.on, item.on, item.starts, item.ends))
    headers = {"Content-Disposition": 'inline; filename="event.ics"'}
    return HttpResponse(bytes(made.to_ical()), content_type="text/calendar; charset=utf-8", headers=headers)


def _entry(uid: UUID, words: str, where: str, on: date, until: date, starts: time | None, ends: time | None) -> Any:
    entry = Event()
    entry.add("uid", f"{uid}@spean")
    entry.add("dtstamp", clock.now())
    if starts:
        entry.add("dtstart", datetime.combine(on, starts, PHNOM_PENH))
        if ends:
            last = until if ends > starts or until > on else until + timedelta(days=1)
            entry.add("dtend", datetime.combine(last, ends, PHNOM_PENH))
    else:
        entry.add("dtstart", on)
        entry.add("dtend", until + timedelta(days=1))
    entry.add("summary", words)
    if where:
        entry.add("location", where)
    return entry
