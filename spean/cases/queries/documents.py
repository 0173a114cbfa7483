"""Documents that somebody else keeps, as a list: kinds, states, months and steps. Who keeps them is sealed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases import ledger_enums as codes
from spean.cases.holding import rules
from spean.cases.letter_enums import WAYS, LetterKind
from spean.cases.models import Case, Demand, Document


@dataclass(frozen=True)
class DemandView:
    """One time that it was asked back."""

    id: UUID
    way: str
    on: date
    outcome: str
    outcome_label: str
    answered_on: date | None
    by: str


@dataclass(frozen=True)
class DocumentView:
    """One document. `may` says which acts fit its state; `rule` is the law of the country, never verified."""

    id: UUID
    kind: str
    owner: str
    holder_kind: str
    country: str
    since: date | None
    pretext: str
    state: str
    state_label: str
    away: bool
    ended_on: date | None
    receipt: str
    rule: str
    rule_source: str
    demands: tuple[DemandView, ...]
    papers: tuple[tuple[str, str], ...]  # the letters and receipts that fit it
    may: frozenset[str]


def documents(actor: Actor, case_id: UUID) -> tuple[DocumentView, ...]:
    """Those of one case, what is still away first. Three queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    found = case.documents.prefetch_related("demands__by").order_by("-moved_on", "-id")
    return tuple(sorted((_document(d) for d in found), key=lambda row: not row.away))


def _document(d: Document) -> DocumentView:
    rule = rules().get(d.country)
    demands = tuple(_demand(one) for one in sorted(d.demands.all(), key=lambda one: (one.on, str(one.id))))
    return DocumentView(
        id=d.id,
        kind=str(codes.DocumentKind(d.kind).label),
        owner=str(codes.Owner(d.owner).label) if d.owner == codes.Owner.DEPENDANT else "",
        holder_kind=str(codes.HolderKind(d.holder_kind).label),
        country=str(enums.Country(d.country).label) if d.country != enums.Country.NOT_KNOWN else "",
        since=d.since,
        pretext=str(codes.Pretext(d.pretext).label) if d.pretext not in {"not_asked", "unknown"} else "",
        state=d.state,
        state_label=str(codes.DocumentState(d.state).label),
        away=d.state in codes.AWAY,
        ended_on=d.ended_on,
        receipt=str(codes.Receipt(d.receipt).label) if d.state == codes.DocumentState.RETURNED else "",
        rule=rule.words.of(get_language() or "km") if rule and d.state in codes.AWAY else "",
        rule_source=rule.source if rule else "",
        demands=demands,
        papers=_papers(d),
        may=_may(d, demands),
    )


def _papers(d: Document) -> tuple[tuple[str, str], ...]:
    """It is asked back by letter while it is away; who gives it back, or gave it, gets a receipt signed."""
    kinds = [*WAYS, LetterKind.RECEIPT] if d.state in codes.AWAY else []
    if d.state == codes.DocumentState.LOST or (d.state == codes.DocumentState.RETURNED and d.receipt == codes.Receipt.NONE):
        kinds = [LetterKind.RECEIPT]
    return tuple((str(kind), str(LetterKind(kind).label)) for kind in kinds)


def _may(d: Document, demands: tuple[DemandView, ...]) -> frozenset[str]:
    """An answer can be written down while somebody is asked; asked back is what is away; its end can always be told."""
    acts = {"end"}
    if d.state in codes.AWAY:
        acts.add("demand")
    if d.state in codes.DOCUMENT_MOVES["promise"][0] and open_demands(demands):
        acts.add("hear")
    return frozenset(acts)


def open_demands(demands: tuple[DemandView, ...]) -> tuple[DemandView, ...]:
    """Those whose last word is still to come."""
    return tuple(one for one in demands if one.outcome in {codes.DemandOutcome.WAITING, codes.DemandOutcome.PROMISED})


def _demand(d: Demand) -> DemandView:
    outcome, way = str(codes.DemandOutcome(d.outcome).label), str(codes.DemandWay(d.way).label)
    return DemandView(d.id, way, d.on, d.outcome, outcome, d.answered_on, d.by.name)
