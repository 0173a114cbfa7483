"""Whether who keeps a document, or is on the other side of money, stands in other cases too; and the issue raised from that.

Compared in memory, among the cases that the actor may open: nothing is kept of a name, no index and no hash of it. The trail
counts the comparison as a search. What is raised holds counts and a district, and a holder's name only where the actor says so.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import ledger_enums as codes
from spean.cases import naming
from spean.cases.contexts import document_context, money_context, person_context
from spean.cases.models import Case, Document, Money
from spean.cases.naming import Ear, Known
from spean.cases.operations import finding
from spean.cases.operations.course import number, record, step
from spean.cases.operations.opening import Person
from spean.cases.step_enums import StepDetail
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.text import khmer_digits
from spean.kernel.words import plain
from spean.places.models import Place
from spean.privacy.keys import KeyRing
from spean.privacy.sealing import open_sealed
from spean.voices import letters
from spean.voices.enums import Age, Fact, Kind, Sex
from spean.voices.models import Issue
from spean.voices.operations import issues
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

SOURCE = Path(__file__).parent.parent / "raised.toml"
#: of fewer people, a place may point at one
FEW = 3
#: cases that a row which was just written is compared with: who saves does not wait for more
NEWEST = 1_000
_AT_ONCE = 500
_PARTS = re.compile(r"[,;/()|\n]|\d[\d\s.+-]{5,}")
#: what somebody is called by what they are: two captains are not one. Khmer is written without a space after it
_TITLES = frozenset({
    "captain", "capt", "foreman", "boss", "owner", "manager", "employer", "broker", "agent", "agency", "company", "co", "ltd",
    "mr", "mrs", "ms", "the",
})  # fmt: skip
_KHMER_TITLES = ("តៃកុង", "មេការ", "មេខ្យល់", "ថៅកែ", "ក្រុមហ៊ុន", "ទីភ្នាក់ងារ", "ម្ចាស់", "លោកស្រី", "អ្នកស្រី", "លោក")


@dataclass(frozen=True)
class Same:
    """In which other cases the holder stands, and what all of them come to, this one too: counts alone."""

    others: tuple[tuple[UUID, str], ...]  # (id, number) of cases that the actor may open
    people: int
    documents: tuple[tuple[str, int], ...]  # (kind, how many) that this holder keeps
    money: int  # matters of money with this holder
    facts: dict[str, int]
    districts: tuple[Place, ...]

    @property
    def few(self) -> bool:
        """Whether the place may point at a person."""
        return self.people < FEW


class Row(NamedTuple):
    """One row of a ledger, and who stands on its other side, opened."""

    case: UUID
    kind: str  # of the document; of money nothing
    holder: Known


@dataclass(frozen=True)
class Raised:
    """An issue that is to be raised: its words, and whether they may name the holder."""

    kind: str
    words: issues.Summary
    naming: bool


def same(actor: Actor, case_id: UUID, row_id: UUID, most: int | None = None) -> Same:
    """In which other cases, of the `most` that moved last, the holder of this document or the other side of this money stands."""
    case = access.get(actor, "case.see", Case.objects.select_related("team"), case_id, to="case.document")
    ring, ear = ring_of(actor), Ear()
    about, _kind, _text = _about(case, ring.data_key(case.id), row_id)
    others = access.visible(actor, finding.SEARCH, Case.objects.exclude(person=b"")).exclude(pk=case.id)
    with_rows = Exists(Document.objects.filter(case=OuterRef("pk"))) | Exists(Money.objects.filter(case=OuterRef("pk")))
    chosen, _counted = finding.write_down(actor, others.filter(with_rows).order_by("-moved_on", "-id"), most)
    ids = [*chosen.values_list("pk", flat=True), case.id] if about.names or naming.numbers(about) else [case.id]
    found = [row for row in _rows(ring, ids) if _is(ear, about, row.holder)]
    return _counted_up(case, found)


def _is(ear: Ear, one: Known, other: Known) -> bool:
    return bool(naming.numbers(one) & naming.numbers(other)) or ear.likeness(one, other) > 0


def _counted_up(case: Case, found: list[Row]) -> Same:
    people = {case.id, *(row.case for row in found)}
    cases = list(Case.objects.select_related("place__parent").filter(pk__in=people).order_by("number"))
    kinds = Counter(row.kind for row in found if row.kind)
    facts = {
        Fact.DOCUMENTS.value: sum(kinds.values()),
        Fact.CHILDREN.value: sum(c.age == Age.CHILD for c in cases),
        Fact.WOMEN.value: sum(c.sex == Sex.WOMAN and c.age != Age.CHILD for c in cases),
        Fact.MEN.value: sum(c.sex == Sex.MAN and c.age != Age.CHILD for c in cases),
    }
    places = [c.place.parent if c.place.level == "commune" else c.place for c in cases if c.place is not None]
    districts = {p.pk: p for p in places if p is not None and p.level == "district"}
    return Same(
        others=tuple((c.id, number(c)) for c in cases if c.id != case.id),
        people=len(people),
        documents=tuple(sorted(kinds.items())),
        money=sum(not row.kind for row in found),
        facts=facts,
        districts=tuple(districts.values()),
    )


def _about(case: Case, key: bytes, row_id: UUID) -> tuple[Known, str, str]:
    """Who stands on the other side of one row: as it is compared, as a kind, and as it is written."""
    document = case.documents.filter(pk=row_id).first()
    if document is not None:
        text = open_sealed(key, bytes(document.words), document_context(case, document.id))["holder"]
        return _known(text), document.holder_kind, text
    money = case.money.filter(pk=row_id).first()
    if money is None:
        raise NotYours
    text = open_sealed(key, bytes(money.words), money_context(case, money.id))["who"]
    return _known(text), money.other, text


def _rows(ring: KeyRing, ids: list[UUID]) -> Iterator[Row]:
    """The rows of these cases, opened some at a time."""
    for some in batched(ids, _AT_ONCE):
        keys = ring.data_keys(some)
        for d in Document.objects.filter(case__in=some).select_related("case"):
            if d.case_id in keys:
                told = open_sealed(keys[d.case_id], bytes(d.words), document_context(d.case, d.id))
                yield Row(d.case_id, d.kind, _known(told["holder"]))
        for m in Money.objects.filter(case__in=some).select_related("case"):
            if m.case_id in keys:
                told = open_sealed(keys[m.case_id], bytes(m.words), money_context(m.case, m.id))
                yield Row(m.case_id, "", _known(told["who"]))


def _known(text: str) -> Known:
    """The names in what was written of somebody, without what they are; and the numbers."""
    names = (_bare(part) for part in _PARTS.split(plain(text)))
    return Known(tuple(dict.fromkeys(name for name in names if name)), text)


def _bare(part: str) -> str:
    words = (word for word in part.split() if word.strip(".") not in _TITLES)
    return " ".join(filter(None, map(_without_title, words)))


def _without_title(word: str) -> str:
    title = next((plain(t) for t in _KHMER_TITLES if word.startswith(plain(t))), "")
    return word.removeprefix(title)


def stands_elsewhere(actor: Actor, case_id: UUID, row_id: UUID) -> int:
    """In how many of the NEWEST other cases the holder of a row that was just written stands.

    0 where half of the day's searches are used: what is compared by itself leaves enough for who searches, and alarms nobody.
    """
    if finding.used(actor) * 2 >= finding.A_DAY:
        return 0
    return len(same(actor, case_id, row_id, NEWEST).others)


def begin(actor: Actor, case_id: UUID, row_id: UUID, found: Same) -> issues.Summary:
    """What the issue begins with: counts, and the kind of holder."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id, to="case.document")
    _known, kind, _text = _about(case, ring_of(actor).data_key(case.id), row_id)
    both = {}
    for language in ("km", "en"):
        with override(language):
            kept = ", ".join(f"{codes.DocumentKind(code).label} {n}" for code, n in found.documents)
            told = {"people": str(found.people), "documents": kept, "money": str(found.money or "")}
            told = {name: khmer_digits(text) if language == "km" else text for name, text in told.items()}
            both[language] = {**told, "holder": str(codes.HolderKind(kind).label)}
    titles = letters.begin("title" if found.documents else "title_money", **both, source=SOURCE)
    return issues.Summary(*titles, *letters.begin("summary", **both, source=SOURCE))


