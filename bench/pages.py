"""Each kind of public page: what its first visit moves, when it can be used on a slow line; beside a page as heavy as a peer's.

The peer's weight is that of one of its parts alone: the form engine of ODK's web forms, 224 KB of script after brotli, as it is
published. Its page is made here: our HTML, and a script of that weight which declares functions and calls none.
"""

import gzip
import http.server
import random
import re
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import brotli
from django.test import Client

from bench import browser
from bench.load import Running

Row = tuple[str, str, str, float]
LIMIT_KB, LIMIT_WITH_LETTERS_KB, LIMIT_SECONDS, RUNS = 60, 150, 3, 3
PEER_SCRIPT_KB = 224
MOST_KEPT_KB = 400
PAGES = {
    "home": "", "ways": "ways/", "a way": "ways/thailand/", "a warning": "ways/warning-online/", "questions": "ways/list/",
    "own list": "ways/list/?to=MY&work=factory&age=21-39&when=months", "law": "law/", "help": "help/",
    "help, found": "help/?need=danger", "report": "report/", "receipt": "receipt/", "said": "said/",
    "contract": "contract/", "offer": "offer/", "keep": "keep/", "privacy": "privacy/",
}  # fmt: skip


def furnish() -> None:
    """The library with every fact as if somebody had checked it: pages are never longer."""
    from spean.accounts.models import User
    from spean.kernel import clock
    from spean.kernel.claims import ClaimState
    from spean.library.models import Fact
    from spean.library.operations.loading import load

    load()
    today = clock.today()
    who = {"checked_by": User.objects.first(), "checked_on": today, "valid_until": today + timedelta(days=180)}
    Fact.objects.update(state=ClaimState.VERIFIED, **who)


def first_loads() -> Iterator[Row]:
    """Bytes as they are served: without letters and pictures; with the Khmer letters."""
    for language in ("km", "en"):
        for name, path in PAGES.items():
            worn, letters = weigh(f"/{language}/{path}")
            what = f"first load, {name}, {language}"
            yield what, f"{worn / 1000:.1f} KB", f"limit {LIMIT_KB} KB", worn / 1000 / LIMIT_KB
            if language == "km":
                whole = (worn + letters) / 1000
                yield f"{what}, letters", f"{whole:.1f} KB", f"limit {LIMIT_WITH_LETTERS_KB} KB", whole / LIMIT_WITH_LETTERS_KB


def weigh(address: str) -> tuple[int, int]:
    """(page, styles and scripts; letters) in bytes on the wire."""
    from spean.surfaces.public.kept import BUILT

    answer = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"}).get(address)
    html = gzip.decompress(answer.content).decode() if answer.has_header("Content-Encoding") else answer.content.decode()
    names = set(re.findall(r"/static/built/([\w.-]+\.(?:css|js))", html))
    styles = "".join((BUILT / name).read_text() for name in names if name.endswith(".css"))
    letters = sum((BUILT / font).stat().st_size for font in set(re.findall(r"[\w.-]+khmer[\w.-]+\.woff2", styles)))
    return len(answer.content) + sum((BUILT / f"{name}.br").stat().st_size for name in names), letters


def kept() -> Iterator[Row]:
    """What a reader fetches who keeps the pages on the telephone, as often as twice a day."""
    client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
    listed = Client(SERVER_NAME="localhost").get("/km/keep/list.json").json()
    size = sum(len(client.get(address).content) for address in listed["pages"]) / 1000
    what = f"all {len(listed['pages'])} kept pages, km: {size * 8 / browser.KILOBITS:.1f} s of the line"
    yield what, f"{size:.0f} KB", f"limit {MOST_KEPT_KB} KB", size / MOST_KEPT_KB


def usable(server: Running) -> Iterator[Row]:
    """Seconds to the page with its styles and scripts, beside the limit; then the same of the peer's page."""
    took = []
    html = Client(SERVER_NAME="localhost").get("/km/report/").content  # before Chromium's own loop runs in this thread
    with browser.chromium() as chromium:
        for name, path in PAGES.items():
            painted, ready = browser.cold(chromium, f"http://localhost:{server.port}/km/{path}", RUNS)
            took.append(ready)
            what = f"{name}, km: text at {painted:.1f} s, usable"
            yield what, f"{ready:.1f} s", f"limit {LIMIT_SECONDS} s", ready / LIMIT_SECONDS
        with peer(html) as address:
            _painted, ready = browser.cold(chromium, address, RUNS)
    ours = statistics.median(took)
    yield "public pages, km, the middle one", f"{ours:.1f} s", f"with {PEER_SCRIPT_KB} KB of script: {ready:.1f} s", ours / ready


def script(kilobytes: int) -> bytes:
    """Functions that nobody calls, as many as weigh so much after brotli."""
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(4, 9))) for _ in range(2000)]
    parts, packed = [], b""
    while len(packed) < kilobytes * 1000:
        for _ in range(2000):
            name, one, other = (chance.choice(words) for _ in range(3))
            body = f"return {one}.{other}?{chance.randint(0, 9999)}:[{one},'{other}']"
            parts.append(f"function {name}_{len(parts)}({one}){{{body}}}\n")
        packed = brotli.compress("".join(parts).encode(), quality=5)
    return packed


@contextmanager
def peer(html: bytes) -> Iterator[str]:
    """The address of a page with that script, on a server of its own."""
    page = re.sub(rb'<(?:link rel="(?:stylesheet|icon|manifest)"|script)[^>]*>(?:</script>)?', b"", html)
    page = page.replace(b"</head>", b'<script src="/peer.js"></script></head>')
    packed = script(PEER_SCRIPT_KB)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_script = self.path == "/peer.js"
            body = packed if is_script else gzip.compress(page)
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "br" if is_script else "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
