"""What everybody reads of the register of recruiters: names that a second person checked, and who says what of a licence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from spean.directory import phones
from spean.directory.alikeness import is_alike
from spean.directory.enums import Claimant, CorrectionState, LicenceState, Outcome, RecruiterKind, VersionState
from spean.directory.indexing import RECRUITERS
from spean.directory.models import Correction, LicenceClaim, Phone, Recruiter, RecruiterVersion
from spean.directory.queries.public import Checked, ShownNumber, checked, shown_number, where
from spean.directory.recruiting import RecruiterDraft, licence_key, without_form
from spean.kernel import clock, finding
from spean.kernel.claims import ClaimState
from spean.kernel.errors import NotYours
from spean.kernel.paging import in_language
from spean.places import spelling
from spean.places.models import Place

PAGE = 12
LONGEST = 120
LEAST_DIGITS = 6
#: names that a misspelt one is compared with, at most
MOST_COMPARED = 2000
MOST_ANSWERS = 5
#: what the checked claims say together, beside the states of a licence
CONFLICT, UNCHECKED = "conflict", "unchecked"


@dataclass(frozen=True)
class Said:
    """What somebody says of a licence; `ended` when the licence's own last day is over."""

    claimant: str
    says: str
    label: str
    licence_number: str
    ends_on: date | None
    ended: bool
    as_of: date
    checked: Checked


@dataclass(frozen=True)
class Answered:
    """A request for a correction that was answered."""

    on: date
    outcome: str
    words: str


@dataclass(frozen=True)
class Known:
    """A recruiter as everybody may read about it. `verdict` is a state of a licence, CONFLICT or UNCHECKED."""

    id: UUID
    name: str
    other_name: str
    aliases: tuple[str, ...]
    kind: str
    country: str
    verdict: str
    licences: tuple[Said, ...]
    more_waits: bool  # something newer is written down, and nobody has checked it
    numbers: tuple[ShownNumber, ...]
    unproven: bool
    where: str
    address: str
    branches: tuple[str, ...]
    countries: tuple[str, ...]
    website: str
    checked: Checked
    answers: tuple[Answered, ...]
    demonstration: bool

    @property
    def overdue(self) -> bool:
        """Whether one of the claims about its licence should have been checked again."""
        return any(said.checked.overdue for said in self.licences)

    @property
    def licence_numbers(self) -> tuple[str, ...]:
        """The numbers of its licences, each once, however many offices say something of one."""
        return tuple(dict.fromkeys(said.licence_number for said in self.licences if said.licence_number))


@dataclass(frozen=True)
class Found:
    """A page of recruiters, the best first; `next` begins the next page, 0 on the last one. `alike`: only nearly so written."""

    rows: tuple[Known, ...]
    total: int
    next: int
    alike: bool = False


def search(text: str, begin: int = 0) -> Found:
    """By licence number, telephone, then names in either script, however spelt. The same queries for one row and for many."""
    asked, among = text[:LONGEST], _shown()
    numbers = dict.fromkeys((*_by_licence(asked), *_by_phone(asked)))
    numbers |= dict.fromkeys(RECRUITERS.find(finding.terms(without_form(asked), spelling.asked_tokens), among))
    alike = not numbers
    if alike:
        numbers = dict.fromkeys(_by_likeness(asked))
    begin = begin if 0 <= begin < len(numbers) else 0
    wanted = list(numbers)[begin : begin + PAGE]
    rows = {r.number: r for r in _whole(among.filter(number__in=wanted))}
    found = _known([rows[n] for n in wanted if n in rows])
    return Found(found, len(numbers), begin + PAGE if begin + PAGE < len(numbers) else 0, alike and bool(found))


def one(pk: UUID) -> Known:
    """One recruiter; `NotYours` unless everybody may read about it."""
    rows = list(_whole(_shown().filter(pk=pk)))
    if not rows:
        raise NotYours
    return _known(rows)[0]


