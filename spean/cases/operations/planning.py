"""The plan of a case: the person's wish, goals, a supervisor's word. What is changed waits again; what was approved stays."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.contexts import goal_context, returned_context, version_context, wish_context
from spean.cases.models import CarePlan, Case, Goal, PlanVersion
from spean.cases.operations.course import STRANGE, after, done, find, reckon_due
from spean.cases.operations.people import CHANGED
from spean.cases.operations.reading import opened_part
from spean.cases.operations.working import keep_task
from spean.cases.step_enums import StepKind
from spean.directory.enums import Need
from spean.directory.queries import public as directory
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import Context, open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of


@dataclass(frozen=True)
class GoalDraft:
    """A goal as the form gives it; `tasks` of the case lead to it, `replaces` is the goal in whose place it stands."""

    domain: str
    words: str
    target_on: date
    payer: str = enums.Payer.NOT_KNOWN
    tasks: frozenset[UUID] = frozenset()
    replaces: UUID | None = None


@dataclass(frozen=True)
class PlanInClear:
    """A plan in clear, for the moment of a page."""

    wish: str
    returned: str
    goals: dict[UUID, str]
    versions: dict[int, dict[str, Any]]  # wish, and goals with domain, state, payer, target_on, words, service_km and service_en


@transaction.atomic
def wish(actor: Actor, case_id: UUID, text: str) -> None:
    """Write down what the person wishes, in their words."""
    ring = ring_of(actor)
    case, plan = _plan(actor, case_id, "plan")
    plan.wish = seal(ring.data_key(case.id), {"text": clean(text)}, wish_context(case, plan.id))
    _written(actor, case, plan, "wish")


@transaction.atomic
def goal(actor: Actor, case_id: UUID, draft: GoalDraft, sent_id: UUID) -> UUID:
    """Write down a goal, or another one in the place of one. A replay returns the first one's id."""
    ring = ring_of(actor)
    case, plan = _plan(actor, case_id, "plan")
    known = Goal.objects.filter(sent_hash=sent_hash(sent_id), plan=plan).first()
    if known:
        return known.id
    _check(case, draft)
    made = Goal(id=new_id(), plan=plan, domain=draft.domain, payer=draft.payer, target_on=draft.target_on, made_on=clock.today())
    made.made_by_id, made.sent_hash = actor.id, sent_hash(sent_id)
    made.words = seal(ring.data_key(case.id), {"text": clean(draft.words)}, goal_context(case, made.id))
    if draft.replaces is not None:
        made.replaces = _move(plan, draft.replaces, "change")
        if made.replaces.domain == made.domain:
            made.service_id, made.need = made.replaces.service_id, made.replaces.need
    made.save(force_insert=True)
    case.tasks.filter(goal__isnull=False, goal=made.replaces).update(goal=None)
    case.tasks.filter(pk__in=draft.tasks).update(goal=made)
    _written(actor, case, plan)
    return made.id


def _check(case: Case, draft: GoalDraft) -> None:
    wrong: dict[str, object] = {}
    if draft.domain not in enums.NeedDomain or draft.payer not in enums.Payer:
        wrong["domain"] = STRANGE
    if not clean(draft.words):
        wrong["words"] = _("Write the goal in a few words.")
    if draft.target_on < clock.today():
        wrong["target_on"] = _("Choose a day from today on.")
    if case.tasks.filter(pk__in=draft.tasks).count() != len(draft.tasks):
        wrong["tasks"] = _("Choose among the tasks of this case.")
    if wrong:
        raise Invalid(wrong)


def _move(plan: CarePlan, goal_id: UUID, verb: str) -> Goal:
    """Bring a goal into the next state of MOVES; Conflict where the table knows no way."""
    found = plan.goals.select_for_update().filter(pk=goal_id).first()
    if found is None:
        raise NotYours
    found.state = after(enums.GOAL_MOVES, verb, found.state)
    found.ended_on = None if found.state == enums.GoalState.OPEN else clock.today()
    found.save(update_fields=["state", "ended_on"])
    return found


