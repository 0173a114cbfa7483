"""How often one neighbourhood of the network may ask. In memory only: no address is kept, written or logged."""

import hmac
import ipaddress
import os
import threading
import time
from collections import OrderedDict, deque
from datetime import date

from django.http import HttpRequest

from spean.kernel import clock
from spean.kernel.errors import TooMany

WINDOW = 60.0  # seconds
MOST_NEIGHBOURHOODS = 20_000


class Allowance:
    """At most `most` in WINDOW seconds for each /24 (or IPv6 /48). Nobody is locked out: a minute later all is well."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self.forget()

    def forget(self, today: date = date.min) -> None:
        """Begin again, with a new key."""
        self._key, self._day = os.urandom(32), today
        self._seen: OrderedDict[bytes, deque[float]] = OrderedDict()

    def take(self, request: HttpRequest) -> None:
        """Count one; TooMany, with the seconds to wait, when it is one too many (which is then not counted)."""
        now, today = time.monotonic(), clock.today()
        if self._day != today:
            self.forget(today)
        mark = self._mark(request)  # outside the lock: it lets other threads run
        with self._lock:
            seen = self._seen.setdefault(mark, deque())
            self._seen.move_to_end(mark)
            while seen and seen[0] <= now - WINDOW:
                seen.popleft()
            if len(seen) >= self.most:
                raise TooMany(wait=max(1, round(seen[0] + WINDOW - now)))
            seen.append(now)
            while len(self._seen) > MOST_NEIGHBOURHOODS:
                self._seen.popitem(last=False)

    def _mark(self, request: HttpRequest) -> bytes:
        return hmac.digest(self._key, neighbourhood(request).encode(), "sha256")


def neighbourhood(request: HttpRequest) -> str:
    """The reader's /24 or /48. Behind a proxy on this machine, the last address that the proxy itself wrote."""
    peer = request.META.get("REMOTE_ADDR", "")
    if _is_here(peer):
        peer = request.headers.get("X-Forwarded-For", peer).rpartition(",")[2].strip() or peer
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return "unknown"
    bits = 24 if address.version == 4 else 48  # noqa: PLR2004 - the versions of the protocol
    return str(ipaddress.ip_network((address, bits), strict=False))


def _is_here(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return peer == ""  # a socket of this machine


reports = Allowance(30)
lookups = Allowance(20)
