"""A private calendar: days with how many things are due, no names, no places, nobody's words. And e-mails of the same kind."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from spean.accounts import operations
from spean.accounts.enums import Digest
from spean.accounts.models import User
from spean.accounts.queries import actor_for
from spean.kernel import clock
from spean.kernel.text import khmer_digits
from spean.programme.queries.days import activity_days
from spean.voices.queries.due import AHEAD, BEHIND, due_days, due_now

WEEK = timedelta(days=7)


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of who holds this address. A wrong one is not found."""
    user = operations.owner_of(token)
    if user is None:
        raise Http404
    with translation.override(user.language):
        body = _calendar(user)
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="calendar.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(user: User) -> bytes:
    actor, today = actor_for(user), clock.today()
    found = due_days(actor)
    made = Calendar()
    made.add("prodid", "-//calendar//EN")
    made.add("version", "2.0")
    for day, count in found.due.items():
        made.add_component(_event(user, "due", day, _due(count)))
    for day, count in found.meetings.items():
        made.add_component(_event(user, "meeting", day, _met(count)))
    for day, count in activity_days(actor, today - BEHIND, today + AHEAD).items():
        made.add_component(_event(user, "activity", day, _needed(count)))
    return bytes(made.to_ical())


def _event(user: User, kind: str, day: date, words: str) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{user.feed_hash}.{kind}.{day.isoformat()}")))
    event.add("dtstamp", clock.now())
    event.add("dtstart", day)
    event.add("summary", words)
    event.add("transp", "TRANSPARENT")
    return event


def _shown(count: int) -> str:
    return khmer_digits(str(count)) if translation.get_language() == "km" else str(count)


def _due(count: int) -> str:
    return ngettext("%(n)s thing is due", "%(n)s things are due", count) % {"n": _shown(count)}


def _met(count: int) -> str:
    return ngettext("%(n)s meeting", "%(n)s meetings", count) % {"n": _shown(count)}


def _needed(count: int) -> str:
    return ngettext("%(n)s activity", "%(n)s activities", count) % {"n": _shown(count)}


def send_digests() -> int:
    """Send each person who wants it one e-mail that says how much is due; returns how many. Once a day, twice is once."""
    return sum(_send(user) for user in _wanting())


def _wanting() -> Iterator[User]:
    today = clock.today()
    wanted = User.objects.filter(is_active=True).exclude(digest=Digest.NONE).exclude(email="").exclude(digest_on=today)
    for user in wanted.order_by("pk").iterator(chunk_size=200):
        if user.digest == Digest.DAILY or user.digest_on is None or user.digest_on <= today - WEEK:
            yield user


def _send(user: User) -> int:
    count = due_now(actor_for(user))
    if not count:
        return 0
    with translation.override(user.language):
        send_mail(_("A reminder"), f"{_due(count)}.\n\n{_('Sign in where you always do.')}\n", None, [user.email])
    User.objects.filter(pk=user.pk).update(digest_on=clock.today())
    return 1