@transaction.atomic
def reach(actor: Actor, case_id: UUID, goal_id: UUID) -> None:
    """It is reached: the plan stands as it is."""
    case, plan = _plan(actor, case_id, "plan")
    _move(plan, goal_id, "reach")
    done(actor, case, "case.goal", StepKind.GOAL_ENDED)


@transaction.atomic
def give_up(actor: Actor, case_id: UUID, goal_id: UUID) -> None:
    """It is given up, which changes the plan."""
    case, plan = _plan(actor, case_id, "plan")
    _move(plan, goal_id, "give_up")
    _written(actor, case, plan)


@transaction.atomic
def resume(actor: Actor, case_id: UUID, goal_id: UUID) -> None:
    """It is worked on again, which changes the plan."""
    case, plan = _plan(actor, case_id, "plan")
    _move(plan, goal_id, "resume")
    _written(actor, case, plan)


@transaction.atomic
def choose_service(actor: Actor, case_id: UUID, goal_id: UUID, service: UUID | None, need: str) -> None:
    """Which service of the help directory helps with an open goal; None takes it away.

    The plan stands as it is: who helps may be full tomorrow, and what is worked towards is the same.
    """
    case, plan = _plan(actor, case_id, "plan")
    found = plan.goals.select_for_update(of=("self",)).filter(pk=goal_id).first()
    if found is None:
        raise NotYours
    if found.state != enums.GoalState.OPEN:
        raise Conflict
    if service is not None and (need not in Need or service not in dict(directory.helpers(need))):
        raise Invalid({"service": _("Choose one of the services that help with this.")})
    kept = need if service else ""
    if (found.service_id, found.need) == (service, kept):
        return
    found.service_id, found.need = service, kept
    found.save(update_fields=["service", "need"])
    done(actor, case, "case.goal_service", StepKind.PLANNED)


@transaction.atomic
def call_service(actor: Actor, case_id: UUID, goal_id: UUID) -> None:
    """A task of an open goal: telephone its service, without a name, and write down what they said. Twice on a day is once."""
    ring = ring_of(actor)
    case = find(actor, case_id, "task")
    found = Goal.objects.filter(plan__case=case, pk=goal_id).select_related("service").first()
    if found is None:
        raise NotYours
    if found.state != enums.GoalState.OPEN or found.service is None:
        raise Conflict
    sent = uuid5(found.id, f"{found.service_id} {clock.today()}")
    if case.tasks.filter(sent_hash=sent_hash(sent)).exists():
        return
    words = gettext("Telephone %(service)s, without a name, and write down what they said.") % {
        "service": found.service.called(get_language() or "km")
    }
    kind = enums.TASK_FOR[enums.NeedDomain(found.domain)]
    soon = enums.Response.DAY if case.risk in (enums.Risk.NOW, enums.Risk.HIGH) else enums.Response.DAYS
    made = keep_task(actor, case, ring.data_key(case.id), words, sent, kind=kind, response=soon)
    made.goal = found
    made.save(update_fields=["goal"])
    reckon_due(case)
    done(actor, case, "case.task", StepKind.TASK, "due_on")


@transaction.atomic
def submit(actor: Actor, case_id: UUID) -> None:
    """Give it to a supervisor."""
    case, plan = _plan(actor, case_id, "plan")
    if not plan.goals.filter(state=enums.GoalState.OPEN).exists():
        raise Invalid({"": _("Write one goal at least.")})
    _enter(plan, "submit")
    plan.submitted_by_id, plan.submitted_on = actor.id, clock.today()
    plan.save(update_fields=["state", "submitted_by", "submitted_on"])
    done(actor, case, "case.submit_plan", StepKind.SUBMITTED)


