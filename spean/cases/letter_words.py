"""What a letter, complaint or receipt begins with: the template of its kind, filled with what may be told. Pure."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.utils.translation import get_language, override

from spean.cases import enums, law, ledger_enums
from spean.cases.enums import Shared
from spean.cases.letter_enums import RECEIPTS
from spean.cases.models import Case, Document, Matter, Money
from spean.cases.money import Sums
from spean.cases.operations import documents
from spean.cases.operations import law as legal
from spean.cases.operations.money import Amount
from spean.cases.operations.opening import Person
from spean.kernel.text import khmer_digits
from spean.voices import letters

SOURCE = Path(__file__).with_name("letters.toml")
#: to be written in by hand
BLANK = "……………………………………"
_WORDS = (
    "to", "organisation", "person", "nameless", "home", "document", "number", "holder_kind", "country", "holder", "place",
    "since", "pretext", "asked", "against", "file", "what", "claimed", "days", "giver", "owner", "amount", "about", "taker",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """Everything that a paper about one row could tell. `number` is how the case is named."""

    case: Case
    number: str
    person: Person
    document: Document | None = None
    kept: documents.Words = field(default_factory=documents.Words)
    matter: Matter | None = None
    complaint: legal.Words = field(default_factory=legal.Words)
    claims: tuple[tuple[Money, Sums], ...] = ()
    money: Money | None = None
    other: str = ""  # the other side of a matter of money
    amount: Amount | None = None


def begin(kind: str, known: Known, to: str, told: frozenset[str]) -> tuple[str, str]:
    """Its first words in Khmer and English. Of the person it holds what is `told`; with nothing told, the case's number."""
    km, en = (_in(language, kind, known, to, told) for language in ("km", "en"))
    return letters.begin(kind, km=km, en=en, source=SOURCE)


def _in(language: str, kind: str, known: Known, to: str, told: frozenset[str]) -> dict[str, str]:
    with override(language):
        parts = {"to": to or "…", "organisation": known.case.team.organisation.name, **_nameless(known, told)}
        if Shared.NAME in told:
            parts |= {"person": _name(known.person)}
        if Shared.HOME in told:
            parts |= {"home": known.case.place.name if known.case.place else ""}
        if known.document is not None:
            parts |= _of_document(known.document, known.kept, told)
        if known.matter is not None and Shared.STORY in told:
            parts |= _of_matter(known.matter, known.complaint, known.claims)
        if kind in RECEIPTS:
            parts |= _of_receipt(known, named=Shared.NAME in told)
        return {**dict.fromkeys(_WORDS, ""), **parts}


def _nameless(known: Known, told: frozenset[str]) -> dict[str, str]:
    return {} if told else {"nameless": _digits(known.number)}


def _name(person: Person) -> str:
    names = (person.name_km, person.name_latin)
    return next((name for name in (names if get_language() == "km" else names[::-1]) if name), "")


def _of_document(d: Document, kept: documents.Words, told: frozenset[str]) -> dict[str, str]:
    country = str(enums.Country(d.country).label) if d.country != enums.Country.NOT_KNOWN else ""
    parts = {
        "document": str(ledger_enums.DocumentKind(d.kind).label),
        "holder_kind": str(ledger_enums.HolderKind(d.holder_kind).label),
        "country": country,
    }
    if Shared.NAME in told:
        parts["number"] = kept.number
    if Shared.STORY in told:
        asked = [
            f"{ledger_enums.DemandWay(one.way).label}, {_digits(f'{one.on:%d/%m/%Y}')}: "
            f"{ledger_enums.DemandOutcome(one.outcome).label}"
            for one in d.demands.order_by("on", "id")
        ]
        unsaid = {ledger_enums.Pretext.NOT_ASKED, ledger_enums.Pretext.UNKNOWN}
        parts |= {
            "holder": kept.holder,
            "place": ", ".join(part for part in (country, kept.place) if part),
            "country": "",
            "since": _digits(f"{d.since:%m/%Y}") if d.since else "",
            "pretext": str(ledger_enums.Pretext(d.pretext).label) if d.pretext not in unsaid else "",
            "asked": "; ".join(asked),
        }
    return parts


def _of_matter(matter: Matter, said: legal.Words, claims: tuple[tuple[Money, Sums], ...]) -> dict[str, str]:
    claimed = [f"{ledger_enums.MoneyKind(one.kind).label}: {_amount(sums.claimed or sums.open, one)}" for one, sums in claims]
    return {
        "against": said.who,
        "file": said.number,
        "what": said.text or "…",
        "claimed": "; ".join(claimed),
        "days": _digits(str(law.days(matter.kind) or "…")),
    }


def _of_receipt(known: Known, *, named: bool) -> dict[str, str]:
    owner = _name(known.person) if named else BLANK
    if known.document is not None:
        kind = str(ledger_enums.HolderKind(known.document.holder_kind).label)
        giver = ", ".join(part for part in (kind, known.kept.holder) if part)
        return {"owner": owner or BLANK, "giver": giver if named else BLANK}
    if known.money is None or known.amount is None:
        return {}
    other = known.other if named and known.other else BLANK
    giver, taker = (owner, other) if known.amount.what == ledger_enums.AmountKind.PAID else (other, owner)
    return {
        "giver": giver or BLANK,
        "taker": taker or BLANK,
        "amount": _amount(known.amount.amount, known.money),
        "about": str(ledger_enums.MoneyKind(known.money.kind).label),
    }


def _amount(amount: Decimal, of: Money) -> str:
    return f"{_digits(f'{amount:,.2f}'.removesuffix('.00'))} {ledger_enums.Currency(of.currency).label}"


def _digits(text: str) -> str:
    return khmer_digits(text) if get_language() == "km" else text
