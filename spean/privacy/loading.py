"""Loading much at once: within `together()` keys are looked up once, and the trail and the keystore are written at the end.

For one process that holds the whole transaction and changes no keys in it. What fails inside has to end the block: an
operation that is undone alone would leave its line in the trail.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import transaction

from spean.privacy.keystore import keystore


@dataclass
class Load:
    """What is remembered until the block ends."""

    found: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    trails: dict[Any, Any] = field(default_factory=dict)  # used by `audit` alone
    at_end: list[Callable[[], None]] = field(default_factory=list)


_load: ContextVar[Load | None] = ContextVar("spean_load", default=None)
_once: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("spean_once", default=None)


def current() -> Load | None:
    """The load that is going on."""
    return _load.get()


@contextmanager
def together() -> Iterator[None]:
    """Within the block writes to trail and keystore are one; both are done before the caller's transaction is.

    A block within a block is part of it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Much is loaded at once inside one transaction.")
    if _load.get() is not None:
        yield
        return
    load = Load()
    token = _load.set(load)
    try:
        with keystore().later():
            yield
            for finish in load.at_end:
                finish()
    finally:
        _load.reset(token)


@contextmanager
def once() -> Iterator[None]:
    """Within the block, one operation in one transaction, each key is looked up and judged once. Nothing else changes."""
    if _load.get() is not None or _once.get() is not None:
        yield
        return
    token = _once.set({})
    try:
        yield
    finally:
        _once.reset(token)


def remembered[**P, R](look: Callable[P, R]) -> Callable[P, R]:
    """Ask once a load, or once an operation within `once()`; elsewhere ask each time. A refusal is never remembered."""

    @wraps(look)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        load = _load.get()
        found = load.found if load is not None else _once.get()
        if found is None or kwargs:
            return look(*args, **kwargs)
        key = (look, *args)
        if key not in found:
            found[key] = look(*args, **kwargs)
        return found[key]

    return ask
