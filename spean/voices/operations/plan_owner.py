"""What the owner of a travel plan does with the receipt number: read, change, end, erase. Nothing of it needs an account."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import PUBLIC
from spean.collect import room
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.trouble import told
from spean.privacy import custody, keys
from spean.privacy.sealing import open_sealed
from spean.voices.contexts import paper_contexts, plan_context, trusted_context
from spean.voices.models import Plan
from spean.voices.operations import codes, files, intake, plans
from spean.voices.operations.plan_course import ERASED_AFTER_ALARM, move, record, step, wait_for_nothing
from spean.voices.operations.plans import Draft, Trusted
from spean.voices.plan_enums import ALARM, PlanState, PlanStepKind

ENDED = _("This plan has ended. Make a new one when you leave again.")


@dataclass(frozen=True)
class OpenPlan:
    """A plan opened by its number; the ring lives as long as the request."""

    plan: Plan
    ring: keys.ReceiptRing = field(repr=False)


@dataclass(frozen=True)
class Written:
    """What somebody wrote in their plan, in clear, for the moment of a page."""

    words: dict[str, str]
    place: dict[str, str] | None
    leaves_on: date
    people: tuple[Trusted, ...]
    may_mail: bool
    papers: tuple[UUID, ...]


@dataclass(frozen=True)
class OwnPlan:
    """What the number shows of a plan. Who found the number sees the dates; what was written only on asking for it."""

    state: str
    destination: str
    grace: str
    due_on: date | None
    days: tuple[date, ...]
    erase_on: date | None
    team: str
    written: Written | None = None


@transaction.atomic
def open_plan(typed: str) -> OpenPlan:
    """Open a plan with its number, as `codes.open_code`; and give its present keepers their shares."""
    opened = codes.open_code(typed)
    if opened.receipt.plan_id is None:
        raise Invalid({"code": codes.UNKNOWN})
    plan = Plan.objects.select_for_update(of=("self",)).select_related("team__organisation", "province")
    found = plan.get(pk=opened.receipt.plan_id)
    record(PUBLIC, "plan.own", found)
    plans.share_out(found, opened.ring)
    return OpenPlan(found, opened.ring)


@transaction.atomic
def own_plan(typed: str, *, written: bool = False) -> OwnPlan:
    """The plan as plain values."""
    opened = open_plan(typed)
    plan = opened.plan
    days = tuple(plan.days.filter(on__gte=clock.today()).order_by("on").values_list("on", flat=True))
    team = f"{plan.team.name}, {plan.team.organisation.name}"
    return OwnPlan(
        plan.state, plan.destination, plan.grace, plan.due_on, days, plan.erase_on, team, _written(opened) if written else None
    )


def _written(opened: OpenPlan) -> Written:
    plan = opened.plan
    content = open_sealed(opened.ring.data_key(plan.id), bytes(plan.told), plan_context(plan))
    people, may_mail = trusted_of(plan, opened.ring.data_key(plan.trust_id))
    papers = tuple(plan.papers.order_by("pk").values_list("pk", flat=True))
    return Written(content["words"], content["place"], date.fromisoformat(content["leaves_on"]), people, may_mail, papers)


def trusted_of(plan: Plan, key: bytes) -> tuple[tuple[Trusted, ...], bool]:
    """Whom to ask, and whether the system may write to them."""
    content = open_sealed(key, bytes(plan.trusted), trusted_context(plan))
    return tuple(Trusted(**person) for person in content["people"]), bool(content["may_mail"])


@transaction.atomic
def own_paper(typed: str, paper_id: UUID) -> tuple[str, bytes]:
    """(mime type, bytes) of a paper of one's own."""
    opened = open_plan(typed)
    return paper_bytes(opened.plan, opened.ring.data_key(opened.plan.id), paper_id)


def paper_bytes(plan: Plan, key: bytes, paper_id: UUID) -> tuple[str, bytes]:
    """(mime type, bytes) of a paper, by the plan's key."""
    paper = plan.papers.filter(pk=paper_id).first()
    if paper is None:
        raise NotYours
    header, body = paper_contexts(plan, paper.id)
    return open_sealed(key, bytes(paper.header), header)["mime"], files.read(paper.id, key, body)


def change(typed: str, draft: Draft, *, drop_papers: bool = False) -> None:
    """Write the plan anew, in the place of what stood there. Pictures stay, unless they are to go; an alarm goes on."""
    room.need(files=bool(draft.files))
    with told(intake.UNSURE):
        _change(typed, draft, drop_papers=drop_papers)


@transaction.atomic
def _change(typed: str, draft: Draft, *, drop_papers: bool) -> None:
    opened = open_plan(typed)
    plan, key = opened.plan, opened.ring.data_key(opened.plan.id)
    if plan.state == PlanState.CLOSED:
        raise Conflict(ENDED)
    if drop_papers:
        plans.unlink_papers(plan)
        plan.papers.all().delete()
    if plan.papers.count() + len(draft.files) > plans.MOST_PAPERS:
        raise Invalid({"files": plans.TOO_MANY % {"most": plans.MOST_PAPERS}})
    plans.fill(plan, draft, key, opened.ring.data_key(plan.trust_id))
    plan.days.all().delete()
    plans.write_parts(plan, draft, key)
    plan.save()
    step(plan, PlanStepKind.CHANGED)
    record(PUBLIC, "plan.change", plan)


@transaction.atomic
def close(typed: str) -> None:
    """For "I am home", or "I stop the plan": nobody waits any more. What was sealed is kept a while, then erased."""
    plan = open_plan(typed).plan
    if plan.state == PlanState.CLOSED:
        return
    end(plan, "close", PlanStepKind.CLOSED, None)
    record(PUBLIC, "plan.close", plan)


def end(plan: Plan, verb: str, kind: str, by: UUID | None) -> None:
    """The plan ends by this verb; a day for its erasure is set. Inside an operation only."""
    move(plan, verb)
    plan.due_on = None
    wait_for_nothing(plan)
    plan.erase_on = clock.today() + timedelta(days=settings.PLAN_KEPT_DAYS)
    step(plan, kind, by)
    plan.save()


@transaction.atomic
def erase(typed: str) -> date | None:
    """Erase the plan now; None when it is gone. While an alarm is on it goes in seven days: the day is returned.

    Who holds the number then may be the one from whom the person must be found.
    """
    plan = open_plan(typed).plan
    if plan.state in ALARM:
        plan.erase_on = plan.erase_on or clock.today() + ERASED_AFTER_ALARM
        step(plan, PlanStepKind.ERASING)
        plan.save()
        record(PUBLIC, "plan.erase_later", plan)
        return plan.erase_on
    erase_now(PUBLIC, plan)
    return None


def erase_now(actor: Any, plan: Plan) -> None:
    """The plan's keys, shares, papers and rows go, in every backup too; the trail keeps that it was. Inside an operation."""
    plans.unlink_papers(plan)
    plans.end_requests(plan)
    custody.forget(plan.id)
    for subject in (plan.id, plan.trust_id, plan.mail_id):
        keys.erase_subject(subject)
    record(actor, "plan.erase", plan)
    plan.delete()
