"""Letters, complaints and receipts: begun from a template, kept as they were made, printed, handed over or signed.

A letter holds a name only by one consent that is for whom it goes to, and no more than that one covers. Without a consent it
holds the number of the case, where the office is one that can be asked so; else it is refused. The consent has to hold on
the day on which it is printed, and on the day on which it is handed over.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import letter_words, naming
from spean.cases.contexts import document_context, letter_context, matter_context, person_context
from spean.cases.enums import Shared
from spean.cases.law_enums import BEFORE_AN_OFFICE, MatterState
from spean.cases.ledger_enums import HAD, DocumentState, Receipt
from spean.cases.letter_enums import (
    COMPLAINTS,
    LETTER_MOVES,
    RECEIPTS,
    WAYS,
    WITHOUT_A_NAME,
    LetterKind,
    LetterState,
    Naming,
    purpose_of,
    told_by,
)
from spean.cases.letter_words import Known
from spean.cases.models import Case, CaseLetter, Consent, MoneyAmount, OfficeTold
from spean.cases.operations import consent, documents, law, money
from spean.cases.operations.course import STRANGE, after, done, find, number, on_its_day
from spean.cases.operations.opening import Person
from spean.cases.operations.reading import opened_part
from spean.cases.step_enums import StepDetail
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

NOBODY_AGREED = gettext_lazy(
    "Choose one of the answers. Where there is none, ask the person first, and write down what they say."
)


@dataclass(frozen=True)
class Chosen:
    """Which paper about which row, and by what it may name the person: a consent's id, or a code of Naming."""

    kind: str
    row: UUID
    by: str = ""


@dataclass(frozen=True)
class Text:
    """A paper's words, as they are printed."""

    km: str
    en: str


@dataclass(frozen=True)
class Draft:
    """A paper that is begun. `choices` is by what it may name the person; none where the person has to be asked first."""

    kind: str
    about: str
    by: str
    choices: tuple[tuple[str, str], ...]
    told: tuple[str, ...]  # what it may tell, in words
    text: Text


@dataclass(frozen=True)
class Printed:
    """One paper to be printed."""

    kind: str
    number: str
    on: date
    organisation_km: str
    organisation_en: str
    text: Text


def begin(actor: Actor, case_id: UUID, chosen: Chosen, reason: str = "") -> Draft:
    """What a new paper begins with: the trail first, as for the case itself. Nothing is kept."""
    access.get(actor, "case.see", Case.objects.all(), case_id, to="case.letter")
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.letters", case, org=case.org_id)
        known = _known(actor, case, key, chosen)
        names = consent.named(case, key, purpose_of(chosen.kind)) if chosen.kind not in RECEIPTS else ()
        fits = [one for one in names if told_by(chosen.kind) <= one.fields]
        choices = _choices(chosen.kind, fits)
        by = chosen.by if chosen.by in dict(choices) else next(iter(dict(choices)), "")
        agreed = next((one for one in fits if str(one.id) == by), None)
        told = _told(chosen.kind, by, agreed)
        to = agreed.name if agreed else ""
        km, en = letter_words.begin(chosen.kind, known, to, told) if by else ("", "")
        labels = tuple(str(field.label) for field in Shared if field in told and chosen.kind not in RECEIPTS)
        return Draft(chosen.kind, str(LetterKind(chosen.kind).label), by, choices, labels, Text(km, en))


def _choices(kind: str, fits: Iterable[consent.Named]) -> tuple[tuple[str, str], ...]:
    if kind in RECEIPTS:
        return tuple((one.value, str(one.label)) for one in Naming)
    named = [(str(one.id), _("To %(name)s, with the name") % {"name": one.name}) for one in fits]
    if kind in WITHOUT_A_NAME:
        named.append((Naming.NUMBER.value, str(Naming.NUMBER.label)))
    return tuple(named)


def _told(kind: str, by: str, agreed: consent.Named | None) -> frozenset[str]:
    """What of the person it may hold: a receipt is theirs; a letter holds what its consent covers."""
    if kind in RECEIPTS:
        return frozenset({Shared.NAME, Shared.STORY}) if by == Naming.NAME else frozenset()
    return agreed.fields if agreed else frozenset()


