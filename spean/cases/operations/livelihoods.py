"""Livelihoods: thought about, begun, going on, ended for a reason; what was given for them; and what comes in, month by month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases.contexts import income_context, livelihood_context, support_context
from spean.cases.ledger_enums import Currency
from spean.cases.models import Case, Income, Livelihood, Support
from spean.cases.money import MOST, NOTHING, band
from spean.cases.operations.course import STRANGE, after, done, find
from spean.cases.operations.reading import opened_part
from spean.cases.rebuild_enums import LIVELIHOOD_MOVES, EndedFor, LivelihoodKind, LivelihoodState, SupportKind
from spean.cases.step_enums import StepDetail
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

NOT_YET = _("That month has not come yet.")
STEP = StepDetail.LIVELIHOOD


@dataclass(frozen=True)
class Given:
    """What was given for a livelihood. `money` is a matter of money of the case, where it was money."""

    kind: str
    month: date
    money: UUID | None = None
    words: str = ""


@dataclass(frozen=True)
class Came:
    """What came in in one month, opened."""

    id: UUID
    month: date
    currency: str
    amount: Decimal
    words: str
    mistaken: bool
    by: str


@dataclass(frozen=True)
class Opened:
    """The words of livelihoods and of what was given for them, by their ids, and what came in, the earliest first."""

    words: dict[UUID, str]
    incomes: tuple[Came, ...]


@transaction.atomic
def consider(actor: Actor, case_id: UUID, kind: str, words: str, sent_id: UUID) -> UUID:
    """Something is thought about. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "rebuild")
    known = case.livelihoods.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    if kind not in LivelihoodKind:
        raise Invalid({"kind": STRANGE})
    today = clock.today()
    made = Livelihood(id=new_id(), case=case, kind=kind, made_on=today, moved_on=today, by_id=actor.id)
    made.sent_hash = sent_hash(sent_id)
    made.words = seal(ring.data_key(case.id), {"text": clean(words)}, livelihood_context(case, made.id))
    made.save(force_insert=True)
    done(actor, case, "case.livelihood", STEP, reason=kind)
    return made.id


@transaction.atomic
def move(actor: Actor, case_id: UUID, row: UUID, verb: str, why: str = "") -> None:
    """Begin it, let it go on, or end it for a reason. Twice is once."""
    case, found = _found(actor, case_id, row)
    if verb not in LIVELIHOOD_MOVES:
        raise Invalid({"verb": STRANGE})
    if found.state == LIVELIHOOD_MOVES[verb][1]:
        return
    found.state = after(LIVELIHOOD_MOVES, verb, found.state)
    ends = found.state == LivelihoodState.ENDED
    if ends and why not in EndedFor:
        raise Invalid({"why": _("Choose why it ended.")})
    found.ended_for, found.moved_on = why if ends else "", clock.today()
    found.save(update_fields=["state", "ended_for", "moved_on"])
    done(actor, case, "case.livelihood", STEP, reason=verb)


@transaction.atomic
def support(actor: Actor, case_id: UUID, row: UUID, given: Given, sent_id: UUID) -> None:
    """Something was given for it. How much money it was stands in the matter of money that it names."""
    ring = ring_of(actor)
    case, found = _found(actor, case_id, row)
    if found.supports.filter(sent_hash=sent_hash(sent_id)).exists():
        return
    wrong: dict[str, object] = {}
    if given.kind not in SupportKind:
        wrong["kind"] = STRANGE
    if given.month > clock.today():
        wrong["month"] = NOT_YET
    if given.money is not None and not case.money.filter(pk=given.money).exists():
        wrong["money"] = _("Choose among the matters of money of this case.")
    if wrong:
        raise Invalid(wrong)
    made = Support(id=new_id(), livelihood=found, kind=given.kind, month=given.month.replace(day=1), money_id=given.money)
    made.by_id, made.sent_hash = actor.id, sent_hash(sent_id)
    made.words = seal(ring.data_key(case.id), {"text": clean(given.words)}, support_context(case, made.id))
    made.save(force_insert=True)
    done(actor, case, "case.livelihood", STEP, reason=given.kind)


@transaction.atomic
def earn(actor: Actor, case_id: UUID, month: date, amount: Decimal, currency: str, words: str, sent_id: UUID) -> None:
    """What came in in one month: nothing is an answer too. The amount is sealed, its size counted."""
    ring = ring_of(actor)
    case = find(actor, case_id, "rebuild")
    if case.incomes.filter(sent_hash=sent_hash(sent_id)).exists():
        return
    wrong: dict[str, object] = {}
    if currency not in Currency:
        wrong["currency"] = STRANGE
    if not NOTHING <= amount < MOST:
        wrong["amount"] = _("Write an amount, for example 12,000.")
    if month > clock.today():
        wrong["month"] = NOT_YET
    if wrong:
        raise Invalid(wrong)
    made = Income(id=new_id(), case=case, month=month.replace(day=1), currency=currency, size=band(amount), by_id=actor.id)
    made.sent_hash = sent_hash(sent_id)
    content: dict[str, Any] = {"amount": str(amount), "words": clean(words)}
    made.said = seal(ring.data_key(case.id), content, income_context(case, made.id))
    made.save(force_insert=True)
    done(actor, case, "case.livelihood", STEP, reason="income")


@transaction.atomic
def mistake(actor: Actor, case_id: UUID, income_id: UUID) -> None:
    """It was written down by mistake: it stays, and counts no more. Twice is once."""
    case = find(actor, case_id, "rebuild")
    wrong = case.incomes.filter(pk=income_id).first()
    if wrong is None:
        raise NotYours
    if wrong.mistaken_by_id is not None:
        return
    wrong.mistaken_by_id = actor.id
    wrong.save(update_fields=["mistaken_by"])
    done(actor, case, "case.livelihood", STEP, reason="mistake")


def read(actor: Actor, case_id: UUID, reason: str = "") -> Opened:
    """All of it in clear; the trail first."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.livelihoods", case, org=case.org_id)
        words: dict[UUID, str] = {}
        for one in case.livelihoods.exclude(words=b""):
            words[one.id] = str(open_sealed(key, bytes(one.words), livelihood_context(case, one.id))["text"])
        for given in Support.objects.filter(livelihood__case=case).exclude(words=b""):
            words[given.id] = str(open_sealed(key, bytes(given.words), support_context(case, given.id))["text"])
        kept = case.incomes.exclude(said=b"").select_related("by").order_by("month", "currency", "id")
        return Opened(words, tuple(_came(case, i, key) for i in kept))


def _came(case: Case, i: Income, key: bytes) -> Came:
    told = open_sealed(key, bytes(i.said), income_context(case, i.id))
    label = str(Currency(i.currency).label)
    return Came(i.id, i.month, label, Decimal(told["amount"]), told["words"], i.mistaken_by_id is not None, i.by.name)


def _found(actor: Actor, case_id: UUID, row: UUID) -> tuple[Case, Livelihood]:
    case = find(actor, case_id, "rebuild")
    found = case.livelihoods.select_for_update().filter(pk=row).first()
    if found is None:
        raise NotYours
    return case, found