def names_of(recruiters: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Every name of those among them whom everybody may read about. One query."""
    shown = RecruiterVersion.objects.filter(state=VersionState.PUBLISHED, recruiter__state=ClaimState.VERIFIED)
    found = shown.filter(recruiter__in=list(recruiters)).values_list("recruiter", "body")
    return {pk: RecruiterDraft.of(body).names for pk, body in found}


def any_demonstration() -> bool:
    """Whether something in the register was made to show how it works."""
    return _shown().filter(demonstration=True).exists()


def _shown() -> QuerySet[Recruiter]:
    return Recruiter.objects.filter(state=ClaimState.VERIFIED)


def _by_licence(text: str) -> Iterable[int]:
    key = licence_key(text)
    if not any(c.isdigit() for c in key):
        return []
    claims = LicenceClaim.objects.filter(number_key=key, state=ClaimState.VERIFIED, recruiter__state=ClaimState.VERIFIED)
    return claims.order_by("recruiter__number").values_list("recruiter__number", flat=True).distinct()[: finding.MOST]


def _by_phone(text: str) -> Iterable[int]:
    """Whose number it is. A number that nobody called is not shown; who has it already may learn with whom it stands."""
    if sum(c.isdigit() for c in text) < LEAST_DIGITS:
        return []
    digits = set()
    for part in phones.split(text):
        for demonstration in (False, True):
            try:
                digits.add(phones.read(part, "KH", demonstration=demonstration).digits)
            except phones.BadNumber:
                continue
    listed = Phone.objects.filter(digits__in=digits, listed=True, recruiter__state=ClaimState.VERIFIED)
    listed = listed.exclude(state=ClaimState.WITHDRAWN)
    return listed.order_by("recruiter__number").values_list("recruiter__number", flat=True).distinct()[: finding.MOST]


def _by_likeness(text: str) -> list[int]:
    """Those whose name may be meant by somebody who spells it otherwise."""
    if len(without_form(text)) < LEAST_DIGITS - 2:
        return []
    shown = RecruiterVersion.objects.filter(state=VersionState.PUBLISHED, recruiter__state=ClaimState.VERIFIED)
    names = shown.order_by("recruiter__number").values_list("recruiter__number", "body")[:MOST_COMPARED]
    return [n for n, body in names if any(is_alike(text, name) for name in RecruiterDraft.of(body).names)][:PAGE]


def _whole(rows: QuerySet[Recruiter]) -> QuerySet[Recruiter]:
    claims = LicenceClaim.objects.filter(state=ClaimState.VERIFIED).select_related("checked_for").order_by("-as_of", "claimant")
    called = Phone.objects.filter(listed=True).exclude(state=ClaimState.WITHDRAWN).select_related("checked_for")
    answered = Correction.objects.filter(state=CorrectionState.PUBLISHED).order_by("-published_on", "-id")
    return rows.select_related("checked_for").prefetch_related(
        Prefetch("versions", RecruiterVersion.objects.filter(state=VersionState.PUBLISHED)),
        Prefetch("licences", claims),
        Prefetch("phones", called.order_by("position", "id")),
        Prefetch("corrections", answered),
    )


def _known(rows: list[Recruiter]) -> tuple[Known, ...]:
    drafts = {r.pk: RecruiterDraft.of(next(iter(r.versions.all())).body) for r in rows}
    codes = {code for d in drafts.values() for code in (d.place, d.country, *d.countries) if code}
    current = Place.objects.current().filter(code__in=codes).select_related("parent__parent__parent")
    places = {place.code: place for place in current}
    return tuple(_one(r, drafts[r.pk], places) for r in rows)


def _one(r: Recruiter, draft: RecruiterDraft, places: dict[str, Place]) -> Known:
    said = tuple(_said(claim) for claim in r.licences.all())
    name, other = in_language(draft.name_km, draft.name_en), in_language(draft.name_en, draft.name_km)
    numbers = list(r.phones.all())
    named = lambda code: places[code].name if code in places else code  # noqa: E731 - a name of a code, twice below
    return Known(
        id=r.id,
        name=name or other,
        other_name=other if name else "",
        aliases=draft.aliases,
        kind=str(RecruiterKind(draft.kind).label),
        country="" if draft.country == "KH" else named(draft.country),
        verdict=verdict(said),
        licences=said,
        more_waits=r.licence_waits,
        numbers=tuple(shown_number(p) for p in numbers if p.state == ClaimState.VERIFIED),
        unproven=any(p.state == ClaimState.UNVERIFIED for p in numbers),
        where=where(places[draft.place]) if draft.place in places else "",
        address=in_language(draft.address_km, draft.address_en) or draft.address_km or draft.address_en,
        branches=draft.branches,
        countries=tuple(named(code) for code in draft.countries),
        website=draft.website,
        checked=checked(r, draft.source, draft.as_of),
        answers=tuple(_answered(c) for c in list(r.corrections.all())[:MOST_ANSWERS]),
        demonstration=r.demonstration,
    )


def verdict(said: Iterable[Said]) -> str:
    """What they say together; a licence whose last day is over has ended, whoever called it good before."""
    states = {LicenceState.EXPIRED.value if s.ended and s.says == LicenceState.LICENSED else s.says for s in said}
    states -= {LicenceState.UNKNOWN.value} if len(states) > 1 else set()
    return states.pop() if len(states) == 1 else CONFLICT if states else UNCHECKED


def _said(claim: LicenceClaim) -> Said:
    return Said(
        claimant=str(Claimant(claim.claimant).label),
        says=claim.says,
        label=str(LicenceState(claim.says).label),
        licence_number=claim.licence_number,
        ends_on=claim.ends_on,
        ended=claim.ends_on is not None and claim.ends_on < clock.today(),
        as_of=claim.as_of,
        checked=checked(claim, claim.source, ""),
    )


def _answered(row: Any) -> Answered:
    return Answered(row.published_on, str(Outcome(row.outcome).label), in_language(row.answer_km, row.answer_en))
