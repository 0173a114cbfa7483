"""One process after the other, in the order they came: SQLite's own waiting dozes, and who dozes starves."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Turnstile:
    """`with turnstile.turn():` one thread of one process at a time, on this machine.

    Two locks: who waits for the room holds the gate, so that whoever leaves the room cannot walk in again before them.
    A process that dies leaves both.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._here = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait asleep for the turn; it ends with the block."""
        with self._here:
            room = self._open("room")
            try:
                with self._gate():
                    fcntl.flock(room, fcntl.LOCK_EX)
                yield
            finally:
                os.close(room)  # which gives the lock back

    @contextmanager
    def _gate(self) -> Iterator[None]:
        gate = self._open("gate")
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield
        finally:
            os.close(gate)

    def _open(self, which: str) -> int:
        return os.open(f"{self.path}.{which}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
