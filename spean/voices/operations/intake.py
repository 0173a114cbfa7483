"""What comes in: a public report, a volunteer's report. Sealed before any write."""

import hmac
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import PUBLIC, SYSTEM, Actor
from spean.accounts.models import Team
from spean.collect import room
from spean.collect.uploads import CleanFile
from spean.kernel import clock
from spean.kernel.errors import NotAllowed, NotYours, Refusal, Unavailable
from spean.kernel.gathering import Gathering
from spean.kernel.ids import new_id, new_ids
from spean.kernel.trouble import is_machine, told
from spean.kernel.turnstile import Turnstile
from spean.places.models import Place
from spean.privacy import audit, keys, loading, receipts
from spean.privacy.keystore import keystore
from spean.privacy.loading import once, remembered, together
from spean.privacy.sealing import seal
from spean.voices import enums
from spean.voices.contexts import context_of, file_contexts
from spean.voices.models import Attachment, Concern, Receipt
from spean.voices.operations import codes, files, unfolding

LOCATOR_ATTEMPTS = 8
UNSURE = _(
    "A part of the system is not working, and we cannot say yet whether this is saved. Keep this page open and press Send again "
    "in a few minutes: it is never saved twice."
)


@dataclass(frozen=True)
class Report:
    """What somebody tells, already checked by the form. `contact` holds name, phone, and how it is safe to reach them."""

    told: str
    kind: str
    danger: str
    happened: str = enums.When.NOT_SAID
    place: Place | None = None
    answer_wish: str = enums.AnswerWish.NONE
    contact: dict[str, str] = field(default_factory=dict)
    sex: str = enums.Sex.NOT_SAID
    age: str = enums.Age.NOT_SAID
    language: str = "km"
    files: Sequence[CleanFile] = ()
    envelope: bytes = b""  # words and contact as the person's own page sealed them, in the place of `told` and `contact`
    held: bool = False  # it waits in the flood lane: see `collect.flood`
    urgent_words: bool = False
    alike: UUID | None = None
    received_on: date | None = None  # the day on which it was told, if that was not today


def sent_hash(sent_id: UUID) -> str:
    """What is kept of a sender's id: enough to know it again, not enough to derive a receipt from."""
    return hmac.new(keystore().pepper(), b"sent" + sent_id.bytes, sha256).hexdigest()


@dataclass(frozen=True)
class Acknowledged:
    """A report that is on the disk: its receipt number (24 digits), and the team that reads it."""

    code: str
    team: Team


def receive_public(report: Report, sent_id: UUID) -> Acknowledged:
    """Save an anonymous report; a replay is acknowledged with the same number. Who comes at once is written together."""
    room.need(files=bool(report.files))
    with told(UNSURE):
        return _receive_public(report, sent_id)


def acknowledged(sent_id: UUID) -> Acknowledged | None:
    """What a report of this id was answered with; None when there is none on the disk."""
    rows = Concern.objects.filter(sent_hash=sent_hash(sent_id), channel=enums.Channel.PUBLIC, receipt__isnull=False)
    concern = rows.select_related("team__organisation", "receipt").first()
    if concern is None:
        return None
    codes_of_it = (receipts.code_for(sent_id, attempt) for attempt in range(LOCATOR_ATTEMPTS))
    return next((Acknowledged(c, concern.team) for c in codes_of_it if c.startswith(concern.receipt.locator)), None)


def _receive_public(report: Report, sent_id: UUID) -> Acknowledged:
    for attempt in range(LOCATOR_ATTEMPTS):
        code = receipts.code_for(sent_id, attempt)
        arrival = Arrival(report, sent_id, code, receipts.seal_receipt(code))  # the slow part, before the database is held
        done = _write_public([arrival])[0] if loading.current() else _in_a_group(arrival)
        if isinstance(done, Acknowledged):
            return done
        if done is not None:
            raise done
    raise Unavailable


def _in_a_group(arrival: "Arrival") -> "Acknowledged | Refusal | None":
    for _again in range(2):
        with suppress(IntegrityError):  # another server wrote the same report, or took the locator, at this very moment
            return _arrivals.do(arrival)
    return None


@dataclass(frozen=True)
class Arrival:
    """A public report on its way to the disk."""

    report: Report
    sent_id: UUID
    code: str
    receipt: receipts.ReceiptKeys


