"""The public page of an event: what, where, when, and its programme. No figure stands there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from spean.programme.queries import events as queries
from spean.surfaces.event_calendar import calendar_of
from spean.surfaces.pages import page
from spean.surfaces.public.doors import public_page


@public_page()
def event(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One event that its organisation shows to everybody."""
    return page(request, "public/event.html", found=queries.public_event(pk))


@public_page()
def calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its days and programme for a calendar."""
    return calendar_of(queries.public_event(pk))
