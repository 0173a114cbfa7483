"""Sheets of concerns: uploaded and sealed, looked at, then imported part by part. Nothing readable is ever kept of them.

Whoever goes on with an import needs the team's key to open the waiting rows; each part is one transaction, and each row has
the id of its team, its list and its own number, so that nothing is imported twice and a stop loses nothing.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.models import Team
from spean.collect.sheets import Grid
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours, Unavailable
from spean.places.models import Place
from spean.privacy import audit, keys
from spean.privacy.keystore import keystore
from spean.privacy.loading import together
from spean.privacy.sealing import open_sealed, seal
from spean.voices import alike, columns, enums
from spean.voices.columns import REQUIRED, Column
from spean.voices.contexts import import_context
from spean.voices.enums import IMPORT_MOVES, ImportState
from spean.voices.judging import Judged, judge
from spean.voices.models import Concern, ImportPart, SheetImport
from spean.voices.operations import intake
from spean.voices.operations.intake import Report, sent_hash
from spean.voices.operations.triage import ring_of

PART = 50  # rows in one transaction
KEPT = timedelta(days=7)
LONGEST_NAME = 80
_AT_ONCE = 500


@dataclass(frozen=True)
class Head:
    """What is known of a sheet beside its rows: the list's name, its headings, and which column is which."""

    source: str
    headings: tuple[str, ...]
    columns: dict[str, int]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Required columns that nobody has found yet."""
        return tuple(c for c in REQUIRED if c.value not in self.columns)


def row_id(team: UUID, source: str, number: str) -> UUID:
    """The id of a row of a team's list: the same each time, and guessed by nobody outside."""
    said = b"row" + team.bytes + b"\x00".join([columns.key(source).encode(), columns.key(number).encode()])
    return UUID(bytes=hmac.digest(keystore().pepper(), said, "sha256")[:16])


def source_hash(team: UUID, source: str) -> str:
    """What is kept of a list's name."""
    return hmac.new(keystore().pepper(), b"source" + team.bytes + columns.key(source).encode(), sha256).hexdigest()


def may_import_for(actor: Actor) -> list[Team]:
    """The teams of this actor that read reports."""
    seats = {s.team for s in actor.having(r for rule in access.RULES["import.make"] for r in rule.roles)}
    teams = Team.objects.filter(pk__in=seats, receives_reports=True).select_related("place", "organisation")
    return [team for team in teams.order_by("name_en", "id") if intake.reads_reports(team)]


@transaction.atomic
def upload(actor: Actor, team_id: UUID, source: str, grid: Grid, sent_id: UUID) -> UUID:
    """Seal a sheet to the team that will import it. Nothing of it is imported yet. Twice is once."""
    team = next((t for t in may_import_for(actor) if t.id == team_id), None)
    if team is None:
        raise NotAllowed
    known = SheetImport.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        if known.team_id != team.id:
            raise NotYours
        return known.id
    if not columns.key(source) or len(source) > LONGEST_NAME:
        raise Invalid({"source": _("Give the list a name of at most 80 letters.")})
    at = columns.find_headings(grid.rows)
    headings = grid.rows[at][1]
    head = Head(source, headings, columns.assigned(headings))
    rows = grid.rows[at + 1 :]
    if not rows:
        raise Invalid({"sheet": _("There is no row below the headings of this sheet.")})
    today, org = clock.today(), team.organisation_id
    sheet = SheetImport(team=team, org_id=org, uploaded_by_id=actor.id, on=today, moved_on=today, rows=len(rows))
    sheet.source_hash, sheet.sent_hash = source_hash(team.id, source), sent_hash(sent_id)
    key = keys.new_subject(sheet.id, org=org, teams=[team.id])
    judged = _judge(sheet, head, rows)
    sheet.head = _sealed_head(key, sheet, head)
    sheet.save(force_insert=True)
    _keep(key, sheet, judged)
    audit.record(actor, "import.upload", sheet, org=org, reason=str(len(rows)))
    return sheet.id