@transaction.atomic
def approve(actor: Actor, case_id: UUID, revision: int) -> None:
    """A supervisor other than who submitted it agrees; as it is now it is kept. Conflict when it was changed meanwhile."""
    ring = ring_of(actor)
    case, plan = _plan(actor, case_id, "approve_plan", revision)
    _enter(plan, "approve")
    key, submitted = ring.data_key(case.id), plan.submitted_by_id
    if submitted is None:
        raise Conflict
    made = PlanVersion(id=new_id(), plan=plan, number=plan.versions.count() + 1, on=clock.today())
    made.submitted_by_id, made.approved_by_id = submitted, actor.id
    made.content = seal(key, _snapshot(case, plan, key), version_context(case, made.id))
    made.save(force_insert=True)
    plan.returned = b""
    plan.save(update_fields=["state", "returned"])
    done(actor, case, "case.approve_plan", StepKind.APPROVED)


@transaction.atomic
def send_back(actor: Actor, case_id: UUID, revision: int, reason: str) -> None:
    """A supervisor other than who submitted it returns it, and says why."""
    ring = ring_of(actor)
    case, plan = _plan(actor, case_id, "approve_plan", revision)
    if not clean(reason):
        raise Invalid({"text": _("Say why, so that it can be written better.")})
    _enter(plan, "return")
    plan.returned = seal(ring.data_key(case.id), {"text": clean(reason)}, returned_context(case, plan.id))
    plan.save(update_fields=["state", "returned"])
    done(actor, case, "case.return_plan", StepKind.RETURNED)


def _plan(actor: Actor, case_id: UUID, verb: str, revision: int | None = None) -> tuple[Case, CarePlan]:
    """The case, locked, and its plan, which is made when the first thing of it is written."""
    case = find(actor, case_id, verb)
    plan, _made = CarePlan.objects.get_or_create(case=case)
    if revision is not None and plan.revision != revision:
        raise Conflict(CHANGED)
    return case, plan


def _enter(plan: CarePlan, verb: str) -> None:
    plan.state = after(enums.CARE_MOVES, verb, plan.state)


def _written(actor: Actor, case: Case, plan: CarePlan, *fields: str) -> None:
    """What was submitted or approved waits again, as given by who changed it."""
    _enter(plan, "write" if plan.state in enums.CARE_MOVES["write"][0] else "amend")
    plan.revision += 1
    if plan.state == enums.CarePlanState.WAITING:
        plan.submitted_by_id, plan.submitted_on = actor.id, clock.today()
    plan.save(update_fields=["state", "revision", "submitted_by", "submitted_on", *fields])
    done(actor, case, "case.plan", StepKind.PLANNED)


def _snapshot(case: Case, plan: CarePlan, key: bytes) -> dict[str, Any]:
    kept = plan.goals.exclude(state=enums.GoalState.CHANGED).select_related("service").order_by("target_on", "id")
    goals = [
        {
            **{name: getattr(g, name) for name in ("domain", "state", "payer")},
            "target_on": g.target_on.isoformat(),
            "words": _opened(key, g.words, goal_context(case, g.id)),
            **{f"service_{ln}": g.service.called(ln) if g.service else "" for ln in ("km", "en")},
        }
        for g in kept
    ]
    return {"wish": _opened(key, plan.wish, wish_context(case, plan.id)), "goals": goals}


def _opened(key: bytes, sealed: bytes | memoryview, context: Context) -> str:
    return str(open_sealed(key, bytes(sealed), context)["text"]) if sealed else ""


def read(actor: Actor, case_id: UUID, reason: str = "") -> PlanInClear:
    """The plan of a case in clear, with all versions that were approved."""
    with opened_part(actor, case_id, reason) as (case, key):
        plan = CarePlan.objects.filter(case=case).first()
        if plan is None:
            return PlanInClear("", "", {}, {})
        audit.record(actor, "case.plan_read", plan, org=case.org_id)
        return PlanInClear(
            _opened(key, plan.wish, wish_context(case, plan.id)),
            _opened(key, plan.returned, returned_context(case, plan.id)),
            {g.id: _opened(key, g.words, goal_context(case, g.id)) for g in plan.goals.all()},
            {v.number: open_sealed(key, bytes(v.content), version_context(case, v.id)) for v in plan.versions.all()},
        )
