"""What a team does when a check-in is missed: whom to call, what came of it, and two keepers who open the plan together.

Whom to ask opens to one reader of the team, or the volunteer who helped, once a check-in is missed. The rest needs the shares
of two keepers: the first asks, and releases a share to a one-time key that only her own keys open; the second agrees.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Conflict, NotAllowed, NotYours
from spean.privacy import custody, keys
from spean.privacy.keys import KeyRing
from spean.privacy.sealing import open_sealed
from spean.voices.contexts import plan_context
from spean.voices.models import Plan, PlanRequest
from spean.voices.operations import plan_owner
from spean.voices.operations.plan_course import find, move, next_day, record, step, wait_for
from spean.voices.operations.plans import Trusted
from spean.voices.operations.triage import ring_of
from spean.voices.plan_enums import OpenFor, PlanStepKind

OPEN_DAYS = timedelta(days=3)
NO_SHARE = _(
    "You hold no share of this plan: it was made before you had the team's key. Two others of your team can open it, and the "
    "person can give you a share by opening the plan with its number."
)
ANOTHER = _("The one-time key of this request is not the one that your colleague signed. Do not agree. Tell your supervisor.")


@dataclass(frozen=True)
class OpenedPlan:
    """What two keepers opened, for the moment of a page."""

    words: dict[str, str]
    place: dict[str, str] | None
    leaves_on: str
    papers: tuple[UUID, ...]


def _see(actor: Actor, plan_id: UUID, verb: str) -> Plan:
    """As `find`; through the helper's door where the team's is closed."""
    try:
        return find(actor, plan_id, verb)
    except NotYours:
        plans = Plan.objects.select_for_update(of=("self",)).select_related("team__organisation", "province")
        return access.get(actor, "plan.see_own", plans, plan_id, to=f"plan.{verb}")


@transaction.atomic
def contact(actor: Actor, plan_id: UUID) -> tuple[Trusted, ...]:
    """Whom to call, after a missed check-in. The trail is written first."""
    ring = ring_of(actor)
    plan = _see(actor, plan_id, "contact")
    record(actor, "plan.contact", plan)
    return plan_owner.trusted_of(plan, ring.data_key(plan.trust_id))[0]


@transaction.atomic
def called(actor: Actor, plan_id: UUID, *, reached: bool) -> None:
    """Write down that somebody called, without news of the person."""
    plan = _see(actor, plan_id, "call")
    step(plan, PlanStepKind.REACHED if reached else PlanStepKind.UNREACHED, actor.id)
    record(actor, "plan.call", plan, reason="reached" if reached else "unreached")


@transaction.atomic
def safe(actor: Actor, plan_id: UUID) -> None:
    """The person is well: the plan goes on with its next day. A concern that was raised is closed in its own place."""
    plan = _see(actor, plan_id, "safe")
    move(plan, "safe")
    plan.why = ""
    wait_for(plan, next_day(plan, clock.today()))
    step(plan, PlanStepKind.SAFE, actor.id)
    plan.save()
    record(actor, "plan.safe", plan)


@transaction.atomic
def end(actor: Actor, plan_id: UUID) -> None:
    """The team ends a plan: the person is home, or the search goes on elsewhere."""
    plan = find(actor, plan_id, "end")
    plan_owner.end(plan, "end", PlanStepKind.ENDED, actor.id)
    record(actor, "plan.end", plan)


@transaction.atomic
def ask(actor: Actor, plan_id: UUID, reason: str) -> UUID:
    """Ask to open the plan, and give one's own share. Asked again, it is the same request as long as it lives."""
    ring = ring_of(actor)
    plan = find(actor, plan_id, "ask_open")
    known = plan.requests.filter(asked_by=actor.id).first()
    if known and known.until >= clock.today() and custody.released(known.id):
        return known.id
    if known:
        custody.end(known.id)
        known.delete()
    _need_share(plan, ring)
    request = PlanRequest(plan=plan, asked_by_id=actor.id, reason=OpenFor(reason), asked_on=clock.today())
    request.until = clock.today() + OPEN_DAYS
    custody.begin(request.id, custody.own_secret(ring, request.id))
    custody.release(ring, request.id, plan.id)
    request.signature = custody.vouch(ring, request.id)
    request.save(force_insert=True)
    step(plan, PlanStepKind.WANTED, actor.id)
    record(actor, "plan.ask_open", plan, reason=request.reason)
    return request.id


@transaction.atomic
def agree(actor: Actor, plan_id: UUID, request_id: UUID) -> None:
    """The second keeper gives a share to a colleague's request. Nobody agrees to their own."""
    ring = ring_of(actor)
    plan = find(actor, plan_id, "agree")
    request = plan.requests.select_for_update().filter(pk=request_id, until__gte=clock.today()).first()
    if request is None:
        raise NotYours
    if request.asked_by_id == actor.id:
        raise NotAllowed
    if request.agreed_by_id is not None:
        return
    _need_share(plan, ring)
    if not custody.is_vouched(request.id, plan.org_id, request.asked_by_id, request.signature):
        raise Conflict(ANOTHER)
    custody.release(ring, request.id, plan.id)
    request.agreed_by_id = actor.id
    request.save(update_fields=["agreed_by"])
    step(plan, PlanStepKind.AGREED, actor.id)
    record(actor, "plan.agree", plan, reason=str(request.asked_by_id))


@transaction.atomic
def read(actor: Actor, plan_id: UUID) -> OpenedPlan:
    """Open what two keepers agreed to open; for the one who asked. The trail is written first, with the reason."""
    plan, key = _opened(actor, plan_id, "plan.read")
    content = open_sealed(key, bytes(plan.told), plan_context(plan))
    papers = tuple(plan.papers.order_by("pk").values_list("pk", flat=True))
    return OpenedPlan(content["words"], content["place"], content["leaves_on"], papers)


@transaction.atomic
def read_paper(actor: Actor, plan_id: UUID, paper_id: UUID) -> tuple[str, bytes]:
    """(mime type, bytes) of one paper of it."""
    plan, key = _opened(actor, plan_id, "plan.paper")
    return plan_owner.paper_bytes(plan, key, paper_id)


def _opened(actor: Actor, plan_id: UUID, verb: str) -> tuple[Plan, bytes]:
    ring = ring_of(actor)
    plan = find(actor, plan_id, "open")
    request = plan.requests.filter(asked_by=actor.id, agreed_by__isnull=False, until__gte=clock.today()).first()
    if request is None:
        raise NotYours
    record(actor, verb, plan, reason=request.reason)
    secret = custody.open_together(request.id, plan.id, custody.own_secret(ring, request.id))
    return plan, keys.opened_with(plan.id, secret)


def _need_share(plan: Plan, ring: KeyRing) -> None:
    left = custody.left_with(plan.id)
    if left is None or ring.user not in left[1]:
        raise NotAllowed(NO_SHARE)


def end_old_requests() -> int:
    """What was released for requests whose days are over is gone; returns how many. For the daily job."""
    old = list(PlanRequest.objects.filter(until__lt=clock.today()).values_list("pk", flat=True)[:1000])
    for pk in old:
        with transaction.atomic():
            custody.end(pk)
            PlanRequest.objects.filter(pk=pk).delete()
    return len(old)
