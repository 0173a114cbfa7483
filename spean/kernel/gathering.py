"""Group commit: who comes while another writes waits, and is then written together with all who wait."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any


class _Turn[T, R]:
    """One thing that waits to be written."""

    def __init__(self, thing: T) -> None:
        self.thing = thing
        self.is_over = False
        self.result: R | None = None
        self.error: Exception | None = None

    def outcome(self) -> R:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # R may itself be None


class Gathering[T, R]:
    """`do(thing)` returns what `write` gave for it, once the group it was in is written.

    `write` gets up to `most` things, in the order they came, in one of the waiting threads; it returns a result for each,
    or raises and has written none. A group that fails is written thing by thing, so that each hears of its own failure
    only; unless it failed by an error `for_all`: then each would only wait once more for the same broken part.
    Where other processes write too, the thread first waits for its `turn`: who comes meanwhile is in the group.
    (DeWitt et al., "Implementation techniques for main memory database systems", 1984.)
    """

    def __init__(
        self,
        write: Callable[[Sequence[T]], Sequence[R]],
        *,
        most: int,
        for_all: Callable[[Exception], bool] = lambda _error: False,
        turn: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._write, self._most, self._for_all, self._turn = write, most, for_all, turn
        self._waiting: deque[_Turn[T, R]] = deque()
        self._changed = threading.Condition()
        self._writing = False

    def do(self, thing: T) -> R:
        """Wait for the thing's turn, or write those who wait, until it is written itself."""
        mine: _Turn[T, R] = _Turn(thing)
        with self._changed:
            self._waiting.append(mine)
        while not mine.is_over:
            if self._is_to_write(mine):
                self._write_those_who_wait()
        return mine.outcome()

    def _is_to_write(self, mine: _Turn[T, R]) -> bool:
        """Wait until nobody writes; no when another thread wrote ours meanwhile."""
        with self._changed:
            while self._writing and not mine.is_over:
                self._changed.wait()
            if not mine.is_over:
                self._writing = True
            return not mine.is_over

    def _write_those_who_wait(self) -> None:
        group: list[_Turn[T, R]] = []
        try:
            with ExitStack() as stack:
                try:
                    stack.enter_context(self._turn())
                except Exception as error:  # noqa: BLE001 - raised again by each who waited for it
                    group = self._taken()
                    _fail(group, error)
                else:
                    group = self._taken()
                    self._try(group)
        finally:
            with self._changed:
                for turn in group:
                    turn.is_over = True
                self._writing = False
                self._changed.notify_all()

    def _taken(self) -> list[_Turn[T, R]]:
        with self._changed:
            return [self._waiting.popleft() for _n in range(min(self._most, len(self._waiting)))]

    def _try(self, group: list[_Turn[T, R]]) -> None:
        try:
            for turn, result in zip(group, self._write([turn.thing for turn in group]), strict=True):
                turn.result = result
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised again where it belongs
            if len(group) == 1 or self._for_all(error):
                _fail(group, error)
                return
            for turn in group:
                self._try([turn])


def _fail(group: Sequence[_Turn[Any, Any]], error: Exception) -> None:
    for turn in group:
        turn.error = error
