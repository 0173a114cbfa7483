"""Which services of the directory can take the person of a case: by need, home, age, sex, and how many places are free."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from spean.accounts.access import Actor
from spean.cases.enums import GoalState
from spean.cases.fitting import Fit, fits
from spean.cases.queries.care import GoalView
from spean.cases.queries.cases import CaseHead
from spean.directory.enums import Need
from spean.directory.queries import public as directory
from spean.directory.queries.free import desks_of, free_places
from spean.directory.queries.public import Help
from spean.kernel import clock
from spean.places.models import Place


@dataclass(frozen=True)
class Helper:
    """The service of a goal as the directory has it now: with its numbers, and whether a desk of here runs it."""

    help: Help
    desk: bool


def helpers_of(goals: Iterable[GoalView]) -> dict[UUID, Helper]:
    """By service, those of open goals that everybody may still read. No query where no goal has one."""
    wanted = {goal.service for goal in goals if goal.service and goal.state == GoalState.OPEN}
    if not wanted:
        return {}
    desks = desks_of(wanted)
    return {pk: Helper(found, desks.get(pk) is not None) for pk, found in directory.some(wanted).items()}


def helping(actor: Actor, need: str, head: CaseHead) -> tuple[Fit, ...]:
    """Who can take the person first, then who is asked, who is full, and who cannot, with the reason. None for no such need."""
    if need not in Need:
        return ()
    home = Place.objects.filter(pk=head.place_id) if head.place_id else Place.objects.none()
    path = home.values_list("path", flat=True).first() or ""
    near, all_ = (directory.find(directory.Wanted(need=need, path=at)).rows for at in (path, ""))
    free = free_places(actor, {one.id for one in (*near, *all_)})
    return fits(near, all_, head.facts["sex"], head.facts["age"], clock.today(), free)
