"""Who knows what of a person: a plain list, to be read out to them. Codes, names of desks and of us, days; nothing sealed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.models import User
from spean.cases import enums
from spean.cases import law_enums as law
from spean.cases.ledger_enums import TELLS_AUTHORITY, DemandWay, DocumentKind, HolderKind
from spean.cases.letter_enums import LetterKind, LetterState, Naming
from spean.cases.models import Case, Demand, Measure, OfficeTold, Referral
from spean.cases.packet_words import desk_name
from spean.cases.queries.kept import ConferenceView, conferences_of
from spean.cases.referral_enums import ReferralState
from spean.directory.enums import Need
from spean.handed.models import Packet
from spean.kernel import clock
from spean.privacy.opened import Opening, opened

READS, OPENS = ("case.read", "case.read_other"), ("referral.open",)  # a part of a case that is opened writes one of them too


@dataclass(frozen=True)
class ToldRow:
    """One desk, and what it was told. `ends` is open, taken, back or over; for an offer it is what stands.

    An organisation without an account has no name here, for that is sealed; it opens once, on `opened_on`, or never.
    """

    id: UUID
    desk: str
    need: str
    fields: tuple[str, ...]
    offered_on: date
    given_on: date | None
    until: date
    ended_on: date
    ends: str
    opened: int  # how often the desk opened it
    outside: bool
    opened_on: date | None


@dataclass(frozen=True)
class UnaskedTold:
    """What may have been told without consent, for a life was in danger. To whom is sealed."""

    id: UUID
    fields: tuple[str, ...]
    agreed_on: date | None
    told_on: date | None
    noticed_on: date | None


@dataclass(frozen=True)
class Reader:
    """Somebody who opened the case here, or a packet of it there."""

    name: str
    times: int
    last: date


@dataclass(frozen=True)
class OfficeRow:
    """An authority that was told the name and what happened: for which matter, since when."""

    office: str
    why: str
    on: date


@dataclass(frozen=True)
class Told:
    """Who was told, who was only asked, which authorities know, and who of us and of them opened it."""

    given: tuple[ToldRow, ...]
    asked: tuple[ToldRow, ...]
    offices: tuple[OfficeRow, ...]
    unasked: tuple[UnaskedTold, ...]
    here: tuple[Reader, ...]
    there: tuple[Reader, ...]
    heard: tuple[ConferenceView, ...]  # in which others heard who it is about


_ENDS = {ReferralState.GIVEN: "open", ReferralState.TAKEN: "taken", ReferralState.CALLED_BACK: "back"}


def told(actor: Actor, case_id: UUID) -> Told:
    """The whole list of one case. Always the same number of queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    rows = list(case.referrals.select_related("desk__organisation").prefetch_related("fields").order_by("-offered_on", "id"))
    here = opened(case.org_id, [case.id], READS)
    there = opened(case.org_id, [r.id for r in rows], OPENS)
    people = {UUID(one.actor) for one in (*here, *there)}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    times = Counter[str]()
    for one in there:
        times[one.subject] += one.times
    laid = dict(Packet.objects.filter(pk__in=[r.pk for r in rows]).values_list("pk", "opened_on"))
    made = [_row(r, times[str(r.id)], laid.get(r.pk)) for r in rows]
    given, asked = tuple(row for row in made if _may_know(row)), tuple(row for row in made if not _may_know(row))
    heard = tuple(one for one in conferences_of(case) if one.by_name and one.outside)
    return Told(given, asked, _offices(case), _unasked(case), _readers(here, names), _readers(there, names), heard)


def _offices(case: Case) -> tuple[OfficeRow, ...]:
    """By legal matters, protection, documents asked back and letters: all that asked for the person's consent. Four queries."""
    made = OfficeTold.objects.filter(matter__case=case).exclude(matter__state=law.MatterState.MISTAKEN).select_related("matter")
    measures = Measure.objects.filter(matter__case=case).exclude(matter__state=law.MatterState.MISTAKEN)
    back = Demand.objects.filter(document__case=case, way__in=TELLS_AUTHORITY)
    back = back.exclude(letter__naming=Naming.NUMBER).select_related("document")  # a letter with the case's number alone
    rows = [OfficeRow(str(law.Office(one.office).label), str(law.MatterKind(one.matter.kind).label), one.on) for one in made]
    rows += [OfficeRow(str(law.Office(m.office).label), str(law.MeasureKind(m.kind).label), m.asked_on) for m in measures]
    rows += [OfficeRow(str(DemandWay(d.way).label), str(DocumentKind(d.document.kind).label), d.on) for d in back]
    handed = case.letters.filter(kind=LetterKind.HOLDER, state=LetterState.HANDED).select_related("document")
    for one in handed:
        if one.document is not None and one.moved_on is not None:
            holder, what = HolderKind(one.document.holder_kind), DocumentKind(one.document.kind)
            rows.append(OfficeRow(str(holder.label), str(what.label), one.moved_on))
    return tuple(sorted(rows, key=lambda row: row.on, reverse=True))


def _unasked(case: Case) -> tuple[UnaskedTold, ...]:
    found = case.unasked.exclude(notice=None).select_related("notice").prefetch_related("fields").order_by("-decided_on", "id")
    return tuple(
        UnaskedTold(
            one.id,
            tuple(str(field.label) for field in enums.Shared if field in {row.field for row in one.fields.all()}),
            one.decided_on,
            one.told_on,
            one.notice.done_on if one.notice else None,
        )
        for one in found
    )


def _may_know(row: ToldRow) -> bool:
    """It was handed over; and where it opens but once, it was opened or still may be."""
    return row.given_on is not None and (not row.outside or row.opened_on is not None or row.ends == "open")


def _row(r: Referral, times: int, opened_on: date | None) -> ToldRow:
    chosen = {f.field for f in r.fields.all()}
    ends = _ENDS.get(ReferralState(r.state), "over")
    return ToldRow(
        id=r.id,
        desk=desk_name(r),
        need=str(Need(r.need).label),
        fields=tuple(str(field.label) for field in enums.Shared if field in chosen),
        offered_on=r.offered_on,
        given_on=r.given_on,
        until=r.until,
        ended_on=r.moved_on,
        ends="over" if ends == "open" and r.until < clock.today() else ends,
        opened=times,
        outside=r.desk_id is None,
        opened_on=opened_on,
    )


def _readers(found: list[Opening], names: dict[UUID, str]) -> tuple[Reader, ...]:
    by: dict[str, list[Opening]] = {}
    for one in found:  # the newest first
        by.setdefault(one.actor, []).append(one)
    return tuple(
        Reader(names.get(UUID(actor), ""), sum(one.times for one in many), many[0].last.astimezone(clock.PHNOM_PENH).date())
        for actor, many in by.items()
    )
