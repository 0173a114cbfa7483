"""Money that a person paid, owes or is owed: matters, and amounts one by one. A wrong amount is marked, never written over."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases.contexts import amount_context, money_context
from spean.cases.ledger_enums import HAD, AmountKind, Currency, HolderKind, MoneyKind
from spean.cases.models import Case, Money, MoneyAmount
from spean.cases.money import MOST, NOTHING, Sums, band, by_currency, summed
from spean.cases.operations.course import STRANGE, done, find
from spean.cases.operations.reading import opened_part
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of


@dataclass(frozen=True)
class Matter:
    """What is opened of one: who it is about, what was said, and its amounts."""

    who: str
    words: str
    amounts: tuple["Amount", ...]
    sums: Sums


@dataclass(frozen=True)
class Book:
    """The matters of a case, opened, and what each currency comes to."""

    matters: dict[UUID, Matter]
    totals: tuple[tuple[str, Sums], ...]  # (currency in words, its sums)


@dataclass(frozen=True)
class Amount:
    """One amount, opened."""

    id: UUID
    what: str
    label: str
    amount: Decimal
    month: date
    words: str
    mistaken: bool
    by: str
    had: bool  # it changed hands: there can be a receipt


@transaction.atomic
def begin(actor: Actor, case_id: UUID, codes: dict[str, str], who: str, words: str, sent_id: UUID) -> UUID:
    """A new matter, still without an amount. `codes`: kind, currency, other (who it is about). A replay returns the first."""
    ring = ring_of(actor)
    case = find(actor, case_id, "money")
    known = case.money.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    books: dict[str, Any] = {"kind": MoneyKind, "currency": Currency, "other": HolderKind}
    wrong: dict[str, object] = {name: STRANGE for name, book in books.items() if codes[name] not in book}
    if wrong:
        raise Invalid(wrong)
    made = Money(id=new_id(), case=case, written_by_id=actor.id, sent_hash=sent_hash(sent_id), **codes)
    made.words = seal(ring.data_key(case.id), {"who": clean(who), "words": clean(words)}, money_context(case, made.id))
    made.save(force_insert=True)
    done(actor, case, "case.money", StepKind.MONEY, reason=codes["kind"])
    return made.id


@transaction.atomic
def add(actor: Actor, case_id: UUID, money_id: UUID, what: str, amount: Decimal, month: date, words: str, sent_id: UUID) -> None:
    """One amount more. The month alone stands in the clear; the size of what is open is counted anew."""
    ring = ring_of(actor)
    case, money = _found(actor, case_id, money_id)
    if money.amounts.filter(sent_hash=sent_hash(sent_id)).exists():
        return
    if what not in AmountKind:
        raise Invalid({"what": STRANGE})
    if not NOTHING < amount < MOST:
        raise Invalid({"amount": _("Write an amount, for example 12,000.")})
    if month > clock.today():
        raise Invalid({"month": _("That month has not come yet.")})
    made = MoneyAmount(id=new_id(), money=money, what=what, month=month.replace(day=1), by_id=actor.id)
    made.sent_hash, key = sent_hash(sent_id), ring.data_key(case.id)
    made.said = seal(key, {"amount": str(amount), "words": clean(words)}, amount_context(case, made.id))
    made.save(force_insert=True)
    _reckon(case, money, key)
    done(actor, case, "case.money", StepKind.MONEY, reason=what)


@transaction.atomic
def mistake(actor: Actor, case_id: UUID, money_id: UUID, amount_id: UUID) -> None:
    """It was written down by mistake: it stays, and counts no more. Twice is once."""
    ring = ring_of(actor)
    case, money = _found(actor, case_id, money_id)
    wrong = money.amounts.filter(pk=amount_id).first()
    if wrong is None:
        raise NotYours
    if wrong.mistaken_by_id is not None:
        return
    wrong.mistaken_by_id = actor.id
    wrong.save(update_fields=["mistaken_by"])
    _reckon(case, money, ring.data_key(case.id))
    done(actor, case, "case.money", StepKind.MONEY, reason=wrong.what)


def read(actor: Actor, case_id: UUID, reason: str = "") -> Book:
    """Each matter with its amounts and sums, opened: the trail first, as for the case itself."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.amounts", case, org=case.org_id)
        kept = list(case.money.prefetch_related("amounts__by"))
        matters = {m.id: opened(case, m, key) for m in kept}
    sums = by_currency((m.currency, matters[m.id].sums) for m in kept)
    return Book(matters, tuple((str(Currency(code).label), total) for code, total in sorted(sums.items())))


def opened(case: Case, money: Money, key: bytes) -> Matter:
    """One matter in clear. Inside a read only, which has written the trail."""
    told = open_sealed(key, bytes(money.words), money_context(case, money.id))
    amounts = tuple(
        _amount(case, a, key)
        for a in sorted(money.amounts.all(), key=lambda a: (a.month, AmountKind.values.index(a.what), str(a.id)))
    )
    return Matter(told["who"], told["words"], amounts, _sums(money, amounts))


def _amount(case: Case, a: MoneyAmount, key: bytes) -> Amount:
    told = open_sealed(key, bytes(a.said), amount_context(case, a.id))
    label = str(AmountKind(a.what).label)
    mistaken = a.mistaken_by_id is not None
    had = a.what in HAD and not mistaken
    return Amount(a.id, a.what, label, Decimal(told["amount"]), a.month, told["words"], mistaken, a.by.name, had)


def _sums(money: Money, amounts: tuple[Amount, ...]) -> Sums:
    return summed(money.kind, ((a.what, a.amount) for a in amounts if not a.mistaken))


def _reckon(case: Case, money: Money, key: bytes) -> None:
    amounts = tuple(_amount(case, a, key) for a in money.amounts.select_related("by"))
    money.open = band(_sums(money, amounts).open)
    money.save(update_fields=["open"])


def _found(actor: Actor, case_id: UUID, money_id: UUID) -> tuple[Case, Money]:
    case = find(actor, case_id, "money")
    money = case.money.select_for_update().filter(pk=money_id).first()
    if money is None:
        raise NotYours
    return case, money
