"""Legal matters: considered, made, answered, decided; who helps with them, and the money that they are about.

No office is told of a person who did not agree: to write down that a matter was made, or brought before a higher office, asks for
their consent first. There is no exception.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import enums, law
from spean.cases import law_enums as codes
from spean.cases.contexts import hearing_context, matter_context, measure_context
from spean.cases.ledger_enums import Currency, MoneyKind
from spean.cases.models import Case, Hearing, Matter, Measure, Money, OfficeTold
from spean.cases.money import Sums
from spean.cases.operations import consent, hearings
from spean.cases.operations import money as ledger
from spean.cases.operations.course import STRANGE, after, done, find, find_matter, more, on_its_day, reckon_due
from spean.cases.operations.reading import opened_part
from spean.cases.step_enums import StepDetail, StepKind
from spean.directory.enums import Need
from spean.directory.queries import public as directory
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of


@dataclass(frozen=True)
class Words:
    """What is sealed of a matter: with whom it is about, the number of its file, the lawyer, and what was said."""

    who: str = ""
    number: str = ""
    lawyer: str = ""
    text: str = ""


@dataclass(frozen=True)
class Moved:
    """What became of a matter. `answer_by` is what the office said; against an agency the law says it."""

    verb: str
    on: date
    office: str = ""  # where it is made now, if elsewhere
    outcome: str = ""
    answer_by: date | None = None
    number: str = ""
    text: str = ""


@dataclass(frozen=True)
class Aid:
    """Who was asked for help with the law, and the answer."""

    verb: str
    on: date
    entry: UUID | None = None  # of the directory
    lawyer: str = ""
    text: str = ""


@dataclass(frozen=True)
class Claim:
    """A matter of money that is claimed in a legal one, with its sums."""

    kind: str
    currency: str
    sums: Sums


@dataclass(frozen=True)
class Opened:
    """The words of matters, hearings and measures by their ids, the money of each matter, and who may be told."""

    words: dict[UUID, Any]
    money: dict[UUID, tuple[Claim, ...]]
    authorities: tuple[consent.Named, ...]


@transaction.atomic
def consider(actor: Actor, case_id: UUID, kind: str, office: str, words: Words, sent_id: UUID) -> UUID:
    """A new matter. A charge is being dealt with from the first moment. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "law")
    known = case.matters.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    wrong: dict[str, object] = {}
    if kind not in codes.MatterKind:
        wrong["kind"] = STRANGE
    if office not in codes.Office:
        wrong["office"] = STRANGE
    if wrong:
        raise Invalid(wrong)
    made = Matter(id=new_id(), case=case, kind=kind, office=office, written_on=clock.today(), written_by_id=actor.id)
    if kind == codes.MatterKind.CHARGE:
        made.state = codes.MatterState.ACCEPTED
    made.sent_hash = sent_hash(sent_id)
    made.words = _sealed(ring.data_key(case.id), made, words)
    made.save(force_insert=True)
    done(actor, case, "case.law", StepKind.LAW, reason=kind)
    return made.id


@transaction.atomic
def move(actor: Actor, case_id: UUID, matter_id: UUID, moved: Moved) -> None:
    """Write down what became of it. Twice is once."""
    ring = ring_of(actor)
    case, matter = find_matter(actor, case_id, matter_id)
    if moved.verb not in codes.MATTER_MOVES or (moved.office and moved.office not in codes.Office):
        raise Invalid({"verb": STRANGE})
    if matter.state == codes.MATTER_MOVES[moved.verb][1]:
        return
    if matter.kind == codes.MatterKind.CHARGE and moved.verb not in codes.OF_A_CHARGE:
        raise Invalid({"verb": STRANGE})
    matter.state = after(codes.MATTER_MOVES, moved.verb, matter.state)
    if matter.state != codes.MatterState.MISTAKEN:
        on_its_day(moved.on, matter.moved_on)
    if moved.verb in codes.TELLS_OFFICE:
        consent.for_authority(case, "verb")
        _make(matter, moved)
    matter.outcome = _outcome(moved)
    matter.moved_on = moved.on
    key = ring.data_key(case.id)
    old = _words(key, matter)
    matter.words = _sealed(key, matter, Words(old.who, clean(moved.number) or old.number, old.lawyer, more(old.text, moved.text)))
    matter.save()
    if matter.state == codes.MatterState.MISTAKEN:
        hearings.none_of(actor, matter)
    _kept(actor, case, StepDetail.LAW_MOVED, f"{matter.kind}.{moved.verb}")


