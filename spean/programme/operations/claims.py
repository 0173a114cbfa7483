"""What volunteers ask money for: asked, approved or refused with a reason by the supervisor, paid by the manager."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import MembershipState, Role
from spean.accounts.models import Membership
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.months import later
from spean.kernel.text import clean
from spean.privacy import audit
from spean.programme import volunteer_enums as codes
from spean.programme.activity_enums import Money
from spean.programme.enums import ProjectState
from spean.programme.models import Claim, Project
from spean.programme.operations.activities import STRANGE

MOST, MONTHS_BACK = Decimal(100_000_000), 12
WHY = _("Write why, so that the volunteer understands it.")


@dataclass(frozen=True)
class Asked:
    """What is asked for. `project` is one of those for which the team works."""

    month: date
    kind: str
    amount: Decimal
    currency: str
    words: str = ""
    project: UUID | None = None


@transaction.atomic
def make(actor: Actor, asked: Asked, sent_id: UUID) -> UUID:
    """Ask for it. A replay returns the first one's id."""
    seat = seat_of(actor)
    known = Claim.objects.select_related("membership").filter(sent_id=sent_id).first()
    if known:
        if known.membership.user_id != actor.id:
            raise NotYours
        return known.id
    month = asked.month.replace(day=1)
    if wrong := _wrong(seat, asked, month):
        raise Invalid(wrong)
    made = Claim(
        id=new_id(),
        sent_id=sent_id,
        membership=seat,
        project_id=asked.project,
        month=month,
        kind=asked.kind,
        amount=asked.amount,
        currency=asked.currency,
        words=clean(asked.words),
        claimed_on=clock.today(),
    )
    made.save(force_insert=True)
    audit.record(actor, "claim.make", made, org=seat.team.organisation_id, reason=asked.kind)
    return made.id


@transaction.atomic
def move(actor: Actor, claim_id: UUID, verb: str, reason: str = "") -> None:
    """Approve, refuse, withdraw it, or say that it was paid."""
    if verb not in codes.CLAIM_MOVES:
        raise NotYours
    rows = Claim.objects.select_related("membership__team").select_for_update(of=("self",))
    found = access.get(actor, "claim.see", rows, claim_id, to=f"claim.{verb}")
    if verb == "refuse" and not clean(reason):
        raise Invalid({"reason": WHY})
    found.state = codes.CLAIM_MOVES[verb][1]
    if verb == "pay":
        found.paid_by_id, found.paid_on = actor.id, clock.today()
    else:
        found.decided_by_id, found.decided_on, found.reason = actor.id, clock.today(), clean(reason)
    found.save(update_fields=["state", "paid_by", "paid_on", "decided_by", "decided_on", "reason"])
    audit.record(actor, f"claim.{verb}", found, org=found.membership.team.organisation_id)


def seat_of(actor: Actor) -> Membership:
    """The seat as a volunteer for which the actor asks: of several the first one."""
    if not access.may(actor, "claim.make"):
        raise NotAllowed
    own = Membership.objects.filter(user=actor.id, role=Role.VOLUNTEER, state=MembershipState.ACTIVE)
    return own.select_related("team").order_by("since", "id")[0]


def projects(team: UUID) -> Any:
    """The projects for which a team works, while they run or have just ended."""
    states = (ProjectState.RUNNING, ProjectState.ENDED)
    return Project.objects.filter(teams__team=team, state__in=states).order_by("-starts_on", "id")


def _wrong(seat: Membership, asked: Asked, month: date) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if asked.kind not in codes.ClaimKind:
        wrong["kind"] = STRANGE
    if asked.currency not in Money:
        wrong["currency"] = STRANGE
    if not 0 < asked.amount <= MOST:
        wrong["amount"] = _("Write how much, for example 20,000.")
    if month > clock.today():
        wrong["month"] = _("That month has not come yet.")
    elif month < later(clock.today().replace(day=1), -MONTHS_BACK):
        wrong["month"] = _("That is more than a year ago. Speak with your supervisor.")
    if asked.project and not projects(seat.team_id).filter(pk=asked.project).exists():
        wrong["project"] = STRANGE
    return wrong
