"""What is there after a fault, held against the ledger. The rig's own process asks: no server is involved."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from faults import plans
from faults.ledger import Ledger, Sent


@dataclass
class Verdict:
    """Counts; everything from `lost` to `untrue` has to be 0."""

    acknowledged: int = 0
    lost: int = 0  # acknowledged, and not there, or not to be opened with its number and by its team
    doubled: int = 0
    half: int = 0  # rows whose key, receipt or file is missing
    broken: int = 0  # databases or trails that are not whole
    untrue: int = 0  # answers that claimed what was not so, or said nothing that helps
    unasked: int = 0  # saved though nobody was told: harmless, a replay tells
    keys_left: int = 0  # keys without a row: harmless
    files_left: int = 0  # sealed files without a row: `spean daily` takes them away
    late: int = 0  # answers that left after the power was cut, as no machine without power sends them
    late_missing: int = 0  # of those, not there
    notes: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing doubled, nothing half, nothing broken, nothing untrue."""
        return not (self.lost or self.doubled or self.half or self.broken or self.untrue)

    def add(self, other: "Verdict") -> None:
        """The sum of both; what is left over is as it was seen last."""
        for f in fields(self):
            mine, theirs = getattr(self, f.name), getattr(other, f.name)
            setattr(self, f.name, theirs if f.name in {"unasked", "keys_left", "files_left"} else mine + theirs)


def look(town: Any, ledger: Ledger, seen: set[UUID] | None = None) -> Verdict:
    """Every acknowledged report that is not in `seen` (then added to it), and every row there is."""
    seen = set() if seen is None else seen
    fresh = [report for report in ledger.acknowledged() if report.sent_id not in seen]
    verdict = Verdict(acknowledged=len(fresh))
    rows = _rows(report for report in fresh if not report.is_plan) | plans.rows(one for one in fresh if one.is_plan)
    for report in fresh:
        found = rows.get(report.sent_id, [])
        verdict.doubled += len(found) > 1
        trouble = _why_lost(town, report, ledger, found)
        if trouble:
            verdict.lost += 1
            verdict.notes.append(f"{report.sent_id}: {trouble}")
    seen |= {report.sent_id for report in fresh}
    _whole(town, verdict, ledger)
    return verdict


def _why_lost(town: Any, report: Sent, ledger: Ledger, found: list[Any]) -> str:
    if not found:
        return "there is no row"
    if report.is_plan:
        return plans.trouble(town, report, ledger, found[0])
    return _trouble(town, report, ledger.codes[report.sent_id], found)


def late(ledger: Ledger) -> tuple[int, int]:
    """How many were answered after the cut, and how many of these are not there; then they are forgotten."""
    reports = [ledger.sent[sent_id] for sent_id in ledger.late if sent_id not in ledger.codes]
    there = _rows(report for report in reports if not report.is_plan) | plans.rows(one for one in reports if one.is_plan)
    missing = len(reports) - len(there)
    ledger.late.clear()
    return len(reports), missing


def _rows(reports: Iterable[Sent]) -> dict[UUID, list[Any]]:
    from spean.voices.models import Concern
    from spean.voices.operations.intake import sent_hash

    hashes = {sent_hash(report.sent_id): report.sent_id for report in reports}
    found: dict[UUID, list[Any]] = {}
    names = list(hashes)
    for at in range(0, len(names), 500):
        for row in Concern.objects.filter(sent_hash__in=names[at : at + 500]):
            found.setdefault(hashes[row.sent_hash], []).append(row)
    return found


def _trouble(town: Any, report: Sent, code: str, rows: list[Any]) -> str:
    """Why an acknowledged report cannot be opened; nothing when it can, in both ways, with its photo."""
    from spean.privacy.sealing import open_sealed
    from spean.voices.contexts import context_of, file_contexts
    from spean.voices.operations import files, threads

    row = rows[0]
    try:
        if threads.open_thread(code).concern.pk != row.pk:
            return "its number opens another thread"
        key = town.ring.data_key(row.id)
        if open_sealed(key, bytes(row.told), context_of(row))["told"] != report.words:
            return "its words are others"
        photos = list(row.attachments.all())
        if len(photos) != report.photo:
            return f"{len(photos)} photos"
        for photo in photos:
            if not files.read(photo.id, key, file_contexts(row, photo.id, in_thread=False)[1]).startswith(b"\xff\xd8\xff"):
                return "its photo is none"
    except Exception as error:  # noqa: BLE001 - whatever keeps it closed is a loss
        return f"{type(error).__name__}: {error}"
    return ""


def _whole(town: Any, verdict: Verdict, ledger: Ledger) -> None:
    """All rows, keys and files against each other; the trail; the database files."""
    from django.conf import settings

    from spean.privacy import audit
    from spean.privacy.keystore import keystore
    from spean.voices.enums import Channel
    from spean.voices.models import Attachment, Concern, Receipt
    from spean.voices.operations.files import file_path

    concerns = list(Concern.objects.exclude(channel=Channel.PLAN).values_list("id", flat=True))  # others have a number each
    kept_rows = Concern.objects.exclude(told=b"").values_list("id", "thread_id")  # what was erased has no key, and none is due
    of_plans, half_plans, number_of_plans = plans.whole()
    subjects = {pk for pair in kept_rows for pk in pair} | of_plans
    kept = {UUID(bytes=bytes(row[0])) for row in keystore()._read("SELECT subject FROM token", ())}  # noqa: SLF001
    receipts = set(Receipt.objects.values_list("concern_id", flat=True))
    attachments = list(Attachment.objects.values_list("id", flat=True))
    missing = [pk for pk in attachments if not file_path(pk).exists()]
    names = {str(pk) for pk in attachments}
    verdict.half = len(subjects - kept) + sum(pk not in receipts for pk in concerns) + len(missing) + half_plans
    verdict.keys_left = len(kept - subjects)
    verdict.files_left = sum(path.stem not in names for path in settings.SEALED_FILES_DIR.glob("*/*"))
    verdict.unasked = len(concerns) + number_of_plans - len(ledger.codes)
    report = audit.verify(town.org)
    verdict.broken += not report.ok
    verdict.notes += [f"trail: {problem}" for problem in report.problems[:3]]
    for name, rows in _integrity():
        verdict.broken += rows != ["ok"]
        verdict.notes += [] if rows == ["ok"] else [f"{name}: {rows[:2]}"]


def _integrity() -> Iterable[tuple[str, list[str]]]:
    """SQLite's own look at both files; PostgreSQL's pages have checksums, and reading them looked at those."""
    from django.db import connection

    from spean.privacy.keystore import keystore

    yield "keystore", [row[0] for row in keystore()._read("PRAGMA integrity_check", ())]  # noqa: SLF001
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            yield "database", [row[0] for row in cursor.fetchall()]
