"""Documents that somebody else keeps: taken, asked back, answered, and their end with the owner's receipt."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.contexts import demand_context, document_context
from spean.cases.ledger_enums import (
    ANSWERS,
    DOCUMENT_MOVES,
    ENDS,
    TELLS_AUTHORITY,
    DemandOutcome,
    DemandWay,
    DocumentKind,
    DocumentState,
    HolderKind,
    Owner,
    Pretext,
    Receipt,
)  # fmt: skip
from spean.cases.models import Case, Demand, Document
from spean.cases.operations import consent
from spean.cases.operations.course import STRANGE, after, done, find, more, on_its_day
from spean.cases.operations.reading import opened_part
from spean.cases.step_enums import StepDetail, StepKind
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of


@dataclass(frozen=True)
class Words:
    """What is sealed of a document: who keeps it and where, its number, what was said or promised, who saw it come back."""

    holder: str = ""
    number: str = ""
    place: str = ""
    words: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class Taken:
    """What is counted of it: codes, and the month."""

    kind: str
    holder_kind: str
    owner: str = Owner.PERSON
    country: str = enums.Country.NOT_KNOWN
    pretext: str = Pretext.NOT_ASKED
    since: date | None = None  # the first of its month


@dataclass(frozen=True)
class Opened:
    """The words of each document and of each time that it was asked back, and which authorities the person agreed to."""

    documents: dict[UUID, Words]
    demands: dict[UUID, str]
    authorities: tuple[consent.Named, ...]


@transaction.atomic
def take(actor: Actor, case_id: UUID, taken: Taken, words: Words, sent_id: UUID) -> UUID:
    """Write down that somebody keeps a document. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "document")
    known = case.documents.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    books: dict[str, Any] = {
        "kind": DocumentKind, "holder_kind": HolderKind, "owner": Owner, "country": enums.Country, "pretext": Pretext,
    }  # fmt: skip
    wrong: dict[str, object] = {name: STRANGE for name, book in books.items() if getattr(taken, name) not in book}
    if taken.since is not None and taken.since > clock.today():
        wrong["since"] = _("That month has not come yet.")
    if wrong:
        raise Invalid(wrong)
    made = Document(id=new_id(), case=case, written_by_id=actor.id, moved_on=clock.today(), **asdict(taken))
    made.since = taken.since.replace(day=1) if taken.since else None
    made.sent_hash = sent_hash(sent_id)
    made.words = _sealed(ring.data_key(case.id), case, made.id, words)
    made.save(force_insert=True)
    done(actor, case, "case.document", StepKind.DOCUMENT, reason=taken.kind)
    return made.id


@transaction.atomic
def demand(
    actor: Actor, case_id: UUID, document_id: UUID, way: str, on: date, words: str, sent_id: UUID, *, named: bool = True
) -> UUID:
    """Write down that it was asked back. What tells an authority who the person is needs their consent first.

    Not `named`: by a letter with the number of the case alone. A replay returns the first one's id.
    """
    ring = ring_of(actor)
    case, document = _found(actor, case_id, document_id)
    known = document.demands.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    if way not in DemandWay:
        raise Invalid({"way": STRANGE})
    on_its_day(on, document.since)
    if named and way in TELLS_AUTHORITY:
        consent.for_authority(case, "way")
    document.state = after(DOCUMENT_MOVES, "demand", document.state)
    made = Demand(id=new_id(), document=document, way=way, on=on, by_id=actor.id, sent_hash=sent_hash(sent_id))
    made.words = seal(ring.data_key(case.id), {"text": clean(words)}, demand_context(case, made.id))
    made.save(force_insert=True)
    _kept(actor, case, document, StepDetail.DEMANDED, way)
    return made.id