def _make(matter: Matter, moved: Moved) -> None:
    """It is before an office from that day on; until when it has to answer is the law's word, or else the office's."""
    matter.office, matter.made_on = moved.office or matter.office, moved.on
    by_law = law.answer_by(matter.kind, moved.on) if moved.verb == "make" else None
    matter.answer_by = by_law or moved.answer_by
    if matter.answer_by is not None and matter.answer_by < moved.on:
        raise Invalid({"answer_by": _("An answer does not come before the question. Choose a later day.")})
    OfficeTold.objects.create(matter=matter, office=matter.office, on=moved.on)


def _outcome(moved: Moved) -> str:
    if moved.verb != "decide":
        return ""
    if moved.outcome not in codes.Outcome:
        raise Invalid({"outcome": _("Say for whom it was decided.")})
    return moved.outcome


@transaction.atomic
def aid(actor: Actor, case_id: UUID, matter_id: UUID, given: Aid) -> None:
    """Somebody was asked to help with the law, helps, cannot, or helps no more. Twice is once."""
    ring = ring_of(actor)
    case, matter = find_matter(actor, case_id, matter_id)
    if given.verb not in codes.AID_MOVES:
        raise Invalid({"verb": STRANGE})
    if matter.aid_state == codes.AID_MOVES[given.verb][1]:
        return
    state = after(codes.AID_MOVES, given.verb, matter.aid_state)
    anew = matter.aid_state not in {codes.AidState.ASKED, codes.AidState.TAKEN}
    on_its_day(given.on, None if anew else matter.aid_on)
    if given.entry is not None and given.entry not in dict(directory.helpers(Need.LAW)):
        raise Invalid({"entry": _("Choose somebody of the help directory who helps with the law.")})
    key = ring.data_key(case.id)
    old = _words(key, matter)
    lawyer = clean(given.lawyer) or ("" if anew else old.lawyer)
    entry = given.entry or (None if anew else matter.aid_by_id)
    if entry is None and not lawyer:
        raise Invalid({"lawyer": _("Say who: somebody of the help directory, or a name.")})
    matter.aid_state, matter.aid_on, matter.aid_by_id = state, given.on, entry
    matter.words = _sealed(key, matter, Words(old.who, old.number, lawyer, more(old.text, given.text)))
    matter.save(update_fields=["aid_state", "aid_on", "aid_by", "words"])
    done(actor, case, "case.law", StepDetail.LEGAL_AID, reason=f"aid.{given.verb}")


@transaction.atomic
def protect(
    actor: Actor, case_id: UUID, matter_id: UUID, kind: str, office: str, on: date, words: str, sent_id: UUID
) -> UUID:  # fmt: skip
    """Write down that an office was asked to protect the person. A replay returns the first one's id."""
    ring = ring_of(actor)
    case, matter = find_matter(actor, case_id, matter_id)
    known = matter.measures.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    wrong: dict[str, object] = {}
    if kind not in codes.MeasureKind:
        wrong["kind"] = STRANGE
    if office not in codes.Office:
        wrong["office"] = STRANGE
    if wrong:
        raise Invalid(wrong)
    on_its_day(on, None)
    consent.for_authority(case, "office")
    made = Measure(id=new_id(), matter=matter, kind=kind, office=office, asked_on=on, written_by_id=actor.id)
    made.sent_hash = sent_hash(sent_id)
    made.words = seal(ring.data_key(case.id), {"text": clean(words)}, measure_context(case, made.id))
    made.save(force_insert=True)
    done(actor, case, "case.law", StepDetail.MEASURE, reason=kind)
    return made.id


