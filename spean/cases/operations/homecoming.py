"""The way home: planned by its corridor's steps, each with who does it and until when; set out, arrived, stopped, taken up again.

Nobody is taken home who has not agreed: setting out waits for that step, unless others sent the person back and we only write it
down.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import corridors, way_enums
from spean.cases.contexts import way_context, way_step_context
from spean.cases.models import Case, WayHome, WayStep
from spean.cases.operations import following, two_sides
from spean.cases.operations.course import STRANGE, after, done, find, reckon_due
from spean.cases.operations.people import NOT_OURS, works_in
from spean.cases.operations.reading import opened_part
from spean.cases.step_enums import StepKind
from spean.cases.way_enums import HomeStep, StepState, WayState
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

ONE_WAY = _("There is a way home already. Bring it to its end, or stop it, before you plan another one.")
NOT_AGREED = _("The person has not agreed yet, or the danger was not looked at: that step comes before the journey.")


@dataclass(frozen=True)
class Planned:
    """What is known of a way home that is planned; it can be written anew."""

    mode: str
    planned_for: date | None = None
    where: str = ""  # to whom, and where: sealed
    text: str = ""


@dataclass(frozen=True)
class StepIs:
    """How a step stands. `who` names who does it where none of us does."""

    state: str
    owner: UUID | None = None
    due_on: date | None = None
    waits_for: str = ""
    who: str = ""
    text: str = ""
    desk: UUID | None = None  # a partner who sees the way does it, in the place of one of us

    def words(self) -> dict[str, str]:
        """What of it is sealed."""
        return {"who": clean(self.who), "text": clean(self.text)}


@dataclass(frozen=True)
class OpenedWay:
    """The words of a way home in clear, for the moment of a page."""

    where: str
    text: str
    steps: dict[UUID, dict[str, str]]  # who, text


@transaction.atomic
def plan(actor: Actor, case_id: UUID, corridor: str, planned: Planned, sent_id: UUID) -> UUID:
    """Plan a way home, with all steps of its corridor to do. A replay returns the first one's id; Conflict beside another one."""
    ring = ring_of(actor)
    case = find(actor, case_id, "way")
    known = case.ways.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    if case.ways.filter(state__in=way_enums.COMING_HOME).exists():
        raise Conflict(ONE_WAY)
    if corridor not in way_enums.Corridor or planned.mode not in way_enums.ReturnMode:
        raise Invalid({"corridor": STRANGE})
    key = ring.data_key(case.id)
    way = WayHome(id=new_id(), case=case, corridor=corridor, mode=planned.mode, planned_for=planned.planned_for)
    way.made_on, way.made_by_id, way.sent_hash = clock.today(), actor.id, sent_hash(sent_id)
    way.words = _sealed(key, case, way.id, planned)
    way.save(force_insert=True)
    WayStep.objects.bulk_create(_to_do(case, way, at, step.code, key) for at, step in enumerate(corridors.ways()[corridor].steps))
    done(actor, case, "case.way_plan", StepKind.WAY_PLANNED, reason=planned.mode)
    return way.id


def _to_do(case: Case, way: WayHome, at: int, code: str, key: bytes) -> WayStep:
    made = WayStep(id=new_id(), way=way, position=at, code=code)
    made.words = seal(key, StepIs(StepState.TO_DO).words(), way_step_context(case, made.id))
    return made


@transaction.atomic
def change(actor: Actor, case_id: UUID, planned: Planned) -> None:
    """Write anew in which way, when, to whom and where. The corridor stays: its steps are written already."""
    ring = ring_of(actor)
    case = find(actor, case_id, "way")
    way = _newest(case)
    if way.state == WayState.STOPPED:
        raise Conflict
    if planned.mode not in way_enums.ReturnMode:
        raise Invalid({"mode": STRANGE})
    way.mode, way.planned_for = planned.mode, planned.planned_for
    way.words = _sealed(ring.data_key(case.id), case, way.id, planned)
    way.save(update_fields=["mode", "planned_for", "words"])
    done(actor, case, "case.way_plan", StepKind.WAY_PLANNED, reason=planned.mode)


def _sealed(key: bytes, case: Case, way: UUID, planned: Planned) -> bytes:
    return seal(key, {"where": clean(planned.where), "text": clean(planned.text)}, way_context(case, way))