@transaction.atomic
def _write_public(group: Sequence[Arrival]) -> list[Acknowledged | Refusal | None]:
    """One durable write for a group. Each is acknowledged or refused; None: its locator belongs to somebody else."""
    with together():
        held = _held(group)
        outcomes = {a.sent_id: known for a in group if (known := _known(a, held))}
        parts: dict[UUID, tuple[Arrival, Part]] = {}
        for arrival in group:
            if arrival.sent_id in outcomes or arrival.sent_id in parts or arrival.receipt.locator in held:
                continue
            try:
                part = prepare(arrival.report, arrival.sent_id, enums.Channel.PUBLIC, receipt_key=arrival.receipt.public_key)
            except Refusal as refusal:
                outcomes[arrival.sent_id] = refusal
            else:
                parts[arrival.sent_id] = arrival, part
                held[arrival.receipt.locator] = None  # by one of this very group
        store(PUBLIC, [part for _arrival, part in parts.values()])
        Receipt.objects.bulk_create([_receipt(arrival, part.concern) for arrival, part in parts.values()])
    made: dict[UUID, Any] = {s: Acknowledged(arrival.code, part.team) for s, (arrival, part) in parts.items()}
    return [(outcomes | made).get(arrival.sent_id) for arrival in group]


def _turn() -> AbstractContextManager[None]:
    return Turnstile(settings.DATA_DIR / "receiving").turn()


#: At the most so many in one write: the last of them waits about a tenth of a second for the disk.
_arrivals = Gathering[Arrival, Acknowledged | Refusal | None](
    _write_public, most=32, for_all=lambda error: is_machine(error) or isinstance(error, Unavailable), turn=_turn
)


def _held(group: Sequence[Arrival]) -> dict[str, Receipt | None]:
    """The receipts that have these locators already, of the same reports or of others."""
    rows = Receipt.objects.filter(locator__in=[a.receipt.locator for a in group])
    return {row.locator: row for row in rows.select_related("concern__team__organisation")}


def _known(arrival: Arrival, held: dict[str, Receipt | None]) -> Acknowledged | Refusal | None:
    """What was saved before has its number: a replay comes to the same locators in the same order, and meets its own."""
    row = held.get(arrival.receipt.locator)
    if row is None or row.concern is None or row.concern.sent_hash != sent_hash(arrival.sent_id):
        return None
    return Acknowledged(arrival.code, row.concern.team)


def _receipt(arrival: Arrival, concern: Concern) -> Receipt:
    row = codes.kept(arrival.receipt)
    row.concern = concern
    return row


def receive_from_volunteer(actor: Actor, report: Report, sent_id: UUID) -> UUID:
    """Save a report that a volunteer makes for somebody else; they can never read it back, only the answers."""
    room.need(files=bool(report.files))
    with told(UNSURE):
        return _receive_from_volunteer(actor, report, sent_id)


@transaction.atomic
def _receive_from_volunteer(actor: Actor, report: Report, sent_id: UUID) -> UUID:
    if not access.may(actor, "concern.send"):
        raise NotAllowed
    known = Concern.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        if known.reported_by_id != actor.id:
            raise NotYours
        return known.id
    with once():
        part = prepare(report, sent_id, enums.Channel.VOLUNTEER, reported_by=actor.id)
        store(actor, [part])
    return part.concern.id


def receive_from_plan(report: Report, sent_id: UUID, team: Team) -> Concern:
    """Save what became of a travel plan, for the team that keeps it; in the caller's transaction, which sees to it once."""
    part = prepare(report, sent_id, enums.Channel.PLAN, team=team)
    store(SYSTEM, [part])
    return part.concern


@dataclass(frozen=True)
class Part:
    """A concern about to be written: what is counted, what will be sealed, and who shall open it."""

    concern: Concern
    team: Team
    told: dict[str, Any]
    files: Sequence[CleanFile]
    keys: tuple[keys.Wanted, keys.Wanted]  # of the concern, of its thread


