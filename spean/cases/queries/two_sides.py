"""The way home as a partner sees it, and as its sender sees that they do: codes and days, chosen one by one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.queries import team_name
from spean.cases.models import Case, Referral, WayStep
from spean.cases.operations import two_sides
from spean.cases.queries import ways
from spean.cases.queries.ways import WayStepView, WayView
from spean.kernel.errors import NotYours


@dataclass(frozen=True)
class SharedStep:
    """One step. `owner` is a team, never a person: the partner, the sender, or another partner (`another`, without its name)."""

    id: UUID
    at: int
    name: str
    who: str
    side: str
    owner: str
    yours: bool
    another: bool
    says: bool
    state: str
    state_label: str
    due_on: date | None
    late: bool
    done_on: date | None
    waits_for: str
    waits_code: str
    first: tuple[str, ...]
    told_on: date | None  # where it stands so by this partner's word


@dataclass(frozen=True)
class SharedWay:
    """A way home on both sides; without one yet, no steps."""

    referral: UUID
    case: UUID | None  # for the sender
    sender: str
    desk: str
    until: date
    corridor: str
    crossing: str
    mode: str
    state: str
    state_label: str
    planned_for: date | None
    arrived_on: date | None
    steps: tuple[SharedStep, ...]
    done: int
    next: SharedStep | None

    def step(self, pk: UUID) -> SharedStep:
        """One of the steps of which the reader may say how it stands, or NotYours."""
        found = next((step for step in self.steps if step.id == pk and step.says), None)
        if found is None:
            raise NotYours
        return found


@dataclass(frozen=True)
class Partner:
    """A desk that sees the way home of a person today, by which referral, until when."""

    referral: UUID
    desk: UUID
    name: str
    until: date


def partners(actor: Actor, case_id: UUID) -> tuple[Partner, ...]:
    """Who sees the way of this person today. One query beside the case."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    found = two_sides.sharing(case).select_related("desk__organisation").order_by("until", "id")
    return tuple(Partner(r.id, r.desk.id, team_name(r.desk), r.until) for r in found if r.desk)


def shared(actor: Actor, pk: UUID, verb: str = "way") -> SharedWay:
    """The way of a referral, as it stands now, for who may look or, with the other verb, say how a step stands."""
    whole = Referral.objects.select_related("case__team__organisation", "desk__organisation")
    referral = access.get(actor, "referral.see", whole, pk, to=f"referral.{verb}")
    may = access.allowed(actor, "referral", ("follow", "way_step"), referral)
    if referral.desk is None:
        raise NotYours
    way = two_sides.newest(referral.case)
    view = ways.view(way) if way else None
    rows = {row.id: row for row in way.steps.all()} if way else {}
    says = "way_step" in may and view is not None and view.state != "stopped"
    steps = tuple(_step(step, rows[step.id], referral, says=says) for step in view.steps) if view else ()
    return _way(referral, view, steps, sent="follow" in may)


def _way(r: Referral, view: WayView | None, steps: tuple[SharedStep, ...], *, sent: bool) -> SharedWay:
    first = view.next.id if view and view.next else None
    return SharedWay(
        referral=r.id,
        case=r.case_id if sent else None,
        sender=team_name(r.case.team),
        desk=team_name(r.desk),
        until=r.until,
        corridor=view.corridor if view else "",
        crossing=view.crossing if view else "",
        mode=view.mode if view else "",
        state=view.state if view else "",
        state_label=view.state_label if view else "",
        planned_for=view.planned_for if view else None,
        arrived_on=view.arrived_on if view else None,
        steps=steps,
        done=view.done if view else 0,
        next=next((step for step in steps if step.id == first), None),
    )


def _step(s: WayStepView, row: WayStep, r: Referral, *, says: bool) -> SharedStep:
    yours = s.desk_id is not None and s.desk_id == r.desk_id
    another = s.desk_id is not None and not yours
    ours = not s.desk_id and (s.owner_id is not None or s.side == "here")
    return SharedStep(
        id=s.id,
        at=s.at,
        name=s.name,
        who=s.who,
        side=s.side,
        owner=s.desk if yours else team_name(r.case.team) if ours else "",
        yours=yours,
        another=another,
        says=says and two_sides.takes(row, row.way, r.desk_id),
        state=s.state,
        state_label=s.state_label,
        due_on=s.due_on,
        late=s.late,
        done_on=s.done_on,
        waits_for=s.waits_for,
        waits_code=s.waits_code,
        first=s.first,
        told_on=s.told_on if row.told_by_id == r.desk_id else None,
    )
