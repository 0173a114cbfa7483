"""Ways home: where they stand, step by step, who does what, what waits for what. Counted facts only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.queries import team_name
from spean.cases import corridors, way_enums
from spean.cases.models import Case, WayHome, WayStep
from spean.cases.way_enums import StepState
from spean.checks.wording import Both
from spean.kernel import clock
from spean.kernel.errors import NotYours
from spean.kernel.paging import in_language


@dataclass(frozen=True)
class WayStepView:
    """One step. `who` is the authority that does it in this corridor, `owner` one of us; `first` are the steps it waits for."""

    id: UUID
    at: int
    name: str
    who: str
    side: str
    state: str
    state_label: str
    owner: str
    owner_id: UUID | None
    desk: str  # or a partner who sees the way
    desk_id: UUID | None
    due_on: date | None
    late: bool
    done_on: date | None
    done_by: str
    waits_for: str
    waits_code: str
    first: tuple[str, ...]
    told_by: str  # the partner by whose word it stands so
    told_on: date | None


@dataclass(frozen=True)
class WayView:
    """One way home. `next` is the first step that nothing holds up; `moves` is what may be done with it now."""

    id: UUID
    corridor: str
    crossing: str
    mode: str
    mode_code: str
    state: str
    state_label: str
    made_on: date
    planned_for: date | None
    arrived_on: date | None
    steps: tuple[WayStepView, ...]
    done: int
    next: WayStepView | None
    moves: frozenset[str]
    readable: bool

    def step(self, pk: UUID) -> WayStepView:
        """One of its steps, or NotYours."""
        found = next((step for step in self.steps if step.id == pk), None)
        if found is None:
            raise NotYours
        return found


def ways(actor: Actor, case_id: UUID) -> tuple[WayView, ...]:
    """Those of one case, the one under way first. Three queries."""
    return ways_of(access.get(actor, "case.see", Case.objects.all(), case_id))


def ways_of(case: Case) -> tuple[WayView, ...]:
    """Those of a case that was found. Two queries."""
    found = case.ways.prefetch_related(_steps()).order_by("-made_on", "id")
    return tuple(sorted(map(_view, found), key=lambda way: way.state not in way_enums.COMING_HOME))


def newest(actor: Actor, case_id: UUID) -> WayView:
    """The one under way, or else the newest; NotYours without any."""
    found = ways(actor, case_id)
    if not found:
        raise NotYours
    return found[0]


def view(way: WayHome) -> WayView:
    """One way home, for whom a rule has let see it."""
    prefetch_related_objects([way], _steps())
    return _view(way)


def _steps() -> Prefetch[str]:
    people = ("owner", "done_by", "desk__organisation", "told_by__organisation")
    return Prefetch("steps", WayStep.objects.select_related(*people))


def _view(w: WayHome) -> WayView:
    table = corridors.ways()[w.corridor]
    rows = sorted(w.steps.all(), key=lambda step: step.position)
    open_codes = {row.code for row in rows if row.state == StepState.TO_DO}
    steps = tuple(_step(row, table.step(row.code), open_codes) for row in rows)
    to_do = [step for step in steps if step.state == StepState.TO_DO]
    return WayView(
        id=w.id,
        corridor=str(way_enums.Corridor(w.corridor).label),
        crossing=_said(table.crossing),
        mode=str(way_enums.ReturnMode(w.mode).label),
        mode_code=w.mode,
        state=w.state,
        state_label=str(way_enums.WayState(w.state).label),
        made_on=w.made_on,
        planned_for=w.planned_for,
        arrived_on=w.arrived_on,
        steps=steps,
        done=len(steps) - len(to_do),
        next=next((step for step in to_do if not step.first), None),
        moves=frozenset(verb for verb, (leaves, _to) in way_enums.WAY_MOVES.items() if w.state in leaves),
        readable=bool(w.words),
    )


def _step(s: WayStep, written: corridors.CorridorStep, open_codes: set[str]) -> WayStepView:
    to_do = s.state == StepState.TO_DO
    return WayStepView(
        id=s.id,
        at=s.position + 1,
        name=_said(written.name),
        who=_said(written.who),
        side=written.side,
        state=s.state,
        state_label=str(StepState(s.state).label),
        owner=s.owner.name if s.owner else "",
        owner_id=s.owner_id,
        desk=team_name(s.desk),
        desk_id=s.desk_id,
        due_on=s.due_on,
        late=to_do and s.due_on is not None and s.due_on < clock.today(),
        done_on=s.done_on,
        done_by=s.done_by.name if s.done_by else "",
        waits_for=str(way_enums.WaitsFor(s.waits_for).label) if s.waits_for and to_do else "",
        waits_code=s.waits_for,
        first=tuple(str(way_enums.HomeStep(code).label) for code in written.after if code in open_codes) if to_do else (),
        told_by=team_name(s.told_by),
        told_on=s.told_on,
    )


def _said(both: Both | None) -> str:
    return in_language(both.km, both.en) if both else ""