@transaction.atomic
def write_step(actor: Actor, case_id: UUID, step_id: UUID, now: StepIs) -> None:
    """Write down how a step stands: who does it, until when, what it waits for. Twice is once."""
    ring = ring_of(actor)
    case = find(actor, case_id, "way")
    step = WayStep.objects.select_for_update(of=("self",)).select_related("way").filter(pk=step_id, way__case=case).first()
    if step is None:
        raise NotYours
    if step.way.state == WayState.STOPPED:
        raise Conflict
    _check(case, step, now)
    key, bound = ring.data_key(case.id), way_step_context(case, step.id)
    stands = (step.state, step.owner_id, step.desk_id, step.due_on, step.waits_for, open_sealed(key, bytes(step.words), bound))
    if stands == (now.state, now.owner, now.desk, now.due_on, now.waits_for, now.words()):
        return
    was_done = step.state == StepState.DONE
    step.state, step.owner_id, step.due_on, step.waits_for = now.state, now.owner, now.due_on, now.waits_for
    step.desk_id, step.told_by, step.told_on = now.desk, None, None  # it stands so by our word now
    if now.state != StepState.DONE:
        step.done_on = step.done_by_id = None
    elif not was_done:
        step.done_on, step.done_by_id = clock.today(), actor.id
    step.words = seal(key, now.words(), bound)
    step.save()
    reckon_due(case)
    done(actor, case, "case.way_step", StepKind.WAY_STEP, "due_on", reason=f"{step.code}.{step.state}")


def _check(case: Case, step: WayStep, now: StepIs) -> None:
    wrong: dict[str, object] = {}
    if now.state not in StepState:
        wrong["state"] = STRANGE
    if now.waits_for and now.waits_for not in way_enums.WaitsFor:
        wrong["waits_for"] = STRANGE
    if now.owner is not None and not works_in(case, now.owner):
        wrong["owner"] = NOT_OURS
    if now.desk not in {None, step.desk_id} and not two_sides.sharing(case).filter(desk=now.desk).exists():
        wrong["owner"] = NOT_OURS
    if now.desk is not None and now.owner is not None:
        wrong["owner"] = STRANGE
    if wrong:
        raise Invalid(wrong)


def set_out(actor: Actor, case_id: UUID) -> None:
    """The person is on the way. Invalid while they have not agreed, unless others sent them back."""
    _move(actor, case_id, "set_out", StepKind.WAY_SET_OUT)


def arrive(actor: Actor, case_id: UUID) -> None:
    """The person has come home; what follows at home stays to do, and the follow-ups are counted from today."""
    _move(actor, case_id, "arrive", StepKind.WAY_ARRIVED)


def stop(actor: Actor, case_id: UUID) -> None:
    """The person does not come home for now; no step is due any more."""
    _move(actor, case_id, "stop", StepKind.WAY_CHANGED)


def resume(actor: Actor, case_id: UUID) -> None:
    """It is prepared again, with what was done."""
    _move(actor, case_id, "resume", StepKind.WAY_CHANGED)


@transaction.atomic
def _move(actor: Actor, case_id: UUID, verb: str, kind: str) -> None:
    case = find(actor, case_id, "way")
    way = _newest(case)
    if way.state == way_enums.WAY_MOVES[verb][1]:
        return
    to = after(way_enums.WAY_MOVES, verb, way.state)
    if verb == "set_out" and way.mode not in way_enums.SENT_BACK and not _agreed(way):
        raise Invalid({"": NOT_AGREED})
    way.state = to
    if to == WayState.ARRIVED:
        way.arrived_on = clock.today()
        following.plan(case, way.arrived_on)
    way.save(update_fields=["state", "arrived_on"])
    reckon_due(case)
    done(actor, case, f"case.way_{verb}", kind, "due_on")


def _newest(case: Case) -> WayHome:
    """The way home that is under way, or else the last one; Conflict without any."""
    ways = case.ways.select_for_update(of=("self",)).order_by("-made_on", "id")
    way = ways.filter(state__in=way_enums.COMING_HOME).first() or ways.first()
    if way is None:
        raise Conflict
    return way


def _agreed(way: WayHome) -> bool:
    return way.mode == way_enums.ReturnMode.SELF or not way.steps.filter(code=HomeStep.AGREES, state=StepState.TO_DO).exists()


def read(actor: Actor, case_id: UUID, way_id: UUID, reason: str = "") -> OpenedWay:
    """The words of one way home; the trail first. Invalid without a reason where another person looks after the case."""
    with opened_part(actor, case_id, reason) as (case, key):
        way = case.ways.filter(pk=way_id).exclude(words=b"").first()
        if way is None:
            raise NotYours
        audit.record(actor, "case.way_read", way, org=case.org_id)
        words = open_sealed(key, bytes(way.words), way_context(case, way.id))
        steps = {s.id: open_sealed(key, bytes(s.words), way_step_context(case, s.id)) for s in way.steps.all()}
        return OpenedWay(words["where"], words["text"], steps)