def _known(actor: Actor, case: Case, key: bytes, chosen: Chosen) -> Known:
    """All that could stand in it, of the one row. NotYours where the row is not of this case or fits no such paper."""
    person = Person.of(open_sealed(key, bytes(case.person), person_context(case)))
    known, row = Known(case, number(case), person), _row(case, chosen.kind, chosen.row)
    if row.document is not None:
        kept = documents.Words(**open_sealed(key, bytes(row.document.words), document_context(case, row.document.id)))
        return replace(known, document=row.document, kept=kept)
    audit.record(actor, "case.amounts", case, org=case.org_id)
    if row.matter is not None:
        said = law.Words(**open_sealed(key, bytes(row.matter.words), matter_context(case, row.matter.id)))
        return replace(known, matter=row.matter, complaint=said, claims=law.claims(case, key, row.matter))
    if row.amount is None:
        raise NotYours
    opened = money.opened(case, row.amount.money, key)
    amount = next(one for one in opened.amounts if one.id == chosen.row)
    return replace(known, money=row.amount.money, other=opened.who, amount=amount)


def _row(case: Case, kind: str, row: UUID) -> CaseLetter:
    """A paper, not kept, tied to its row: a document, a legal matter that is considered, or an amount that was had."""
    made = CaseLetter(case=case, kind=kind)
    if kind in WAYS or kind == LetterKind.RECEIPT:
        made.document = case.documents.filter(pk=row).first()
    elif kind in COMPLAINTS.values():
        kinds = [matter for matter, complaint in COMPLAINTS.items() if complaint == kind]
        made.matter = case.matters.filter(pk=row, kind__in=kinds, state=MatterState.CONSIDERED).first()
    elif kind == LetterKind.MONEY_RECEIPT:
        had = MoneyAmount.objects.filter(money__case=case, what__in=HAD, mistaken_by=None)
        made.amount = had.select_related("money").filter(pk=row).first()
    if not (made.document or made.matter or made.amount):
        raise NotYours
    return made


@transaction.atomic
def write(actor: Actor, case_id: UUID, chosen: Chosen, text: Text, sent_id: UUID) -> UUID:
    """Keep a paper as it will be printed. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "letter")
    known = case.letters.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    if chosen.kind not in LetterKind:
        raise Invalid({"kind": STRANGE})
    made, key = _row(case, chosen.kind, chosen.row), ring.data_key(case.id)
    made.naming, made.consent = _naming(case, chosen)
    text = Text(clean(text.km), clean(text.en))
    if made.naming == Naming.NUMBER:
        _names_nobody(case, key, made, text)
    made.id, made.by_id, made.made_on, made.sent_hash = new_id(), actor.id, clock.today(), sent_hash(sent_id)
    made.position = case.letters.count() + 1
    made.words = seal(key, {"km": text.km, "en": text.en}, letter_context(case, made.id))
    made.save(force_insert=True)
    done(actor, case, "case.letter", StepDetail.LETTER, reason=chosen.kind)
    return made.id


def _naming(case: Case, chosen: Chosen) -> tuple[str, Consent | None]:
    """How the person stands in it, and by which consent; Invalid where nothing allows it."""
    if chosen.by in Naming and (chosen.kind in RECEIPTS or (chosen.by == Naming.NUMBER and chosen.kind in WITHOUT_A_NAME)):
        return chosen.by, None
    agreed = {str(one.pk): one for one in case.consents.filter(purpose=purpose_of(chosen.kind), recipient=None)}
    if chosen.by not in agreed:
        raise Invalid({"by": NOBODY_AGREED})
    _holds(agreed[chosen.by], chosen.kind, "by")
    return Naming.NAME, agreed[chosen.by]


def _holds(agreed: Consent, kind: str, field: str) -> None:
    """Refused at a field of the form where the consent does not hold today, or covers too little."""
    try:
        consent.require_this(agreed, told_by(kind))
    except Conflict as refused:
        raise Invalid({field: refused.message}) from refused


def _names_nobody(case: Case, key: bytes, made: CaseLetter, text: Text) -> None:
    """Refuse the person's names, and the number and holder of the document, where only the case's number may stand."""
    person = Person.of(open_sealed(key, bytes(case.person), person_context(case)))
    secret = [person.name_km, person.name_latin, *person.aliases]
    if made.document is not None and made.kind not in RECEIPTS:
        said = open_sealed(key, bytes(made.document.words), document_context(case, made.document.id))
        secret += [said["number"], said["holder"]]
    for field, words in (("text_km", text.km), ("text_en", text.en)):
        if naming.stands_in(words, secret):
            raise Invalid({field: _("It goes without a name: take out the names, and the number of the document.")})


@transaction.atomic
def hand(actor: Actor, case_id: UUID, letter_id: UUID, on: date, way: str = "") -> None:
    """It was handed over: a document is asked back by it on that day, a complaint is made by it. Twice is once."""
    case, letter = _found(actor, case_id, letter_id)
    if letter.state == LetterState.HANDED:
        return
    if letter.kind in RECEIPTS:
        raise Conflict
    letter.state = after(LETTER_MOVES, "hand", letter.state)
    on_its_day(on, letter.made_on)
    if letter.consent is not None:
        _holds(letter.consent, letter.kind, "on")
    if letter.document is not None:
        if way not in WAYS[letter.kind]:
            raise Invalid({"way": STRANGE})
        named = letter.naming == Naming.NAME
        letter.demand_id = documents.demand(
            actor, case.id, letter.document.id, way, on, full_number(letter), letter.id, named=named
        )
    else:
        _make(actor, letter, on)
    _moved(actor, letter, on, StepDetail.LETTER_HANDED)


def _make(actor: Actor, letter: CaseLetter, on: date) -> None:
    """The complaint is made by it; where it was made before, the office hears of the person all the same."""
    matter = letter.matter
    if matter is None or matter.state not in {MatterState.CONSIDERED, *BEFORE_AN_OFFICE}:
        raise Conflict
    if matter.state == MatterState.CONSIDERED:
        law.move(actor, letter.case_id, matter.id, law.Moved("make", on))
    else:
        OfficeTold.objects.create(matter=matter, office=matter.office, on=on)


@transaction.atomic
def sign(actor: Actor, case_id: UUID, letter_id: UUID, on: date, receipt: str) -> None:
    """A receipt was signed or thumb-printed: a document is back with its owner by it. Twice is once."""
    case, letter = _found(actor, case_id, letter_id)
    if letter.state == LetterState.SIGNED:
        return
    if letter.kind not in RECEIPTS:
        raise Conflict
    if receipt not in {Receipt.SIGNED, Receipt.THUMB}:
        raise Invalid({"receipt": STRANGE})
    letter.state = after(LETTER_MOVES, "sign", letter.state)
    on_its_day(on, letter.made_on)
    if letter.document is not None:
        if letter.document.state == DocumentState.RETURNED:
            documents.confirm(actor, case.id, letter.document.id, receipt)
        else:
            documents.end(actor, case.id, letter.document.id, "return", on, receipt=receipt)
    _moved(actor, letter, on, StepDetail.LETTER_SIGNED)


@transaction.atomic
def drop(actor: Actor, case_id: UUID, letter_id: UUID) -> None:
    """It is not used; that it was made stays. Twice is once."""
    _case, letter = _found(actor, case_id, letter_id)
    if letter.state == LetterState.DROPPED:
        return
    letter.state = after(LETTER_MOVES, "drop", letter.state)
    _moved(actor, letter, clock.today(), StepDetail.LETTER_DROPPED)


def read(actor: Actor, case_id: UUID, reason: str = "") -> dict[UUID, Text]:
    """Each paper as it was made, opened: the trail first, as for the case itself."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.letters", case, org=case.org_id)
        return {one.id: _text(case, key, one) for one in case.letters.all()}


