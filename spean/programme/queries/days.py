"""On which days somebody is needed at activities, as numbers only: for a calendar that says nothing else."""

from collections import Counter
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from spean.accounts import access
from spean.accounts.access import Actor
from spean.programme.activity_enums import ActivityState
from spean.programme.models import Activity, Leader, Shift

NEEDED = (ActivityState.PLANNED, ActivityState.HELD)
MOST = 1_000  # activities that one calendar tells of
EACH_DAY = timedelta(days=14)  # of what goes on for longer, the first and the last day are told


def activity_days(actor: Actor, first: date, last: date) -> dict[date, int]:
    """Per day how many activities one leads, and how many one has a shift at, if one does not lead them. Two queries at most."""
    if not access.may(actor, "activity.see"):
        return {}
    leads = Exists(Leader.objects.filter(activity=OuterRef("pk"), member=actor.id))
    rows = access.visible(actor, "activity.see", Activity.objects.filter(state__in=NEEDED, on__lte=last, until__gte=first))
    led = list(rows.filter(leads).order_by("on", "id").values_list("id", "on", "until")[:MOST])
    at = Shift.objects.filter(~Q(activity__in=[pk for pk, *_days in led]), member=actor.id, on__range=(first, last))
    seen = access.visible(actor, "activity.see", Activity.objects.filter(state__in=NEEDED))
    helped = at.filter(activity__in=seen.values("pk")).values_list("activity", "on").distinct()[:MOST]
    found = Counter(day for _activity, day in helped)
    for _pk, on, until in led:
        found.update(day for day in _told(on, until) if first <= day <= last)
    return dict(sorted(found.items()))


def _told(on: date, until: date) -> set[date]:
    if until - on > EACH_DAY:
        return {on, until}
    return {on + timedelta(days=n) for n in range((until - on).days + 1)}
