"""The letters and receipts of a case, as a list: kinds, states and days. Their words are sealed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import letter_enums as codes
from spean.cases.law_enums import BEFORE_AN_OFFICE, MatterState, Office
from spean.cases.ledger_enums import AWAY, DemandWay, DocumentKind, DocumentState, MoneyKind
from spean.cases.models import Case, CaseLetter
from spean.cases.operations.letters import full_number


@dataclass(frozen=True)
class LetterView:
    """One paper. `ways` is how it can be handed over; `may` says which acts fit its state."""

    id: UUID
    number: str
    kind: str
    about: str
    receipt: bool
    naming: str
    state: str
    state_label: str
    made_on: date
    moved_on: date | None
    by: str
    ways: tuple[tuple[str, str], ...]
    may: frozenset[str]


def letters(actor: Actor, case_id: UUID) -> tuple[LetterView, ...]:
    """Those of one case, the newest first. Two queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    found = case.letters.select_related("by", "document", "amount__money", "matter").order_by("-position")
    return tuple(_letter(case, one) for one in found)


def _letter(case: Case, one: CaseLetter) -> LetterView:
    one.case = case
    return LetterView(
        id=one.id,
        number=full_number(one),
        kind=str(codes.LetterKind(one.kind).label),
        about=_about(one),
        receipt=one.kind in codes.RECEIPTS,
        naming=str(codes.Naming(one.naming).label),
        state=one.state,
        state_label=str(codes.LetterState(one.state).label),
        made_on=one.made_on,
        moved_on=one.moved_on,
        by=one.by.name,
        ways=tuple((way.value, str(DemandWay(way).label)) for way in codes.WAYS.get(one.kind, ())),
        may=_may(one),
    )


def _about(one: CaseLetter) -> str:
    if one.document is not None:
        return str(DocumentKind(one.document.kind).label)
    if one.matter is not None:
        return str(Office(one.matter.office).label)
    return str(MoneyKind(one.amount.money.kind).label) if one.amount is not None else ""


def _may(one: CaseLetter) -> frozenset[str]:
    """What nobody has yet is handed over while its document is still away, or signed when it comes back; or it is not used."""
    if one.state != codes.LetterState.MADE:
        return frozenset()
    if one.kind in codes.RECEIPTS:
        signs = one.document is None or one.document.state in AWAY | {DocumentState.LOST, DocumentState.RETURNED}
        return frozenset({"sign", "drop"} if signs else {"drop"})
    waits = one.document.state in AWAY if one.document is not None else _wanted(one)
    return frozenset({"hand", "drop"} if waits else {"drop"})


def _wanted(one: CaseLetter) -> bool:
    return one.matter is not None and one.matter.state in {MatterState.CONSIDERED, *BEFORE_AN_OFFICE}