def printed(actor: Actor, case_id: UUID, letter_id: UUID) -> Printed:
    """One paper to be printed. One that nobody has yet is printed only while its consent holds."""
    with opened_part(actor, case_id) as (case, key):
        letter = case.letters.select_related("consent").filter(pk=letter_id).first()
        if letter is None:
            raise NotYours
        if letter.consent is not None and letter.state == LetterState.MADE:
            consent.require_this(letter.consent, told_by(letter.kind))
        audit.record(actor, "case.letter_print", letter, org=case.org_id)
        org = case.team.organisation
        return Printed(letter.kind, full_number(letter), letter.made_on, org.name_km, org.name_en, _text(case, key, letter))


def full_number(letter: CaseLetter) -> str:
    """How a paper is named: the number of the case, and its place among the papers of the case."""
    return f"{number(letter.case)}/{letter.position}"


def _text(case: Case, key: bytes, letter: CaseLetter) -> Text:
    return Text(**open_sealed(key, bytes(letter.words), letter_context(case, letter.id)))


def _found(actor: Actor, case_id: UUID, letter_id: UUID) -> tuple[Case, CaseLetter]:
    ring_of(actor)
    case = find(actor, case_id, "letter")
    letter = case.letters.select_for_update(of=("self",)).filter(pk=letter_id).first()
    if letter is None:
        raise NotYours
    letter.case = case
    return case, letter


def _moved(actor: Actor, letter: CaseLetter, on: date, step: str) -> None:
    letter.moved_on = on
    letter.save(update_fields=["state", "moved_on", "demand"])
    case: Any = letter.case
    case.refresh_from_db()  # what it filled has moved it too
    done(actor, case, "case.letter", step, reason=letter.kind)
