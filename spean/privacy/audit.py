"""The audit trail: who did what to which id, in a signed Merkle tree per organisation. Ids and codes, never content."""

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, models, transaction

from spean.kernel import clock, errors
from spean.kernel.pouring import pour
from spean.privacy import loading, notes
from spean.privacy.keystore import keystore
from spean.privacy.merkle import Frontier, leaf_hash
from spean.privacy.models import AuditEntry, Checkpoint, TreeHead
from spean.privacy.verifying import FIELDS, Line, Report, canonical, verify_export, verify_lines, write_line

__all__ = [
    "PUBLIC",
    "SYSTEM",
    "VERBS",
    "Actor",
    "Entry",
    "Export",
    "Report",
    "checkpoint",
    "checkpoint_files",
    "entries",
    "export_for_offline",
    "orgs_with_checkpoints",
    "record",
    "record_many",
    "register",
    "verify",
    "verify_export",
]
#: every verb that may be recorded, with its meaning in plain words
VERBS: dict[str, Any] = {}
_VERB = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")
_REASON = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}|")
_NOBODY = ("public", "system")
_LOOKED_BACK = 500  # entries


@dataclass(frozen=True)
class Actor:
    """An actor who is nobody in particular."""

    audit_id: UUID | str


PUBLIC, SYSTEM = Actor("public"), Actor("system")


@dataclass(frozen=True)
class Entry:
    """One line of the trail."""

    index: int
    at: datetime
    actor: str
    verb: str
    subject_type: str
    subject_id: str
    reason: str


@dataclass(frozen=True)
class Export:
    """An organisation's trail as lines of JSON, and the public key: all that `verify_export` needs."""

    lines: list[str]
    public_key: bytes


def register(verb: str, meaning: Any) -> str:
    """Make a verb known, with its meaning (a lazy sentence), and return it; a verb cannot mean two things."""
    if not _VERB.fullmatch(verb):
        raise ValueError(f"{verb!r} is not a verb like 'case.refer'.")
    known = VERBS.setdefault(verb, meaning)
    if known is not meaning and str(known) != str(meaning):
        raise ValueError(f"{verb} means something else already.")
    return verb


def record(actor: Any, verb: str, subject: Any, *, org: UUID, reason: str = "", day_only: bool = False) -> None:
    """Add an entry in the caller's transaction; if it cannot be written, the caller's work is undone with it.

    `subject` is a model instance, a pair of a type and an id, or an id. `day_only` leaves the time out.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An audit entry is written in the transaction of what it records.")
    if verb not in VERBS:
        raise ValueError(f"{verb} is not registered.")
    if not _REASON.fullmatch(reason):
        raise ValueError("A reason is a short code, never text.")
    trail = _trail(org)
    frontier = trail.frontier
    subject_type, subject_id = _named(subject)
    entry = AuditEntry(
        org=org,
        index=frontier.size,
        at=_moment(day_only),
        actor=_actor_text(actor),
        verb=verb,
        subject_type=subject_type,
        subject_id=subject_id,
        reason=reason,
    )
    entry.leaf = leaf_hash(canonical(_said(entry)))
    frontier.append(entry.leaf)
    trail.entries.append(entry)
    if loading.current() is None:
        _write(trail)


class Happened(NamedTuple):
    """One line to come, of many."""

    at: datetime
    actor: str
    verb: str
    subject_type: str
    subject_id: UUID
    reason: str = ""


def record_many(org: UUID, lines: Iterable[Happened]) -> int:
    """Add many entries of one organisation in the caller's transaction, in their order; returns how many. For loading."""
    head, frontier = _locked(org)
    before = frontier.size

    def rows() -> Iterator[tuple[Any, ...]]:
        for at, actor, verb, subject_type, subject, reason in lines:
            if verb not in VERBS:
                raise ValueError(f"{verb} is not registered.")
            said = (org, frontier.size, at, actor, verb, subject_type, str(subject), reason)
            leaf = leaf_hash(canonical(_as_said(*said)))
            frontier.append(leaf)
            yield (*said, leaf)

    pour(AuditEntry, rows())
    head.size, head.frontier = frontier.size, frontier.packed()
    head.signature = _sign(_stated(head, frontier))
    head.save()
    return frontier.size - before


