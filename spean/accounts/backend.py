"""Who signs in by password. Guessing locks nobody out, and does not take the turns of those who know theirs."""

import threading
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from spean.kernel.errors import TooMany
from spean.kernel.memory import Counter, memory
from spean.kernel.neighbours import mark

WRONG, WRONG_ANYWHERE = Counter("wrong-password", 600.0), Counter("wrong-passwords", 60.0)
WRONG_MOST = 5  # of one neighbourhood in ten minutes; after that it waits behind everybody else
MANY = 30  # wrong ones a minute, of everybody together: somebody guesses from many places
WRONG_AMONG_MANY = 2  # of one neighbourhood, then
WAIT = 5  # seconds, told to who finds no room
_one = threading.BoundedSemaphore(1)  # of the derivations that run at once, guessers have one
_room = threading.BoundedSemaphore(3)  # and few may wait for it: each that waits holds a thread


class PatientBackend(AuthenticationBackend):
    """Takes neighbourhoods that guess one at a time, and everybody else at once."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """The user, or None; TooMany when too many guess at this moment."""
        if request is None:
            return super().authenticate(request, **credentials)
        near = mark(request)
        most = WRONG_AMONG_MANY if memory().level(WRONG_ANYWHERE) > MANY else WRONG_MOST
        guessing = memory().level(WRONG, near) >= most
        user = self._behind_others(request, credentials) if guessing else super().authenticate(request, **credentials)
        if user is None:
            memory().count((WRONG, near), (WRONG_ANYWHERE, b""))
        return user

    def _behind_others(self, request: HttpRequest, credentials: dict[str, Any]) -> Any:
        if not _room.acquire(blocking=False):
            raise TooMany(wait=WAIT)
        try:
            with _one:
                return super().authenticate(request, **credentials)
        finally:
            _room.release()
