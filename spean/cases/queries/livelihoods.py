"""Livelihoods of a case, what was given for them and when something came in, without a word and without an amount."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import ledger_enums
from spean.cases import rebuild_enums as codes
from spean.cases.models import Case, Livelihood, Support


@dataclass(frozen=True)
class SupportView:
    """Something that was given. `money` names the matter of money in which the amount stands."""

    id: UUID
    kind: str
    month: date
    money: str
    by: str


@dataclass(frozen=True)
class LivelihoodView:
    """One livelihood. `verbs` are the moves that fit, `money` the matters of money that can be named."""

    id: UUID
    kind: str
    state: str
    state_label: str
    made_on: date
    moved_on: date
    ended_for: str
    by: str
    supports: tuple[SupportView, ...]
    verbs: tuple[str, ...]
    money: tuple[tuple[str, str], ...]
    may: frozenset[str] = frozenset({"move", "support"})


def livelihoods(actor: Actor, case_id: UUID) -> tuple[LivelihoodView, ...]:
    """Those of one case; what ended comes last. Four queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    matters = tuple((str(m.id), _matter(m.kind, m.currency)) for m in case.money.order_by("kind", "id"))
    rows = case.livelihoods.select_related("by").prefetch_related("supports__by", "supports__money").order_by("made_on", "id")
    found = (_livelihood(one, matters) for one in rows)
    return tuple(sorted(found, key=lambda one: one.state == codes.LivelihoodState.ENDED))


def _matter(kind: str, currency: str) -> str:
    return f"{ledger_enums.MoneyKind(kind).label}, {ledger_enums.Currency(currency).label}"


def _livelihood(one: Livelihood, matters: tuple[tuple[str, str], ...]) -> LivelihoodView:
    given = sorted(one.supports.all(), key=lambda s: (s.month, str(s.id)))
    return LivelihoodView(
        id=one.id,
        kind=str(codes.LivelihoodKind(one.kind).label),
        state=one.state,
        state_label=str(codes.LivelihoodState(one.state).label),
        made_on=one.made_on,
        moved_on=one.moved_on,
        ended_for=str(codes.EndedFor(one.ended_for).label) if one.ended_for else "",
        by=one.by.name,
        supports=tuple(map(_support, given)),
        verbs=tuple(verb for verb, (leaves, _to) in codes.LIVELIHOOD_MOVES.items() if one.state in leaves),
        money=matters,
    )


def _support(s: Support) -> SupportView:
    matter = _matter(s.money.kind, s.money.currency) if s.money else ""
    return SupportView(s.id, str(codes.SupportKind(s.kind).label), s.month, matter, s.by.name)
