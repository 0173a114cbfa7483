"""The offline verifier: entries, a signed head and checkpoints in, a report out. Needs no database and no secret."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from spean.privacy import notes
from spean.privacy.merkle import Frontier, leaf_hash

#: made once: `json.dumps` with these would make one for each of a million entries
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
FIELDS = ("org", "index", "at", "actor", "verb", "subject_type", "subject_id", "reason")


@dataclass
class Report:
    """What a verification found; `problems` is empty for a trail that nobody touched."""

    org: UUID | None = None
    size: int = 0
    root: bytes = b""
    checkpoints: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything agrees."""
        return not self.problems


@dataclass(frozen=True)
class Line:
    """One entry as stored: what it says, and the hash that was stored with it."""

    said: dict[str, Any]
    leaf: bytes


def canonical(said: dict[str, Any]) -> bytes:
    """The bytes of an entry that are hashed."""
    values = {name: said[name] for name in FIELDS}
    return _ENCODER.encode({"v": 1, **values}).encode("utf-8")


def verify_lines(
    lines: Iterable[Line],
    head: notes.Head | None,
    public_key: bytes,
    checkpoints: Iterable[str] = (),
) -> Report:
    """Recompute the tree from its entries, and hold it against its head and every checkpoint.

    `head` is what the signed head states (None when it is missing or its signature is false).
    """
    report = Report(org=head.org if head else None)
    if head is None:
        report.problems.append("the head is missing or not signed by the audit key")
    stated = list(_stated(checkpoints, public_key, report))
    wanted = {h.size for h in stated}
    roots = {0: Frontier().root()}
    frontier = Frontier()
    for line in lines:
        _check(line, frontier.size, report)
        frontier.append(leaf_hash(canonical(line.said)))
        if frontier.size in wanted:
            roots[frontier.size] = frontier.root()
    report.size, report.root, report.checkpoints = frontier.size, frontier.root(), len(stated)
    if head is not None and (head.size, head.root) != (report.size, report.root):
        report.problems.append(f"the signed head is of {head.size} entries and does not match the {report.size} found")
    for point in stated:
        if roots.get(point.size) != point.root or (report.org is not None and point.org != report.org):
            report.problems.append(f"the checkpoint at {point.size} does not match")
    return report


def verify_export(lines: Iterable[str], public_key: bytes, checkpoints: Iterable[str] = ()) -> Report:
    """Verify an export: the first line is the signed head, every other line an entry. For use anywhere, offline."""
    rows = iter(lines)
    try:
        head = notes.read(str(json.loads(next(rows))["head"]), public_key)
        return verify_lines((_read(row) for row in rows), head, public_key, checkpoints)
    except (ValueError, KeyError, TypeError, StopIteration, RecursionError):
        return Report(problems=["the export cannot be read"])


def write_line(said: dict[str, Any], leaf: bytes) -> str:
    """One entry of an export."""
    return json.dumps({**{name: said[name] for name in FIELDS}, "leaf": leaf.hex()}, ensure_ascii=False)


def _read(row: str) -> Line:
    said = json.loads(row)
    return Line(said, bytes.fromhex(said["leaf"]))


def _check(line: Line, index: int, report: Report) -> None:
    if line.said["index"] != index:
        report.problems.append(f"entry {line.said['index']} stands where entry {index} belongs")
    if report.org is not None and line.said["org"] != str(report.org):
        report.problems.append(f"entry {index} belongs to another organisation")
    if leaf_hash(canonical(line.said)) != line.leaf:
        report.problems.append(f"entry {index} does not match its hash")


def _stated(checkpoints: Iterable[str], public_key: bytes, report: Report) -> Iterator[notes.Head]:
    for text in checkpoints:
        head = notes.read(text, public_key)
        if head is None:
            report.problems.append("a checkpoint is not signed by the audit key")
        else:
            yield head
