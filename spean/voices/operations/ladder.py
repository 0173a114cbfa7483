"""The ladder: an issue that is not answered is reminded, then climbs; by rule, by the office, or by the team."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.enums import OrganisationKind
from spean.accounts.models import Organisation
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid
from spean.privacy import audit
from spean.voices import enums, rungs
from spean.voices.deadlines import days_for
from spean.voices.enums import Days, IssueState, Level, StepKind, Why
from spean.voices.models import Answer, Deadline, Issue, IssueAvoid
from spean.voices.operations.moving import find, move, step, tell

CHUNK = 200
MOST_DAYS = 730
#: why the rule sends up an issue that is in this state on its day
RULE = {
    IssueState.RAISED: Why.NO_ANSWER,
    IssueState.DECLINED: Why.REFUSED,
    IssueState.COMMITTED: Why.BROKEN,
    IssueState.CONTESTED: Why.CONTESTED,
}
_NOBODY = _("No level above can be asked. Say why it cannot be done; the village hears it.")


@transaction.atomic
def lift(actor: Actor, issue_id: UUID, *, why_not: str, what: str, by: str = "lift") -> None:
    """The office cannot act: its reason is kept, and the next level is asked at once. `by` as in `answers.commit`."""
    issue = find(actor, issue_id, by)
    tried = rungs.climb(issue, rungs.levels_above(issue))
    if not tried or tried[-1].committee is None:
        raise Conflict(_NOBODY)
    Answer.objects.create(
        issue=issue,
        position=issue.answers.count(),
        committee_id=issue.committee_id,  # type: ignore[misc]  # raised issues have one
        kind=enums.AnswerKind.CANNOT,
        what=what,
        why_not=why_not,
        given_on=clock.today(),
        given_by_id=actor.id,
    )
    _take(actor, issue, tried, Why.CANNOT_ACT)


@transaction.atomic
def escalate(actor: Actor, issue_id: UUID) -> None:
    """The team sends up what an office refused or the community contests, without waiting for the rule."""
    issue = find(actor, issue_id, "escalate")
    tried = rungs.climb(issue, rungs.levels_above(issue))
    if not tried or tried[-1].committee is None:
        raise Conflict(_("No level above can be asked. Invite the next committee, or mark that the issue crosses a border."))
    _take(actor, issue, tried, Why.ASKED_BY_TEAM)


@transaction.atomic
def avoid(actor: Actor, issue_id: UUID, level: str) -> None:
    """An official of this level is complained of: it is not asked, and does not see the issue from now on. Twice is once."""
    issue = find(actor, issue_id, "avoid")
    if level not in Level.values:
        raise Invalid({"level": _("Choose one of the answers.")})
    if not IssueAvoid.objects.get_or_create(issue=issue, level=level, defaults={"on": clock.today()})[1]:
        return
    audit.record(actor, "issue.avoid", issue, org=issue.organisation_id, reason=level)
    if issue.level == level and issue.state in enums.ISSUE_MOVES["escalate"][0]:
        _climb(actor, issue, Why.COMPLAINED_OF)
    tell(issue)


@transaction.atomic
def across_border(actor: Actor, issue_id: UUID) -> None:
    """The issue crosses a border: above the nation, the regional and the international level may be asked. Twice is once."""
    issue = find(actor, issue_id, "border")
    if issue.crosses_border:
        return
    issue.crosses_border = True
    if issue.climbs_on is None and issue.state in enums.ISSUE_MOVES["escalate"][0]:
        issue.climbs_on = clock.today()
    issue.save(update_fields=["crosses_border", "climbs_on"])
    audit.record(actor, "issue.border", issue, org=issue.organisation_id)


@transaction.atomic
def reopen(actor: Actor, issue_id: UUID) -> None:
    """What was confirmed has come back: the same committee is asked again, with a new day."""
    issue = find(actor, issue_id, "reopen")
    _ask(issue)
    move(issue, "reopen", kind=StepKind.REOPENED, level=issue.level, committee=issue.committee)
    audit.record(actor, "issue.reopen", issue, org=issue.organisation_id)


@transaction.atomic
def set_deadline(actor: Actor, organisation: UUID, level: str, days: Days) -> None:
    """The days that an organisation gives to a level, for what is raised from now on."""
    owner = access.get(actor, "organisation.see", Organisation.objects.all(), organisation, to="deadline.set")
    if level not in Level.values:
        raise Invalid({"level": _("Choose one of the answers.")})
    if not 1 <= days.answer <= MOST_DAYS or not 1 <= days.grace <= MOST_DAYS:
        raise Invalid({"answer": _("Between 1 and 730 days.")})
    if not 0 <= days.remind < days.answer:
        raise Invalid({"remind": _("The reminder comes before the answer is due.")})
    Deadline.objects.update_or_create(
        organisation=owner,
        level=level,
        defaults={"answer_days": days.answer, "remind_days": days.remind, "grace_days": days.grace},
    )
    audit.record(actor, "deadline.set", owner, org=owner.id, reason=f"{level}.{days.answer}.{days.remind}.{days.grace}")


def begin(issue: Issue, committee: Organisation) -> list[rungs.Rung]:
    """Put an issue before its first committee; returns the levels passed over on the way. Inside `raise_issue` only."""
    issue.committee, issue.level = committee, rungs.LEVEL_OF_KIND[OrganisationKind(committee.kind)]
    issue.raised_on = clock.today()
    _ask(issue)
    below = [level for level in rungs.rungs_from(issue, Level.COMMUNE) if list(Level).index(level) < _index(issue.level)]
    return rungs.climb(issue, below) if below else []


def _index(level: str) -> int:
    return list(Level).index(Level(level))


def _ask(issue: Issue) -> None:
    """The time of the committee that is asked now begins."""
    issue.asked_on, issue.reminded_on = clock.today(), None
    issue.due_on = clock.today() + timedelta(days=days_for(issue.organisation_id, issue.level).answer)
    issue.climbs_on = issue.due_on + timedelta(days=1)


def waits_until(issue: Issue, verb: str) -> None:
    """Set the day of the rule after an office's answer or the community's word. Inside `answers` only."""
    grace = timedelta(days=days_for(issue.organisation_id, issue.level).grace)
    if verb == "commit" and issue.due_on:
        issue.climbs_on, issue.reminded_on = issue.due_on + grace, None
    elif verb in {"decline", "contest"}:
        issue.climbs_on = clock.today() + grace
    else:
        issue.climbs_on = None


def day() -> tuple[int, int]:
    """What the ladder does once a day: (reminded, sent up). Each issue is a transaction of its own; twice is once."""
    return sum(1 for _i in _reminders()), sum(1 for _i in _climbs())


def _reminders() -> Iterator[UUID]:
    """Remind the offices whose answer or promise is due soon, or is overdue and still waits."""
    waiting = Q(state__in=(IssueState.RAISED, IssueState.COMMITTED), reminded_on=None, due_on__isnull=False)
    for issue_id in _each(waiting & _due_for_a_reminder(), "due_on"):
        if _remind(issue_id):
            yield issue_id


def _due_for_a_reminder() -> Q:
    """The issues that some organisation's days could have reminded today; each is judged by its own."""
    own = dict(Deadline.objects.values("level").annotate(most=Max("remind_days")).values_list("level", "most"))
    due = Q(pk__in=[])
    for level, days in enums.DEADLINES.items():
        soon = timedelta(days=max(days.remind, own.get(level.value, 0)))
        due |= Q(level=level, due_on__lte=clock.today() + soon)
    return due


