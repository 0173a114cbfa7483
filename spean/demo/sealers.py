"""Processes that seal: words and keys go in, sealed rows come out. They touch no database and no keystore.

Nothing of Spean is imported at the head: each process brings Django up itself.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import Any, NamedTuple
from uuid import UUID

AT_ONCE = 500
_AHEAD = 3  # parts for each process that wait to be written


class Words(NamedTuple):
    """One concern before it is sealed, and who shall open it and its thread."""

    concern: UUID
    thread: UUID
    org: UUID
    told: dict[str, Any]
    messages: tuple[tuple[UUID, str], ...]
    readers: tuple[Any, ...]  # `keys.made.To` of the concern
    more: tuple[Any, ...]  # and, besides, of its thread
    receipt: Any  # `receipts.ReceiptKeys` or None


class Sealed(NamedTuple):
    """What is written of it."""

    told: bytes
    said: tuple[bytes, ...]
    made: tuple[Any, Any]  # `keys.made.Made`


def seal_all(words: Sequence[Words]) -> list[Sealed]:
    """One part."""
    from spean.privacy.keys import made
    from spean.privacy.keys.ring import receipt_id
    from spean.privacy.sealing import Context, seal

    done = []
    for w in words:
        public = w.receipt.public_key if w.receipt else b""
        own = (made.To(made.RECEIPT, receipt_id(public), 0, public),) if public else ()
        key, concern = made.make(w.concern, w.readers)
        thread_key, thread = made.make(w.thread, (*w.readers, *w.more, *own))
        told = seal(key, w.told, Context(w.org, w.concern, w.concern, "concern.told"))
        said = tuple(seal(thread_key, {"text": text}, Context(w.org, w.thread, pk, "thread.message")) for pk, text in w.messages)
        done.append(Sealed(told, said, (concern, thread)))
    return done


def _ready() -> None:
    """Bring Django up, and end with the process that asked, however that ended."""
    import django

    django.setup()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Sealers:
    """So many processes; with none, this one seals."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._pool = ProcessPoolExecutor(processes, get_context("spawn"), _ready) if processes else None

    def each[T](self, parts: Iterable[tuple[T, list[Words]]]) -> Iterator[tuple[T, list[Sealed]]]:
        """Each part with what became of it, in their order; few are under way at a time."""
        waiting: deque[tuple[T, Callable[[], list[Sealed]]]] = deque()
        for part, words in parts:
            waiting.append((part, self._start(words)))
            while len(waiting) > self.processes * _AHEAD:
                first, result = waiting.popleft()
                yield first, result()
        for first, result in waiting:
            yield first, result()

    def _start(self, words: list[Words]) -> Callable[[], list[Sealed]]:
        if self._pool is None:
            return lambda: seal_all(words)
        under_way: Future[list[Sealed]] = self._pool.submit(seal_all, words)
        return under_way.result

    def end(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
