"""A volunteer's month: what is hoped for beside what was done, and what waits for them; put together of three apps."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.accounts.models import User
from spean.accounts.queries import actor_for
from spean.cases.queries import visits
from spean.kernel import clock
from spean.kernel.months import first_day, later
from spean.programme.queries import volunteers as queries
from spean.programme.queries.volunteers import VolunteerPage
from spean.voices.queries import volunteering

LABELS = {
    "sessions": _("Sessions held"),
    "contacts": _("Contacts there"),
    "visits": _("Visits told of"),
    "reports": _("Reports sent"),
}


@dataclass(frozen=True)
class Count:
    """One number, and what was hoped for; 0 for nothing agreed."""

    name: str
    label: Any
    done: int
    hoped: int


@dataclass(frozen=True)
class Month:
    """A month of one volunteer. What waits is told only where `whole` is."""

    first: date
    before: date
    after: date | None
    counts: tuple[Count, ...]
    whole: bool
    cards: int = 0
    to_read_back: int = 0


def month_of(text: str) -> date:
    """The first day of a month like 2014-12; this month for what is none, or is to come."""
    this = clock.today().replace(day=1)
    return min(first_day(text) or this, this)


def month(found: VolunteerPage, first: date, *, whole: bool) -> Month:
    """`whole` for themselves and the supervisors of the team: reports and visits say something of a village."""
    following = later(first, 1)
    done, hoped = queries.work(found.user, first, following), queries.goal(found.row.id, first)
    numbers = {"sessions": done.sessions, "contacts": done.contacts}
    cards = to_read_back = 0
    if whole:
        who = actor_for(User.objects.get(pk=found.user))
        numbers["visits"], cards = visits.numbers(who, first, following)
        numbers["reports"], to_read_back = volunteering.numbers(who, first, following)
    counts = tuple(Count(name, LABELS[name], n, getattr(hoped, name) or 0) for name, n in numbers.items())
    return Month(first, later(first, -1), following if following <= clock.today() else None, counts, whole, cards, to_read_back)
