"""The flood lane: reports that wait under review are let through to the queue, or set aside with a reason. None is deleted."""

from uuid import UUID

from django.db import transaction

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import NotYours
from spean.privacy import audit
from spean.voices import enums
from spean.voices.enums import CONCERN_MOVES, ConcernState
from spean.voices.models import Concern

GROUP = "voices.alike"  # what the trail calls reports with the same words


@transaction.atomic
def release(actor: Actor, concern_id: UUID) -> None:
    """Let one report through: it is new, as if it had just come."""
    _move(actor, concern_id, "release")


@transaction.atomic
def set_aside(actor: Actor, concern_id: UUID, reason: str) -> None:
    """Set one report aside. It is kept; the person can still add to it, and then it is looked at again."""
    _move(actor, concern_id, "set_aside", enums.AsideFor(reason))


def _move(actor: Actor, concern_id: UUID, verb: str, reason: str = "") -> None:
    concerns = Concern.objects.select_for_update(of=("self",))
    concern = access.get(actor, "concern.see", concerns, concern_id, to=f"concern.{verb}")
    concern.state, concern.moved_on, concern.aside_for = CONCERN_MOVES[verb][1], clock.today(), reason
    concern.save(update_fields=["state", "moved_on", "aside_for"])
    audit.record(actor, f"concern.{verb}", concern, org=concern.team.organisation_id, reason=reason)


@transaction.atomic
def release_group(actor: Actor, alike: UUID) -> int:
    """Let all reports with the same words through; returns how many. In the queue they are one row."""
    return _move_group(actor, alike, "release", CONCERN_MOVES["release"][0])


@transaction.atomic
def set_aside_group(actor: Actor, alike: UUID, reason: str) -> int:
    """Set aside all reports with the same words that wait under review; returns how many."""
    return _move_group(actor, alike, "set_aside", frozenset({ConcernState.HELD}), enums.AsideFor(reason))


def _move_group(actor: Actor, alike: UUID, verb: str, leaves: frozenset[str], reason: str = "") -> int:
    """One line of the trail for each team, with the number: five thousand equal lines would bury the others."""
    group = access.visible(actor, f"concern.{verb}", Concern.objects.filter(alike=alike, state__in=leaves))
    if not access.visible(actor, "concern.see", Concern.objects.filter(alike=alike)).exists():
        raise NotYours
    moved = 0
    teams = group.order_by().values_list("team", "team__organisation").distinct()
    for team, org in list(teams):
        values = {"state": CONCERN_MOVES[verb][1], "moved_on": clock.today(), "aside_for": reason}
        count = group.filter(team=team).update(**values)
        audit.record(actor, f"concern.{verb}", (GROUP, alike), org=org, reason=f"{reason or 'group'}.{count}")
        moved += count
    return moved
