"""Answers that leave after the same time, whatever was done: who watches the network cannot tell one sign from the other."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

#: so many of a process wait at a time, for each holds a thread; in a crowd, where times tell little, the others go at once
_ROOM = threading.BoundedSemaphore(6)


@contextmanager
def unhurried() -> Iterator[None]:
    """What is done here is answered no sooner than `SIGN_SECONDS` after it began. To be used outside of any transaction."""
    began = time.monotonic()
    yield
    if _ROOM.acquire(blocking=False):
        try:
            time.sleep(max(0.0, began + settings.SIGN_SECONDS - time.monotonic()))
        finally:
            _ROOM.release()
