"""What was sent and what was acknowledged, kept outside the system under test, on the disk before anything goes on."""

import json
import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True)
class Sent:
    """One report or plan: the id under which it is saved once, words that are found again, whether a photo came with it."""

    sent_id: UUID
    words: str
    photo: bool
    is_plan: bool = False


class Ledger:
    """Safe between threads. A receipt number that was shown is an acknowledgement, and so are the thanks for a check-in."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self.sent: dict[UUID, Sent] = {}
        self.codes: dict[UUID, str] = {}
        self.changed: list[UUID] = []  # a replay was answered with another number
        self.late: dict[UUID, str] = {}  # shown after the power was cut: no real machine answers then
        self.short: dict[UUID, tuple[str, str]] = {}  # of plans: the codes for Sun and Rain
        self.signed: set[tuple[UUID, int]] = set()  # check-ins that were thanked for: 0 is Sun, 1 is Rain
        self._power_is_off = False

    def sends(self, report: Sent) -> None:
        """Before it leaves."""
        with self._lock:
            self.sent[report.sent_id] = report
            self._write({"sent": str(report.sent_id), "photo": report.photo, "plan": report.is_plan})

    def shows(self, sent_id: UUID, code: str) -> None:
        """The number was shown."""
        with self._lock:
            if self._power_is_off:
                self.late.setdefault(sent_id, code)
                return
            if self.codes.setdefault(sent_id, code) != code:
                self.changed.append(sent_id)
            self._write({"acknowledged": str(sent_id), "code": code})

    def can_sign(self, sent_id: UUID, codes: tuple[str, str]) -> None:
        """The short codes that a plan's page shows beside its number."""
        with self._lock:
            if self.short.setdefault(sent_id, codes) != codes:
                self.changed.append(sent_id)

    def thanks(self, sent_id: UUID, sign: int) -> None:
        """A check-in was answered."""
        with self._lock:
            if not self._power_is_off:
                self.signed.add((sent_id, sign))
                self._write({"signed": str(sent_id), "sign": sign})

    def power_goes_off(self) -> None:
        """What is shown from now on could not have left a machine without power, and promises nothing."""
        with self._lock:
            self._power_is_off = True

    def power_is_back(self) -> None:
        """What is shown counts again."""
        with self._lock:
            self._power_is_off = False

    def without_photo(self, report: Sent) -> Sent:
        """The same report, as somebody sends it whose photo was refused."""
        with self._lock:
            self.sent[report.sent_id] = replace(report, photo=False)
            return self.sent[report.sent_id]

    def waiting(self) -> list[Sent]:
        """Sent and not acknowledged."""
        with self._lock:
            return [report for sent_id, report in self.sent.items() if sent_id not in self.codes]

    def acknowledged(self) -> list[Sent]:
        """With a number."""
        with self._lock:
            return [self.sent[sent_id] for sent_id in self.codes]

    def close(self) -> None:
        """No more."""
        self._file.close()

    def _write(self, line: dict[str, object]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