@transaction.atomic
def answer(actor: Actor, case_id: UUID, matter_id: UUID, measure_id: UUID, verb: str, on: date, words: str) -> None:
    """What was answered: a verb of MEASURE_MOVES. Twice is once."""
    ring = ring_of(actor)
    case, matter = find_matter(actor, case_id, matter_id)
    measure = matter.measures.select_for_update().filter(pk=measure_id).first()
    if measure is None:
        raise NotYours
    if verb not in codes.MEASURE_MOVES:
        raise Invalid({"verb": STRANGE})
    if measure.state == codes.MEASURE_MOVES[verb][1]:
        return
    leaves, to = codes.MEASURE_MOVES[verb]
    if measure.state not in leaves:  # one form answers for several of them: what was typed is not lost
        raise Invalid({"verb": STRANGE})
    on_its_day(on, measure.answered_on or measure.asked_on)
    measure.state, measure.answered_on = to, on
    key, bound = ring.data_key(case.id), measure_context(case, measure.id)
    old = open_sealed(key, bytes(measure.words), bound)["text"]
    measure.words = seal(key, {"text": more(old, words)}, bound)
    measure.save(update_fields=["state", "answered_on", "words"])
    done(actor, case, "case.law", StepDetail.MEASURE, reason=f"{measure.kind}.{verb}")


@transaction.atomic
def claim(actor: Actor, case_id: UUID, matter_id: UUID, chosen: Collection[UUID]) -> None:
    """Say which matters of money are claimed in it: these, and no others."""
    case, matter = find_matter(actor, case_id, matter_id)
    wanted = set(chosen)
    if wanted - set(case.money.values_list("pk", flat=True)):
        raise NotYours
    if wanted == set(matter.money.values_list("pk", flat=True)):
        return
    matter.money.exclude(pk__in=wanted).update(matter=None)
    case.money.filter(pk__in=wanted).update(matter=matter)
    done(actor, case, "case.law", StepKind.MONEY, reason="claim")


def read(actor: Actor, case_id: UUID, reason: str = "") -> Opened:
    """All of it in clear, with the sums of the money that is claimed: the trail first, as for the case itself."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.law_read", case, org=case.org_id)
        matters = list(case.matters.select_related("case"))
        words: dict[UUID, Any] = {m.id: _words(key, m) for m in matters}
        for h in Hearing.objects.filter(matter__case=case):
            words[h.id] = hearings.Words(**open_sealed(key, bytes(h.words), hearing_context(case, h.id)))
        for asked in Measure.objects.filter(matter__case=case):
            words[asked.id] = open_sealed(key, bytes(asked.words), measure_context(case, asked.id))["text"]
        claimed = list(case.money.exclude(matter=None).prefetch_related("amounts__by").order_by("kind", "id"))
        if claimed:
            audit.record(actor, "case.amounts", case, org=case.org_id)
        money = {m.id: tuple(_claim(case, one, key) for one in claimed if one.matter_id == m.id) for m in matters}
        return Opened(words, money, consent.named(case, key, enums.Purpose.AUTHORITY))


def claims(case: Case, key: bytes, matter: Matter) -> tuple[tuple[Money, Sums], ...]:
    """The money that is claimed in a matter, with its sums. Inside a read only, which has written the trail."""
    found = matter.money.prefetch_related("amounts__by").order_by("kind", "id")
    return tuple((one, ledger.opened(case, one, key).sums) for one in found)


def _claim(case: Case, money: Money, key: bytes) -> Claim:
    sums = ledger.opened(case, money, key).sums
    return Claim(str(MoneyKind(money.kind).label), str(Currency(money.currency).label), sums)


def _kept(actor: Actor, case: Case, step: str, reason: str) -> None:
    reckon_due(case)
    done(actor, case, "case.law", step, "due_on", reason=reason)


def _words(key: bytes, matter: Matter) -> Words:
    return Words(**open_sealed(key, bytes(matter.words), matter_context(matter.case, matter.id)))


def _sealed(key: bytes, matter: Matter, words: Words) -> bytes:
    typed = {name: clean(text) for name, text in asdict(words).items()}
    return seal(key, typed, matter_context(matter.case, matter.id))
