"""From which part of the network somebody asks. Known in memory for a day: no address is kept, written or logged."""

import hmac
import ipaddress

from django.http import HttpRequest

from spean.kernel.memory import memory


def mark(request: HttpRequest) -> bytes:
    """The reader's neighbourhood under the key of the day."""
    return hmac.digest(memory().key("near"), neighbourhood(request).encode(), "sha256")[:16]


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