@transaction.atomic
def _remind(issue_id: UUID) -> bool:
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue_id)
    waits = issue.state in (IssueState.RAISED, IssueState.COMMITTED) and issue.reminded_on is None and issue.due_on
    if not waits or not issue.level:
        return False
    if clock.today() < issue.due_on - timedelta(days=days_for(issue.organisation_id, issue.level).remind):  # type: ignore[operator]
        return False
    issue.reminded_on = clock.today()
    issue.save(update_fields=["reminded_on"])
    step(issue, kind=StepKind.REMINDED, level=issue.level, committee=issue.committee, by_rule=True)
    audit.record(SYSTEM, "issue.remind", issue, org=issue.organisation_id)
    return True


def _climbs() -> Iterator[UUID]:
    for issue_id in _each(Q(climbs_on__lte=clock.today()), "climbs_on"):
        if climb_by_rule(issue_id):
            yield issue_id


@transaction.atomic
def climb_by_rule(issue_id: UUID) -> bool:
    """Send one issue up if its day has come; whether it was. For the daily round."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue_id)
    if issue.climbs_on is None or issue.climbs_on > clock.today():
        return False
    why = RULE.get(IssueState(issue.state))
    if why is None:
        issue.climbs_on = None
        issue.save(update_fields=["climbs_on"])
        return False
    return _climb(SYSTEM, issue, why)


def _climb(actor: Any, issue: Issue, why: str) -> bool:
    """Up to the next level that can be asked; at the top it stays, which is written once."""
    tried = rungs.climb(issue, rungs.levels_above(issue))
    if tried and tried[-1].committee is not None:
        _take(actor, issue, tried, why)
        return True
    issue.climbs_on = None
    issue.save(update_fields=["climbs_on"])
    step(issue, kind=StepKind.TOP, level=issue.level, committee=issue.committee, why=why, by_rule=actor is SYSTEM)
    audit.record(actor, "issue.top", issue, org=issue.organisation_id, reason=why)
    return False


def _take(actor: Any, issue: Issue, tried: list[rungs.Rung], why: str) -> None:
    """Ask the committee of the last rung; the rungs passed over are written down with their reason."""
    *passed, last = tried
    pass_over(issue, passed)
    if last.committee is None:
        raise Conflict
    issue.committee, issue.level = last.committee, last.level
    _ask(issue)
    move(issue, "escalate", kind=StepKind.ESCALATED, level=last.level, committee=last.committee, why=why, by_rule=actor is SYSTEM)
    audit.record(actor, "issue.escalate", issue, org=issue.organisation_id, reason=f"{last.level}.{why}")


def pass_over(issue: Issue, passed: list[rungs.Rung]) -> None:
    """Write down the levels that were not asked, each once. Inside an operation only."""
    known = set(issue.steps.filter(kind=StepKind.SKIPPED).values_list("level", "why"))
    for rung in passed:
        if rung.committee is None and (rung.level.value, str(rung.why)) not in known:
            step(issue, kind=StepKind.SKIPPED, level=rung.level, why=rung.why)


def _each(where: Q, by: str) -> Iterator[UUID]:
    """The ids of the issues, a chunk at a time, so that a country of them needs no memory."""
    last: tuple[Any, UUID] | None = None
    while True:
        found = Issue.objects.filter(where)
        if last is not None:
            found = found.filter(Q(**{f"{by}__gt": last[0]}) | Q(**{by: last[0]}, pk__gt=last[1]))
        rows = list(found.order_by(by, "pk").values_list(by, "pk")[:CHUNK])
        yield from (pk for _day, pk in rows)
        if len(rows) < CHUNK:
            return
        last = rows[-1]
