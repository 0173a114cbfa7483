"""How an issue is found for a change, moved, written on its ladder, and given a concern. For operations only."""

from typing import Any
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Conflict, NotYours
from spean.privacy import audit
from spean.voices import enums
from spean.voices.models import Concern, Issue, IssueConcern, Step
from spean.voices.signals import issue_moved


def find(actor: Actor, issue_id: UUID, verb: str) -> Issue:
    """The issue, locked for the change `verb`, or the refusal that fits."""
    return access.get(actor, "issue.see", Issue.objects.select_for_update(of=("self",)), issue_id, to=f"issue.{verb}")


def move(issue: Issue, verb: str, **more: Any) -> None:
    """Enter the next state of MOVES, save the issue, write its step (`more` is what it says), tell who listens.

    Inside an operation only.
    """
    states, to = enums.ISSUE_MOVES[verb]
    if issue.state not in states:
        raise Conflict
    issue.state = to
    issue.moved_on = clock.today()
    issue.save()
    step(issue, **more)
    tell(issue)


def tell(issue: Issue) -> None:
    """Tell who publishes that the public words of an issue may have changed; in the same transaction."""
    issue_moved.send(sender=Issue, issue=issue.pk)


def step(issue: Issue, **more: Any) -> None:
    """Write the present state on the issue's ladder, with what else is said of the step."""
    Step.objects.create(issue=issue, position=issue.steps.count(), state=issue.state, on=clock.today(), **more)


def take_in(actor: Actor, concern_id: UUID, issue: Issue) -> None:
    """Make a concern part of an issue of the same team; one that left before comes back. Twice is once."""
    concern = access.get(actor, "concern.see", Concern.objects.select_for_update(of=("self",)), concern_id)
    if concern.team_id != issue.team_id:
        raise NotYours
    known = IssueConcern.objects.filter(issue=issue, concern=concern).first()
    if known and known.left_on is None:
        return
    access.require(actor, "concern.join", concern)
    if known:
        known.left_on = None
        known.save(update_fields=["left_on"])
    else:
        IssueConcern.objects.create(issue=issue, concern=concern, joined_by_id=actor.id, on=clock.today())
    concern.state = enums.CONCERN_MOVES["join"][1]
    concern.moved_on = clock.today()
    concern.save(update_fields=["state", "moved_on"])
    audit.record(actor, "concern.join", concern, org=issue.organisation_id, reason=str(issue.id))
