"""Matters of money of a case, as a list: kinds, currencies and sizes. Who it is about and every amount are sealed."""

from dataclasses import dataclass
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import ledger_enums as codes
from spean.cases.models import Case, Money


@dataclass(frozen=True)
class MoneyView:
    """One matter, without an amount."""

    id: UUID
    kind: str
    currency: str
    other: str
    open: str
    owed: bool
    amounts: int
    by: str
    may: frozenset[str]


def money(actor: Actor, case_id: UUID) -> tuple[MoneyView, ...]:
    """The matters of one case, those in which something is open first. Three queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    found = case.money.select_related("written_by").prefetch_related("amounts").order_by("kind", "id")
    return tuple(sorted(map(_money, found), key=lambda matter: not matter.owed))


def _money(m: Money) -> MoneyView:
    return MoneyView(
        id=m.id,
        kind=str(codes.MoneyKind(m.kind).label),
        currency=str(codes.Currency(m.currency).label),
        other=str(codes.HolderKind(m.other).label),
        open=str(codes.Size(m.open).label),
        owed=m.open != codes.Size.NOTHING,
        amounts=len(m.amounts.all()),
        by=m.written_by.name,
        may=frozenset({"add", "mistake"} if any(a.mistaken_by_id is None for a in m.amounts.all()) else {"add"}),
    )
