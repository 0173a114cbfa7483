"""Pages that only tell: the first one, what is kept and who can read it, and the neutral page of the quick exit."""

import calendar as months

from babel.dates import format_date, get_day_names
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from spean.kernel import clock
from spean.kernel.text import khmer_digits
from spean.surfaces.pages import page
from spean.surfaces.public.doors import public_page


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and what one can do."""
    return page(request, "public/home.html")


@public_page()
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, who can read it, and what nobody can protect against."""
    return page(request, "public/privacy.html")


@public_page()
def calendar(request: HttpRequest) -> HttpResponse:
    """The neutral page: this month. It tells nothing about where the reader came from."""
    today, language = clock.today(), get_language() or "km"
    locale = "km" if language == "km" else "en_GB"
    shown = khmer_digits if language == "km" else str
    names = get_day_names("abbreviated", locale=locale)
    weeks = [
        [{"day": shown(str(day)) if day else "", "today": day == today.day} for day in week]
        for week in months.monthcalendar(today.year, today.month)
    ]
    response = page(
        request,
        "public/calendar.html",
        month=shown(format_date(today, "MMMM y", locale=locale)),
        today=shown(format_date(today, "EEEE d MMMM y", locale=locale)),
        day_names=[names[n] for n in range(7)],
        weeks=weeks,
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