def entries(
    org: UUID,
    *,
    subject: UUID | str | None = None,
    actor: UUID | str | None = None,
    verb: str | None = None,
    before: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The newest entries first; for the next page give the last index as `before`. `since` is in, `until` is out."""
    rows = _within(AuditEntry.objects.filter(org=org), since, until)
    if subject is not None:
        rows = rows.filter(subject_id=str(subject))
    if actor is not None:
        rows = rows.filter(actor=str(actor))
    if verb is not None:
        rows = rows.filter(verb=verb)
    if before is not None:
        rows = rows.filter(index__lt=before)
    found = rows.order_by("-index")[:limit]
    return [Entry(r.index, r.at, r.actor, r.verb, r.subject_type, r.subject_id, r.reason) for r in found]


def newest_before(org: UUID, subject: UUID, verbs: Iterable[str]) -> datetime | None:
    """The newest moment that the trail had seen when one of these verbs was last done to a subject; None if it never was.

    The trail's order cannot be changed: whoever came after a moment was not before it, whatever the clock said then. What lies
    ahead of now was written by a clock that was wrong.
    """
    done = AuditEntry.objects.filter(org=org, subject_id=str(subject), verb__in=list(verbs)).order_by("-index").first()
    if done is None:
        return None
    seen = AuditEntry.objects.filter(org=org, index__lte=done.index, index__gt=done.index - _LOOKED_BACK, at__lte=clock.now())
    return seen.aggregate(at=models.Max("at"))["at"]


def count(orgs: Iterable[UUID], verb: str, *, since: datetime, actor: UUID | None = None) -> int:
    """How many entries of one verb, by one person if they are given, there are in these trails since a moment."""
    rows = AuditEntry.objects.filter(org__in=list(orgs), verb=verb)
    return _within(rows.filter(actor=str(actor)) if actor else rows, since, None).count()


def subjects_since(org: UUID, actor: UUID, verbs: Iterable[str], since: datetime) -> set[str]:
    """The ids of what one person did one of these verbs to, since a moment: as many rows are read as they wrote since then."""
    wanted, found = frozenset(verbs), set[str]()
    rows = AuditEntry.objects.filter(org=org, actor=str(actor)).order_by("-index").values_list("at", "verb", "subject_id")
    for at, verb, subject in rows.iterator(chunk_size=200):
        if at < since:
            break
        if verb in wanted:
            found.add(subject)
    return found


def _within(rows: models.QuerySet[AuditEntry], since: datetime | None, until: datetime | None) -> models.QuerySet[AuditEntry]:
    if since is not None:
        rows = rows.filter(at__gte=since)
    return rows.filter(at__lt=until) if until is not None else rows


def checkpoint(org: UUID) -> str:
    """The signed head as a note for witnesses, kept in the database and beside the keystore."""
    with transaction.atomic():
        head, frontier = _locked(org)
        stated = _stated(head, frontier)
        public_key = bytes(keystore().audit_key().verify_key)
        text = notes.write(stated, bytes(head.signature) or _sign(stated), public_key)
        defaults = {"text": text, "made_at": clock.now()}
        Checkpoint.objects.get_or_create(org=org, size=head.size, defaults=defaults)
    _write_durably(_folder(org) / f"{stated.size:012d}.txt", text)
    return text


def checkpoint_files(org: UUID) -> list[Path]:
    """The checkpoints kept outside the database."""
    return sorted(_folder(org).glob("*.txt"))


def orgs_with_checkpoints() -> list[UUID]:
    """The organisations whose trail was checkpointed, even if the database knows them no more."""
    return sorted(UUID(path.name) for path in (Path(settings.KEYSTORE_DIR) / "checkpoints").glob("*"))


def verify(source: UUID | Export, witnessed: Iterable[str] = ()) -> Report:
    """Recompute a trail (an organisation's in the database, or an export) and hold it against head and checkpoints.

    `witnessed` are checkpoints kept elsewhere, beside our own.
    """
    if isinstance(source, Export):
        return verify_export(source.lines, source.public_key, witnessed)
    public_key = bytes(keystore().audit_key().verify_key)
    texts = [*witnessed, *(path.read_text(encoding="utf-8") for path in checkpoint_files(source))]
    texts += Checkpoint.objects.filter(org=source).order_by("size").values_list("text", flat=True)
    report = verify_lines(_lines(source), _signed_head(source, public_key), public_key, texts)
    report.org = source
    return report


def export_for_offline(org: UUID) -> Export:
    """Everything a stranger needs to verify the trail: entries, signed head, public key. No secret, no content."""
    with transaction.atomic():
        public_key = bytes(keystore().audit_key().verify_key)
        head, frontier = _locked(org)
        stated = _stated(head, frontier)
        text = notes.write(stated, bytes(head.signature) or _sign(stated), public_key)
        lines = [write_line(line.said, line.leaf) for line in _lines(org)]
    return Export([json.dumps({"head": text}), *lines], public_key)


# -- the tree ------------------------------------------------------------------------------------------------
def _locked(org: UUID) -> tuple[TreeHead, Frontier]:
    """The head, locked until the transaction ends. A head that the audit key did not sign takes no more entries."""
    head, made = TreeHead.objects.select_for_update().get_or_create(org=org)
    if made or head.size == 0:
        if checkpoint_files(org) and any(p.stem != "0" * 12 for p in checkpoint_files(org)):
            raise errors.Unavailable
        return head, Frontier()
    try:
        frontier = Frontier(head.size, bytes(head.frontier))
    except ValueError as error:
        raise errors.Unavailable from error
    public_key = bytes(keystore().audit_key().verify_key)
    if not notes.is_signed(_stated(head, frontier), bytes(head.signature), public_key):
        raise errors.Unavailable
    return head, frontier


@dataclass
class _Trail:
    """An organisation's tree while entries are added."""

    head: TreeHead
    frontier: Frontier
    entries: list[AuditEntry]


def _trail(org: UUID) -> _Trail:
    """The tree, locked; during a load the same one each time, written when the load ends."""
    load = loading.current()
    if load is None:
        return _Trail(*_locked(org), [])
    if org not in load.trails:
        trail = load.trails[org] = _Trail(*_locked(org), [])
        load.at_end.append(lambda: _write(trail))
    return load.trails[org]


def _write(trail: _Trail) -> None:
    """The new entries, and the head that holds them, signed."""
    try:
        _write_rows(trail)
    except DatabaseError as error:  # what cannot be written down is neither done nor shown
        raise errors.Unavailable from error


def _write_rows(trail: _Trail) -> None:
    head, frontier = trail.head, trail.frontier
    AuditEntry.objects.bulk_create(trail.entries, batch_size=500)
    head.size, head.frontier = frontier.size, frontier.packed()
    head.signature = _sign(_stated(head, frontier))
    head.save()


def _stated(head: TreeHead, frontier: Frontier) -> notes.Head:
    return notes.Head(head.org, head.size, frontier.root())


def _signed_head(org: UUID, public_key: bytes) -> notes.Head | None:
    row = TreeHead.objects.filter(org=org).first()
    if row is None or row.size == 0:
        return notes.Head(org, 0, Frontier().root())
    try:
        stated = _stated(row, Frontier(row.size, bytes(row.frontier)))
    except ValueError:
        return None
    return stated if notes.is_signed(stated, bytes(row.signature), public_key) else None


def _sign(stated: notes.Head) -> bytes:
    return keystore().audit_key().sign(stated.body().encode()).signature


def _lines(org: UUID) -> Iterator[Line]:
    for *said, leaf in AuditEntry.objects.filter(org=org).order_by("index").values_list(*FIELDS, "leaf").iterator(2000):
        yield Line(_as_said(*said), bytes(leaf))


def _said(row: AuditEntry) -> dict[str, Any]:
    return _as_said(*(getattr(row, name) for name in FIELDS))


def _as_said(org: UUID, index: int, at: datetime, *rest: str) -> dict[str, Any]:  # the rest of FIELDS are texts
    moment = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return dict(zip(FIELDS, (str(org), index, moment, *rest), strict=True))


# -- what an entry says --------------------------------------------------------------------------------------
def _moment(day_only: bool) -> datetime:  # noqa: FBT001 - passed on as it came
    return datetime.combine(clock.today(), time.min, UTC) if day_only else clock.now()


def _actor_text(actor: Any) -> str:
    audit_id = str(actor.audit_id)
    return audit_id if audit_id in _NOBODY else str(UUID(audit_id))  # ValueError: an actor is an id or nobody


def _named(subject: Any) -> tuple[str, str]:
    if isinstance(subject, models.Model):
        kind, key = subject._meta.label_lower, subject.pk
    elif isinstance(subject, tuple):
        kind, key = subject
    else:
        kind, key = "", subject
    if not isinstance(key, (UUID, int)):
        raise TypeError("A subject is named by its id, never by what it says.")
    return kind, str(key)


# -- files ---------------------------------------------------------------------------------------------------
def _folder(org: UUID) -> Path:
    return Path(settings.KEYSTORE_DIR) / "checkpoints" / str(org)


def _write_durably(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