@transaction.atomic
def raise_from(actor: Actor, case_id: UUID, row_id: UUID, raised: Raised, sent_id: UUID) -> UUID:
    """An issue from what several cases have in common, as a draft that somebody else approves. A replay returns the first."""
    known = Issue.objects.filter(sent_hash=sent_hash(sent_id), written_by=actor.id).first()
    if known:
        return known.id
    found = same(actor, case_id, row_id)
    if not found.others:
        raise Invalid({"": _("The holder stands in no other case that you may open.")})
    if raised.kind not in Kind:
        raise Invalid({"kind": _("Choose one of the answers.")})
    cases = list(Case.objects.select_related("team").filter(pk__in=[case_id, *(pk for pk, _number in found.others)]))
    _names_nobody(actor, cases, row_id, case_id, raised)
    team = next(case.team_id for case in cases if case.id == case_id)
    made = issues.open_issue(
        actor, team, kind=raised.kind, places=found.districts, words=raised.words, facts=found.facts, concerns=None,
        sent_id=sent_id,
    )  # fmt: skip
    for case in cases:  # not a word of the others
        step(actor, case, StepDetail.RAISED)
        record(actor, "case.raise", case)
    return made


def _names_nobody(actor: Actor, cases: list[Case], row_id: UUID, case_id: UUID, raised: Raised) -> None:
    """Refuse the name of a person of these cases in public words; the holder's too, unless it was chosen that it stands there."""
    keys, secret = ring_of(actor).data_keys(case.id for case in cases), []
    for case in cases:
        person = Person.of(open_sealed(keys[case.id], bytes(case.person), person_context(case)))
        secret += [person.name_km, person.name_latin, *person.aliases]
    said = " ".join(vars(raised.words).values())
    if naming.stands_in(said, secret):
        raise Invalid({"": _("These words name a person of these cases. Everybody can read them: take the name out.")})
    case = next(case for case in cases if case.id == case_id)
    holder, _kind, text = _about(case, keys[case.id], row_id)
    if not raised.naming and naming.stands_in(said, (*holder.names, text)):
        raise Invalid({"naming": _("These words name who keeps it. Take the name out, or tick that it shall stand there.")})