@transaction.atomic
def assign(actor: Actor, import_id: UUID, chosen: dict[str, int]) -> None:
    """Say which column of the sheet holds what; all rows are judged anew."""
    sheet, key = _opened(actor, import_id, "assign")
    head = head_of(sheet, key)
    fits = all(c in Column.values and 0 <= at < len(head.headings) for c, at in chosen.items())
    if not fits or len(set(chosen.values())) != len(chosen):
        raise Invalid({"": _("Each column can be chosen once.")})
    audit.record(actor, "import.assign", sheet, org=sheet.org_id)
    head = Head(head.source, head.headings, chosen)
    rows = [(row.number, row.cells) for part in sheet.parts.order_by("position") for row in rows_of(sheet, part, key)]
    judged = _judge(sheet, head, rows)
    sheet.parts.all().delete()
    sheet.head, sheet.moved_on = _sealed_head(key, sheet, head), clock.today()
    sheet.save()
    _keep(key, sheet, judged)


@transaction.atomic
def start(actor: Actor, import_id: UUID) -> None:
    """Confirm: from now on parts may be imported."""
    sheet, key = _opened(actor, import_id, "start")
    if head_of(sheet, key).missing or sheet.rows == sheet.faulty:
        raise Conflict(_("There is no row in this sheet that can be imported."))
    _move(sheet, "start")
    sheet.save()
    audit.record(actor, "import.start", sheet, org=sheet.org_id, reason=str(sheet.rows - sheet.faulty))


@transaction.atomic
def go_on(actor: Actor, import_id: UUID, position: int) -> None:
    """Import one part. One that is not the next (it was sent twice, or by two people) changes nothing."""
    seen = access.get(actor, "import.see", SheetImport.objects.all(), import_id)
    if seen.parts.filter(position=position, is_done=True).exists() or seen.state == ImportState.DONE:
        return
    sheet, key = _opened(actor, import_id, "part")
    part = sheet.parts.filter(is_done=False).order_by("position").first()
    if part is None or part.position != position:
        return
    teams = Team.objects.select_related("place", "organisation")
    team = teams.select_for_update(of=("self",), no_key=True).get(pk=sheet.team_id)  # two sheets with one row: one by one
    rows = rows_of(sheet, part, key)
    source = head_of(sheet, key).source
    imported = _receive(actor, team, _reports(team.id, source, rows))
    part.is_done = True
    part.save(update_fields=["is_done"])
    _move(sheet, "part")
    sheet.imported += imported
    audit.record(actor, "import.part", sheet, org=sheet.org_id, reason=str(imported))
    if not sheet.parts.filter(is_done=False).exists():
        _move(sheet, "finish")
        sheet.known = sheet.rows - sheet.faulty - sheet.imported
        _erase(sheet)
        audit.record(actor, "import.finish", sheet, org=sheet.org_id, reason=str(sheet.imported))
    sheet.save()


def _receive(actor: Actor, team: Team, reports: Sequence[tuple[Report, UUID]]) -> int:
    """Save what a part of a sheet tells, for the team whose list it is; returns how many are new."""
    if not intake.reads_reports(team):
        raise Unavailable
    by_hash = {sent_hash(sent): (report, sent) for report, sent in reports}
    known = set(Concern.objects.filter(sent_hash__in=list(by_hash)).values_list("sent_hash", flat=True))
    fresh = [given for hashed, given in by_hash.items() if hashed not in known]
    with together():
        intake.store(actor, [intake.prepare(report, sent, enums.Channel.SHEET, team=team) for report, sent in fresh])
    return len(fresh)


@transaction.atomic
def discard(actor: Actor, import_id: UUID) -> None:
    """Throw the rows away that wait; what is imported stays."""
    sheets = SheetImport.objects.select_for_update(of=("self",))
    sheet = access.get(actor, "import.see", sheets, import_id, to="import.discard")
    _discard(actor, sheet)


