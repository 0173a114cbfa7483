"""What the desk reads of the register: lists, one recruiter with its claims, versions and numbers, requests for a correction."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.directory.enums import Claimant, CorrectionState, LicenceState, Outcome, RecruiterKind, VersionState
from spean.directory.models import Correction, LicenceClaim, Recruiter, RecruiterVersion
from spean.directory.queries.desk import LONGEST_QUERY
from spean.directory.queries.parts import Number, VersionRow, numbers_of, of_others, version_row, views
from spean.directory.recruiting import RecruiterDraft, licence_key
from spean.kernel import clock
from spean.kernel.claims import ClaimState, is_overdue
from spean.kernel.paging import PAGE, Page, counts, cursor_day, in_language
from spean.kernel.text import clean

VERBS = ("propose", "publish", "check", "withdraw")


@dataclass(frozen=True)
class RecruiterRow:
    """One line of the list."""

    id: UUID
    name: str
    other_name: str
    kind: str
    country: str
    state: str
    state_label: str
    waits: bool
    checked_on: date | None
    valid_until: date | None
    overdue: bool
    written_on: date
    demonstration: bool


@dataclass(frozen=True)
class ClaimRow:
    """What somebody says of the licence, who wrote it down, who checked it, and what this reader may do with it."""

    id: UUID
    claimant: str
    says: str
    says_label: str
    licence_number: str
    ends_on: date | None
    source: str
    as_of: date
    state: str
    state_label: str
    replaced: bool
    overdue: bool
    valid_until: date | None
    written_by: str
    written_on: date
    checked_by: str
    checked_on: date | None
    may: frozenset[str]


@dataclass(frozen=True)
class RecruiterPage:
    """A recruiter for those who look after the register."""

    row: RecruiterRow
    shown: VersionRow | None
    waiting: VersionRow | None
    versions: tuple[VersionRow, ...]
    claims: tuple[ClaimRow, ...]
    numbers: tuple[Number, ...]
    checked_by: str
    asked: int  # requests for a correction that are not answered
    may: frozenset[str]

    @property
    def newest(self) -> VersionRow:
        """The words with which a change begins."""
        return self.waiting or self.shown or self.versions[0]


@dataclass(frozen=True)
class CorrectionRow:
    """A request for a correction, and its answer."""

    id: UUID
    recruiter: UUID
    name: str
    received_on: date
    state: str
    state_label: str
    wrong: str
    proof: str
    outcome: str
    outcome_label: str
    answer_km: str
    answer_en: str
    answered_by: str
    published_by: str
    may: frozenset[str] = frozenset()


def recruiters(actor: Actor, *, view: str = "check", words: str = "", after: str = "") -> Page:
    """A page of recruiters, the newest first. Always the same number of queries."""
    found = listed(actor, view, words)
    if after:
        day, key = cursor_day(after)
        found = found.filter(Q(written_on__lt=day) | Q(written_on=day, pk__gt=key))
    late = ExpressionWrapper(_views(actor)["overdue"], output_field=BooleanField())
    rows = list(found.annotate(late=late).order_by("-written_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(_row(r) for r in rows[:PAGE]), f"{last.written_on.isoformat()}.{last.id}" if last else "")


def listed(actor: Actor, view: str, words: str = "") -> QuerySet[Recruiter]:
    """The recruiters of one list; words are of a name, or a licence number."""
    found = access.visible(actor, "recruiter.see", Recruiter.objects.all()).filter(_views(actor).get(view, Q()))
    said = clean(words[:LONGEST_QUERY])
    if not said:
        return found
    by_number = Q(Exists(LicenceClaim.objects.filter(recruiter=OuterRef("pk"), number_key=licence_key(said) or "-")))
    by_name = Q()
    for word in said.split():
        by_name &= Q(title_km__icontains=word) | Q(title_en__icontains=word)
    return found.filter(by_name | by_number)


def count(actor: Actor, view: str, words: str = "") -> int:
    """How many there are in that list, counted no further than a bound."""
    return counts({"n": listed(actor, view, words)})["n"]


def tallies(actor: Actor) -> dict[str, int]:
    """How many wait in each list that asks for work. One query."""
    wanted = {view: listed(actor, view) for view in ("check", "overdue")}
    return counts({**wanted, "asked": _open(actor)})


def tiles(actor: Actor) -> list[Tile]:
    """Today: what needs a check, what is overdue, who asks for a correction."""
    if not access.may(actor, "recruiter.see"):
        return []
    found, url = tallies(actor), "desk:recruiters"
    late, soon = str(_("Recruiters: overdue")), str(_("Recruiters: to check this week"))
    return [
        Tile("recruiters_overdue", late, found["overdue"], "urgent", url, "view=overdue"),
        Tile("recruiters", soon, found["check"], "due", url, "view=check"),
        Tile("corrections", str(_("Requests for a correction")), found["asked"], "due", "desk:corrections", ""),
    ]


def _views(actor: Actor) -> dict[str, Q]:
    claims = LicenceClaim.objects.filter(recruiter=OuterRef("pk"))
    waits = Q(licence_waits=True) & Q(Exists(claims.filter(of_others(actor), state=ClaimState.UNVERIFIED)))
    return views(actor, "recruiter", RecruiterVersion, claims, also_waits=waits)


def recruiter_page(actor: Actor, pk: UUID) -> RecruiterPage:
    """One recruiter with everything. Always the same number of queries."""
    recruiter = access.get(actor, "recruiter.see", Recruiter.objects.select_related("checked_by"), pk)
    kept = recruiter.versions.select_related("written_by", "published_by").order_by("-number")
    versions = [version_row(v, RecruiterDraft.of(v.body)) for v in kept]
    states = {v.state: v for v in reversed(versions)}
    own = Recruiter.objects.filter(pk=recruiter.pk)
    return RecruiterPage(
        row=_row(recruiter),
        shown=states.get(VersionState.PUBLISHED),
        waiting=states.get(VersionState.PROPOSED),
        versions=tuple(versions),
        claims=_claims(actor, recruiter),
        numbers=numbers_of(actor, recruiter.phones.all()),
        checked_by=recruiter.checked_by.name if recruiter.checked_by else "",
        asked=recruiter.corrections.exclude(state=CorrectionState.PUBLISHED).count(),
        may=frozenset(v for v in VERBS if access.visible(actor, f"recruiter.{v}", own).exists()),
    )


def _claims(actor: Actor, recruiter: Recruiter) -> tuple[ClaimRow, ...]:
    """What is shown first, then what waits, then what was; the newest of each first."""
    order = {ClaimState.UNVERIFIED: 0, ClaimState.VERIFIED: 1, ClaimState.WITHDRAWN: 2}
    rows = list(recruiter.licences.select_related("written_by", "checked_by").order_by("-as_of", "-id"))
    may = {
        verb: set(access.visible(actor, f"licence.{verb}", recruiter.licences.all()).values_list("pk", flat=True))
        for verb in ("publish", "check", "withdraw")
    }
    found = (_claim(r, frozenset(verb for verb, those in may.items() if r.pk in those)) for r in rows)
    return tuple(sorted(found, key=lambda claim: order[ClaimState(claim.state)]))


def corrections(actor: Actor, *, view: str = "open", after: str = "") -> Page:
    """A page of requests, the oldest first. Always the same number of queries."""
    found = _open(actor) if view != "all" else access.visible(actor, "correction.see", Correction.objects.all())
    if after:
        day, key = cursor_day(after)
        found = found.filter(Q(received_on__gt=day) | Q(received_on=day, pk__gt=key))
    related = found.select_related("recruiter", "answered_by", "published_by")
    rows = list(related.order_by("received_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(_correction(r) for r in rows[:PAGE]), f"{last.received_on.isoformat()}.{last.id}" if last else "")


def correction(actor: Actor, pk: UUID) -> CorrectionRow:
    """One request."""
    rows = Correction.objects.select_related("recruiter", "answered_by", "published_by")
    row = access.get(actor, "correction.see", rows, pk)
    own = Correction.objects.filter(pk=pk)
    may = frozenset(v for v in ("answer", "publish") if access.visible(actor, f"correction.{v}", own).exists())
    return _correction(row, may)


def _open(actor: Actor) -> QuerySet[Correction]:
    return access.visible(actor, "correction.see", Correction.objects.exclude(state=CorrectionState.PUBLISHED))


def _row(r: Recruiter) -> RecruiterRow:
    name, other = in_language(r.title_km, r.title_en), in_language(r.title_en, r.title_km)
    return RecruiterRow(
        id=r.id, name=name, other_name=other if other != name else "", kind=str(RecruiterKind(r.kind).label), country=r.country,
        state=r.state, state_label=str(ClaimState(r.state).label), waits=r.waits or r.licence_waits, checked_on=r.checked_on,
        valid_until=r.valid_until, written_on=r.written_on,
        overdue=bool(getattr(r, "late", is_overdue(r.state, r.valid_until, clock.today()))),
        demonstration=r.demonstration,
    )  # fmt: skip


def _claim(c: LicenceClaim, may: frozenset[str]) -> ClaimRow:
    return ClaimRow(
        id=c.id, claimant=str(Claimant(c.claimant).label), says=c.says, says_label=str(LicenceState(c.says).label),
        licence_number=c.licence_number, ends_on=c.ends_on, source=c.source, as_of=c.as_of, state=c.state,
        state_label=str(ClaimState(c.state).label), replaced=c.replaced, valid_until=c.valid_until,
        overdue=is_overdue(c.state, c.valid_until, clock.today()), written_by=c.written_by.name, written_on=c.written_on,
        checked_by=c.checked_by.name if c.checked_by else "", checked_on=c.checked_on, may=may,
    )  # fmt: skip


def _correction(c: Correction, may: frozenset[str] = frozenset()) -> CorrectionRow:
    return CorrectionRow(
        id=c.id, recruiter=c.recruiter_id, name=in_language(c.recruiter.title_km, c.recruiter.title_en),
        received_on=c.received_on, state=c.state, state_label=str(CorrectionState(c.state).label), wrong=c.wrong, proof=c.proof,
        outcome=c.outcome, outcome_label=str(Outcome(c.outcome).label) if c.outcome else "", answer_km=c.answer_km,
        answer_en=c.answer_en, answered_by=c.answered_by.name if c.answered_by else "",
        published_by=c.published_by.name if c.published_by else "", may=may,
    )  # fmt: skip