@transaction.atomic
def hear(actor: Actor, case_id: UUID, document_id: UUID, demand_id: UUID, outcome: str, on: date) -> None:
    """Write down what the holder answered. A refusal brings the document back to "kept" when nobody else is still asked."""
    ring_of(actor)
    case, document = _found(actor, case_id, document_id)
    asked = document.demands.filter(pk=demand_id).first()
    if asked is None:
        raise NotYours
    if outcome not in ANSWERS:
        raise Invalid({"outcome": STRANGE})
    if asked.outcome == outcome:
        return
    on_its_day(on, asked.on)
    state = after(DOCUMENT_MOVES, ANSWERS[DemandOutcome(outcome)], document.state)
    asked.outcome, asked.answered_on = outcome, on
    asked.save(update_fields=["outcome", "answered_on"])
    others = set(document.demands.exclude(pk=asked.pk).values_list("outcome", flat=True))
    if state == DocumentState.HELD and DemandOutcome.PROMISED in others:
        state = DocumentState.PROMISED
    elif state == DocumentState.HELD and DemandOutcome.WAITING in others:
        state = DocumentState.ASKED
    document.state = state
    _kept(actor, case, document, StepDetail.DEMANDED, outcome)


@transaction.atomic
def end(
    actor: Actor, case_id: UUID, document_id: UUID, verb: str, on: date, *, receipt: str = Receipt.NONE, words: str = ""
) -> None:
    """It is back, replaced, lost, or taken again. What is back has its owner's receipt, or says why there is none yet."""
    ring = ring_of(actor)
    case, document = _found(actor, case_id, document_id)
    if verb not in ENDS or receipt not in Receipt:
        raise Invalid({"verb": STRANGE})
    if verb == "return" and receipt == Receipt.NONE and not clean(words):
        raise Invalid({"words": _("Write why there is no receipt yet, or how its owner confirmed it.")})
    to = DOCUMENT_MOVES[verb][1]
    if document.state == to:
        return
    on_its_day(on, document.since)
    document.state = after(DOCUMENT_MOVES, verb, document.state)
    document.receipt = receipt if verb == "return" else Receipt.NONE
    document.ended_on = None if verb == "take_again" else on
    if clean(words):
        key = ring.data_key(case.id)
        old = Words(**open_sealed(key, bytes(document.words), document_context(case, document.id)))
        said = {**asdict(old), "receipt": more(old.receipt, words)}
        document.words = _sealed(key, case, document.id, Words(**said))
    _kept(actor, case, document, StepDetail.DOCUMENT_MOVED, verb)


@transaction.atomic
def confirm(actor: Actor, case_id: UUID, document_id: UUID, receipt: str) -> None:
    """Its owner's receipt came after the document itself."""
    case, document = _found(actor, case_id, document_id)
    if document.receipt == receipt:
        return
    if document.state != DocumentState.RETURNED or receipt not in Receipt:
        raise Conflict
    document.receipt = receipt
    _kept(actor, case, document, StepDetail.DOCUMENT_MOVED, "receipt")


def read(actor: Actor, case_id: UUID, reason: str = "") -> Opened:
    """What is sealed of the documents of a case, opened: the trail first, as for the case itself."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.documents", case, org=case.org_id)
        asked = Demand.objects.filter(document__case=case)
        return Opened(
            {d.id: Words(**open_sealed(key, bytes(d.words), document_context(case, d.id))) for d in case.documents.all()},
            {d.id: open_sealed(key, bytes(d.words), demand_context(case, d.id))["text"] for d in asked},
            consent.named(case, key, enums.Purpose.AUTHORITY),
        )


def _found(actor: Actor, case_id: UUID, document_id: UUID) -> tuple[Case, Document]:
    case = find(actor, case_id, "document")
    document = case.documents.select_for_update().filter(pk=document_id).first()
    if document is None:
        raise NotYours
    return case, document


def _kept(actor: Actor, case: Case, document: Document, step: str, reason: str) -> None:
    document.moved_on = clock.today()
    document.save(update_fields=["state", "moved_on", "ended_on", "receipt", "words"])
    done(actor, case, "case.document", step, reason=reason)


def _sealed(key: bytes, case: Case, record: UUID, words: Words) -> bytes:
    typed = {name: clean(text) for name, text in asdict(words).items()}
    return seal(key, typed, document_context(case, record))