def sweep() -> int:
    """Discard sheets with which nobody went on for a week; returns how many. For the daily job: it opens nothing."""
    waiting = SheetImport.objects.filter(state__in=IMPORT_MOVES["discard"][0], moved_on__lt=clock.today() - KEPT)
    found = list(waiting.values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            sheet = waiting.select_for_update(of=("self",)).filter(pk=pk).first()
            if sheet is not None:
                _discard(SYSTEM, sheet)
    return len(found)


def _discard(actor: Any, sheet: SheetImport) -> None:
    _move(sheet, "discard")
    _erase(sheet)
    sheet.save()
    audit.record(actor, "import.discard", sheet, org=sheet.org_id, day_only=actor is SYSTEM)


def _erase(sheet: SheetImport) -> None:
    """Rows and headings go, and the key with them, so that no copy opens."""
    sheet.parts.all().delete()
    sheet.head = b""
    keys.erase_subject(sheet.id)


def _move(sheet: SheetImport, verb: str) -> None:
    leaves, enters = IMPORT_MOVES[verb]
    if sheet.state not in leaves:
        raise Conflict
    sheet.state, sheet.moved_on = enters, clock.today()


def _opened(actor: Actor, import_id: UUID, verb: str) -> tuple[SheetImport, bytes]:
    """The sheet, locked for a change, and its data key."""
    sheets = SheetImport.objects.select_for_update(of=("self",))
    sheet = access.get(actor, "import.see", sheets, import_id, to=f"import.{verb}")
    return sheet, ring_of(actor).data_key(sheet.id)


# -- what is sealed ---------------------------------------------------------------------------------------------
def _sealed_head(key: bytes, sheet: SheetImport, head: Head) -> bytes:
    content = {"source": head.source, "headings": list(head.headings), "columns": head.columns}
    return seal(key, content, import_context(sheet))


def head_of(sheet: SheetImport, key: bytes) -> Head:
    """What `upload` kept of the sheet."""
    content = open_sealed(key, bytes(sheet.head), import_context(sheet))
    return Head(content["source"], tuple(content["headings"]), content["columns"])


def _keep(key: bytes, sheet: SheetImport, judged: Sequence[Judged]) -> None:
    """The rows, sealed in parts."""
    made = []
    for position, at in enumerate(range(0, len(judged), PART)):
        rows = judged[at : at + PART]
        part = ImportPart(sheet=sheet, position=position, number=len(rows), faulty=sum(bool(r.faults) for r in rows))
        part.rows = seal(key, {"rows": [row.kept() for row in rows]}, import_context(sheet, part))
        made.append(part)
    ImportPart.objects.bulk_create(made)


def rows_of(sheet: SheetImport, part: ImportPart, key: bytes) -> list[Judged]:
    """The rows of a part, in clear."""
    content = open_sealed(key, bytes(part.rows), import_context(sheet, part))
    return [Judged.of(kept) for kept in content["rows"]]


# -- judging ----------------------------------------------------------------------------------------------------
def _judge(sheet: SheetImport, head: Head, rows: Iterable[tuple[int, Sequence[str]]]) -> list[Judged]:
    """The rows judged, and their numbers written on the sheet. Without the required columns nothing can be said of any."""
    if head.missing:
        sheet.faulty = sheet.known = 0
        return [Judged(number, tuple(cells)) for number, cells in rows]
    judged = judge(rows, head.columns)
    good = [sent_hash(row_id(sheet.team_id, head.source, row.values[Column.ROW])) for row in judged if not row.faults]
    sheet.faulty = len(judged) - len(good)
    sheet.known = sum(
        Concern.objects.filter(sent_hash__in=good[at : at + _AT_ONCE]).count() for at in range(0, len(good), _AT_ONCE)
    )
    return judged


def _reports(team: UUID, source: str, rows: Sequence[Judged]) -> list[tuple[Report, UUID]]:
    good = [row.values for row in rows if not row.faults]
    places = Place.objects.select_related("parent").in_bulk({v[Column.PLACE] for v in good if v[Column.PLACE]})
    return [(_report(v, places.get(v[Column.PLACE])), row_id(team, source, v[Column.ROW])) for v in good]


def _report(v: dict[str, Any], place: Place | None) -> Report:
    contact = {name: v[name] for name in (Column.PHONE.value, Column.HOURS.value, Column.HOW.value) if v[name]}
    if v[Column.WISH] == enums.AnswerWish.PHONE:
        contact["may_call"] = "yes"
    return Report(
        told=v[Column.TOLD],
        kind=v[Column.KIND],
        danger=v[Column.DANGER],
        happened=v[Column.HAPPENED],
        place=place,
        answer_wish=v[Column.WISH],
        contact=contact,
        sex=v[Column.SEX],
        age=v[Column.AGE],
        language=v[Column.LANGUAGE],
        urgent_words=alike.asks_for_help(v[Column.TOLD]),
        alike=alike.mark(v[Column.TOLD]),
        received_on=date.fromisoformat(v[Column.DAY]) if v[Column.DAY] else None,
    )
