"""What the machine refuses (no database, no room, a disk that fails) becomes a refusal that says so."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError

from spean.kernel.errors import Unsure

log = logging.getLogger("spean.trouble")
_BUGS = (DataError, IntegrityError, ProgrammingError)  # of ours, not of the machine


def is_machine(error: BaseException | None) -> bool:
    """Whether the machine failed, and not the program."""
    return isinstance(error, (DatabaseError, InterfaceError, OSError)) and not isinstance(error, _BUGS)


@contextmanager
def told(message: Any = None) -> Iterator[None]:
    """Within the block a failure of the machine is an Unsure, with this sentence."""
    try:
        yield
    except (DatabaseError, InterfaceError, OSError) as error:
        if not is_machine(error):
            raise
        log.exception("the machine refused")
        raise Unsure(message) from error
