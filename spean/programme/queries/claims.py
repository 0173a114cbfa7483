"""Claims as lists and totals: a volunteer's own, those of a team, those of an organisation."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.kernel.paging import PAGE, Page, counts, cursor_day, in_language
from spean.programme import volunteer_enums as codes
from spean.programme.activity_enums import Money
from spean.programme.models import Claim
from spean.programme.operations.claims import projects, seat_of

MOST_TOTALS = 60
VERBS = ("approve", "refuse", "withdraw", "pay")


@dataclass(frozen=True)
class ClaimRow:
    """One claim."""

    id: UUID
    volunteer: str
    month: date
    kind: str
    amount: Decimal
    currency: str
    project: str
    state: str
    state_label: str


@dataclass(frozen=True)
class ClaimPage:
    """One claim, with what was decided and by whom."""

    row: ClaimRow
    words: str
    claimed_on: date
    decided_by: str
    decided_on: date | None
    reason: str
    paid_by: str
    paid_on: date | None
    may: frozenset[str]


@dataclass(frozen=True)
class Total:
    """What is owed or was paid for a month and a project, in one money."""

    month: date
    project: str
    currency: str
    approved: Decimal
    paid: Decimal


def claims(actor: Actor, *, view: str = "", after: str = "") -> Page:
    """A page of those that the actor may see, the latest month first. One query."""
    rows = access.visible(actor, "claim.see", Claim.objects.all())
    if view in codes.ClaimState:
        rows = rows.filter(state=view)
    if after:
        month, key = cursor_day(after)
        rows = rows.filter(Q(month__lt=month) | Q(month=month, pk__gt=key))
    found = list(rows.select_related("membership__user", "project").order_by("-month", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(map(_row, found[:PAGE])), f"{last.month.isoformat()}.{last.id}" if last else "")


def check(actor: Actor, claim_id: UUID, verb: str) -> None:
    """Refuse what cannot be done with it now, before anything that was typed is judged."""
    access.get(actor, "claim.see", Claim.objects.all(), claim_id, to=f"claim.{verb}")


def claim(actor: Actor, claim_id: UUID) -> ClaimPage:
    """One of them. Two queries."""
    rows = Claim.objects.select_related("membership__user", "project", "decided_by", "paid_by")
    found = access.get(actor, "claim.see", rows, claim_id)
    return ClaimPage(
        row=_row(found),
        words=found.words,
        claimed_on=found.claimed_on,
        decided_by=found.decided_by.name if found.decided_by else "",
        decided_on=found.decided_on,
        reason=found.reason,
        paid_by=found.paid_by.name if found.paid_by else "",
        paid_on=found.paid_on,
        may=access.allowed(actor, "claim", VERBS, found),
    )


def totals(actor: Actor) -> tuple[Total, ...]:
    """By month, project and money, the latest first: what is approved, and what of it was paid. One query."""
    rows = access.visible(actor, "claim.see", Claim.objects.filter(state__in=codes.OWED)).order_by(
        "-month", "project_id", "currency"
    )
    found = rows.values("month", "project", "project__name_km", "project__name_en", "currency").annotate(
        approved=Sum("amount"), paid=Sum("amount", filter=Q(state=codes.ClaimState.PAID))
    )
    return tuple(
        Total(
            month=one["month"],
            project=in_language(one["project__name_km"] or "", one["project__name_en"] or ""),
            currency=str(Money(one["currency"]).label),
            approved=one["approved"],
            paid=one["paid"] or Decimal(0),
        )
        for one in found[:MOST_TOTALS]
    )


def projects_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of the projects of the team for which the actor asks. Two queries."""
    return [(str(p.id), p.name) for p in projects(seat_of(actor).team_id)]


def tiles(actor: Actor) -> list[Tile]:
    """For Today: what waits for a decision, and what is approved and not paid. One query."""
    wanted: list[tuple[str, Any, str]] = [
        ("approve", _("Claims that wait for you"), codes.ClaimState.CLAIMED),
        ("pay", _("Claims to be paid"), codes.ClaimState.APPROVED),
    ]
    shown = [one for one in wanted if access.may(actor, f"claim.{one[0]}")]
    found = counts({verb: access.visible(actor, f"claim.{verb}", Claim.objects.all()) for verb, _label, _state in shown})
    return [Tile(f"claims_{v}", str(label), found[v], "due", "desk:claims", f"view={state}") for v, label, state in shown]


def _row(c: Claim) -> ClaimRow:
    return ClaimRow(
        id=c.id,
        volunteer=c.membership.user.name,
        month=c.month,
        kind=str(codes.ClaimKind(c.kind).label),
        amount=c.amount,
        currency=str(Money(c.currency).label),
        project=c.project.name if c.project else "",
        state=c.state,
        state_label=str(codes.ClaimState(c.state).label),
    )