def prepare(
    report: Report,
    sent_id: UUID,
    channel: str,
    *,
    receipt_key: bytes | None = None,
    reported_by: UUID | None = None,
    team: Team | None = None,
) -> Part:
    """Nothing is written yet; a Refusal says why it cannot be. Without a team it is for the one nearest to its place."""
    team = team or team_for(report.place)
    org = team.organisation_id
    concern = Concern(
        org_id=org,
        team=team,
        place=_counted_place(report.place),
        kind=report.kind,
        danger=report.danger,
        happened=report.happened,
        answer_wish=report.answer_wish,
        channel=channel,
        sex=report.sex,
        age=report.age,
        received_on=report.received_on or clock.today(),
        moved_on=clock.today(),
        reported_by_id=reported_by,
        sent_hash=sent_hash(sent_id),
        state=enums.ConcernState.HELD if report.held else enums.ConcernState.NEW,
        urgent_words=report.urgent_words,
        sealed_in_page=bool(report.envelope),
        alike=report.alike,
    )
    words = unfolding.fold(report.envelope, team, sent_id, context_of(concern).cls) if report.envelope else None
    certified = [reported_by] if reported_by and keys.is_certified(org, reported_by) else []
    thread = keys.Wanted(concern.thread_id, org, [team.id], users=certified, receipt_key=receipt_key)
    return Part(concern, team, _told(report, words), report.files, (keys.Wanted(concern.id, org, [team.id]), thread))


def _told(report: Report, words: dict[str, Any] | None) -> dict[str, Any]:
    """What is sealed: the words and the contact, as they came or out of the envelope, and the village."""
    place = report.place
    return {
        **(words or {"told": report.told, "contact": report.contact}),
        "place": {"code": place.code, "km": place.name_km, "en": place.name_en} if place else None,
        "language": report.language,
    }


def store(actor: Any, parts: Sequence[Part]) -> None:
    """Keys, words, files and the trail of these concerns, in the caller's transaction."""
    made = keys.new_subjects([wanted for part in parts for wanted in part.keys])[::2]
    for part, key in zip(parts, made, strict=True):
        part.concern.told = seal(key, part.told, context_of(part.concern))
    Concern.objects.bulk_create([part.concern for part in parts])
    for part, key in zip(parts, made, strict=True):
        for file_id, clean in zip(new_ids(len(part.files)), part.files, strict=True):
            attach(part.concern, key, clean, in_thread=False, file_id=file_id)
        concern = part.concern
        held = "held" if concern.state == enums.ConcernState.HELD else ""
        audit.record(actor, "concern.receive", concern, org=concern.org_id, day_only=actor is PUBLIC, reason=held)


def team_for(place: Place | None) -> Team:
    """The team that reads reports from a place: the one with the smallest place around it, else one without a place."""
    for team in teams_around(place):
        return team
    raise Unavailable(_("No team can receive reports at the moment. Nothing was saved. If someone is in danger, call for help."))


def teams_around(place: Place | None) -> Iterator[Team]:
    """The teams that read reports from a place, the nearest first."""
    path = place.path if place else ""
    around = [t for t in _readers_of_reports() if t.place is None or path.startswith(t.place.path)]
    around.sort(key=lambda t: len(t.place.path) if t.place else 0, reverse=True)
    return filter(reads_reports, around)


@remembered
def _readers_of_reports() -> list[Team]:
    return list(Team.objects.filter(receives_reports=True).select_related("place", "organisation").order_by("id"))


@remembered
def reads_reports(team: Team) -> bool:
    """Whether a team was made to read reports from its place, by an operation and not in the tables, and has its key."""
    path = team.place.path if team.place else ""
    return team.receives_reports and keys.is_intake(team.organisation_id, team.id, path)


def _counted_place(place: Place | None) -> Place | None:
    return place.parent if place is not None and place.level == "village" else place


def attach(concern: Concern, key: bytes, clean: CleanFile, *, in_thread: bool, file_id: UUID | None = None) -> None:
    """Seal and store one file of a concern, or of its thread. Inside an operation only."""
    attachment = Attachment(id=file_id or new_id(), concern=concern, in_thread=in_thread, kind=clean.kind)
    header, body = file_contexts(concern, attachment.id, in_thread=in_thread)
    attachment.header = seal(key, {"mime": clean.mime, "size": len(clean.data)}, header)
    files.store(attachment.id, key, clean.data, body)
    attachment.save(force_insert=True)
