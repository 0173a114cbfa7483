"""What is due for a person, as days and numbers only: for calendars and e-mails that say nothing else."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.kernel import clock
from spean.voices.enums import IssueState, MeetingState
from spean.voices.models import Issue, Meeting

AHEAD, BEHIND = timedelta(days=370), timedelta(days=60)
#: whose work a due day is: the office that is asked, and the team that asks
_WORK = (Role.FOCAL_PERSON, Role.CASE_WORKER, Role.SUPERVISOR, Role.PROGRAMME_MANAGER)


@dataclass(frozen=True)
class DueDays:
    """How many answers or promises are due on each day, and how many meetings there are."""

    due: dict[date, int]
    meetings: dict[date, int]


def due_days(actor: Actor) -> DueDays:
    """The days around today. Two queries."""
    first, last = clock.today() - BEHIND, clock.today() + AHEAD
    due: Counter[date] = Counter()
    if actor.has(*_WORK):
        due.update(d for d in _waiting(actor, Q(due_on__gte=first, due_on__lte=last)).values_list("due_on", flat=True) if d)
    planned = access.visible(
        actor, "meeting.see", Meeting.objects.filter(state=MeetingState.PLANNED, on__gte=first, on__lte=last)
    )
    return DueDays(dict(sorted(due.items())), dict(sorted(Counter(planned.values_list("on", flat=True)).items())))


def due_now(actor: Actor, *, within_days: int = 7) -> int:
    """How many answers and promises are overdue or due soon, and things to read back."""
    count = 0
    if actor.has(*_WORK):
        count += _waiting(actor, Q(due_on__lte=clock.today() + timedelta(days=within_days))).count()
    if actor.has(Role.VOLUNTEER):
        count += access.visible(actor, "issue.confirm", Issue.objects.all()).count()
    return count


def _waiting(actor: Actor, when: Q) -> QuerySet[Issue]:
    issues = Issue.objects.filter(when, state__in=(IssueState.RAISED, IssueState.COMMITTED))
    return access.visible(actor, "issue.see", issues)
